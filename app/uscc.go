package app

import (
	"fmt"
	"strings"
)

// usccAlphabet are the characters of GB 32100-2015 in the order of their values.
const usccAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// CheckUSCC reads a 统一社会信用代码 (GB 32100-2015). It returns the code as it is
// stored, or "" and a sentence that says how to mend it.
func CheckUSCC(s string) (canonical, problem string) {
	n := foldCode(s)
	switch {
	case n == "":
		problem = "请输入统一社会信用代码。"
	case !only(n, isAlnum):
		problem = "统一社会信用代码只能由数字和英文字母组成，请核对。"
	case len(n) != 18:
		problem = fmt.Sprintf("统一社会信用代码应为 18 位，现在是 %d 位，请核对。", len(n))
	case strings.ContainsAny(n, "IOZSV"):
		problem = "统一社会信用代码不使用字母 I、O、Z、S、V，请核对是否应为数字。"
	case !only(n[2:8], isDigit):
		problem = "统一社会信用代码的第 3 至 8 位应为数字，请核对。"
	case n[17] != usccCheck(n[:17]):
		problem = "统一社会信用代码的校验码不符，请逐位核对。"
	}
	if problem != "" {
		return "", problem
	}
	return n, ""
}

// usccCheck computes the 18th character: the weights are the powers of 3 modulo 31.
func usccCheck(body string) byte {
	sum := 0
	for i := len(body) - 1; i >= 0; i-- {
		sum = (sum*3 + strings.IndexByte(usccAlphabet, body[i])) % 31
	}
	return usccAlphabet[(31-sum)%31]
}
