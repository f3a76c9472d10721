package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"runtime/debug"

	"laoqi/app"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/app/vault"
	"laoqi/views/plain"

	"github.com/labstack/echo/v4"
)

// errUnconfirmed sends an agent to the page that proves the own mobile.
var errUnconfirmed = app.Fail(app.Forbidden, "请先验证您的手机号。")

var statuses = map[app.Kind]int{
	app.Internal:    http.StatusInternalServerError,
	app.Invalid:     http.StatusUnprocessableEntity,
	app.NotFound:    http.StatusNotFound,
	app.Forbidden:   http.StatusForbidden,
	app.SignedOut:   http.StatusUnauthorized,
	app.Conflict:    http.StatusConflict,
	app.TooMany:     http.StatusTooManyRequests,
	app.Unavailable: http.StatusServiceUnavailable,
}

// fail answers every error that a page did not answer itself.
func (s *Server) fail(err error, c echo.Context) {
	if c.Response().Committed || errors.Is(c.Request().Context().Err(), context.Canceled) {
		return // whoever asked is gone, and what failed may have failed of that
	}
	q := &request{Context: c, s: s, face: faceOf(c.Path())}
	if q.identify() != nil {
		q.session, q.actor = identity.Session{}, app.Actor{}
	}
	if sent := s.answer(q, err); sent != nil {
		s.Log.Error("error page", "err", sent)
	}
}

func (s *Server) answer(q *request, err error) error {
	switch {
	case err == errUnconfirmed:
		return q.leave(map[string]string{identity.FaceHall: link.HallConfirm, identity.FaceMobile: link.MobileConfirm}[q.face])
	case app.KindOf(err) == app.SignedOut && q.face != "":
		return q.leave(link.With(loginPath(q.face), "next", q.wanted()))
	}
	page := plain.Error{Status: http.StatusNotFound, Text: "没有这个页面，可能地址有误，或者您无权查看。", HomeURL: s.homeOf(q), Home: "返回首页"}
	if e, ok := errors.AsType[*echo.HTTPError](err); ok {
		page.Status = e.Code
	} else {
		page.Status = statuses[app.KindOf(err)]
		page.Text = err.Error()
	}
	if page.Status >= http.StatusInternalServerError && app.KindOf(err) == app.Internal {
		page.ID = vault.Token()[:8]
		page.Text = "系统出了问题，您刚才的操作没有完成。请稍后再试；如仍然出现，请把编号告诉系统管理员。"
		s.Log.Error("request failed", "id", page.ID, "route", q.Path(), "err", err)
	}
	if page.Status == http.StatusNotFound && q.cameFromInbox() {
		page.Text, page.HomeURL, page.Home = "这条消息所说的内容已经删除或撤回，不能再打开。", q.inboxPaths().List, "返回消息"
	}
	page.Frame = q.frame(titleOf(page.Status))
	return q.render(page.Status, plain.ErrorPage(page))
}

func titleOf(status int) string {
	switch status {
	case http.StatusNotFound:
		return "没有找到"
	case http.StatusForbidden:
		return "没有权限"
	}
	return "操作没有完成"
}

func (s *Server) homeOf(q *request) string {
	if q.face == "" {
		return link.Home
	}
	return "/" + q.face
}

// cameFromInbox reports whether the request follows a message that was opened.
func (q *request) cameFromInbox() bool {
	from, err := url.Parse(q.Request().Referer())
	return err == nil && q.actor.Account != 0 && from.Host == q.Request().Host && from.Path == q.inboxPaths().List
}

// wanted is where to go on after log-in: the page itself, never the target of a form.
func (q *request) wanted() string {
	if q.Request().Method == http.MethodGet && !q.fragmentWanted() {
		return q.Request().URL.RequestURI()
	}
	return ""
}

func (s *Server) recoverPanics(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			switch p := recover(); p {
			case nil:
			case http.ErrAbortHandler:
				panic(p)
			default:
				s.Log.Error("panic", "route", c.Path(), "value", p, "stack", string(debug.Stack()))
				err = errors.New("panic")
			}
		}()
		return next(c)
	}
}
