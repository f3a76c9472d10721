package journey

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// device is what a person sits before.
type device struct {
	width, height int64
	touch         bool
	noScript      bool
}

var (
	desktop      = device{width: 1366, height: 768}
	phone        = device{width: 390, height: 844, touch: true}
	desktopPlain = device{width: 1366, height: 768, noScript: true}
	phonePlain   = device{width: 390, height: 844, touch: true, noScript: true}
	patience     = time.Minute // for something to appear
	glances      = 50 * time.Millisecond
)

// window is one person's browser: its cookies are its own.
type window struct {
	t       *testing.T
	ctx     context.Context
	browser context.Context // whose window it is
	device  device
	profile cdp.BrowserContextID
	address string
	within  string // text of the row or card that clicks and fields are looked for in
	loading *atomic.Bool
	alone   *atomic.Bool // the site was stopped: the browser may complain of that
}

// open opens a window on the site's path.
func (s *site) open(d device, path string) *window {
	s.t.Helper()
	return s.openIn(s.browser, d, path)
}

// openIn opens a window of a certain browser on the site's path.
func (s *site) openIn(browser context.Context, d device, path string) *window {
	s.t.Helper()
	w := &window{t: s.t, browser: browser, device: d, address: s.address}
	w.do(browser, chromedp.ActionFunc(func(ctx context.Context) (err error) {
		w.profile, err = target.CreateBrowserContext().Do(cdp.WithExecutor(ctx, chromedp.FromContext(ctx).Browser))
		return err
	}))
	return w.tab(path)
}

// tab is another tab of the same person's browser, on the site's path.
func (w *window) tab(path string) *window {
	w.t.Helper()
	tab := *w
	var id target.ID
	w.do(w.browser, chromedp.ActionFunc(func(ctx context.Context) (err error) {
		id, err = target.CreateTarget("about:blank").WithBrowserContextID(w.profile).WithNewWindow(true).Do(cdp.WithExecutor(ctx, chromedp.FromContext(ctx).Browser))
		return err
	}))
	tab.attach(id)
	tab.visit(path)
	return &tab
}

// attach takes hold of a tab of the browser.
func (w *window) attach(id target.ID) {
	w.t.Helper()
	ctx, stop := chromedp.NewContext(w.browser, chromedp.WithTargetID(id))
	w.t.Cleanup(stop)
	w.ctx = ctx
	w.loading, w.alone = new(atomic.Bool), new(atomic.Bool)
	if err := chromedp.Run(ctx); err != nil { // the tab lives as long as the context of its first use
		w.t.Fatal(err)
	}
	w.listen()
	d := w.device
	w.do(w.ctx, log.Enable(), network.Enable(), emulation.SetDeviceMetricsOverride(d.width, d.height, 1, d.touch),
		emulation.SetTouchEmulationEnabled(d.touch), emulation.SetScriptExecutionDisabled(d.noScript))
}

// opened is the new tab that the act opens.
func (w *window) opened(act func()) *window {
	w.t.Helper()
	tabs := chromedp.WaitNewTarget(w.ctx, func(i *target.Info) bool { return i.Type == "page" })
	act()
	tab := *w
	select {
	case id := <-tabs:
		tab.attach(id)
	case <-time.After(patience):
		w.fatal("no new tab")
	}
	return &tab
}

// path is where the window is.
func (w *window) path() (path string) {
	w.t.Helper()
	w.do(w.ctx, chromedp.Evaluate("location.pathname", &path))
	return path
}

// waitFor asks until the condition holds.
func (w *window) waitFor(what string, holds func() bool) {
	w.t.Helper()
	for end := time.Now().Add(patience); !holds(); time.Sleep(glances) {
		if time.Now().After(end) {
			w.fatal("waited in vain for %s", what)
		}
	}
}

// visit types an address once a click has done what it led to.
func (w *window) visit(path string) {
	w.t.Helper()
	w.rest()
	w.do(w.ctx, chromedp.Navigate(w.address+path))
	w.settle()
}

// listen fails the journey for what the browser complains about. A form that
// comes back with its faults (422) is no complaint.
func (w *window) listen() {
	chromedp.ListenTarget(w.ctx, func(event any) {
		switch e := event.(type) {
		case *page.EventFrameRequestedNavigation:
			if e.Disposition == page.ClientNavigationDispositionCurrentTab {
				w.loading.Store(true)
			}
		case *network.EventRequestWillBeSent:
			if e.Type == network.ResourceTypeDocument {
				w.loading.Store(true)
			}
		case *network.EventLoadingFailed: // also a navigation that became a download
			if e.Type == network.ResourceTypeDocument {
				w.loading.Store(false)
			}
		case *page.EventLoadEventFired:
			w.loading.Store(false)
		case *log.EventEntryAdded:
			if e.Entry.Level == log.LevelError && !w.alone.Load() && !strings.Contains(e.Entry.Text, "status of 422") {
				w.t.Errorf("the browser says: %s %s", e.Entry.Text, e.Entry.URL)
			}
		case *runtime.EventConsoleAPICalled:
			if e.Type == runtime.APITypeError || e.Type == runtime.APITypeWarning {
				w.t.Errorf("the console says: %s", said(e.Args))
			}
		case *runtime.EventExceptionThrown:
			w.t.Errorf("the script fails: %s", e.ExceptionDetails.Error())
		}
	})
}

// said is what a page wrote to the console.
func said(args []*runtime.RemoteObject) string {
	var words []string
	for _, a := range args {
		words = append(words, strings.TrimSpace(string(a.Value)+" "+a.Description))
	}
	return strings.Join(words, " ")
}

func (w *window) do(ctx context.Context, actions ...chromedp.Action) {
	w.t.Helper()
	ctx, stop := context.WithTimeout(ctx, 2*patience)
	defer stop()
	if err := chromedp.Run(ctx, actions...); err != nil {
		w.t.Fatal(err)
	}
}

// ask evaluates the question, once more where the page went on in the middle.
func (w *window) ask(question string, answer any) {
	w.t.Helper()
	ctx, stop := context.WithTimeout(w.ctx, 2*patience)
	defer stop()
	err := chromedp.Run(ctx, chromedp.Evaluate(question, answer))
	for wentOn(err) && ctx.Err() == nil {
		err = chromedp.Run(ctx, chromedp.Evaluate(question, answer))
	}
	if err != nil {
		w.t.Fatal(err)
	}
}

// wentOn reports whether a page could not answer because the next one came.
func wentOn(err error) bool {
	return err != nil && strings.Contains(err.Error(), "target navigated or closed")
}

// shoot keeps a picture of what the window shows, if ARTIFACTS names a folder.
func (w *window) shoot(name string) {
	w.t.Helper()
	w.settle()
	w.axe()
	w.picture(name)
}

// picture is shoot without a judgement.
func (w *window) picture(name string) {
	w.t.Helper()
	if os.Getenv("ARTIFACTS") == "" {
		return
	}
	var picture []byte
	w.do(w.ctx, chromedp.CaptureScreenshot(&picture))
	keep(w.t, name+".png", picture)
}

// keep writes a file into the folder that ARTIFACTS names, if it does; journeys
// beside the main job have folders of their own in it.
func keep(t *testing.T, name string, content []byte) {
	t.Helper()
	folder := os.Getenv("ARTIFACTS")
	if folder == "" {
		return
	}
	if t.Name() != "TestMainJob" {
		folder = filepath.Join(folder, t.Name())
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, name), content, 0o644); err != nil {
		t.Fatal(err)
	}
}

// fatal ends the journey with what the window shows.
func (w *window) fatal(format string, args ...any) {
	w.t.Helper()
	var url, text string
	_ = chromedp.Run(w.ctx, chromedp.Location(&url), chromedp.Evaluate(`document.body.innerText`, &text))
	w.t.Fatalf("%s\nat %s, which shows:\n%s", fmt.Sprintf(format, args...), url, text)
}
