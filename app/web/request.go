package web

import (
	"bytes"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"

	"laoqi/app"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/views/layout"
	"laoqi/views/part"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"
)

// request is one request as a page sees it.
type request struct {
	echo.Context
	s       *Server
	face    string
	session identity.Session // the zero Session if nobody is logged in
	actor   app.Actor        // its actor, with the device filled in also if nobody is
}

// handler runs a route: session, permission, submission token, page.
func (s *Server) handler(r route) echo.HandlerFunc {
	return func(c echo.Context) error {
		q := &request{Context: c, s: s, face: faceOf(c.Path())}
		if err := q.identify(); err != nil {
			return err
		}
		if err := q.permit(r); err != nil {
			return err
		}
		if r.method == http.MethodPost && !r.program {
			return q.once(r.repeats, func() error { return r.page(s, q) })
		}
		return r.page(s, q)
	}
}

func faceOf(path string) string {
	face, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	switch face {
	case identity.FaceHall, identity.FaceMobile, identity.FaceDesk:
		return face
	}
	return ""
}

func (q *request) identify() error {
	device := app.Device{Address: q.RealIP(), Agent: q.Request().UserAgent()}
	q.actor.Device = device
	if q.face == "" {
		return nil
	}
	session, err := q.s.sessions.Get(q.Request(), cookieName(q.face))
	if err != nil {
		return err
	}
	if found, ok := session.Values[sessionKey].(identity.Session); ok {
		q.session, q.actor = found, found.Actor
		q.actor.Device = device
	}
	return nil
}

func (q *request) permit(r route) error {
	switch {
	case r.need == app.Public:
		return nil
	case q.actor.Account == 0:
		return app.Fail(app.SignedOut, "请先登录。")
	case !r.need.Allows(q.actor):
		return app.Fail(app.Forbidden, "您的账号没有这项权限。")
	case q.session.Unconfirmed && !r.unconfirmed:
		return errUnconfirmed
	}
	return nil
}

// id reads a numeric path parameter; a malformed one is not found.
func (q *request) id(name string) (int64, error) {
	n, err := strconv.ParseInt(q.Param(name), 10, 64)
	if err != nil || n <= 0 {
		return 0, app.Fail(app.NotFound, "没有这个页面。")
	}
	return n, nil
}

// form returns what was typed into a field, without blanks around it.
func (q *request) form(name string) string { return strings.TrimSpace(q.FormValue(name)) }

// date reads a date field; a malformed one is a fault of it.
func (q *request) date(name string, faults *app.Faults) app.Date {
	d, err := app.ParseDate(q.form(name))
	if err != nil {
		faults.Add(name, "请按“年-月-日”填写日期，例如 2026-05-01。")
	}
	return d
}

// checked reports whether a checkbox is on.
func (q *request) checked(name string) bool { return q.FormValue(name) != "" }

// frame is what the page of this request shows around its content.
func (q *request) frame(title string) layout.Frame {
	cfg := q.s.Config
	f := layout.Frame{
		Title: title, Product: cfg.Product, HallTitle: cfg.HallTitle, Demo: q.s.Screen != nil,
		Asset: q.s.assets.url, Token: q.token(), Flash: q.takeFlash(), HomeURL: link.Home,
	}
	switch q.face {
	case identity.FaceHall:
		f.HomeURL, f.LogoutURL = link.Hall, link.HallLogout
		if len(q.others()) > 0 {
			f.SwitchURL = link.HallSwitch
		}
		f.Tabs.Messages, f.UnreadURL, f.EventsURL = link.HallInbox, link.HallInboxBadge, link.HallEvents
	case identity.FaceMobile:
		f.HomeURL, f.LogoutURL = link.Mobile, link.MobileLogout
		f.Tabs = layout.Tabs{Home: link.Mobile, Messages: link.MobileInbox, Scan: link.MobileScan, Mine: link.MobileMe}
		f.UnreadURL, f.EventsURL = link.MobileInboxBadge, link.MobileEvents
		f.ManifestURL, f.WorkerURL, f.Scope = link.MobileManifest, link.MobileWorker, link.Mobile
	case identity.FaceDesk:
		f.HomeURL, f.LogoutURL = link.Desk, link.DeskLogout
	}
	if q.actor.Account == 0 {
		f.EventsURL, f.UnreadURL = "", ""
		return f
	}
	f.Who, f.Enterprise = q.who(), q.session.Enterprise
	if q.face != identity.FaceDesk {
		f.Unread = q.unread()
	}
	return f
}

func (q *request) who() string {
	return map[app.AccountKind]string{app.AccountLegalRep: "法定代表人：", app.AccountAgent: "经办人：", app.AccountDesk: "审核人员："}[q.actor.Kind] + q.actor.Name
}

func (q *request) unread() int {
	n, err := q.s.Notify.Unread(q.Request().Context(), q.actor.Account)
	if err != nil && q.Request().Context().Err() == nil { // the browser still waits
		q.s.Log.Error("unread", "err", err)
	}
	return int(n)
}

// fragmentWanted reports whether htmx asks for a part of the page.
func (q *request) fragmentWanted() bool {
	h := q.Request().Header
	return h.Get("HX-Request") == "true" && h.Get("HX-Boosted") == "" && h.Get("HX-History-Restore-Request") == ""
}

// show renders the page, or the fragment of it that htmx asked for.
func (q *request) show(page, fragment templ.Component) error {
	if q.fragmentWanted() {
		return q.render(http.StatusOK, fragment)
	}
	return q.render(http.StatusOK, page)
}

// page renders a whole page.
func (q *request) page(page templ.Component) error { return q.render(http.StatusOK, page) }

// faulty renders a form again with its faults (422).
func (q *request) faulty(page templ.Component) error {
	return q.render(http.StatusUnprocessableEntity, page)
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func (q *request) render(status int, view templ.Component) error {
	b := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(b)
	b.Reset()
	if err := view.Render(q.Request().Context(), b); err != nil {
		return err
	}
	h := q.Response().Header()
	h.Add("Vary", "HX-Request")
	h.Set("Cache-Control", "no-store")
	return q.Blob(status, "text/html; charset=utf-8", b.Bytes())
}

// leave sends the browser to a path of this site, also out of an htmx request. A
// sentence that waits for the page asked for goes with it.
func (q *request) leave(path string) error {
	if f := q.takeFlash(); f != nil {
		return q.leaveWith(path, *f)
	}
	return q.redirect(path)
}

// leaveWith is leave with a sentence that the next page shows on top.
func (q *request) leaveWith(path string, f part.Flash) error {
	q.putFlash(path, f)
	return q.redirect(path)
}

func (q *request) redirect(path string) error {
	if q.fragmentWanted() {
		q.Response().Header().Set("HX-Redirect", path)
		return q.NoContent(http.StatusOK)
	}
	return q.Redirect(http.StatusSeeOther, path)
}

// done is leave with a sentence that says what was done.
func (q *request) done(path, text string) error {
	return q.leaveWith(path, part.Flash{Tone: part.OK, Text: text})
}

// refused is leave with a sentence that says why nothing was done.
func (q *request) refused(path, text string) error {
	return q.leaveWith(path, part.Flash{Tone: part.Bad, Text: text})
}

// after sends the browser to path with the sentence if err is nil. A conflict
// or a limit becomes a sentence on that page; other errors pass on.
func (q *request) after(err error, path, text string) error {
	switch app.KindOf(err) {
	case app.Conflict, app.TooMany, app.Unavailable:
		return q.refused(path, err.Error())
	}
	if err != nil {
		return err
	}
	return q.done(path, text)
}

// next is the local path that the form or query names to go on to, or the fallback.
// Browsers read \ as / and leave tabs out, so neither may stand in it.
func (q *request) next(fallback string) string {
	p := q.FormValue("next")
	u, err := url.Parse(p) // refuses control characters
	if err != nil || u.Scheme != "" || u.Host != "" || !strings.HasPrefix(p, "/") || strings.HasPrefix(p, "//") || strings.Contains(p, "\\") {
		return fallback
	}
	return p
}
