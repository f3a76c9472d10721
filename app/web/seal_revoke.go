package web

import (
	"laoqi/app"
	"laoqi/app/link"
	"laoqi/app/seal"
	"laoqi/views/layout"
	"laoqi/views/mobile"
)

// sealRevokePage asks the operator, or the legal rep, before 撤销授权.
func (s *Server) sealRevokePage(q *request) error {
	id, err := q.id("id")
	if err != nil {
		return err
	}
	var lives []seal.Live
	if q.actor.Kind == app.AccountPerson {
		lives, err = s.Seal.LivesOf(q.Request().Context(), q.actor.Person)
	} else {
		lives, err = s.Seal.Lives(q.Request().Context(), q.actor.Enterprise)
	}
	if err != nil {
		return err
	}
	p := mobile.Question{Shell: q.mobile("撤销授权", link.MobileSeals, layout.MineTab)}
	p.Confirm, err = revocation(lives, id, p.Token, link.To(link.MobileSealRevoke, id), link.MobileSeals)
	if err != nil {
		return err
	}
	return q.page(mobile.QuestionPage(p))
}

func (s *Server) sealRevoke(q *request) error {
	id, err := q.id("id")
	if err != nil {
		return err
	}
	return q.after(s.Seal.Revoke(q.Request().Context(), q.actor, id), link.MobileSeals, "签章授权已撤销。")
}
