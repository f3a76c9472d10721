// Package law holds what the statutes ask of a labour contract, as pure functions
// over terms and dates. Faults carry the names of the form's fields, and every
// sentence names its article.
package law

import (
	"fmt"

	"laoqi/app"
)

// Case is a contract about to be filed, with all that the rules look at.
type Case struct {
	Kind    app.FilingKind // FilingNew or FilingRenewal
	Worker  app.Worker     // IDNumber as app.CheckIDNumber returned it
	Terms   app.Terms
	History []Contract // of this worker with this employer, earliest first
	Minimum app.Fen    // the place's monthly minimum wage; 0 leaves its two rules unchecked
	Today   app.Date   // when the contract is written
}

// Contract is an earlier contract between the same worker and employer.
type Contract struct {
	Kind      app.TermKind
	Start     app.Date
	End       app.Date // the last day, agreed or in fact; zero while it runs without one
	Probation int      // months
}

// Check compares a contract with the statutes. Faults, in the order of the form,
// forbid it; warnings ask whoever files it to confirm.
func Check(c Case) (app.Faults, []app.Warning) {
	var f app.Faults
	checkWorker(&f, c)
	checkEmployment(&f, c.Terms)
	checkTerm(&f, c)
	checkProbation(&f, c)
	checkWork(&f, c.Terms)
	checkPay(&f, c)
	checkProtection(&f, c.Terms)
	return f, warn(c)
}

// article17 ends the sentence about a mandatory term with its item of
// 劳动合同法 art. 17 para. 1.
func article17(text, item string) string {
	return fmt.Sprintf("%s（《劳动合同法》第十七条第一款第%s项）。", text, item)
}

// checkWorker asks for the worker's name, address and ID number (劳动合同法
// art. 17) and for 16 full years at the start (劳动法 art. 15).
func checkWorker(f *app.Faults, c Case) {
	w := c.Worker
	f.Require(app.FieldName, w.Name, article17("请填写劳动者的姓名", "二"))
	f.Require(app.FieldIDNumber, w.IDNumber, article17("请填写劳动者的证件号码", "二"))
	sex, birth := w.Told()
	if !birth.IsZero() && !c.Terms.Start.IsZero() && birth.AddYears(16).After(c.Terms.Start) {
		f.Add(ageField(w), "劳动者在合同起始日期未满 16 周岁，不得招用（《劳动法》第十五条）。")
	}
	if w.IDNumber != "" {
		f.Require(app.FieldSex, sex, "证件号码不含性别，请按证件选择性别（《劳动合同法实施条例》第八条）。")
	}
	f.Require(app.FieldAddress, w.Address, article17("请填写劳动者的现住地址", "二"))
}

// ageField is where the worker's birth date is stated.
func ageField(w app.Worker) string {
	if w.Birth.IsZero() {
		return app.FieldIDNumber
	}
	return app.FieldBirth
}

// checkWork asks for work, place and hours (劳动合同法 art. 17).
func checkWork(f *app.Faults, t app.Terms) {
	f.Require(app.FieldPost, t.Post, article17("请填写岗位", "四"))
	f.Require(app.FieldDuties, t.Duties, article17("请填写工作内容", "四"))
	f.Require(app.FieldWorkplace, t.Workplace, article17("请填写工作地点", "四"))
	f.Require(app.FieldHours, app.LabelOf(app.Hours, string(t.Hours)), article17("请选择工时制度", "五"))
}

// checkProtection asks for social insurance and protection at work (劳动合同法 art. 17).
func checkProtection(f *app.Faults, t app.Terms) {
	f.Require(app.FieldInsurance, t.Insurance, article17("请填写社会保险", "七"))
	f.Require(app.FieldProtection, t.Protection, article17("请填写劳动保护、劳动条件和职业危害防护", "八"))
}
