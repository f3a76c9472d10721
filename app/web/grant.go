package web

import (
	"laoqi/app"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/app/seal"
	"laoqi/views/layout"
	"laoqi/views/mobile"
	"laoqi/views/part"
)

func (s *Server) grantList(q *request) error {
	x, err := s.managedSeal(q)
	if err != nil {
		return err
	}
	grants, err := s.Seal.Grants(q.Request().Context(), q.actor, x.ID)
	if err != nil {
		return err
	}
	p := mobile.GrantList{Shell: q.mobile("授权他人使用印章", link.To(link.MobileSeal, x.ID), layout.MineTab), Seal: x.Name, AddURL: link.To(link.MobileGrantAdd, x.ID)}
	p.Bar.Action = action("添加", p.AddURL)
	today := app.DateOf(s.Now())
	for _, g := range grants {
		p.Grants = append(p.Grants, grantItem(g, today))
	}
	return q.page(mobile.GrantListPage(p))
}

func grantItem(g seal.Grant, today app.Date) mobile.GrantItem {
	item := mobile.GrantItem{Name: g.Name, Mobile: g.Mobile, Period: g.From.Chinese() + "至" + g.Until.Chinese(), URL: link.To(link.MobileGrant, g.ID), Tone: part.OK, State: "有效"}
	switch {
	case g.Until.Before(today):
		item.Tone, item.State = part.Mute, "已过期"
	case g.From.After(today):
		item.Tone, item.State = part.Wait, "未生效"
	}
	return item
}

func (s *Server) grantAddPage(q *request) error {
	today := app.DateOf(s.Now())
	return s.grantAddView(q, map[string]string{app.FieldIDType: string(app.IDResident), "from": today.String()}, nil)
}

func (s *Server) grantAddView(q *request, form map[string]string, faults app.Faults) error {
	x, err := s.managedSeal(q)
	if err != nil {
		return err
	}
	p := mobile.GrantForm{Shell: q.mobile("添加被授权人", link.To(link.MobileGrants, x.ID), layout.MineTab), Seal: x.Name, Form: form, Faults: faults}
	return q.grantPage(p)
}

func (q *request) grantPage(p mobile.GrantForm) error {
	if p.Faults != nil {
		return q.faulty(mobile.GrantFormPage(p))
	}
	return q.page(mobile.GrantFormPage(p))
}

func (s *Server) grantAdd(q *request) error {
	id, err := q.id("id")
	if err != nil {
		return err
	}
	known := identity.Known{Name: q.form(app.FieldName), IDType: app.IDType(q.form(app.FieldIDType)), IDNumber: q.form(app.FieldIDNumber), Mobile: q.form(app.FieldMobile)}
	period, faults := q.period("")
	_, err = s.Seal.AddGrant(q.Request().Context(), q.actor, id, known, period)
	for _, f := range formFaults(err) {
		faults.Add(f.Field, f.Text)
	}
	if faults != nil {
		return s.grantAddView(q, q.typed(app.FieldName, app.FieldIDType, app.FieldIDNumber, app.FieldMobile, "from", "until"), faults)
	}
	return q.after(err, link.To(link.MobileGrants, id), "被授权人已添加。")
}

// period reads the days of a grant from the fields whose names begin so; what is no
// date is a fault, and counts as blank.
func (q *request) period(prefix string) (p seal.Period, faults app.Faults) {
	p.From = q.date(prefix+"from", &faults)
	p.Until = q.date(prefix+"until", &faults)
	return p, faults
}

func periodForm(p seal.Period) map[string]string {
	return map[string]string{"from": p.From.String(), "until": p.Until.String()}
}

func (s *Server) grantEditPage(q *request) error {
	g, err := s.grantOf(q)
	if err != nil {
		return err
	}
	now := seal.Period{From: g.From, Until: g.Until}
	return s.grantEditView(q, g, now, periodForm(now), nil)
}

// grantEditView shows the form with the period that its editor saw first.
func (s *Server) grantEditView(q *request, g seal.Grant, seen seal.Period, form map[string]string, faults app.Faults) error {
	x, err := s.Seal.Managed(q.Request().Context(), q.actor, g.Seal)
	if err != nil {
		return err
	}
	return q.grantPage(mobile.GrantForm{Shell: q.mobile("修改被授权人", link.To(link.MobileGrants, g.Seal), layout.MineTab), Seal: x.Name, Person: g.Name, Form: form, Seen: periodForm(seen),
		RemoveURL: link.To(link.MobileGrantRemove, g.ID), Faults: faults})
}

func (s *Server) grantOf(q *request) (seal.Grant, error) {
	id, err := q.id("id")
	if err != nil {
		return seal.Grant{}, err
	}
	return s.Seal.Grant(q.Request().Context(), q.actor, id)
}

func (s *Server) grantEdit(q *request) error {
	g, err := s.grantOf(q)
	if err != nil {
		return err
	}
	seen, malformed := q.period("seen_")
	if malformed != nil {
		return app.Fail(app.Conflict, "页面已失效，请重新打开。")
	}
	period, faults := q.period("")
	if faults == nil {
		err = s.Seal.SetPeriod(q.Request().Context(), q.actor, g.ID, seen, period)
		faults = app.FaultsOf(err)
	}
	if faults != nil {
		return s.grantEditView(q, g, seen, q.typed("from", "until"), faults)
	}
	return q.after(err, link.To(link.MobileGrants, g.Seal), "授权有效期已修改。")
}

func (s *Server) grantRemovePage(q *request) error {
	g, err := s.grantOf(q)
	if err != nil {
		return err
	}
	if _, err := s.Seal.Managed(q.Request().Context(), q.actor, g.Seal); err != nil {
		return err
	}
	back := link.To(link.MobileGrant, g.ID)
	p := mobile.Question{Shell: q.mobile("删除被授权人", back, layout.MineTab)}
	p.Confirm = part.Confirmation{Title: "删除被授权人", Object: g.Name, URL: link.To(link.MobileGrantRemove, g.ID), Token: p.Token, Submit: "删除", CancelURL: back,
		Consequence: "删除后，该人员立即不能再使用这枚印章；其完成的签章授权同时失效，等待盖章的合同要重新授权。"}
	return q.page(mobile.QuestionPage(p))
}

func (s *Server) grantRemove(q *request) error {
	g, err := s.grantOf(q)
	if err != nil {
		return err
	}
	err = s.Seal.RemoveGrant(q.Request().Context(), q.actor, g.ID)
	return q.after(err, link.To(link.MobileGrants, g.Seal), "已删除"+g.Name+"的授权。")
}
