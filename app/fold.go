package app

import (
	"strings"
	"unicode"
)

// fold turns what Chinese keyboards produce into plain characters: full-width
// forms, the ideographic space and the Roman numeral ten that is typed for X.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case r == 'Ⅹ' || r == 'ⅹ':
			return 'X'
		case unicode.IsSpace(r):
			return ' '
		}
		return r
	}, s)
}

// foldCode folds a number or code, drops its spaces and writes its letters large.
func foldCode(s string) string {
	return strings.ToUpper(strings.ReplaceAll(fold(s), " ", ""))
}

// FoldDigits folds a number that was typed in groups and drops all but its digits.
func FoldDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, fold(s))
}

// only reports whether s consists of bytes that ok accepts.
func only(s string, ok func(byte) bool) bool {
	for i := range len(s) {
		if !ok(s[i]) {
			return false
		}
	}
	return true
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isUpper(c byte) bool { return c >= 'A' && c <= 'Z' }

func isAlnum(c byte) bool { return isDigit(c) || isUpper(c) }
