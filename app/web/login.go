package web

import (
	"laoqi/app"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/views/layout"
	"laoqi/views/part"
	"laoqi/views/plain"
)

func (s *Server) loginPage(q *request) error { return q.page(plain.LoginPage(q.loginView(nil))) }

func (q *request) loginView(faults app.Faults) plain.Login {
	p := plain.Login{Way: string(q.way()), Next: q.next(""), USCC: q.form("uscc"), Name: q.form("name"), ServiceURL: serviceOf(q.face), Faults: faults}
	switch q.face {
	case identity.FaceHall:
		p.Frame = q.frame("单位登录")
		p.FaceURL = q.faceLoginURL("", p.Next)
		p.ForgotURL = link.With(link.HallForgot, "next", p.Next)
	case identity.FaceDesk:
		p.Frame = q.frame("审核登录")
	default:
		p.Frame = q.frame("用户登录")
		p.RegisterURL = registerURL(p.Next)
		p.ForgotURL = link.With(link.MobileForgot, "way", p.Way, "next", p.Next)
		p.FaceURL = q.faceLoginURL(p.Way, p.Next)
		p.Ways = q.loginWays(link.MobileLogin)
	}
	if q.face != identity.FaceDesk {
		q.offerPasskey(&p)
	}
	return p
}

// loginWays are 个人登录 and 单位登录 where a log-in page offers both.
func (q *request) loginWays(path string) []layout.NavItem {
	if q.face != identity.FaceMobile {
		return nil
	}
	next := q.next("")
	return []layout.NavItem{
		{Label: "个人登录", URL: link.With(path, "next", next), Current: q.way() == identity.AsPerson},
		{Label: "单位登录", URL: link.With(path, "way", string(identity.AsEnterprise), "next", next), Current: q.way() == identity.AsEnterprise},
	}
}

// registerURL leads on to what was wanted, such as the hall's code that a phone's
// own camera opened; whoever only came to the first page goes on to 身份核验.
func registerURL(next string) string {
	if next == link.Mobile {
		next = ""
	}
	return link.With(link.MobileRegister, "next", next)
}

// way is how this page logs in: the hall for enterprises, the desk for
// reviewers, the mobile site for persons unless the form says otherwise.
func (q *request) way() identity.Way {
	switch {
	case q.face == identity.FaceHall, q.face == identity.FaceMobile && q.FormValue("way") == string(identity.AsEnterprise):
		return identity.AsEnterprise
	case q.face == identity.FaceDesk:
		return identity.AsDesk
	}
	return identity.AsPerson
}

func (s *Server) login(q *request) error {
	c := identity.Credentials{Way: q.way(), USCC: q.form("uscc"), Name: q.form("name"), Password: q.FormValue("password")}
	var faults app.Faults
	if c.Way == identity.AsEnterprise {
		uscc, problem := app.CheckUSCC(c.USCC)
		faults.Add("uscc", problem)
		c.USCC = uscc
	} else {
		faults.Require("name", c.Name, noName(c.Way))
	}
	faults.Require("password", c.Password, "请输入密码。")
	if faults != nil {
		return q.faulty(plain.LoginPage(q.loginView(faults)))
	}
	if err := s.logins.allow(q.RealIP()); err != nil {
		return q.faulty(plain.LoginPage(q.loginView(app.Faults{{Field: "password", Text: err.Error()}})))
	}
	token, err := s.Identity.LogIn(q.Request().Context(), q.face, c, q.device())
	switch app.KindOf(err) {
	case app.Invalid:
		return q.faulty(plain.LoginPage(q.loginView(app.FaultsOf(err))))
	case app.TooMany:
		return q.faulty(plain.LoginPage(q.loginView(app.Faults{{Field: "password", Text: err.Error()}})))
	}
	if err != nil {
		return err
	}
	if err := q.signIn(q.face, token); err != nil {
		return err
	}
	return q.leave(q.next("/" + q.face))
}

// noName asks for what the account is called on the log-in page.
func noName(way identity.Way) string {
	if way == identity.AsDesk {
		return "请输入账号名。"
	}
	return "请输入手机号码或证件号码。"
}

func (s *Server) confirmPage(q *request) error { return s.confirmView(q, 0, nil) }

func (s *Server) confirmView(q *request, wait int, faults app.Faults) error {
	person, err := s.Identity.Person(q.Request().Context(), q.actor.Person)
	if err != nil {
		return err
	}
	form, send := link.MobileConfirm, part.Send{URL: link.MobileConfirmSMS, Wait: wait}
	if q.face == identity.FaceHall {
		form, send.URL = link.HallConfirm, link.HallConfirmSMS
	}
	code := plain.ConfirmCode(q.form("code"), faults)
	page := plain.Confirm{Frame: q.frame("确认本人使用"), Mobile: app.MaskMobile(person.Mobile), FormURL: form, Send: send, Code: code.Value, Faults: faults}
	page.EventsURL, page.UnreadURL = "", ""
	if faults != nil && !q.fragmentWanted() {
		return q.faulty(plain.ConfirmPage(page))
	}
	return q.show(plain.ConfirmPage(page), part.CodeField(code, send))
}

func (s *Server) confirmCode(q *request) error {
	wait, faults, err := q.codeSent(s.Identity.SendCode(q.Request().Context(), q.actor, identity.ForConfirmation))
	if err != nil {
		return err
	}
	return s.confirmView(q, wait, faults)
}

// codeSent reads the outcome of sending a code: the seconds until the next one,
// or the faults to show at the form.
func (q *request) codeSent(err error) (wait int, faults app.Faults, _ error) {
	switch app.KindOf(err) {
	case app.TooMany, app.Conflict, app.Unavailable:
		return 0, app.Faults{{Field: "code", Text: err.Error()}}, nil
	case app.Invalid:
		return 0, app.FaultsOf(err), nil
	}
	return int(identity.CodePause.Seconds()), nil, err
}

// atField moves all faults to one field, for a fragment that shows that field alone.
func atField(name string, faults app.Faults) (moved app.Faults) {
	for _, f := range faults {
		moved = append(moved, app.Fault{Field: name, Text: f.Text})
	}
	return moved
}

func (s *Server) confirm(q *request) error {
	problem, err := s.Identity.Confirm(q.Request().Context(), q.actor, q.form("code"))
	if err != nil {
		return err
	}
	if problem != "" {
		return s.confirmView(q, 0, app.Faults{{Field: "code", Text: problem}})
	}
	return q.done("/"+q.face, "已确认，可以开始办理业务。")
}
