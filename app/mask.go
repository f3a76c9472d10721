package app

import (
	"strings"
	"unicode"
)

// MaskID shows the first 6 and last 4 characters of an ID number of 15 or more,
// as 220102********2028; of a shorter one, such as a passport's, a quarter at each end.
func MaskID(number string) string {
	if n := len([]rune(number)); n < 15 {
		return mask(number, n/4, n/4)
	}
	return mask(number, 6, 4)
}

// MaskMobile shows a mobile number as 138****2028.
func MaskMobile(number string) string { return mask(number, 3, 4) }

// mask replaces all but the first head and the last tail characters; a string
// with no more than those is hidden whole.
func mask(s string, head, tail int) string {
	r := []rune(s)
	if len(r) <= head+tail {
		return strings.Repeat("*", len(r))
	}
	return string(r[:head]) + strings.Repeat("*", len(r)-head-tail) + string(r[len(r)-tail:])
}

// surnames are the common Chinese surnames of two characters.
var surnames = strings.Fields("欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 " +
	"公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 " +
	"闾丘 亓官 司寇 巫马 公西 颛孙 乐正 谷梁 拓跋 轩辕 令狐 段干 百里 呼延 东郭 南门 左丘 西门 第五")

// MaskName shows a person's name to strangers: of a Chinese name the surname and
// the last of two or more given characters (张*, 张*丰, 欧阳*燕), of any other the
// first letter of each word (阿***·买**, J*** S****).
func MaskName(name string) string {
	if !strings.ContainsFunc(name, func(r rune) bool { return !isHan(r) }) {
		return maskChinese(name)
	}
	var b strings.Builder
	inside := false
	for _, r := range name {
		letter := unicode.IsLetter(r)
		if letter && inside {
			r = '*'
		}
		inside = letter
		b.WriteRune(r)
	}
	return b.String()
}

func maskChinese(name string) string {
	r := []rune(name)
	head := 1
	for _, s := range surnames {
		if len(r) > 2 && string(r[:2]) == s {
			head = 2
		}
	}
	if len(r) >= head+2 {
		return mask(name, head, 1)
	}
	return mask(name, head, 0)
}
