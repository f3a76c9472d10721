package web

import (
	"net/http"

	"laoqi/app"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/views/layout"
	"laoqi/views/plain"
)

// offerPasskey puts 通行密钥登录 on the page where passkeys serve.
func (q *request) offerPasskey(p *plain.Login) {
	if _, ok := q.passkeySite(); !ok {
		return
	}
	q.allow(usePasskey)
	p.Scripts = []string{layout.PasskeyScript}
	p.Passkey = plain.PasskeyLogin{URL: link.MobilePasskey, AskURL: link.MobilePasskeyAsk}
	if q.face == identity.FaceHall {
		p.Passkey = plain.PasskeyLogin{URL: link.HallPasskey, AskURL: link.HallPasskeyAsk}
	}
}

// passkeyAsk answers the script with what to ask the device.
func (s *Server) passkeyAsk(q *request) error {
	site, err := q.mustPasskeySite()
	if err == nil {
		err = s.logins.allow(q.RealIP())
	}
	if err != nil {
		return err
	}
	options, err := s.Identity.AskPasskeyLogin(q.Request().Context(), site)
	if err != nil {
		return err
	}
	q.Response().Header().Set("Cache-Control", "no-store")
	return q.JSONBlob(http.StatusOK, []byte(options))
}

// passkeyLogin opens the session of the account that the passkey belongs to.
func (s *Server) passkeyLogin(q *request) error {
	token := ""
	site, err := q.mustPasskeySite()
	if err == nil {
		err = s.logins.allow(q.RealIP())
	}
	if err == nil {
		token, err = s.Identity.LogInByPasskey(q.Request().Context(), q.face, site, q.form("answer"), q.device())
	}
	switch app.KindOf(err) {
	case app.Conflict, app.TooMany:
		return q.refused(link.With(loginPath(q.face), "way", q.form("way"), "next", q.next("")), err.Error())
	}
	if err != nil {
		return err
	}
	if err := q.signIn(q.face, token); err != nil {
		return err
	}
	return q.leave(q.next("/" + q.face))
}
