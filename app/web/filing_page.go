package web

import (
	"strconv"
	"strings"

	"laoqi/app"
	"laoqi/app/filing"
	"laoqi/app/identity"
	"laoqi/app/law"
	"laoqi/app/link"
	"laoqi/app/pdf"
	"laoqi/views/filed"
	"laoqi/views/hall"
	"laoqi/views/part"
)

func (s *Server) filingPage(q *request) error {
	id, err := q.id("id")
	if err != nil {
		return err
	}
	ctx := q.Request().Context()
	f, err := s.Filing.Get(ctx, q.actor, id)
	if err != nil {
		return err
	}
	list := link.To(link.HallFilings, f.Kind)
	title := f.Kind.Label() + "备案"
	if f.Worker.Name != "" {
		title = f.Worker.Name + "的" + title
	}
	p := hall.Filing{Shell: q.hall(title, list, crumb(f.Kind.Label()+"备案", list, title)...), State: f.State, Paper: f.Paper, Automatic: f.Automatic, Document: f.Document,
		Sections: filingSections(f, q.session.Enterprise, app.MaskID(f.Worker.IDNumber), app.MaskMobile(f.Worker.Mobile))}
	if f.State != app.FilingDraft {
		standing, err := s.Filing.Standing(ctx, f.Worker)
		if err != nil {
			return err
		}
		worker := &p.Sections[0]
		worker.Items = append(worker.Items, part.Item{Label: "身份核验", Value: standingText(standing)})
	}
	whatNext(&p, f)
	return q.page(hall.FilingPage(p))
}

// standingText says how the worker's identity stands and who can do something about it.
func standingText(m identity.Matching) string {
	return m.Label() + map[identity.Matching]string{
		identity.Unknown: "（员工用本人手机注册并完成身份核验后才能签名）",
		identity.Differs: "（请与员工核对；员工换了手机号的，请员工在手机端“账号与安全”中修改）",
	}[m]
}

// whatNext offers what can be done with the filing in its state.
func whatNext(p *hall.Filing, f filing.Filing) {
	if f.Editable() {
		p.Returned = f.ReturnReason
		p.Edit = action("修改", link.To(link.HallFilingEdit, f.ID))
	}
	if f.Kind == app.FilingNew {
		p.Copy = filingStart{kind: f.Kind, copied: f.ID}.form("")
	}
	switch f.State {
	case app.FilingDraft:
		p.Edit.Label, p.DeleteURL = "继续填写", link.To(link.HallFilingDelete, f.ID)
	case app.FilingSubmitted:
		p.Withdraw = link.To(link.HallFilingWithdraw, f.ID)
	case app.FilingApproved:
		p.Notes = []hall.Note{{Tone: part.Info, Text: "审核已通过，生成名册后即可签订劳动合同。"}}
	case app.FilingRostered:
		p.Roster = action(f.RosterNumber+" 第 "+strconv.FormatInt(f.RosterRow, 10)+" 行", link.To(link.HallRoster, f.Roster))
	}
	if f.Previous != 0 {
		p.Notes = append(p.Notes, hall.Note{Tone: part.Info, Text: "这份备案依据原合同办理。", Action: action("查看原合同的备案", link.To(link.HallFiling, f.Previous))})
	}
	if f.Document != app.DocumentNone {
		p.Contract = link.To(link.HallContract, f.Contract)
	}
	if f.Paper && f.State == app.FilingRostered {
		p.Print = action("打印劳动合同", link.To(link.HallFilingPaper, f.ID))
		if f.Kind == app.FilingTermination {
			p.Print.Label = "打印解除（终止）证明书"
		}
	}
}

// filingSections are all fields of a filing of the enterprise; id and mobile as this
// page may show them.
func filingSections(f filing.Filing, enterprise, id, mobile string) []filed.Section {
	w := f.Worker
	w.Mobile = mobile
	sections := workerAndTerms(w, f.Terms, id)
	if f.Kind == app.FilingTermination {
		sections = append(sections, endingSection(f.Ending))
	}
	if len(f.Own.Texts) > 0 {
		w.IDNumber = id
		doc := pdf.ContractDoc{Enterprise: pdf.Enterprise{Name: enterprise}, Worker: w, Terms: f.Terms}
		var filled []string
		for _, text := range f.Own.Texts {
			filled = append(filled, pdf.FillOwn(text, doc))
		}
		sections = append(sections, ownSection(filled))
	}
	course := []part.Item{{Label: "备案类型", Value: f.Kind.Label()}, {Label: "合同形式", Value: filed.Medium(f.Paper)}}
	for _, m := range []struct {
		label string
		at    app.Time
	}{{"填写时间", f.MadeAt}, {"提交时间", f.SubmittedAt}, {"审核时间", f.DecidedAt}} {
		if !m.at.IsZero() {
			course = append(course, part.Item{Label: m.label, Value: m.at.Local()})
		}
	}
	if f.Automatic {
		course = append(course, part.Item{Label: "审核方式", Value: "自动审核"})
	}
	return append(sections, filed.Section{Title: "办理情况", Items: course})
}

// ownSection are the enterprise's own clauses that the contract will carry.
func ownSection(texts []string) filed.Section {
	s := filed.Section{Title: "单位自定条款"}
	for i, text := range texts {
		s.Items = append(s.Items, part.Item{Label: "第 " + strconv.Itoa(i+1) + " 条", Value: text})
	}
	return s
}

func endingSection(e app.Ending) filed.Section {
	reason, _ := law.ReasonOf(e.Reason)
	items := []part.Item{{Label: "法定事由", Value: strings.TrimSpace(reason.Article + "　" + reason.Label)},
		{Label: "解除或终止日期", Value: e.On.String()}, {Label: "情况说明", Value: e.Detail}}
	if hint := reason.Hint(); hint != "" {
		items = append(items, part.Item{Label: "法律提示", Value: hint})
	}
	return filed.Section{Title: "解除或终止", Items: items}
}

func workerAndTerms(w app.Worker, t app.Terms, id string) []filed.Section {
	probation := ""
	if t.Probation > 0 {
		probation = strconv.Itoa(t.Probation) + " 个月，月工资 " + t.ProbationPay.String() + " 元"
	}
	term := []part.Item{{Label: "用工形式", Value: app.LabelOf(app.Employments, string(t.Employment))},
		{Label: "合同期限类型", Value: app.LabelOf(app.TermKinds, string(t.Kind))}, {Label: "合同期限", Value: t.Period()}}
	if t.Kind == app.TermTask {
		term = append(term, part.Item{Label: "工作任务", Value: t.Task})
	}
	return []filed.Section{
		{Title: "员工信息", Items: workerItems(w, id)},
		{Title: "合同期限", Items: append(term, part.Item{Label: "试用期", Value: probation})},
		{Title: "工作岗位", Items: []part.Item{{Label: "岗位（工种）", Value: t.Post}, {Label: "工作内容", Value: t.Duties},
			{Label: "工作地点", Value: t.Workplace}, {Label: "工时制度", Value: app.LabelOf(app.Hours, string(t.Hours))}}},
		{Title: "劳动报酬", Items: payItems(t)},
		{Title: "社会保险、劳动保护和其他约定", Items: []part.Item{{Label: "参加险种", Value: t.Insured.Label()}, {Label: "社会保险", Value: t.Insurance}, {Label: "劳动保护", Value: t.Protection},
			{Label: "约定的其他事项", Value: t.Clauses}}},
	}
}

func workerItems(w app.Worker, id string) []part.Item {
	sex, birth := w.Told()
	return []part.Item{{Label: "姓名", Value: w.Name}, {Label: "证件类型", Value: w.IDType.Label()}, {Label: "证件号码", Value: id},
		{Label: "性别", Value: sex}, {Label: "出生日期", Value: birth.String()}, {Label: "联系电话", Value: w.Mobile},
		{Label: "现住地址", Value: w.Address}, {Label: "户籍地址", Value: w.Domicile},
		{Label: "户口性质", Value: app.LabelOf(app.Households, w.Household)}, {Label: "民族", Value: app.LabelOf(app.Ethnicities, w.Ethnicity)},
		{Label: "文化程度", Value: app.LabelOf(app.Educations, w.Education)}}
}

func payItems(t app.Terms) []part.Item {
	pay, day := app.LabelOf(app.PayKinds, string(t.PayKind)), ""
	if t.Pay > 0 {
		pay += "　每月 " + t.Pay.String() + " 元"
	}
	if t.PayDay > 0 {
		day = "每月 " + strconv.Itoa(t.PayDay) + " 日"
	}
	items := []part.Item{{Label: "工资", Value: pay}, {Label: "每月发薪日", Value: day}}
	if t.PayRule != "" {
		items = append(items, part.Item{Label: "计件单价或绩效办法", Value: t.PayRule})
	}
	return items
}

func (s *Server) filingWithdraw(q *request) error {
	id, err := q.id("id")
	if err != nil {
		return err
	}
	err = s.Filing.Withdraw(q.Request().Context(), q.actor, id)
	return q.after(err, link.To(link.HallFiling, id), "已撤回，可以修改后重新提交。")
}

func (s *Server) filingDeletePage(q *request) error {
	id, err := q.id("id")
	if err != nil {
		return err
	}
	f, err := s.Filing.Get(q.Request().Context(), q.actor, id)
	if err != nil {
		return err
	}
	list, here := link.To(link.HallFilings, f.Kind), link.To(link.HallFiling, id)
	p := hall.FilingDelete{Shell: q.hall("删除草稿", list, crumb(f.Kind.Label()+"备案", list, "删除草稿")...)}
	p.Confirmation = part.Confirmation{Title: "确定删除这份草稿？", Object: f.Kind.Label() + "备案　" + f.Worker.Name + "　" + f.Terms.Period(),
		Consequence: "填写的内容会全部删除，不能恢复。", URL: link.To(link.HallFilingDelete, id), Token: p.Shell.Token, Submit: "删除", CancelURL: here}
	return q.page(hall.FilingDeletePage(p))
}

func (s *Server) filingDelete(q *request) error {
	id, err := q.id("id")
	if err != nil {
		return err
	}
	ctx := q.Request().Context()
	f, err := s.Filing.Get(ctx, q.actor, id)
	if err != nil {
		return err
	}
	if err := s.Filing.Delete(ctx, q.actor, id); err != nil {
		return q.after(err, link.To(link.HallFiling, id), "")
	}
	return q.done(link.To(link.HallFilings, f.Kind), "草稿已删除。")
}
