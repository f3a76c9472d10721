package web

import (
	"laoqi/app"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/views/layout"
	"laoqi/views/part"
	"laoqi/views/plain"
)

// forgotPage is 忘记密码.
func (s *Server) forgotPage(q *request) error { return q.page(plain.ForgotPage(q.forgotView(0, nil))) }

func (q *request) forgotView(wait int, faults app.Faults) plain.Forgot {
	p := plain.Forgot{Frame: q.frame("忘记密码"), Way: string(q.way()), Next: q.next(""), USCC: q.form("uscc"), Mobile: q.form(app.FieldMobile), Code: q.form("code"), Faults: faults}
	p.EventsURL, p.UnreadURL = "", ""
	p.FormURL, p.LoginURL, p.Send = link.HallForgot, link.With(link.HallLogin, "next", p.Next), part.Send{URL: link.HallForgotSMS, Wait: wait}
	if q.face == identity.FaceMobile {
		p.FormURL, p.LoginURL, p.Send.URL = link.MobileForgot, link.With(link.MobileLogin, "way", p.Way, "next", p.Next), link.MobileForgotSMS
		p.Ways = []layout.NavItem{
			{Label: "个人账号", URL: link.With(link.MobileForgot, "next", p.Next), Current: q.way() == identity.AsPerson},
			{Label: "单位账号", URL: link.With(link.MobileForgot, "way", string(identity.AsEnterprise), "next", p.Next), Current: q.way() == identity.AsEnterprise},
		}
	}
	return p
}

func (q *request) resetForm() identity.Reset {
	return identity.Reset{Way: q.way(), USCC: q.form("uscc"), Mobile: q.form(app.FieldMobile), Code: q.form("code"), Password: q.FormValue("password"), Again: q.FormValue("again")}
}

// forgotCode sends the code. The page says the same whether or not there is such
// an account.
func (s *Server) forgotCode(q *request) error {
	err := s.logins.allow(q.RealIP())
	if err == nil {
		err = s.Identity.SendResetCode(q.Request().Context(), q.resetForm())
	}
	wait, faults, err := q.codeSent(err)
	if err != nil {
		return err
	}
	p := q.forgotView(wait, faults)
	return q.show(plain.ForgotPage(p), part.CodeField(plain.ConfirmCode(q.form("code"), atField("code", faults)), p.Send))
}

func (s *Server) forgot(q *request) error {
	err := s.logins.allow(q.RealIP())
	if err == nil {
		err = s.Identity.ResetPassword(q.Request().Context(), q.resetForm(), q.actor.Device, s.Cert.Revoke)
	}
	if faults := formFaults(err); faults != nil {
		return q.faulty(plain.ForgotPage(q.forgotView(0, faults)))
	}
	return q.after(err, q.forgotView(0, nil).LoginURL, "密码已重置，请用新密码登录。")
}
