package app

import "strings"

// PasswordHint is the rule as the forms print it.
const PasswordHint = "密码为 8-16 位数字、字母或符号至少 2 种的组合"

// CheckPassword returns a sentence that says how to mend a new password, "" if it
// keeps the rule of PasswordHint. Only visible ASCII counts as a letter or symbol:
// every keyboard can type it again.
func CheckPassword(s string) (problem string) {
	switch {
	case s == "":
		return "请输入密码。"
	case !only(s, func(c byte) bool { return c > ' ' && c <= '~' }):
		return "密码只能使用数字、英文字母和英文符号，不能有空格，请重新设置。"
	case len(s) < 8 || len(s) > 16 || kinds(s) < 2:
		return PasswordHint + "，请重新设置。"
	}
	return ""
}

// kinds counts which of digits, letters and symbols a password of visible ASCII has.
func kinds(s string) int {
	var digit, letter, symbol int
	for _, c := range []byte(strings.ToUpper(s)) {
		switch {
		case isDigit(c):
			digit = 1
		case isUpper(c):
			letter = 1
		default:
			symbol = 1
		}
	}
	return digit + letter + symbol
}
