package web

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"laoqi/app"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/app/vault"
	"laoqi/views/part"

	"github.com/gorilla/sessions"
)

const (
	sessionKey = "session"
	tokenKey   = "token"
)

func cookieName(face string) string { return "laoqi_" + face }

// sessionStore is a sessions.Store whose cookie holds an opaque token only; what
// it stands for is a row that package identity reads.
type sessionStore struct{ identity *identity.Service }

// Get returns the request's session of the name, read once a request.
func (st sessionStore) Get(r *http.Request, name string) (*sessions.Session, error) {
	return sessions.GetRegistry(r).Get(st, name)
}

// New reads the session from its row. A cookie that no row knows is like none.
func (st sessionStore) New(r *http.Request, name string) (*sessions.Session, error) {
	session := sessions.NewSession(st, name)
	session.IsNew = true
	cookie, err := r.Cookie(onWire(r, name))
	if err != nil {
		return session, nil
	}
	found, err := st.identity.Session(r.Context(), name[len("laoqi_"):], cookie.Value, app.Device{})
	switch app.KindOf(err) {
	case app.SignedOut:
		return session, nil
	}
	if err != nil {
		return session, err
	}
	session.IsNew = false
	session.Values[sessionKey], session.Values[tokenKey] = found, cookie.Value
	return session, nil
}

// Save sets the cookie to the session's token, or deletes it if there is none.
func (st sessionStore) Save(r *http.Request, w http.ResponseWriter, session *sessions.Session) error {
	token, _ := session.Values[tokenKey].(string)
	cookie := http.Cookie{Name: session.Name(), Value: token, Path: "/" + session.Name()[len("laoqi_"):]}
	if token == "" {
		cookie.MaxAge = -1
	}
	http.SetCookie(w, ours(r, cookie))
	return nil
}

func secure(r *http.Request) bool {
	return r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https"
}

// onWire is a cookie's name as the browser knows it. Over HTTPS the prefix makes it
// refuse the cookie from plain HTTP, and keeps the sessions of the two apart.
func onWire(r *http.Request, name string) string {
	if secure(r) {
		return "__Secure-" + name
	}
	return name
}

// ours completes a cookie with what holds for all of the site's.
func ours(r *http.Request, c http.Cookie) *http.Cookie {
	c.Name, c.Secure, c.HttpOnly, c.SameSite = onWire(r, c.Name), secure(r), true, http.SameSiteLaxMode
	return &c
}

func (q *request) cookie(name string) (*http.Cookie, error) {
	return q.Cookie(onWire(q.Request(), name))
}

func (q *request) putCookie(c http.Cookie) { q.SetCookie(ours(q.Request(), c)) }

const deviceCookie = "laoqi_device"

// device is where a log-in comes from, with the mark by which its browser is known
// again; whoever has none gets one. The desk's own computers are not of interest.
func (q *request) device() app.Device {
	d := q.actor.Device
	if q.face == identity.FaceDesk {
		return d
	}
	d.Mark = vault.Token()
	if c, err := q.cookie(deviceCookie); err == nil && len(c.Value) == len(d.Mark) {
		d.Mark = c.Value
	}
	q.putCookie(http.Cookie{Name: deviceCookie, Value: d.Mark, Path: "/", MaxAge: int(identity.DeviceLife / time.Second)})
	return d
}

// signIn puts a session's token into the cookie of its face.
func (q *request) signIn(face, token string) error {
	session, err := q.s.sessions.Get(q.Request(), cookieName(face))
	if err != nil {
		return err
	}
	session.Values[tokenKey] = token
	return q.s.sessions.Save(q.Request(), q.Response(), session)
}

// logout ends the session of the face and goes to its log-in page, and from there
// to where the form says.
func (s *Server) logout(q *request) error {
	if err := s.Identity.LogOut(q.Request().Context(), q.actor); err != nil {
		return err
	}
	if err := q.signIn(q.face, ""); err != nil {
		return err
	}
	q.Response().Header().Set("Clear-Site-Data", `"cache"`)
	return q.done(link.With(loginPath(q.face), "next", q.next("")), "已安全退出。")
}

func loginPath(face string) string {
	return map[string]string{identity.FaceHall: link.HallLogin, identity.FaceMobile: link.MobileLogin, identity.FaceDesk: link.DeskLogin}[face]
}

// flashCookie names the cookie of the sentence that waits for the page at path. Each
// page has its own, lest a tab that loads by itself takes what is meant for another.
func flashCookie(path string) string {
	path, _, _ = strings.Cut(path, "#")
	path, _, _ = strings.Cut(path, "?")
	return "laoqi_flash_" + base64.RawURLEncoding.EncodeToString([]byte(path))
}

// putFlash keeps a sentence for the page at path, in a cookie that lives a minute.
func (q *request) putFlash(path string, f part.Flash) {
	b, err := json.Marshal(f)
	if err != nil {
		return
	}
	q.putCookie(http.Cookie{Name: flashCookie(path), Value: base64.RawURLEncoding.EncodeToString(b), Path: "/", MaxAge: int(time.Minute / time.Second)})
}

// takeFlash returns the sentence that waits for the page asked for, nil if none does.
func (q *request) takeFlash() *part.Flash {
	name := flashCookie(q.Request().URL.Path)
	cookie, err := q.cookie(name)
	if err != nil || q.fragmentWanted() { // a fragment has no place for it
		return nil
	}
	q.putCookie(http.Cookie{Name: name, Path: "/", MaxAge: -1})
	b, err := base64.RawURLEncoding.DecodeString(cookie.Value)
	if err != nil {
		return nil
	}
	var f part.Flash
	if json.Unmarshal(b, &f) != nil {
		return nil
	}
	return &f
}
