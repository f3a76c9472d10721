package journey

import (
	"context"
	"strings"
	"testing"

	"laoqi/app/demo"
	"laoqi/app/link"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// TestTheMobileSiteIsAnApp installs the mobile site: Chromium finds nothing wrong
// with its manifest, the service worker takes over, and after log-out without a
// connection the page without a connection shows, nothing of before.
func TestTheMobileSiteIsAnApp(t *testing.T) {
	s := demoSite(t)
	w := s.open(phone, link.MobileLogin)
	w.installable()
	w.waitFor("the service worker", func() bool { return w.truth(`navigator.serviceWorker.controller !== null`) })
	w.logIn(demo.WorkerA)
	sample, _ := demo.Find(demo.WorkerA)
	w.sees(sample.Name)
	w.click("我的")
	w.shoot("mine")
	w.click("退出登录")
	w.sees("已安全退出")
	var kept string
	w.do(w.ctx, chromedp.Evaluate(`caches.keys().then((names) => Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map((r) => new URL(r.url).pathname)))).then((all) => all.flat().join(' '))`, &kept,
		func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }))
	for _, path := range strings.Fields(kept) {
		if path != link.MobileOffline && !strings.HasPrefix(path, "/static/") {
			t.Errorf("kept: %s", path)
		}
	}
	w.alone.Store(true)
	s.stop()
	w.visit(link.MobileMe)
	w.sees("连接不上服务器", "重新连接")
	w.shoot("offline")
}

// installable fails the journey for what Chromium holds against installing the site.
func (w *window) installable() {
	w.t.Helper()
	w.do(w.ctx, chromedp.ActionFunc(func(ctx context.Context) error {
		_, faults, _, _, err := page.GetAppManifest().Do(ctx)
		for _, f := range faults {
			w.t.Errorf("the manifest: %s", f.Message)
		}
		if err != nil {
			return err
		}
		reasons, err := page.GetInstallabilityErrors().Do(ctx)
		for _, r := range reasons {
			if r.ErrorID != "in-incognito" { // as every window of a journey is
				w.t.Errorf("not installable: %s", r.ErrorID)
			}
		}
		return err
	}))
}

func (w *window) truth(expression string) (holds bool) {
	w.t.Helper()
	w.do(w.ctx, chromedp.Evaluate(expression, &holds))
	return holds
}
