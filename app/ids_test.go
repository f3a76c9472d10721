package app

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

var day = Date{2026, time.May, 1}

// withCheck completes 17 digits by the table of weights that GB 11643-1999 prints.
func withCheck(digits string) string {
	weights := []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i, w := range weights {
		sum += w * int(digits[i]-'0')
	}
	return digits + string("10X98765432"[sum%11])
}

func TestIDNumbersThatAreAccepted(t *testing.T) {
	for _, c := range []struct {
		sentence string
		kind     IDType
		typed    string
		want     string
	}{
		{"the example of GB 11643-1999", IDResident, "11010519491231002X", "11010519491231002X"},
		{"a small x is written large", IDResident, "11010519491231002x", "11010519491231002X"},
		{"full-width digits and spaces are folded", IDResident, "　１１０１０５ 19491231 002Ｘ", "11010519491231002X"},
		{"a Roman numeral ten counts as X", IDResident, "11010519491231002Ⅹ", "11010519491231002X"},
		{"a birth today", IDResident, withCheck("22010220260501001"), withCheck("22010220260501001")},
		{"a birth on a leap day", IDResident, withCheck("22010220000229001"), withCheck("22010220000229001")},
		{"a resident of Hong Kong", IDHKMO, "810000199408230021", "810000199408230021"},
		{"a resident of Macao", IDHKMO, withCheck("82000019940823002"), withCheck("82000019940823002")},
		{"a resident of Taiwan", IDTaiwan, "830000199201300022", "830000199201300022"},
		{"the specimen of the permanent resident card of 2023", IDForeigner, "932682198501010017", "932682198501010017"},
		{"the specimen of the permanent resident card of 2017", IDForeigner, "kaz110090123105", "KAZ110090123105"},
		{"a passport", IDPassport, " e12345678 ", "E12345678"},
		{"the shortest passport", IDPassport, "12345", "12345"},
		{"the longest passport", IDPassport, strings.Repeat("A", 20), strings.Repeat("A", 20)},
	} {
		t.Run(c.sentence, func(t *testing.T) {
			if got, problem := CheckIDNumber(c.kind, c.typed, day); got != c.want || problem != "" {
				t.Errorf("got %q, %q; want %q", got, problem, c.want)
			}
		})
	}
}

func TestIDNumbersThatAreRefused(t *testing.T) {
	for _, c := range []struct {
		sentence string
		kind     IDType
		typed    string
		want     string // part of the answer
	}{
		{"nothing typed", IDResident, "  ", "请输入证件号码"},
		{"no type chosen", "", "11010519491231002X", "请选择证件类型"},
		{"an unknown type", "driver", "11010519491231002X", "请选择证件类型"},
		{"a wrong check character", IDResident, "110105194912310021", "校验码"},
		{"two digits exchanged", IDResident, "11010519491213002X", "校验码"},
		{"a digit missing", IDResident, "1101051949123100X", "17 位"},
		{"the first generation's 15 digits", IDResident, "110105491231002", "一代身份证"},
		{"a letter in the middle", IDResident, "1101051949123A002X", "前 17 位应为数字"},
		{"a letter other than X at the end", IDResident, "11010519491231002Y", "末位应为数字或 X"},
		{"Chinese characters", IDResident, "一一〇一〇五", "只能由数字和英文字母"},
		{"a province that does not exist", IDResident, withCheck("99010519491231002"), "地区代码"},
		{"30 February", IDResident, withCheck("11010519490230002"), "出生日期有误"},
		{"29 February of a common year", IDResident, withCheck("11010519000229002"), "出生日期有误"},
		{"a birth in the 19th century", IDResident, withCheck("11010518991231002"), "出生日期有误"},
		{"a birth tomorrow", IDResident, withCheck("22010220260502001"), "晚于今天"},
		{"a Hong Kong number as a resident's", IDResident, "810000199408230021", "港澳居民居住证的号码"},
		{"a Taiwan number as Hong Kong's", IDHKMO, "830000199201300022", "台湾居民居住证的号码"},
		{"a resident's number as Taiwan's", IDTaiwan, "11010519491231002X", "居民身份证的号码"},
		{"a foreigner's number as a resident's", IDResident, "932682198501010017", "外国人永久居留身份证的号码"},
		{"a resident's number as a foreigner's", IDForeigner, "11010519491231002X", "居民身份证的号码"},
		{"a wrong check digit on a card of 2023", IDForeigner, "932682198501010018", "校验码"},
		{"a foreigner's number of 16 characters", IDForeigner, "9326821985010100", "18 位（旧版为 15 位）"},
		{"a wrong check digit on a card of 2017", IDForeigner, "KAZ110090123106", "校验码"},
		{"a card of 2017 with two letters", IDForeigner, "KA0110090123105", "3 位字母加 12 位数字"},
		{"a card of 2017 from nowhere", IDForeigner, "KAZ990090123105", "地区代码"},
		{"a card of 2017 with a 13th month", IDForeigner, "KAZ110090133105", "出生日期有误"},
		{"a passport of 4 characters", IDPassport, "E123", "5 至 20 位"},
		{"a passport of 21 characters", IDPassport, strings.Repeat("1", 21), "5 至 20 位"},
		{"a passport with a sign", IDPassport, "E1234-5678", "只能由数字和英文字母"},
	} {
		t.Run(c.sentence, func(t *testing.T) {
			got, problem := CheckIDNumber(c.kind, c.typed, day)
			if got != "" || !strings.Contains(problem, c.want) {
				t.Errorf("got %q, %q; want a sentence with %q", got, problem, c.want)
			}
		})
	}
}

func TestEveryWrongDigitOfAnIDNumberIsNoticed(t *testing.T) {
	const sound = "932682198501010017"
	for i := range sound {
		for d := byte('0'); d <= '9'; d++ {
			wrong := sound[:i] + string(d) + sound[i+1:]
			if _, problem := CheckIDNumber(IDForeigner, wrong, day); wrong != sound && problem == "" {
				t.Errorf("%s was accepted", wrong)
			}
		}
	}
}

func TestAnIDNumberTellsBirthAndSexWhereItCan(t *testing.T) {
	for _, c := range []struct {
		sentence, number string
		kind             IDType
		birth            Date
		sex              string
	}{
		{"a woman", "11010519491231002X", IDResident, Date{1949, 12, 31}, "女"},
		{"a man with a card of 2023", "932682198501010017", IDForeigner, Date{1985, 1, 1}, "男"},
		{"a card of 2017 tells no sex", "KAZ110090123105", IDForeigner, Date{1990, 12, 31}, ""},
		{"a card of 2017 of a child of this century", "KAZ110023123107", IDForeigner, Date{2023, 12, 31}, ""},
		{"a card of 2017 of a holder born in 1924", "KAZ110024010105", IDForeigner, Date{1924, 1, 1}, ""},
		{"a passport that looks like an ID number", "11010519491231002X", IDPassport, Date{}, ""},
		{"an empty number", "", IDResident, Date{}, ""},
	} {
		t.Run(c.sentence, func(t *testing.T) {
			if got := BirthDate(c.kind, c.number); got != c.birth {
				t.Errorf("birth %v, want %v", got, c.birth)
			}
			if got := Sex(c.kind, c.number); got != c.sex {
				t.Errorf("sex %q, want %q", got, c.sex)
			}
		})
	}
}

func TestEveryIDTypeHasAPrintedName(t *testing.T) {
	want := []string{"居民身份证", "港澳居民居住证", "台湾居民居住证", "外国人永久居留身份证", "护照"}
	for i, o := range IDTypes() {
		if IDType(o.Value).Label() != want[i] {
			t.Errorf("%s is called %q, want %q", o.Value, IDType(o.Value).Label(), want[i])
		}
	}
	if got := IDType("driver").Label(); got != "" {
		t.Errorf("an unknown type is called %q", got)
	}
}

func FuzzAnIDNumberIsAcceptedOrAnsweredWithASentence(f *testing.F) {
	for _, s := range []string{"11010519491231002X", "932682198501010017", "KAZ110090123105", "E12345678", "", "９Ⅹ张\xff"} {
		f.Add("resident", s)
		f.Add("foreigner", s)
	}
	f.Fuzz(func(t *testing.T, kind, number string) {
		got, problem := CheckIDNumber(IDType(kind), number, day)
		if (got == "") == (problem == "") {
			t.Fatalf("%q: number %q, problem %q", number, got, problem)
		}
		if again, _ := CheckIDNumber(IDType(kind), got, day); problem == "" && again != got {
			t.Fatalf("%q became %q and then %q", number, got, again)
		}
		if birth := BirthDate(IDType(kind), got); birth.After(day) {
			t.Fatalf("%q tells the birth %v", got, birth)
		}
		if m := MaskID(got); utf8.RuneCountInString(m) != len(got) {
			t.Fatalf("%q was masked as %q", got, m)
		}
	})
}
