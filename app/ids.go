package app

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// IDType is a kind of identity document (证件类型).
type IDType string

const (
	IDResident  IDType = "resident"  // 居民身份证
	IDHKMO      IDType = "hkmo"      // 港澳居民居住证
	IDTaiwan    IDType = "taiwan"    // 台湾居民居住证
	IDForeigner IDType = "foreigner" // 外国人永久居留身份证
	IDPassport  IDType = "passport"  // 护照
)

// IDTypes lists the documents in the order of the form.
func IDTypes() []Option {
	return []Option{
		{string(IDResident), "居民身份证"},
		{string(IDHKMO), "港澳居民居住证"},
		{string(IDTaiwan), "台湾居民居住证"},
		{string(IDForeigner), "外国人永久居留身份证"},
		{string(IDPassport), "护照"},
	}
}

// Label is the printed name of the document, "" if there is no such type.
func (t IDType) Label() string { return LabelOf(IDTypes(), string(t)) }

// provinces are the first two digits of the mainland's codes in GB/T 2260.
var provinces = strings.Fields("11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 " +
	"41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65")

// CheckIDNumber reads the number of an identity document as a person types it.
// It returns the number as it is stored, or "" and a sentence that says how to
// mend it. Each type has its rule:
//
//   - 居民身份证: GB 11643-1999, a province of the mainland, a birth date that
//     exists and is not after today, check character;
//   - 港澳居民居住证, 台湾居民居住证: the same with the region 810000, 820000 or
//     830000 (港澳台居民居住证申领发放办法);
//   - 外国人永久居留身份证: since December 2023 the same with 9, province and
//     the country's three digits in place of the region; before, the country's three
//     letters, four digits of region, YYMMDD, one digit and the check digit of ICAO
//     Doc 9303. Both are valid until the card expires;
//   - 护照: 5 to 20 letters and digits, as each country likes.
func CheckIDNumber(t IDType, number string, today Date) (canonical, problem string) {
	n := foldCode(number)
	switch {
	case t.Label() == "":
		problem = "请选择证件类型。"
	case n == "":
		problem = "请输入证件号码。"
	case !only(n, isAlnum):
		problem = "证件号码只能由数字和英文字母组成，请核对。"
	case t == IDPassport:
		problem = passportProblem(n)
	case t == IDForeigner && len(n) == 15:
		problem = foreigner2017Problem(n, today)
	default:
		problem = citizenProblem(t, n, today)
	}
	if problem != "" {
		return "", problem
	}
	return n, ""
}

func passportProblem(n string) string {
	if len(n) < 5 || len(n) > 20 {
		return "护照号码应为 5 至 20 位数字或字母，请核对。"
	}
	return ""
}

// citizenProblem checks a number built like that of GB 11643.
func citizenProblem(t IDType, n string, today Date) string {
	switch {
	case t == IDResident && len(n) == 15:
		return "15 位的一代身份证已经停用，请输入 18 位的居民身份证号码。"
	case t == IDForeigner && len(n) != 18:
		return "外国人永久居留身份证号码应为 18 位（旧版为 15 位），请核对。"
	case len(n) != 18:
		return fmt.Sprintf("%s号码应为 18 位，现在是 %d 位，请核对。", t.Label(), len(n))
	case !only(n[:17], isDigit) || !isDigit(n[17]) && n[17] != 'X':
		return t.Label() + "号码前 17 位应为数字，末位应为数字或 X，请核对。"
	}
	if p := regionProblem(t, n[:6]); p != "" {
		return p
	}
	if p := birthProblem(BirthDate(t, n), today); p != "" {
		return p
	}
	if n[17] != citizenCheck(n[:17]) {
		return t.Label() + "号码的校验码不符，请逐位核对。"
	}
	return ""
}

// regionProblem checks the first six digits; where they belong to another
// document it names that one.
func regionProblem(t IDType, region string) string {
	switch of := regionOf(region); {
	case of == "":
		return t.Label() + "号码的前 6 位不是有效的地区代码，请核对。"
	case of != t:
		return fmt.Sprintf("这是%s的号码，请核对证件类型和号码。", of.Label())
	}
	return ""
}

// regionOf returns the document whose numbers begin with the six digits, "" for none.
func regionOf(region string) IDType {
	switch {
	case region == "810000" || region == "820000":
		return IDHKMO
	case region == "830000":
		return IDTaiwan
	case region[0] == '9' && slices.Contains(provinces, region[1:3]):
		return IDForeigner
	case slices.Contains(provinces, region[:2]):
		return IDResident
	}
	return ""
}

func birthProblem(birth, today Date) string {
	switch {
	case birth.Year < 1900:
		return "证件号码中的出生日期有误，请核对。"
	case birth.After(today):
		return "证件号码中的出生日期晚于今天，请核对。"
	}
	return ""
}

// citizenCheck computes the check character of 17 digits: ISO 7064 MOD 11-2, as
// GB 11643-1999 asks.
func citizenCheck(digits string) byte {
	sum := 0
	for i := range len(digits) {
		sum = (sum + int(digits[i]-'0')) * 2 % 11
	}
	return "0123456789X"[(12-sum)%11]
}

func foreigner2017Problem(n string, today Date) string {
	if !only(n[:3], isUpper) || !only(n[3:], isDigit) {
		return "旧版外国人永久居留身份证号码应为 3 位字母加 12 位数字，请核对。"
	}
	if !slices.Contains(provinces, n[3:5]) {
		return "外国人永久居留身份证号码的第 4 至 7 位不是有效的地区代码，请核对。"
	}
	if p := birthProblem(BirthDate(IDForeigner, n), today); p != "" {
		return p
	}
	if n[14] != travelCheck(n[:14]) {
		return "外国人永久居留身份证号码的校验码不符，请逐位核对。"
	}
	return ""
}

// travelCheck computes the check digit of digits and capital letters with the
// weights 7, 3, 1 (ICAO Doc 9303, part 3).
func travelCheck(s string) byte {
	sum := 0
	for i := range len(s) {
		value := int(s[i] - '0')
		if isUpper(s[i]) {
			value = int(s[i]-'A') + 10
		}
		sum += value * [3]int{7, 3, 1}[i%3]
	}
	return byte('0' + sum%10)
}

// BirthDate reads the birth date in a number that CheckIDNumber returned; it is
// zero where the number tells none, as that of a passport.
func BirthDate(t IDType, number string) Date {
	digits := ""
	switch {
	case t == IDPassport:
	case len(number) == 18:
		digits = number[6:14]
	case t == IDForeigner && len(number) == 15:
		digits = century(number[7:9]) + number[7:13]
	}
	birth, err := time.Parse("20060102", digits)
	if err != nil {
		return Date{}
	}
	return DateOf(birth)
}

// century completes the two-digit year of the old 外国人永久居留身份证: the last of
// them was issued in 2023, so no holder was born later.
func century(year string) string {
	if year <= "23" {
		return "20"
	}
	return "19"
}

// Sex reads 男 or 女 in a number that CheckIDNumber returned: the 17th of 18
// digits is odd for men (GB 11643-1999). It is "" where the number does not tell.
func Sex(t IDType, number string) string {
	switch {
	case t == IDPassport || len(number) != 18 || !isDigit(number[16]):
		return ""
	case number[16]%2 == 1:
		return "男"
	}
	return "女"
}
