package layout

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"sync/atomic"
	"testing"
	"time"

	"github.com/a-h/templ"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// site serves pages of the given body with the static files under the product's
// Content-Security-Policy, and counts what the browser asks for.
type site struct {
	*httptest.Server
	pages, posts, streams, open, blocks atomic.Int32
}

// liveBlock shows how often it was fetched.
const liveBlock = `<p id="block" hx-get="/block" hx-trigger="sse:enterprise" hx-target="this" hx-swap="outerHTML">%d</p>`

func newSite(t *testing.T, f Frame, body ...templ.Component) *site {
	s := new(site)
	mux := http.NewServeMux()
	mux.Handle("/static/", http.StripPrefix("/static/", http.FileServerFS(os.DirFS("../../static"))))
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		s.pages.Add(1)
		w.Header().Set("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'")
		if err := Plain(f).Render(templ.WithChildren(r.Context(), templ.Join(body...)), w); err != nil {
			t.Error(err)
		}
	})
	mux.HandleFunc("GET /favicon.ico", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusNoContent) })
	mux.HandleFunc("GET /badge", func(w http.ResponseWriter, r *http.Request) { w.Write([]byte(`<b id="fetched">1</b>`)) })
	mux.HandleFunc("GET /block", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintf(w, liveBlock, s.blocks.Add(1)) })
	mux.HandleFunc("POST /{$}", func(w http.ResponseWriter, r *http.Request) {
		s.posts.Add(1)
		time.Sleep(300 * time.Millisecond)
		fmt.Fprintf(w, "<p id=answer>%s</p>", r.FormValue("sign"))
	})
	mux.HandleFunc("GET /events", func(w http.ResponseWriter, r *http.Request) {
		s.streams.Add(1)
		s.open.Add(1)
		defer s.open.Add(-1)
		w.Header().Set("Content-Type", "text/event-stream")
		fmt.Fprint(w, "event: unread\ndata: \n\n")
		http.NewResponseController(w).Flush()
		<-r.Context().Done()
	})
	s.Server = httptest.NewServer(mux)
	t.Cleanup(func() { s.CloseClientConnections(); s.Close() })
	return s
}

var chromium context.Context // one for all tests; each opens a window of its own

func TestMain(m *testing.M) {
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.WSURLReadTimeout(2*time.Minute))
	ctx, end := chromedp.NewExecAllocator(context.Background(), options...)
	quiet := chromedp.WithErrorf(func(string, ...any) {}) // chromedp does not know all events of this Chromium
	ctx, closed := chromedp.NewContext(ctx, quiet)
	if err := chromedp.Run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "Chromium does not start:", err)
		os.Exit(1)
	}
	chromium = ctx
	code := m.Run()
	closed()
	end()
	os.Exit(code)
}

// browser opens the site's page in a window, whose every complaint fails the test.
func (s *site) browser(t *testing.T) context.Context {
	t.Helper()
	var id target.ID
	do(t, chromium, chromedp.ActionFunc(func(ctx context.Context) (err error) {
		browser := cdp.WithExecutor(ctx, chromedp.FromContext(ctx).Browser)
		id, err = target.CreateTarget("about:blank").WithNewWindow(true).Do(browser)
		return err
	}))
	ctx, stop := chromedp.NewContext(chromium, chromedp.WithTargetID(id))
	t.Cleanup(stop)
	ctx, stop = context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(stop)
	chromedp.ListenTarget(ctx, func(event any) {
		switch e := event.(type) {
		case *log.EventEntryAdded:
			t.Errorf("the browser says: %s", e.Entry.Text)
		case *runtime.EventExceptionThrown:
			t.Errorf("the script fails: %s", e.ExceptionDetails.Error())
		}
	})
	do(t, ctx, log.Enable(), emulation.SetDeviceMetricsOverride(390, 844, 2, true), chromedp.Navigate(s.URL+"/"), chromedp.WaitReady("html.js"))
	return ctx
}

func do(t *testing.T, ctx context.Context, actions ...chromedp.Action) {
	t.Helper()
	if err := chromedp.Run(ctx, actions...); err != nil {
		t.Fatal(err)
	}
}

// until waits for what only the server knows.
func until(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); !holds(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("waited in vain: %s", what)
		}
	}
}

func value[T any](t *testing.T, ctx context.Context, script string) (v T) {
	t.Helper()
	do(t, ctx, chromedp.Evaluate(script, &v))
	return v
}

// still is a frame that neither listens nor loads again.
func still() Frame {
	f := frame()
	f.EventsURL, f.UnreadURL, f.Refresh = "", "", 0
	return f
}

// stroke draws a line with the mouse, in steps as a hand would.
func stroke(x0, y0, x1, y1 float64) chromedp.Action {
	return chromedp.ActionFunc(func(ctx context.Context) error {
		const steps = 8
		for i := range steps + 1 {
			kind, done := input.MouseMoved, float64(i)/steps
			switch i {
			case 0:
				kind = input.MousePressed
			case steps:
				kind = input.MouseReleased
			}
			event := input.DispatchMouseEvent(kind, x0+(x1-x0)*done, y0+(y1-y0)*done).WithButton(input.Left).WithButtons(1).WithClickCount(1)
			if err := event.Do(ctx); err != nil {
				return err
			}
			time.Sleep(20 * time.Millisecond)
		}
		return nil
	})
}

// around gives a component its children.
func around(c templ.Component, children ...templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return c.Render(templ.WithChildren(ctx, templ.Join(children...)), w)
	})
}
