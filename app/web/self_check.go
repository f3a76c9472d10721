package web

import (
	"laoqi/app"
	"laoqi/app/https"
	"laoqi/app/hub"
	"laoqi/app/link"
	"laoqi/views/desk"
	"laoqi/views/plain"
)

// selfCheck is 设置自检: what the checks of the installation find, and whether a
// phone reaches it.
func (s *Server) selfCheck(q *request) error { return s.selfCheckView(q, nil) }

func (s *Server) selfCheckView(q *request, faults app.Faults) error {
	found, err := s.Examine(q.Request().Context())
	if err != nil {
		return err
	}
	p := desk.SelfCheck{Shell: q.desk("设置自检", link.DeskSelfCheck), Findings: found, Mobile: q.form(app.FieldMobile), Faults: faults}
	p.EventsURL = link.DeskEvents
	if p.Phone, err = s.phoneView(q); err != nil {
		return err
	}
	if faults != nil {
		return q.faulty(desk.SelfCheckPage(p))
	}
	return q.page(desk.SelfCheckPage(p))
}

// phoneView is the QR code that a phone opens, and which one did.
func (s *Server) phoneView(q *request) (v desk.Phone, err error) {
	token, last := s.visits.of(q.session.ID, s.Now())
	v.Address = s.Config.BaseURL + link.To(link.Reach, token)
	if !last.at.IsZero() {
		v.Opened, v.At, v.Secure, v.Here = last.address, app.At(last.at).Local(), last.secure, last.here
	}
	v.QR, err = qrSVG(v.Address)
	return v, err
}

// phoneReached is the block of the page that a phone's visit changes.
func (s *Server) phoneReached(q *request) error {
	if !q.fragmentWanted() {
		return q.leave(link.DeskSelfCheck)
	}
	v, err := s.phoneView(q)
	if err != nil {
		return err
	}
	return q.page(desk.PhoneBlock(v))
}

func (s *Server) selfCheckEvents(q *request) error {
	return s.stream(q, hub.Reach(q.session.ID), hub.Session(q.session.ID))
}

// reach tells a phone that it reaches this installation, and the desk likewise.
func (s *Server) reach(q *request) error {
	v := visit{at: s.Now(), address: q.RealIP(), secure: q.Scheme() == "https", here: https.Here(q.RealIP())}
	session, ok := s.visits.note(q.Param("token"), v)
	if !ok {
		return app.Fail(app.NotFound, "这个检查用的二维码已过期，请在审核端重新打开“设置自检”。")
	}
	s.Hub.Publish(hub.Reach(session))
	p := plain.Reach{Frame: q.frame("打开检查"), Secure: v.secure, Here: v.here}
	if s.Config.Authority != nil {
		p.ConnectURL = s.Config.PlainURL + link.Connect
	}
	return q.page(plain.ReachPage(p))
}

// trySMS sends a text message at once and says whether the provider took it.
func (s *Server) trySMS(q *request) error {
	err := s.Identity.TrySMS(q.Request().Context(), q.actor, q.form(app.FieldMobile))
	if faults := formFaults(err); faults != nil {
		return s.selfCheckView(q, faults)
	}
	if err != nil {
		return err
	}
	return q.done(link.DeskSelfCheck, "短信接口收下了测试短信，请看手机是否收到。")
}
