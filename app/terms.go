package app

import (
	"fmt"
	"strconv"
	"strings"
)

// FilingKind is what a filing (用工备案) asks for.
type FilingKind string

const (
	FilingNew         FilingKind = "new"         // 新签
	FilingRenewal     FilingKind = "renewal"     // 续签
	FilingTermination FilingKind = "termination" // 解除/终止
)

// Label is the printed name of the kind.
func (k FilingKind) Label() string {
	return map[FilingKind]string{FilingNew: "新签", FilingRenewal: "续签", FilingTermination: "解除"}[k]
}

// TermKind is the kind of a contract's term (劳动合同法 art. 12).
type TermKind string

const (
	TermFixed TermKind = "fixed" // 固定期限
	TermOpen  TermKind = "open"  // 无固定期限
	TermTask  TermKind = "task"  // 以完成一定工作任务为期限
)

// HoursSystem is the working-time system (工时制度).
type HoursSystem string

const (
	HoursStandard      HoursSystem = "standard"      // 标准工时制
	HoursComprehensive HoursSystem = "comprehensive" // 综合计算工时制
	HoursFlexible      HoursSystem = "flexible"      // 不定时工作制
)

// PayKind is how pay is reckoned (工资形式).
type PayKind string

const (
	PayMonthly PayKind = "monthly" // 月薪制
	PayPiece   PayKind = "piece"   // 计件工资
	PayBonus   PayKind = "bonus"   // 基本工资加绩效
)

// Option is a choice of a form: the stored value and the printed label.
type Option struct{ Value, Label string }

// Choices of the filing form, in printed order.
var (
	TermKinds = []Option{{string(TermFixed), "固定期限"}, {string(TermOpen), "无固定期限"}, {string(TermTask), "以完成一定工作任务为期限"}}
	Hours     = []Option{{string(HoursStandard), "标准工时制"}, {string(HoursComprehensive), "综合计算工时制"}, {string(HoursFlexible), "不定时工作制"}}
	PayKinds  = []Option{{string(PayMonthly), "月薪制"}, {string(PayPiece), "计件工资制"}, {string(PayBonus), "基本工资加绩效"}}
)

// LabelOf returns the label of a value among the options, "" if it is not one of them.
func LabelOf(options []Option, value string) string {
	for _, o := range options {
		if o.Value == value {
			return o.Label
		}
	}
	return ""
}

// Fen is an amount of money in hundredths of a yuan.
type Fen int64

// ParseFen reads an amount in yuan with at most two decimals, such as 4500 or 4500.50.
func ParseFen(s string) (Fen, error) {
	whole, frac, _ := strings.Cut(strings.ReplaceAll(strings.TrimSpace(s), ",", ""), ".")
	if len(frac) > 2 || len(whole) > 9 {
		return 0, fmt.Errorf("amount %q", s)
	}
	n, err := strconv.ParseUint(whole+frac+strings.Repeat("0", 2-len(frac)), 10, 62)
	if err != nil || whole == "" {
		return 0, fmt.Errorf("amount %q", s)
	}
	return Fen(n), nil
}

// String gives the amount in yuan, without decimals if it is whole, "" for none.
func (f Fen) String() string {
	switch {
	case f == 0:
		return ""
	case f%100 == 0:
		return strconv.FormatInt(int64(f/100), 10)
	}
	return fmt.Sprintf("%d.%02d", f/100, f%100)
}

// Worker is the person a filing is about (劳动者), as the employer states it.
type Worker struct {
	Name     string
	IDType   IDType
	IDNumber string
	Mobile   string // 联系电话
	Domicile string // 户籍地址
	Address  string // 现住地址

	Sex       string // 男 or 女; stated only where the ID number does not tell, see Told
	Birth     Date   // likewise
	Ethnicity string // 民族, one of Ethnicities
	Education string // 文化程度, one of Educations
	Household string // 户口性质, one of Households
}

// Terms is what employer and worker agree on (劳动合同法 art. 17). A field that
// the term's kind does not know is zero.
type Terms struct {
	Kind      TermKind
	Start     Date
	End       Date   // last day of a fixed term
	Task      string // what ends a term for a task
	Probation int    // months, 0 for none

	Employment Employment // 用工形式

	Post      string // 岗位(工种)
	Duties    string // 工作内容
	Workplace string // 工作地点
	Hours     HoursSystem

	PayKind      PayKind
	Pay          Fen    // monthly; for piece work the guaranteed base
	PayRule      string // piece rate or performance rule; may be empty for monthly pay
	ProbationPay Fen    // monthly during probation
	PayDay       int    // day of the month, 1-31

	Insured    Insurances // 参加的险种
	Insurance  string     // 社会保险
	Protection string     // 劳动保护、劳动条件和职业危害防护
	Clauses    string     // 双方约定的其他事项, may be empty
}

// Period gives the days of the term, such as 2026-05-01 至 2027-04-30, "" while
// the start is open.
func (t Terms) Period() string {
	switch {
	case t.Start.IsZero():
		return ""
	case t.Kind == TermFixed:
		return t.Start.String() + " 至 " + t.End.String()
	}
	return t.Start.String() + " 起，" + LabelOf(TermKinds, string(t.Kind))
}

// Ending is what a termination filing (解除/终止) states.
type Ending struct {
	Reason string // code of a statutory reason, see package law
	On     Date   // last day of the employment
	Detail string // the facts, may be empty
}

// Field names of the filing form; law's faults and the form share them.
const (
	FieldName         = "name"
	FieldIDType       = "id_type"
	FieldIDNumber     = "id_number"
	FieldMobile       = "mobile"
	FieldDomicile     = "domicile"
	FieldAddress      = "address"
	FieldSex          = "sex"
	FieldBirth        = "birth"
	FieldEthnicity    = "ethnicity"
	FieldEducation    = "education"
	FieldHousehold    = "household"
	FieldEmployment   = "employment"
	FieldInsured      = "insured"
	FieldTermKind     = "term_kind"
	FieldStart        = "start"
	FieldEnd          = "end"
	FieldTask         = "task"
	FieldProbation    = "probation"
	FieldPost         = "post"
	FieldDuties       = "duties"
	FieldWorkplace    = "workplace"
	FieldHours        = "hours"
	FieldPayKind      = "pay_kind"
	FieldPay          = "pay"
	FieldPayRule      = "pay_rule"
	FieldProbationPay = "probation_pay"
	FieldPayDay       = "pay_day"
	FieldInsurance    = "insurance"
	FieldProtection   = "protection"
	FieldClauses      = "clauses"
	FieldReason       = "reason"
	FieldEndedOn      = "ended_on"
	FieldDetail       = "detail"
)
