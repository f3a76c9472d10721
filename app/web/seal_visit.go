package web

import (
	"time"

	"laoqi/app"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/views/layout"
	"laoqi/views/mobile"
)

// visitNoted is how old the last noted step of a visit may be.
const visitNoted = time.Minute

// inVisit is a page inside 我的印章: it needs a visit that code and new passphrase
// opened and that was not idle too long; else it leads to the entry.
func inVisit(page func(*Server, *request) error) func(*Server, *request) error {
	return func(s *Server, q *request) error {
		idle := s.Now().Sub(q.session.UnlockedAt.Time)
		if idle >= identity.VisitIdle {
			return q.leave(link.With(link.MobileSealEnter, "next", q.wanted()))
		}
		if idle > visitNoted {
			if err := s.Identity.Unlock(q.Request().Context(), q.actor); err != nil {
				return err
			}
		}
		return page(s, q)
	}
}

func (s *Server) sealEnterPage(q *request) error {
	return q.page(mobile.SealEnterPage(mobile.SealEnter{Shell: q.mobile("我的印章", link.MobileMe, layout.MineTab), URL: link.MobileSealEnter, Next: q.next("")}))
}

// sealEnter is a click on 我的印章: the code is sent without being asked for, once it
// is clear for which enterprise.
func (s *Server) sealEnter(q *request) error {
	if q.mustChoose() {
		return q.leave(link.With(link.MobileSwitch, "for", forEntry))
	}
	return s.sealCodeSent(q, "验证码已发送，请查收短信。")
}

func (s *Server) sealCodeSent(q *request, text string) error {
	err, unlock := s.Cert.SendCode(q.Request().Context(), q.actor), link.With(link.MobileSealUnlock, "next", q.next(""))
	if app.KindOf(err) == app.Conflict { // which that page tells
		return q.leave(unlock)
	}
	return q.after(err, unlock, text)
}

func (s *Server) sealUnlockPage(q *request) error { return s.activation(q, nil) }

func (s *Server) sealUnlock(q *request) error {
	ctx := q.Request().Context()
	err := s.Cert.Activate(ctx, q.actor, q.activationForm())
	if faults := formFaults(err); faults != nil {
		return s.activation(q, faults)
	}
	if err != nil {
		return err
	}
	if err := s.Identity.Unlock(ctx, q.actor); err != nil {
		return err
	}
	return q.done(q.next(link.MobileSealHome), "验证通过，新的口令已生效。")
}

// formFaults are the faults to show at a form: those of the input, or the
// sentence of a conflict or limit that leaves the form as it is.
func formFaults(err error) app.Faults {
	switch app.KindOf(err) {
	case app.Conflict, app.TooMany, app.Unavailable:
		return app.Faults{{Text: err.Error()}}
	}
	return app.FaultsOf(err)
}
