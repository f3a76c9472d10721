package app

import "strings"

// CheckMobile reads a mobile number of the mainland, with or without +86, spaces
// and hyphens. It returns the 11 digits, or "" and a sentence that says how to mend it.
func CheckMobile(s string) (canonical, problem string) {
	n := strings.TrimPrefix(strings.ReplaceAll(foldCode(s), "-", ""), "+86")
	switch {
	case n == "":
		return "", "请输入手机号码。"
	case len(n) != 11 || !only(n, isDigit) || n[0] != '1' || n[1] < '3':
		return "", "请输入 11 位的中国内地手机号码。"
	}
	return n, ""
}
