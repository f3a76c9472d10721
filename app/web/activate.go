package web

import (
	"math"

	"laoqi/app"
	"laoqi/app/cert"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/views/layout"
	"laoqi/views/mobile"
	"laoqi/views/part"
)

func (s *Server) activatePage(q *request) error { return s.activation(q, nil) }

func (s *Server) activate(q *request) error {
	err := s.Cert.Activate(q.Request().Context(), q.actor, q.activationForm())
	if faults := formFaults(err); faults != nil {
		return s.activation(q, faults)
	}
	if err != nil {
		return err
	}
	return q.done(q.next(link.MobileMe), "数字证书已激活。")
}

// activateCode sends a code for either page of activation.
func (s *Server) activateCode(q *request) error {
	_, faults, err := q.codeSent(s.Cert.SendCode(q.Request().Context(), q.actor))
	if err != nil {
		return err
	}
	return s.activation(q, faults)
}

func (q *request) activationForm() cert.Activation {
	return cert.Activation{Code: q.form("code"), Passphrase: q.FormValue("passphrase"), Again: q.FormValue("again"),
		Agreed: q.checked("agreed"), Password: q.FormValue("password")}
}

// visits reports whether the page belongs to the entry into 我的印章, not to an
// activation on the way to signing.
func (q *request) visits() bool {
	return q.Path() == link.MobileSealUnlock || q.Path() == link.MobileSealUnlockSMS
}

// activation shows the form, again if it has faults; htmx gets the code's field.
func (s *Server) activation(q *request, faults app.Faults) error {
	p, err := s.activationView(q, faults)
	if err != nil {
		return err
	}
	if faults != nil && !q.fragmentWanted() {
		return q.faulty(mobile.ActivatePage(p))
	}
	return q.show(mobile.ActivatePage(p), part.CodeField(mobile.SMSCode(p.Code, faults), p.Send))
}

func (s *Server) activationView(q *request, faults app.Faults) (p mobile.Activate, err error) {
	ctx := q.Request().Context()
	person, err := s.Identity.Person(ctx, q.actor.Person)
	if err != nil {
		return p, err
	}
	asks, err := s.Cert.Asks(ctx, q.actor)
	if err != nil {
		return p, err
	}
	wait, err := s.Identity.CodeWait(ctx, q.actor, identity.ForCertificate)
	if err != nil {
		return p, err
	}
	p = mobile.Activate{Mobile: app.MaskMobile(person.Mobile), First: asks.Terms, Terms: cert.Terms,
		Password: asks.Password, Blocked: asks.Blocked, Code: q.form("code"), Agreed: q.form("agreed"), Next: q.next(""), Faults: faults}
	p.FormURL, p.Send = link.MobileActivate, part.Send{URL: link.MobileActivateSMS, Wait: int(math.Ceil(wait.Seconds()))}
	title, back := "数字证书激活", q.next(link.MobileMe)
	if q.visits() {
		back, p.FormURL, p.Send.URL = link.MobileMe, link.MobileSealUnlock, link.MobileSealUnlockSMS
		if !asks.Terms {
			title = "我的印章"
		}
	}
	if p.Blocked != "" { // what led here would lead here again
		back = link.MobileMe
	}
	p.Shell = q.mobile(title, back, layout.MineTab)
	return p, nil
}
