package web

import (
	"laoqi/app"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/views/layout"
	"laoqi/views/mobile"
	"laoqi/views/part"
)

func (s *Server) registerPage(q *request) error {
	return q.page(mobile.RegisterPage(q.registerView(0, nil)))
}

func (q *request) registerView(wait int, faults app.Faults) mobile.Register {
	return mobile.Register{
		Shell:  q.mobile("注册统一身份认证", link.With(link.MobileLogin, "next", q.next("")), layout.NoTab),
		Form:   q.typed(app.FieldName, app.FieldIDType, app.FieldIDNumber, "id_from", "id_until", "span", app.FieldMobile, "code", "agreed"),
		Send:   part.Send{URL: link.MobileRegisterSMS, Wait: wait},
		Next:   q.next(""),
		Faults: faults,
	}
}

// typed keeps what was typed into the fields, for the form to come back with.
func (q *request) typed(names ...string) map[string]string {
	m := make(map[string]string, len(names))
	for _, n := range names {
		m[n] = q.form(n)
	}
	return m
}

func (s *Server) registerCode(q *request) error {
	err := s.logins.allow(q.RealIP())
	if err == nil {
		err = s.Identity.SendRegistrationCode(q.Request().Context(), q.form(app.FieldMobile))
	}
	wait, faults, err := q.codeSent(err)
	if err != nil {
		return err
	}
	p := q.registerView(wait, faults)
	return q.show(mobile.RegisterPage(p), part.CodeField(mobile.RegisterCode(p.Form["code"], atField("code", faults)), p.Send))
}

func (s *Server) register(q *request) error {
	var dates app.Faults
	r := identity.Registration{
		Known:  identity.Known{Name: q.form(app.FieldName), IDType: app.IDType(q.form(app.FieldIDType)), IDNumber: q.form(app.FieldIDNumber), Mobile: q.form(app.FieldMobile)},
		IDFrom: q.date("id_from", &dates), IDUntil: q.date("id_until", &dates),
		Code: q.form("code"), Password: q.FormValue("password"), Again: q.FormValue("again"), Agreed: q.checked("agreed"),
	}
	r.IDUntil, r.Long = span(q.form("span"), r.IDFrom, r.IDUntil)
	token, err := s.Identity.Register(q.Request().Context(), r, q.device())
	switch app.KindOf(err) {
	case app.Invalid:
		return q.faulty(mobile.RegisterPage(q.registerView(0, dated(app.FaultsOf(err), dates))))
	case app.Conflict:
		return q.faulty(mobile.RegisterPage(q.registerView(0, app.Faults{{Field: app.FieldMobile, Text: err.Error()}})))
	}
	if err != nil {
		return err
	}
	if err := q.signIn(identity.FaceMobile, token); err != nil {
		return err
	}
	return q.done(q.next(link.MobileIdentity), "注册成功。请提交证件照片核验身份，核验后可以签署合同。")
}

// span reads the shortcut 5年 10年 20年 长期有效: without JavaScript it fills an end date left blank.
func span(choice string, from, until app.Date) (app.Date, bool) {
	years := map[string]int{"5": 5, "10": 10, "20": 20}[choice]
	switch {
	case choice == part.SpanLong:
		return app.Date{}, true
	case until.IsZero() && years > 0 && !from.IsZero():
		return from.AddYears(years), false
	}
	return until, false
}
