package web

import (
	"cmp"

	"laoqi/app"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/views/layout"
	"laoqi/views/mobile"
	"laoqi/views/part"
)

// correctPage is 更正身份信息: a person whose document nobody compared yet corrects
// what was typed at registration.
func (s *Server) correctPage(q *request) error {
	ctx := q.Request().Context()
	err := s.Identity.MayCorrect(ctx, q.actor.Person)
	if app.KindOf(err) == app.Conflict {
		return q.refused(link.MobileIdentity, err.Error())
	}
	if err != nil {
		return err
	}
	person, err := s.Identity.Person(ctx, q.actor.Person)
	if err != nil {
		return err
	}
	form := documentForm(person)
	form[app.FieldIDNumber] = "" // masked on every page; whoever corrects has it at hand
	return q.page(mobile.CorrectPage(q.correctView(form, nil)))
}

func (q *request) correctView(form map[string]string, faults app.Faults) mobile.Correct {
	return mobile.Correct{Shell: q.mobile("更正身份信息", link.MobileIdentity, layout.MineTab), Form: form, Faults: faults}
}

func (s *Server) correct(q *request) error {
	c, dates := q.correction()
	err := s.Identity.CorrectOwn(q.Request().Context(), q.actor, c, s.Cert.Revoke)
	if faults := app.FaultsOf(err); faults != nil {
		return q.faulty(mobile.CorrectPage(q.correctView(q.typed(documentFields...), dated(faults, dates))))
	}
	return q.after(err, link.MobileIdentity, "身份信息已更正，请提交证件照片核验身份。")
}

// documentFields are the fields of an identity document.
var documentFields = []string{app.FieldName, app.FieldIDType, app.FieldIDNumber, "id_from", "id_until", "span"}

// documentForm fills them with what is known of a person.
func documentForm(p identity.Person) map[string]string {
	form := map[string]string{app.FieldName: p.Name, app.FieldIDType: string(p.IDType), app.FieldIDNumber: p.IDNumber, "id_from": p.IDFrom.String(), "id_until": p.IDUntil.String()}
	if p.IDUntil.IsZero() {
		form["span"] = part.SpanLong
	}
	return form
}

// correction reads them, and what is no date.
func (q *request) correction() (c identity.Correction, dates app.Faults) {
	c = identity.Correction{Name: q.form(app.FieldName), IDType: app.IDType(q.form(app.FieldIDType)), IDNumber: q.form(app.FieldIDNumber)}
	c.IDFrom = q.date("id_from", &dates)
	c.IDUntil, c.Long = span(q.form("span"), c.IDFrom, q.date("id_until", &dates))
	return c, dates
}

// dated says of a malformed date how to write one, not that it is missing.
func dated(faults, dates app.Faults) app.Faults {
	for i, f := range faults {
		faults[i].Text = cmp.Or(dates.Of(f.Field), f.Text)
	}
	return faults
}
