package web

import (
	"laoqi/app"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/views/layout"
	"laoqi/views/mobile"
	"laoqi/views/part"
	"laoqi/views/plain"
)

// faceLoginPage is 人脸验证登录 (guide 2.2).
func (s *Server) faceLoginPage(q *request) error { return s.faceLoginView(q, 0, nil) }

func (s *Server) faceLoginView(q *request, wait int, faults app.Faults) error {
	p := plain.FaceLogin{Login: q.loginView(faults), Send: part.Send{URL: link.MobileFaceCode, Wait: wait}, Code: q.form("code")}
	p.PasswordURL = link.With(link.MobileLogin, "way", p.Way, "next", p.Next)
	p.Frame = q.frame("人脸验证登录")
	p.Ways = []layout.NavItem{
		{Label: "个人登录", URL: link.With(link.MobileFaceLogin, "next", p.Next), Current: q.way() == identity.AsPerson},
		{Label: "单位登录", URL: link.With(link.MobileFaceLogin, "way", string(identity.AsEnterprise), "next", p.Next), Current: q.way() == identity.AsEnterprise},
	}
	if faults != nil {
		return q.faulty(plain.FaceLoginPage(p))
	}
	return q.page(plain.FaceLoginPage(p))
}

// named reads whom the form names.
func (q *request) named() (c identity.Credentials, faults app.Faults) {
	c = identity.Credentials{Way: q.way(), USCC: q.form("uscc"), Name: q.form("name")}
	if c.Way == identity.AsEnterprise {
		uscc, problem := app.CheckUSCC(c.USCC)
		faults.Add("uscc", problem)
		c.USCC = uscc
	} else {
		faults.Require("name", c.Name, "请输入账号。")
	}
	return c, faults
}

// faceLoginCode sends the code, and says the same whether or not there is such an account.
func (s *Server) faceLoginCode(q *request) error {
	c, faults := q.named()
	wait := 0
	if faults == nil {
		err := s.logins.allow(q.RealIP())
		if err == nil {
			err = s.Identity.SendFaceCode(q.Request().Context(), c)
		}
		if wait, faults, err = q.codeSent(err); err != nil {
			return err
		}
	}
	if !q.fragmentWanted() {
		return s.faceLoginView(q, wait, faults)
	}
	return q.page(part.CodeField(plain.ConfirmCode(q.form("code"), atField("code", faults)), part.Send{URL: link.MobileFaceCode, Wait: wait}))
}

// faceLogin consumes the code and opens the capture page.
func (s *Server) faceLogin(q *request) error {
	c, faults := q.named()
	if faults != nil {
		return s.faceLoginView(q, 0, faults)
	}
	check := ""
	err := s.logins.allow(q.RealIP())
	if err == nil {
		check, err = s.Identity.OpenFaceLogin(q.Request().Context(), c, q.form("code"))
	}
	if app.KindOf(err) == app.TooMany {
		err = app.Faults{{Field: "code", Text: err.Error()}}.Err()
	}
	if faults := formFaults(err); faults != nil {
		return s.faceLoginView(q, 0, faults)
	}
	if err != nil {
		return err
	}
	return q.capture(mobile.FaceCheck{Shell: q.mobile("人脸验证登录", link.MobileFaceLogin, layout.NoTab), Check: check, Action: link.MobileFaceEnter,
		Other: "改用账号密码登录", Fields: q.carried()})
}

// faceEnter opens the session once the face passed.
func (s *Server) faceEnter(q *request) error {
	if q.form("other") != "" {
		return q.leave(link.With(link.MobileLogin, "way", string(q.way()), "next", q.next("")))
	}
	token, err := s.Identity.LogInByFace(q.Request().Context(), q.face, q.form("pass"), q.actor.Device)
	if faults := formFaults(err); faults != nil {
		return s.faceLoginView(q, 0, faults)
	}
	if err != nil {
		return err
	}
	if err := q.signIn(q.face, token); err != nil {
		return err
	}
	return q.leave(q.next("/" + q.face))
}
