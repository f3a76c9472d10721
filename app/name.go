package app

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// dots are what is typed for the separator · (U+00B7) in names such as 阿依古丽·买买提.
var dots = strings.NewReplacer("•", "·", "・", "·", "‧", "·", "∙", "·", "⋅", "·", "･", "·")

// CheckName reads a person's name, Chinese or Latin, of 2 to 50 characters. It
// returns the name as it is stored, so that one person's name is always spelt
// alike: with the separator · and without spaces between Chinese characters. Else
// it returns "" and a sentence that says how to mend it.
func CheckName(s string) (canonical, problem string) {
	n := strings.Join(strings.Fields(dots.Replace(fold(s))), " ")
	if strings.ContainsFunc(n, isHan) {
		n = strings.NewReplacer(" ", "", ".", "·").Replace(n)
	}
	switch size := utf8.RuneCountInString(n); {
	case size == 0:
		problem = "请输入姓名。"
	case strings.ContainsFunc(n, notInNames):
		problem = "姓名只能使用汉字、间隔号“·”、英文字母、空格、连字符和撇号，请按证件填写。"
	case size < 2 || size > 50:
		problem = "姓名应为 2 至 50 个字，请按证件填写。"
	case !startsAndEnds(n):
		problem = "姓名应以文字开头和结尾，请按证件填写。"
	}
	if problem != "" {
		return "", problem
	}
	return n, ""
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

func isNameLetter(r rune) bool { return isHan(r) || unicode.Is(unicode.Latin, r) }

func notInNames(r rune) bool { return !isNameLetter(r) && !strings.ContainsRune("· -'’.", r) }

// startsAndEnds allows a Latin name to end with an abbreviation such as Jr.
func startsAndEnds(name string) bool {
	first, _ := utf8.DecodeRuneInString(name)
	last, _ := utf8.DecodeLastRuneInString(name)
	return isNameLetter(first) && (isNameLetter(last) || last == '.')
}
