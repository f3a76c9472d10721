// Package web is the site: the route table, sessions and permissions, pages and
// their fragments. One file holds one page or one action.
package web

import (
	"context"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"time"

	"laoqi/app"
	"laoqi/app/https"
	"laoqi/app/office"
	"laoqi/app/provider"
	"laoqi/app/qr"

	"github.com/gorilla/sessions"
	"github.com/labstack/echo/v4"
)

// Config is what the site shows and believes.
type Config struct {
	Product   string     // 劳契
	HallTitle string     // 劳动关系网厅
	Owner     string     // of the installation, "" for none
	Hotline   string     // 客服电话
	QQGroup   string     // QQ 客服群
	Hours     string     // 服务时间
	BaseURL   string     // what QR codes begin with, such as http://192.168.1.5:8080
	PlainURL  string     // the same site over plain HTTP
	Authority *https.Lan // of the site's own HTTPS, nil if devices trust it without help
	HSTS      bool       // browsers may insist on HTTPS from now on
	Proxies   []string   // CIDRs whose X-Forwarded-For is believed
}

// Parts are what the site is made of.
type Parts struct {
	*office.Office
	Config    Config
	Log       *slog.Logger
	Now       func() time.Time
	Static    fs.FS
	Forms     *Forms
	Screen    *provider.Screen // simulated phone messages, nil outside the demo
	SetupCode string           // opens the first-run page, "" once the desk exists
	Examine   func(context.Context) ([]app.Finding, error)
}

// Server answers requests.
type Server struct {
	Parts
	assets    *assets
	logins    limiter
	codes     limiter // typed short codes
	files     limiter // to check
	questions limiter // of programs, about revocation
	photos    *qr.Reader
	visits    visits
	sessions  sessions.Store
}

// New makes the site's handler from its parts.
func New(p Parts) (http.Handler, error) {
	a, err := newAssets(p.Static)
	if err != nil {
		return nil, err
	}
	s := &Server{Parts: p, assets: a, sessions: sessionStore{p.Identity}, photos: qr.NewReader(), questions: limiter{rate: 20, burst: 200}, files: limiter{rate: 2, burst: 120}}
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.IPExtractor = extractor(p.Config.Proxies)
	e.HTTPErrorHandler = s.fail
	e.Use(s.recoverPanics, s.headers)
	for _, r := range routes {
		e.Add(r.method, r.path, s.handler(r))
	}
	protected := http.NewCrossOriginProtection()
	protected.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.fail(app.Fail(app.Forbidden, "这个请求来自别的网站，已被拒绝。请从本站页面操作。"), e.NewContext(r, w))
	}))
	return s.believeProxies(protected.Handler(e)), nil
}

func extractor(proxies []string) echo.IPExtractor {
	if len(proxies) == 0 {
		return echo.ExtractIPDirect()
	}
	trust := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, p := range proxies {
		if _, n, err := net.ParseCIDR(p); err == nil {
			trust = append(trust, echo.TrustIPRange(n))
		}
	}
	return echo.ExtractIPFromXFFHeader(trust...)
}

const csp = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; " +
	"font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'; worker-src 'self'"

// What a page of the site may be let use.
const (
	camera      = "camera"
	makePasskey = "publickey-credentials-create"
	usePasskey  = "publickey-credentials-get"
)

// permissions is the header that allows one of them, or none.
func permissions(allowed string) string {
	var list []string
	for _, feature := range []string{camera, makePasskey, usePasskey} {
		list = append(list, feature+map[bool]string{true: "=(self)", false: "=()"}[feature == allowed])
	}
	return strings.Join(list, ", ")
}

// allow lets this page alone use the feature.
func (q *request) allow(feature string) {
	q.Response().Header().Set("Permissions-Policy", permissions(feature))
}

func (s *Server) headers(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		h := c.Response().Header()
		h.Set("Content-Security-Policy", csp)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Permissions-Policy", permissions(""))
		if s.Config.HSTS && c.Request().TLS != nil {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		return next(c)
	}
}
