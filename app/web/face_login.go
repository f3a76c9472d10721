package web

import (
	"laoqi/app"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/views/part"
	"laoqi/views/plain"
)

// facePaths are the addresses of 人脸验证登录 on a face of the site.
type facePaths struct{ password, login, code, begin, frame, enter string }

var facePathsOf = map[string]facePaths{
	identity.FaceHall:   {link.HallLogin, link.HallFaceLogin, link.HallFaceCode, link.HallFaceBegin, link.HallFaceFrame, link.HallFaceEnter},
	identity.FaceMobile: {link.MobileLogin, link.MobileFaceLogin, link.MobileFaceCode, link.MobileFaceBegin, link.MobileFaceFrame, link.MobileFaceEnter},
}

func (q *request) facePaths() facePaths { return facePathsOf[q.face] }

// faceLoginURL is where 人脸验证登录 is, "" where nobody logs in so.
func (q *request) faceLoginURL(way, next string) string {
	if !q.s.Identity.VerifiesFaces() {
		return ""
	}
	return link.With(q.facePaths().login, "way", way, "next", next)
}

// faceLoginPage is 人脸验证登录 (guide 2.2).
func (s *Server) faceLoginPage(q *request) error { return s.faceLoginView(q, 0, nil) }

func (s *Server) faceLoginView(q *request, wait int, faults app.Faults) error {
	p := plain.FaceLogin{Login: q.loginView(faults), Send: part.Send{URL: q.facePaths().code, Wait: wait}, Code: q.form("code")}
	p.Frame = q.frame("人脸验证登录")
	p.PasswordURL = q.passwordURL()
	p.Ways = q.loginWays(q.facePaths().login)
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
		faults.Require("name", c.Name, noName(c.Way))
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
	return q.page(part.CodeField(plain.ConfirmCode(q.form("code"), atField("code", faults)), part.Send{URL: q.facePaths().code, Wait: wait}))
}

// faceLogin consumes the code and opens the capture page.
func (s *Server) faceLogin(q *request) error {
	c, faults := q.named()
	if faults.Require("code", q.form("code"), "请输入短信验证码。"); faults != nil {
		return s.faceLoginView(q, 0, faults)
	}
	check := ""
	err := s.logins.allow(q.RealIP())
	if err == nil {
		check, err = s.Identity.OpenFaceLogin(q.Request().Context(), q.face, c, q.form("code"))
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
	capture := part.Capture{Check: check, Action: q.facePaths().enter, Other: "改用账号密码登录", Fields: q.carried()}
	return q.capture("人脸验证登录", q.facePaths().login, capture)
}

// passwordURL is the other way to log in.
func (q *request) passwordURL() string {
	way := string(q.way())
	if q.face == identity.FaceHall {
		way = ""
	}
	return link.With(q.facePaths().password, "way", way, "next", q.next(""))
}

// faceEnter opens the session once the face passed.
func (s *Server) faceEnter(q *request) error {
	if q.form("other") != "" {
		return q.leave(q.passwordURL())
	}
	token, err := s.Identity.LogInByFace(q.Request().Context(), q.face, q.form("pass"), q.device())
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
