package web

import (
	"encoding/json"
	"net/http"

	"laoqi/app"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/views/layout"
	"laoqi/views/mobile"
)

//go:generate go run ./internal/icons

// The mobile site as an app: manifest, service worker and the page that shows
// without a connection.

// appManifest is a web app manifest (W3C).
type appManifest struct {
	ID         string    `json:"id"`
	Name       string    `json:"name"`
	ShortName  string    `json:"short_name"`
	Lang       string    `json:"lang"`
	StartURL   string    `json:"start_url"`
	Scope      string    `json:"scope"`
	Display    string    `json:"display"`
	Theme      string    `json:"theme_color"`
	Background string    `json:"background_color"`
	Icons      []appIcon `json:"icons"`
}

type appIcon struct {
	Source  string `json:"src"`
	Sizes   string `json:"sizes"`
	Type    string `json:"type"`
	Purpose string `json:"purpose"`
}

func (s *Server) manifest(q *request) error {
	icon := func(name, sizes, purpose string) appIcon {
		return appIcon{s.assets.url("icon/" + name + ".png"), sizes, "image/png", purpose}
	}
	b, err := json.Marshal(appManifest{
		ID: link.Mobile, Name: s.Config.HallTitle + " · " + s.Config.Product, ShortName: s.Config.Product, Lang: "zh-CN",
		StartURL: link.Mobile, Scope: link.Mobile, Display: "standalone", Theme: layout.Theme, Background: layout.Background,
		Icons: []appIcon{icon("small", "192x192", "any"), icon("large", "512x512", "any"), icon("maskable", "512x512", "maskable")},
	})
	if err != nil {
		return err
	}
	q.Response().Header().Set("Cache-Control", "no-cache")
	return q.Blob(http.StatusOK, "application/manifest+json", b)
}

// worker is static/worker.js after what it keeps. Its scope is the whole mobile
// site, whose first page has no slash at its end.
func (s *Server) worker(q *request) error {
	kept, err := json.Marshal([]string{link.MobileOffline, s.assets.url("app.css"), s.assets.url("app.js"), s.assets.url("stream.js"), s.assets.url("icon/small.png"),
		s.assets.url("favicon.svg"), s.assets.url("vendor/htmx/htmx.min.js"), s.assets.url("vendor/htmx-sse/sse.js")})
	if err != nil {
		return err
	}
	h := q.Response().Header()
	h.Set("Cache-Control", "no-cache")
	h.Set("Service-Worker-Allowed", link.Mobile)
	return q.Blob(http.StatusOK, "text/javascript; charset=utf-8", append([]byte("const kept = "+string(kept)+";\n"), s.assets.raw("worker.js")...))
}

// offline is the page without a connection: the same for everybody, whoever asks.
func (s *Server) offline(q *request) error {
	q.session, q.actor = identity.Session{}, app.Actor{}
	return q.page(mobile.OfflinePage(mobile.Offline{Shell: q.mobile("没有网络", "", layout.NoTab), Home: link.Mobile}))
}
