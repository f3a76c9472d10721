package web

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"time"

	"laoqi/app"
	"laoqi/app/link"
	"laoqi/app/qr"
	"laoqi/views/layout"
	"laoqi/views/mobile"
)

// photoWait is how long a photo waits for its turn and is worked on.
const photoWait = 10 * time.Second

// scan is 扫一扫 (guide 1.3): by live camera, by photo or by the digits beside the code.
func (s *Server) scan(q *request) error { return s.scanView(q, nil) }

func (s *Server) scanView(q *request, faults app.Faults) error {
	q.allow(camera)
	q.Response().Header().Set("Content-Security-Policy", strings.Replace(csp, "script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'", 1))
	p := mobile.Scan{Shell: q.mobile("扫一扫", link.Mobile, layout.ScanTab), Code: q.form("code"), Faults: faults}
	p.Scripts = []string{"vendor/zxing-wasm/reader.js", "scan.js"}
	if faults != nil {
		return q.faulty(mobile.ScanPage(p))
	}
	return q.page(mobile.ScanPage(p))
}

// scanPhoto reads the code in an uploaded photo.
func (s *Server) scanPhoto(q *request) error {
	photo, err := q.file("photo", qr.MaxBytes)
	if err != nil {
		return err
	}
	ctx, stop := context.WithTimeout(q.Request().Context(), photoWait)
	defer stop()
	var text, problem string
	switch {
	case len(photo) == 0:
		problem = "请选择拍有二维码的照片。"
	case len(photo) > qr.MaxBytes:
		problem = "照片不能超过 20 MB。"
	default:
		text, err = s.photos.Read(ctx, photo)
		problem = photoProblem(err)
	}
	if problem == "" {
		return s.follow(q, "photo", text)
	}
	return s.scanView(q, app.Faults{{Field: "photo", Text: problem}})
}

func photoProblem(err error) string {
	switch {
	case err == nil:
		return ""
	case errors.Is(err, qr.ErrNone):
		return "照片中没有找到二维码。请靠近一些，让二维码完整、清楚，避开反光，再拍一张。"
	case errors.Is(err, qr.ErrLarge):
		return "照片的像素太多（最多 2600 万），请降低相机的分辨率再拍。"
	case errors.Is(err, qr.ErrBusy):
		return "现在识别照片的人太多，请稍后再试，或输入数字码。"
	}
	return "这不是 JPG 或 PNG 照片，或文件已损坏，请重新拍照。"
}

// scanText takes what the page's own camera read.
func (s *Server) scanText(q *request) error { return s.follow(q, "text", q.form("text")) }

// follow opens what a code holds if it is an address of this site. Anything else
// is named, not opened.
func (s *Server) follow(q *request, field, text string) error {
	if path := s.ownPath(q, text); path != "" {
		return q.leave(path)
	}
	return s.scanView(q, app.Faults{{Field: field, Text: "这不是本站的二维码，没有打开。二维码的内容是“" + brief(text) + "”。"}})
}

// ownPath is the path of an address of this site, "" for anything else.
func (s *Server) ownPath(q *request, text string) string {
	u, err := url.Parse(text)
	if err != nil || u.User != nil || u.Scheme != "http" && u.Scheme != "https" || !strings.HasPrefix(u.Path, "/") || strings.HasPrefix(u.Path, "//") {
		return ""
	}
	base, err := url.Parse(s.Config.BaseURL)
	if err != nil || u.Host != base.Host && u.Host != q.Request().Host {
		return ""
	}
	return u.RequestURI()
}

const briefRunes = 60

func brief(text string) string {
	if runes := []rune(text); len(runes) > briefRunes {
		return string(runes[:briefRunes]) + "…"
	}
	return text
}

// scanCode takes the digits that the hall shows beside its QR code.
func (s *Server) scanCode(q *request) error {
	if err := s.codes.allow(q.RealIP()); err != nil {
		return s.scanView(q, app.Faults{{Field: "code", Text: err.Error()}})
	}
	token, err := s.Seal.Typed(q.Request().Context(), q.actor, q.form("code"))
	switch faults := app.FaultsOf(err); {
	case faults != nil:
		return s.scanView(q, faults)
	case app.KindOf(err) == app.TooMany:
		return s.scanView(q, app.Faults{{Field: "code", Text: err.Error()}})
	case err != nil:
		return err
	}
	return q.leave(link.To(link.MobileTicket, token))
}
