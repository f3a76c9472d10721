package app

import (
	"strings"
	"testing"
)

// answered fails unless a check gave the wanted value, or a sentence with want.
func answered(t *testing.T, canonical, problem, want string) {
	t.Helper()
	if (canonical == "") == (problem == "") {
		t.Fatalf("got %q and %q: want exactly one", canonical, problem)
	}
	if canonical != want && (problem == "" || !strings.Contains(problem, want)) {
		t.Errorf("got %q, %q; want %q", canonical, problem, want)
	}
}

func TestAUSCCIsCheckedByGB32100(t *testing.T) {
	for _, c := range []struct{ sentence, typed, want string }{
		{"a company of Beijing", "91110000600037341L", "91110000600037341L"},
		{"a company of Hangzhou", "91330106673959654P", "91330106673959654P"},
		{"small letters and spaces are folded", " 91330106 67395965 4p", "91330106673959654P"},
		{"nothing typed", "", "请输入统一社会信用代码"},
		{"a digit missing", "9133010667395965P", "17 位"},
		{"a wrong check character", "91330106673959654Q", "校验码"},
		{"one wrong digit", "91330106673959653P", "校验码"},
		{"two digits exchanged", "91330106673956954P", "校验码"},
		{"the letter O for a zero", "9133O106673959654P", "I、O、Z、S、V"},
		{"a letter in the region", "9133A106673959654P", "第 3 至 8 位"},
		{"a Chinese character", "9133010667395965四P", "只能由数字和英文字母"},
	} {
		t.Run(c.sentence, func(t *testing.T) {
			canonical, problem := CheckUSCC(c.typed)
			answered(t, canonical, problem, c.want)
		})
	}
}

func TestEveryWrongCharacterOfAUSCCIsNoticed(t *testing.T) {
	const sound = "91330106673959654P"
	for i := range sound {
		for _, c := range usccAlphabet {
			wrong := sound[:i] + string(c) + sound[i+1:]
			if _, problem := CheckUSCC(wrong); wrong != sound && problem == "" {
				t.Errorf("%s was accepted", wrong)
			}
		}
	}
}

func TestAMobileNumberIsOneOfTheMainland(t *testing.T) {
	for _, c := range []struct{ sentence, typed, want string }{
		{"as it is", "13812342028", "13812342028"},
		{"with country code, spaces and hyphens", "+86 138-1234 2028", "13812342028"},
		{"in full-width digits", "１３８１２３４２０２８", "13812342028"},
		{"nothing typed", " ", "请输入手机号码"},
		{"a service number", "12012342028", "11 位"},
		{"a digit missing", "1381234202", "11 位"},
		{"a digit too many", "138123420281", "11 位"},
		{"a Hong Kong number", "+852 9123 4567", "11 位"},
		{"letters", "1381234202a", "11 位"},
	} {
		t.Run(c.sentence, func(t *testing.T) {
			canonical, problem := CheckMobile(c.typed)
			answered(t, canonical, problem, c.want)
		})
	}
}

func TestANameIsChineseOrLatin(t *testing.T) {
	for _, c := range []struct{ sentence, typed, want string }{
		{"a common name", "张伟", "张伟"},
		{"a space for alignment is dropped", " 张　伟 ", "张伟"},
		{"a rare character beyond the basic plane", "𬭎𠮷", "𬭎𠮷"},
		{"the character 〇", "〇〇", "〇〇"},
		{"a name of parts", "阿依古丽·买买提", "阿依古丽·买买提"},
		{"another dot becomes the separator", "阿依古丽•买买提", "阿依古丽·买买提"},
		{"a full stop becomes the separator", "阿依古丽．买买提", "阿依古丽·买买提"},
		{"a Latin name", "Jean-Luc  O'Neil", "Jean-Luc O'Neil"},
		{"a Latin name with accents", "José Müller", "José Müller"},
		{"a Latin abbreviation stays", "John A. Smith Jr.", "John A. Smith Jr."},
		{"nothing typed", "　", "请输入姓名"},
		{"one character", "张", "2 至 50 个字"},
		{"51 characters", strings.Repeat("张", 51), "2 至 50 个字"},
		{"a digit", "张伟2", "姓名只能使用"},
		{"a control character", "张\x00伟", "姓名只能使用"},
		{"an invisible character", "张\u200b伟", "姓名只能使用"},
		{"markup", "<b>张伟", "姓名只能使用"},
		{"bytes that are no text", "张\xff伟", "姓名只能使用"},
		{"a separator at the end", "阿依古丽·", "以文字开头和结尾"},
		{"only separators", "··", "以文字开头和结尾"},
	} {
		t.Run(c.sentence, func(t *testing.T) {
			canonical, problem := CheckName(c.typed)
			answered(t, canonical, problem, c.want)
		})
	}
}

func TestAPasswordKeepsThePrintedRule(t *testing.T) {
	for _, c := range []struct{ sentence, typed, want string }{
		{"digits and letters", "abcd1234", ""},
		{"digits and symbols", "1234567!", ""},
		{"letters and symbols", "abcdefg#", ""},
		{"16 characters", "abcdefgh12345678", ""},
		{"nothing typed", "", "请输入密码"},
		{"7 characters", "abcd123", PasswordHint},
		{"17 characters", "abcdefgh123456789", PasswordHint},
		{"digits only", "12345678", PasswordHint},
		{"letters only, large and small", "abcdEFGH", PasswordHint},
		{"symbols only", "!@#$%^&*", PasswordHint},
		{"a space", "abcd 1234", "不能有空格"},
		{"Chinese", "密码abcd1234", "不能有空格"},
		{"a control character", "abcd\t1234", "不能有空格"},
	} {
		t.Run(c.sentence, func(t *testing.T) {
			got := CheckPassword(c.typed)
			if (got == "") != (c.want == "") || !strings.Contains(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestMasksHideTheMiddle(t *testing.T) {
	for _, c := range []struct{ sentence, got, want string }{
		{"an ID number", MaskID("220102199003072028"), "220102********2028"},
		{"a card of 15 characters", MaskID("KAZ110090123105"), "KAZ110*****3105"},
		{"a passport", MaskID("E12345678"), "E1*****78"},
		{"a short passport", MaskID("E1234"), "E***4"},
		{"no number", MaskID(""), ""},
		{"a mobile number", MaskMobile("13812342028"), "138****2028"},
		{"a number too short to mask in part", MaskMobile("1381"), "****"},
		{"a name of two characters", MaskName("张伟"), "张*"},
		{"a name of three characters", MaskName("张三丰"), "张*丰"},
		{"a double surname and one character", MaskName("欧阳修"), "欧阳*"},
		{"a double surname and two characters", MaskName("欧阳飞燕"), "欧阳*燕"},
		{"two characters that are also a double surname", MaskName("东方"), "东*"},
		{"a name of parts", MaskName("阿依古丽·买买提"), "阿***·买**"},
		{"a Latin name", MaskName("John Smith"), "J*** S****"},
		{"one character", MaskName("张"), "*"},
		{"no name", MaskName(""), ""},
	} {
		t.Run(c.sentence, func(t *testing.T) {
			if c.got != c.want {
				t.Errorf("got %q, want %q", c.got, c.want)
			}
		})
	}
}
