package web

import (
	"laoqi/app"
	"laoqi/app/link"
	"laoqi/views/desk"
)

// personCorrectPage is 更正身份信息 for somebody whose document was compared before: it
// is another one now, or was misread.
func (s *Server) personCorrectPage(q *request) error {
	id, x, err := s.standing(q)
	if err != nil {
		return err
	}
	return q.page(desk.PersonCorrectPage(q.personCorrectView(id, personObject(x.Person), documentForm(x.Person), nil)))
}

func (q *request) personCorrectView(id int64, object string, form map[string]string, faults app.Faults) desk.PersonCorrect {
	return desk.PersonCorrect{Shell: q.personShell("更正身份信息", id), Object: object, Form: form, Reason: q.form("reason"),
		URL: link.To(link.DeskCorrect, id), CancelURL: link.To(link.DeskPerson, id), Faults: faults}
}

func (s *Server) personCorrect(q *request) error {
	id, err := q.id("id")
	if err != nil {
		return err
	}
	c, dates := q.correction()
	err = s.Identity.CorrectPerson(q.Request().Context(), q.actor, id, c, q.form("reason"), s.Cert.Revoke, s.Corrected)
	if faults := formFaults(err); faults != nil {
		_, x, err := s.standing(q)
		if err != nil {
			return err
		}
		return q.faulty(desk.PersonCorrectPage(q.personCorrectView(id, personObject(x.Person), q.typed(documentFields...), dated(faults, dates))))
	}
	return q.after(err, link.To(link.DeskPerson, id), "身份信息已更正，并已通知本人。")
}
