package web

import (
	"strconv"

	"laoqi/app"
	"laoqi/app/filing"
)

// readFiling reads the form of a filing. What is no date or number is in Unread.
func (q *request) readFiling(kind app.FilingKind) filing.Form {
	f := filing.Form{Kind: kind, Paper: q.form("paper") != ""}
	f.Previous, _ = strconv.ParseInt(q.form("previous"), 10, 64)
	f.Version, _ = strconv.ParseInt(q.form("version"), 10, 64)
	u := &f.Unread
	f.Worker = app.Worker{Name: q.form(app.FieldName), IDType: app.IDType(q.form(app.FieldIDType)), IDNumber: q.form(app.FieldIDNumber),
		Mobile: q.form(app.FieldMobile), Domicile: q.form(app.FieldDomicile), Address: q.form(app.FieldAddress)}
	f.Terms = app.Terms{
		Kind: app.TermKind(q.form(app.FieldTermKind)), Start: q.date(app.FieldStart, u), End: q.date(app.FieldEnd, u), Task: q.form(app.FieldTask),
		Probation: q.whole(app.FieldProbation, "请填写试用期的月数，没有试用期填 0。", u),
		Post:      q.form(app.FieldPost), Duties: q.form(app.FieldDuties), Workplace: q.form(app.FieldWorkplace), Hours: app.HoursSystem(q.form(app.FieldHours)),
		PayKind: app.PayKind(q.form(app.FieldPayKind)), Pay: q.yuan(app.FieldPay, u), PayRule: q.form(app.FieldPayRule),
		ProbationPay: q.yuan(app.FieldProbationPay, u), PayDay: q.whole(app.FieldPayDay, "每月发薪日请填写 1 至 31 的数字。", u),
		Insurance: q.form(app.FieldInsurance), Protection: q.form(app.FieldProtection), Clauses: q.form(app.FieldClauses),
	}
	f.Ending = app.Ending{Reason: q.form(app.FieldReason), On: q.date(app.FieldEndedOn, u), Detail: q.form(app.FieldDetail)}
	if q.checked("confirmed") {
		f.Confirmed = q.Request().Form["warned"]
	}
	return f
}

// whole reads a whole number, 0 if the field is empty.
func (q *request) whole(name, problem string, faults *app.Faults) int {
	text := q.form(name)
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		faults.Add(name, problem)
	}
	return n
}

// yuan reads an amount of money, 0 if the field is empty.
func (q *request) yuan(name string, faults *app.Faults) app.Fen {
	text := q.form(name)
	if text == "" {
		return 0
	}
	n, err := app.ParseFen(text)
	if err != nil {
		faults.Add(name, "请填写以元为单位的金额，最多两位小数，例如 4500 或 4500.50。")
	}
	return n
}

// filingValues is what stands in the fields of a form.
func filingValues(f filing.Form) map[string]string {
	w, t := f.Worker, f.Terms
	v := map[string]string{
		app.FieldName: w.Name, app.FieldIDType: string(w.IDType), app.FieldIDNumber: w.IDNumber,
		app.FieldMobile: w.Mobile, app.FieldDomicile: w.Domicile, app.FieldAddress: w.Address,
		app.FieldTermKind: string(t.Kind), app.FieldStart: t.Start.String(), app.FieldEnd: t.End.String(), app.FieldTask: t.Task,
		app.FieldProbation: number(t.Probation), app.FieldPost: t.Post, app.FieldDuties: t.Duties, app.FieldWorkplace: t.Workplace,
		app.FieldHours: string(t.Hours), app.FieldPayKind: string(t.PayKind), app.FieldPay: t.Pay.String(), app.FieldPayRule: t.PayRule,
		app.FieldProbationPay: t.ProbationPay.String(), app.FieldPayDay: number(t.PayDay),
		app.FieldInsurance: t.Insurance, app.FieldProtection: t.Protection, app.FieldClauses: t.Clauses,
		app.FieldReason: f.Ending.Reason, app.FieldEndedOn: f.Ending.On.String(), app.FieldDetail: f.Ending.Detail,
	}
	if f.Kind == app.FilingRenewal {
		v[app.FieldIDType], v[app.FieldIDNumber] = w.IDType.Label(), app.MaskID(w.IDNumber)
	}
	return v
}
