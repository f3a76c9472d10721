package web

import (
	"laoqi/app"
	"laoqi/app/enterprise"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/views/layout"
	"laoqi/views/mobile"
	"laoqi/views/part"
)

// agentAddPage is 【+经办人】 (guide 2.1.2).
func (s *Server) agentAddPage(q *request) error {
	form := map[string]string{app.FieldIDType: string(app.IDResident), "from": app.DateOf(s.Now()).String()}
	return q.page(mobile.AgentAddPage(q.agentAddView(form, nil)))
}

func (q *request) agentAddView(form map[string]string, faults app.Faults) mobile.AgentAdd {
	return mobile.AgentAdd{Shell: q.mobile("添加经办人", link.MobileAgents, layout.MineTab), Form: form, Faults: faults}
}

// agentAdd checks the form, then asks for the proof who is at the phone.
func (s *Server) agentAdd(q *request) error {
	f, faults := q.agentForm()
	draft, err := s.Enterprise.DraftAgent(q.Request().Context(), q.actor, f)
	for _, x := range formFaults(err) {
		faults.Add(x.Field, x.Text)
	}
	if faults != nil {
		form := q.typed(app.FieldName, app.FieldIDType, app.FieldIDNumber, "id_from", "id_until", "span", app.FieldMobile, "from", "until", "manages")
		return q.faulty(mobile.AgentAddPage(q.agentAddView(form, faults)))
	}
	if err != nil {
		return err
	}
	return s.agentProof(q, draft, nil)
}

func (q *request) agentForm() (f enterprise.AgentForm, faults app.Faults) {
	f.Known = identity.Known{Name: q.form(app.FieldName), IDType: app.IDType(q.form(app.FieldIDType)), IDNumber: q.form(app.FieldIDNumber), Mobile: q.form(app.FieldMobile)}
	f.IDFrom = q.date("id_from", &faults)
	f.IDUntil, f.Long = span(q.form("span"), f.IDFrom, q.date("id_until", &faults))
	f.Password, f.Again = q.FormValue("password"), q.FormValue("again")
	terms, more := q.agentTerms("")
	f.AgentTerms = terms
	return f, append(faults, more...)
}

// agentTerms reads the terms from the fields whose names begin so.
func (q *request) agentTerms(prefix string) (t enterprise.AgentTerms, faults app.Faults) {
	t.From = q.date(prefix+"from", &faults)
	t.Until = q.date(prefix+"until", &faults)
	t.Manages = q.checked(prefix + "manages")
	return t, faults
}

// agentProof shows what will be added and asks for password and code; the draft
// travels along encrypted.
func (s *Server) agentProof(q *request, d enterprise.AgentDraft, faults app.Faults) error {
	draft, err := s.Enterprise.SealDraft(q.actor, d)
	if err != nil {
		return err
	}
	proof, err := s.proofView(q, enterprise.AgentIntent(q.actor, d), link.MobileAgentCode, faults)
	if err != nil {
		return err
	}
	p := mobile.AgentProof{Shell: q.mobile("确认添加经办人", link.MobileAgentAdd, layout.MineTab), Agent: draftItems(d), Draft: draft, Proof: proof}
	if faults != nil {
		return q.faulty(mobile.AgentProofPage(p))
	}
	return q.page(mobile.AgentProofPage(p))
}

func draftItems(d enterprise.AgentDraft) []part.Item {
	return []part.Item{
		{Label: "经办人姓名", Value: d.Name},
		{Label: "证件类型", Value: d.IDType.Label()},
		{Label: "证件号码", Value: app.MaskID(d.IDNumber)},
		{Label: "经办人手机号码", Value: app.MaskMobile(d.Mobile)},
		{Label: "经办人有效期", Value: d.From.Chinese() + "至" + d.Until.Chinese()},
		{Label: "“经办人管理”权限", Value: map[bool]string{true: "有，可以管理印章和授权", false: "没有"}[d.Manages]},
	}
}

// draftForm is what was typed for the draft; the passwords are to be typed again.
func draftForm(d enterprise.AgentDraft) map[string]string {
	form := documentForm(identity.Person{Name: d.Name, IDType: d.IDType, IDNumber: d.IDNumber, IDFrom: d.IDFrom, IDUntil: d.IDUntil})
	form[app.FieldMobile], form["from"], form["until"] = d.Mobile, d.From.String(), d.Until.String()
	if d.Manages {
		form["manages"] = "1"
	}
	return form
}

// agentConfirm adds the drafted agent.
func (s *Server) agentConfirm(q *request) error {
	draft, err := s.Enterprise.OpenDraft(q.actor, q.form("draft"))
	if err != nil {
		return q.after(err, link.MobileAgentAdd, "")
	}
	switch {
	case q.form("edit") != "":
		return q.page(mobile.AgentAddPage(q.agentAddView(draftForm(draft), nil)))
	case q.returns():
		return s.returned(q, func(faults app.Faults) error { return s.agentProof(q, draft, faults) })
	case q.wantsCheck():
		return s.check(q, enterprise.AgentIntent(q.actor, draft), link.MobileAgentConfirm, link.MobileAgentAdd)
	}
	_, err = s.Enterprise.AddAgent(q.Request().Context(), q.actor, draft, q.proof())
	if faults := formFaults(err); faults != nil {
		return s.agentProof(q, draft, faults)
	}
	return q.after(err, link.MobileAgents, "经办人"+draft.Name+"已添加。")
}

// agentCode sends the code for adding an agent.
func (s *Server) agentCode(q *request) error {
	_, faults, err := q.codeSent(s.Identity.SendCode(q.Request().Context(), q.actor, identity.ForAgent))
	if err != nil {
		return err
	}
	return s.proofCode(q, identity.Intent{Purpose: identity.ForAgent}, link.MobileAgentCode, faults, func() error {
		draft, err := s.Enterprise.OpenDraft(q.actor, q.form("draft"))
		if err != nil {
			return q.after(err, link.MobileAgentAdd, "")
		}
		return s.agentProof(q, draft, faults)
	})
}
