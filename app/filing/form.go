package filing

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"laoqi/app"
	"laoqi/app/pdf/font"
)

// Form is what the clerk fills in.
type Form struct {
	Kind      app.FilingKind
	Paper     bool  // asked for a contract on paper; electronic contracts, once on, beat it
	Previous  int64 // of a renewal or termination
	Version   int64 // of the filing that the form was filled from, 0 for a new one
	Worker    app.Worker
	Terms     app.Terms
	Ending    app.Ending
	Unread    app.Faults // of fields whose text is no date or number
	Confirmed []string   // texts of the warnings that the clerk confirmed
}

// Limits of the free texts in characters: they fit a page of the contract.
const (
	MaxName = 50
	MaxLine = 100
	MaxRule = 300
	MaxText = 2000
)

type text struct {
	field, label string
	value        *string
	max          int
}

// texts lists the free texts in the order of the form.
func (f *Form) texts() []text {
	w, t := &f.Worker, &f.Terms
	return []text{
		{app.FieldName, "姓名", &w.Name, MaxName},
		{app.FieldIDNumber, "证件号码", &w.IDNumber, MaxName},
		{app.FieldMobile, "联系电话", &w.Mobile, MaxName},
		{app.FieldDomicile, "户籍地址", &w.Domicile, MaxLine},
		{app.FieldAddress, "现住地址", &w.Address, MaxLine},
		{app.FieldTask, "工作任务", &t.Task, MaxRule},
		{app.FieldPost, "岗位", &t.Post, MaxName},
		{app.FieldDuties, "工作内容", &t.Duties, MaxRule},
		{app.FieldWorkplace, "工作地点", &t.Workplace, MaxLine},
		{app.FieldPayRule, "计件单价或绩效办法", &t.PayRule, MaxRule},
		{app.FieldInsurance, "社会保险", &t.Insurance, MaxRule},
		{app.FieldProtection, "劳动保护", &t.Protection, MaxRule},
		{app.FieldClauses, "约定的其他事项", &t.Clauses, MaxText},
		{app.FieldDetail, "情况说明", &f.Ending.Detail, MaxRule},
	}
}

// checkDraft adds what keeps the form from being stored even as a draft.
func (f *Form) checkDraft(faults *app.Faults) {
	for _, x := range f.Unread {
		faults.Add(x.Field, x.Text)
	}
	for _, t := range f.texts() {
		*t.value = strings.TrimSpace(strings.ReplaceAll(*t.value, "\r\n", "\n"))
		if n := utf8.RuneCountInString(*t.value); n > t.max {
			faults.Add(t.field, fmt.Sprintf("%s最多 %d 个字，现在是 %d 个，请缩短。", t.label, t.max, n))
		}
	}
	if f.Worker.IDType.Label() == "" {
		faults.Add(app.FieldIDType, "请选择证件类型。")
	}
	checkChoice(faults, app.FieldTermKind, app.TermKinds, string(f.Terms.Kind))
	checkChoice(faults, app.FieldHours, app.Hours, string(f.Terms.Hours))
	checkChoice(faults, app.FieldPayKind, app.PayKinds, string(f.Terms.PayKind))
	if p := f.Terms.Probation; p < 0 || p > 6 {
		faults.Add(app.FieldProbation, "试用期请填写 0 至 6 个月（《劳动合同法》第十九条）。")
	}
	if d := f.Terms.PayDay; d < 0 || d > 31 {
		faults.Add(app.FieldPayDay, "每月发薪日请填写 1 至 31（《劳动法》第五十条）。")
	}
}

func checkChoice(faults *app.Faults, field string, options []app.Option, value string) {
	if value != "" && app.LabelOf(options, value) == "" {
		faults.Add(field, "请从列出的选项中选择。")
	}
}

// checkCharacters refuses what the contract's fonts cannot draw, by name.
func (f *Form) checkCharacters(faults *app.Faults) {
	for _, t := range f.texts() {
		if missing := font.Missing(*t.value); len(missing) > 0 {
			faults.Add(t.field, fmt.Sprintf("%s中的字符%s无法印在合同上，请换用其他写法。", t.label, quote(missing)))
		}
	}
}

// quote names characters, those that cannot be seen by their code point too.
func quote(characters []rune) string {
	var b strings.Builder
	for _, r := range characters {
		fmt.Fprintf(&b, "“%c”（%U）", r, r)
	}
	return b.String()
}

var order = []string{
	"", app.FieldName, app.FieldIDType, app.FieldIDNumber, app.FieldMobile, app.FieldDomicile, app.FieldAddress,
	app.FieldTermKind, app.FieldStart, app.FieldEnd, app.FieldTask, app.FieldProbation,
	app.FieldPost, app.FieldDuties, app.FieldWorkplace, app.FieldHours,
	app.FieldPayKind, app.FieldPay, app.FieldPayRule, app.FieldProbationPay, app.FieldPayDay,
	app.FieldInsurance, app.FieldProtection, app.FieldClauses, app.FieldReason, app.FieldEndedOn, app.FieldDetail,
}

// inOrder puts faults in the order of the form.
func inOrder(faults app.Faults) app.Faults {
	slices.SortStableFunc(faults, func(a, b app.Fault) int {
		return slices.Index(order, a.Field) - slices.Index(order, b.Field)
	})
	return faults
}
