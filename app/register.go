package app

import (
	"cmp"
	"strings"
)

// Employment is the form of employment (用工形式) that the list of staff states
// (劳动合同法实施条例 art. 8).
type Employment string

const (
	EmploymentFull     Employment = "full"     // 全日制用工
	EmploymentDispatch Employment = "dispatch" // 劳务派遣用工
)

// Insurances is a set of the statutory insurances (五险).
type Insurances int

const (
	InsurancePension      Insurances = 1 << iota // 养老
	InsuranceMedical                             // 医疗
	InsuranceUnemployment                        // 失业
	InsuranceInjury                              // 工伤
	InsuranceMaternity                           // 生育

	AllInsurances Insurances = 1<<iota - 1
)

var insurances = []struct {
	one Insurances
	Option
}{
	{InsurancePension, Option{"pension", "养老"}},
	{InsuranceMedical, Option{"medical", "医疗"}},
	{InsuranceUnemployment, Option{"unemployment", "失业"}},
	{InsuranceInjury, Option{"injury", "工伤"}},
	{InsuranceMaternity, Option{"maternity", "生育"}},
}

// InsuranceOptions lists the insurances as choices of a form.
func InsuranceOptions() []Option {
	options := make([]Option, len(insurances))
	for i, x := range insurances {
		options[i] = x.Option
	}
	return options
}

// ParseInsurances reads the values of InsuranceOptions; others are left out.
func ParseInsurances(values []string) (set Insurances) {
	for _, x := range insurances {
		for _, v := range values {
			if v == x.Value {
				set |= x.one
			}
		}
	}
	return set
}

// Values are the members as ParseInsurances reads them.
func (s Insurances) Values() []string {
	return s.each(func(o Option) string { return o.Value })
}

// Label names the members, such as 养老、医疗、工伤, "" if there is none.
func (s Insurances) Label() string {
	return strings.Join(s.each(func(o Option) string { return o.Label }), "、")
}

func (s Insurances) each(text func(Option) string) (list []string) {
	for _, x := range insurances {
		if s&x.one != 0 {
			list = append(list, text(x.Option))
		}
	}
	return list
}

// Told gives the worker's sex and birth date: read in the ID number where that
// tells them, else as stated.
func (w Worker) Told() (sex string, birth Date) {
	return cmp.Or(Sex(w.IDType, w.IDNumber), w.Sex), cmp.Or(BirthDate(w.IDType, w.IDNumber), w.Birth)
}

// Choices of the register of staff, in printed order.
var (
	Sexes       = []Option{{"男", "男"}, {"女", "女"}}
	Employments = []Option{{string(EmploymentFull), "全日制用工"}, {string(EmploymentDispatch), "劳务派遣用工"}}
	Educations  = []Option{{"primary", "小学及以下"}, {"junior", "初中"}, {"senior", "高中"}, {"vocational", "中专、中技"},
		{"college", "大学专科"}, {"bachelor", "大学本科"}, {"master", "硕士研究生"}, {"doctor", "博士研究生"}}
	Households  = []Option{{"urban", "城镇（非农业）"}, {"rural", "农村（农业）"}, {"unified", "居民户口（城乡统一）"}, {"other", "其他"}}
	Ethnicities = ethnicities()
)

// ethnicities lists the 56 of GB/T 3304 under their codes, which follow their
// order, and 97 其他.
func ethnicities() []Option {
	names := strings.Fields("汉族 蒙古族 回族 藏族 维吾尔族 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族 " +
		"哈萨克族 傣族 黎族 傈僳族 佤族 畲族 高山族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜族 土族 达斡尔族 仫佬族 " +
		"羌族 布朗族 撒拉族 毛南族 仡佬族 锡伯族 阿昌族 普米族 塔吉克族 怒族 乌孜别克族 俄罗斯族 鄂温克族 德昂族 保安族 裕固族 " +
		"京族 塔塔尔族 独龙族 鄂伦春族 赫哲族 门巴族 珞巴族 基诺族")
	options := make([]Option, 0, len(names)+1)
	for i, name := range names {
		code := i + 1
		options = append(options, Option{string([]byte{byte('0' + code/10), byte('0' + code%10)}), name})
	}
	return append(options, Option{"97", "其他"})
}
