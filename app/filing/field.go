package filing

import (
	"strconv"
	"strings"

	"laoqi/app"
)

// FieldKind says what a field takes.
type FieldKind int

const (
	FieldText   FieldKind = iota
	FieldChoice           // one of Options
	FieldDay              // 2006-01-02
	FieldNumber
	FieldSet // any of Options, joined by commas
)

// Field is one field of a filing's form. The form, its faults and the workbook of
// an import are all made from the one list of them.
type Field struct {
	Name     string // of the control and of its faults
	Label    string
	Kind     FieldKind
	Required bool         // without it no filing can be submitted
	Max      int          // characters of a text
	Options  []app.Option // of a choice or a set
	text     func(*Form) *string
	show     func(*Form) string
	read     func(*Form, string) (problem string)
}

// ofWorker are the fields that a new filing and a renewal fill in, ofEnding those
// of a termination, in the order of the form.
var (
	ofWorker = []Field{
		must(textField(app.FieldName, "姓名", MaxName, func(f *Form) *string { return &f.Worker.Name })),
		must(choiceField(app.FieldIDType, "证件类型", app.IDTypes(), func(f *Form) *app.IDType { return &f.Worker.IDType })),
		must(textField(app.FieldIDNumber, "证件号码", MaxName, func(f *Form) *string { return &f.Worker.IDNumber })),
		choiceField(app.FieldSex, "性别", app.Sexes, func(f *Form) *string { return &f.Worker.Sex }),
		dayField(app.FieldBirth, "出生日期", func(f *Form) *app.Date { return &f.Worker.Birth }),
		must(textField(app.FieldMobile, "联系电话", MaxName, func(f *Form) *string { return &f.Worker.Mobile })),
		must(textField(app.FieldAddress, "现住地址", MaxLine, func(f *Form) *string { return &f.Worker.Address })),
		textField(app.FieldDomicile, "户籍地址", MaxLine, func(f *Form) *string { return &f.Worker.Domicile }),
		choiceField(app.FieldHousehold, "户口性质", app.Households, func(f *Form) *string { return &f.Worker.Household }),
		choiceField(app.FieldEthnicity, "民族", app.Ethnicities, func(f *Form) *string { return &f.Worker.Ethnicity }),
		choiceField(app.FieldEducation, "文化程度", app.Educations, func(f *Form) *string { return &f.Worker.Education }),

		must(choiceField(app.FieldEmployment, "用工形式", app.Employments, func(f *Form) *app.Employment { return &f.Terms.Employment })),
		must(choiceField(app.FieldTermKind, "合同期限类型", app.TermKinds, func(f *Form) *app.TermKind { return &f.Terms.Kind })),
		must(dayField(app.FieldStart, "起始日期", func(f *Form) *app.Date { return &f.Terms.Start })),
		dayField(app.FieldEnd, "终止日期", func(f *Form) *app.Date { return &f.Terms.End }),
		textField(app.FieldTask, "工作任务", MaxRule, func(f *Form) *string { return &f.Terms.Task }),
		wholeField(app.FieldProbation, "试用期（月）", "请填写试用期的月数，没有试用期填 0。", func(f *Form) *int { return &f.Terms.Probation }),

		must(textField(app.FieldPost, "岗位（工种）", MaxName, func(f *Form) *string { return &f.Terms.Post })),
		must(textField(app.FieldWorkplace, "工作地点", MaxLine, func(f *Form) *string { return &f.Terms.Workplace })),
		must(choiceField(app.FieldHours, "工时制度", app.Hours, func(f *Form) *app.HoursSystem { return &f.Terms.Hours })),
		must(textField(app.FieldDuties, "工作内容", MaxRule, func(f *Form) *string { return &f.Terms.Duties })),

		must(choiceField(app.FieldPayKind, "工资形式", app.PayKinds, func(f *Form) *app.PayKind { return &f.Terms.PayKind })),
		must(yuanField(app.FieldPay, "月工资（元）", func(f *Form) *app.Fen { return &f.Terms.Pay })),
		must(wholeField(app.FieldPayDay, "每月发薪日", "每月发薪日请填写 1 至 31 的数字。", func(f *Form) *int { return &f.Terms.PayDay })),
		yuanField(app.FieldProbationPay, "试用期月工资（元）", func(f *Form) *app.Fen { return &f.Terms.ProbationPay }),
		textField(app.FieldPayRule, "计件单价或绩效办法", MaxRule, func(f *Form) *string { return &f.Terms.PayRule }),

		must(insuredField(app.FieldInsured, "参加险种", func(f *Form) *app.Insurances { return &f.Terms.Insured })),
		must(textField(app.FieldInsurance, "社会保险", MaxRule, func(f *Form) *string { return &f.Terms.Insurance })),
		must(textField(app.FieldProtection, "劳动保护", MaxRule, func(f *Form) *string { return &f.Terms.Protection })),
		textField(app.FieldClauses, "双方约定的其他事项", MaxText, func(f *Form) *string { return &f.Terms.Clauses }),
	}
	ofEnding = []Field{
		must(textField(app.FieldReason, "法定事由", MaxName, func(f *Form) *string { return &f.Ending.Reason })),
		must(dayField(app.FieldEndedOn, "解除或终止日期", func(f *Form) *app.Date { return &f.Ending.On })),
		textField(app.FieldDetail, "情况说明", MaxRule, func(f *Form) *string { return &f.Ending.Detail }),
	}
	fields = append(append([]Field(nil), ofWorker...), ofEnding...)
)

// Fields lists the fields of a new filing in the order of the form.
func Fields() []Field { return ofWorker }

// Read fills the form from what stands in its fields, given by their names. What
// is no date or number goes into Unread.
func (f *Form) Read(typed func(name string) string) {
	for _, x := range fields {
		f.Unread.Add(x.Name, x.read(f, typed(x.Name)))
	}
}

// Values is what stands in the fields, by their names.
func (f *Form) Values() map[string]string {
	values := make(map[string]string, len(fields))
	for _, x := range fields {
		values[x.Name] = x.show(f)
	}
	return values
}

// Value is what stands in the field x of the form.
func (f *Form) Value(x Field) string { return x.show(f) }

// Print is how people read a value of the field: of a choice its label.
func (x Field) Print(value string) string {
	if x.Kind != FieldChoice && x.Kind != FieldSet {
		return value
	}
	var labels []string
	for one := range strings.SplitSeq(value, ",") {
		if label := app.LabelOf(x.Options, one); label != "" {
			labels = append(labels, label)
		}
	}
	return strings.Join(labels, "、")
}

func must(x Field) Field { x.Required = true; return x }

func textField(name, label string, max int, at func(*Form) *string) Field {
	return Field{Name: name, Label: label, Max: max, text: at,
		show: func(f *Form) string { return *at(f) },
		read: func(f *Form, s string) string { *at(f) = s; return "" }}
}

func choiceField[T ~string](name, label string, options []app.Option, at func(*Form) *T) Field {
	return Field{Name: name, Label: label, Kind: FieldChoice, Options: options,
		show: func(f *Form) string { return string(*at(f)) },
		read: func(f *Form, s string) string { *at(f) = T(s); return "" }}
}

func insuredField(name, label string, at func(*Form) *app.Insurances) Field {
	return Field{Name: name, Label: label, Kind: FieldSet, Options: app.InsuranceOptions(),
		show: func(f *Form) string { return strings.Join(at(f).Values(), ",") },
		read: func(f *Form, s string) string { *at(f) = app.ParseInsurances(strings.Split(s, ",")); return "" }}
}

func dayField(name, label string, at func(*Form) *app.Date) Field {
	return Field{Name: name, Label: label, Kind: FieldDay,
		show: func(f *Form) string { return at(f).String() },
		read: func(f *Form, s string) string {
			day, err := app.ParseDate(s)
			if *at(f) = day; err != nil {
				return label + "请按“年-月-日”填写，例如 2026-05-01。"
			}
			return ""
		}}
}

// wholeField takes a whole number; an empty one is 0.
func wholeField(name, label, problem string, at func(*Form) *int) Field {
	return Field{Name: name, Label: label, Kind: FieldNumber,
		show: func(f *Form) string {
			if *at(f) == 0 {
				return ""
			}
			return strconv.Itoa(*at(f))
		},
		read: func(f *Form, s string) string {
			n, err := strconv.Atoi(s)
			if *at(f) = n; s != "" && err != nil {
				return problem
			}
			return ""
		}}
}

// yuanField takes an amount of money; an empty one is none.
func yuanField(name, label string, at func(*Form) *app.Fen) Field {
	return Field{Name: name, Label: label, Kind: FieldNumber,
		show: func(f *Form) string { return at(f).String() },
		read: func(f *Form, s string) string {
			n, err := app.ParseFen(s)
			if *at(f) = n; s != "" && err != nil {
				return strings.TrimSuffix(label, "（元）") + "请填写以元为单位的金额，最多两位小数，例如 4500 或 4500.50。"
			}
			return ""
		}}
}
