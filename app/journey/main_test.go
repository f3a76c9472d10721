package journey

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"laoqi/app/apptest"

	"github.com/chromedp/chromedp"
)

const atOnce = 3

var (
	program  string                               // the built laoqi
	browsers = make(chan context.Context, atOnce) // which no journey has; each person gets a window of their own
	taken    sync.Map                             // by *testing.T
)

func TestMain(m *testing.M) {
	code, err := prepared(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	os.Exit(code)
}

func prepared(m *testing.M) (int, error) {
	folder, err := os.MkdirTemp("", "laoqi-journey-")
	if err != nil {
		return 1, err
	}
	defer os.RemoveAll(folder)
	program = filepath.Join(folder, "laoqi")
	build := exec.Command("go", "build", "-o", program, ".")
	build.Dir = apptest.Root()
	if out, err := build.CombinedOutput(); err != nil {
		return 1, fmt.Errorf("go build: %w\n%s", err, out)
	}
	if _, err := exec.LookPath("chromium"); err != nil && os.Getenv("CI") == "" {
		fmt.Println("SKIPPED: all journeys, chromium is missing")
		return 0, nil
	}
	for i := range atOnce {
		browser, end, err := startChromium(filepath.Join(folder, fmt.Sprintf("profile-%d", i)))
		if err != nil {
			return 1, fmt.Errorf("Chromium does not start: %w", err)
		}
		defer end()
		browsers <- browser
	}
	return m.Run(), nil
}

// browserOf is the browser that the journey has for itself until it ends. Journeys go
// on side by side, as many as there are browsers, since each mostly waits.
func browserOf(t *testing.T) context.Context {
	if b, has := taken.Load(t); has {
		return b.(context.Context)
	}
	t.Parallel()
	return take(t)
}

// alone lets no other journey go on beside this one, which has to keep pace with a clock.
func alone(t *testing.T) { take(t) }

func take(t *testing.T) context.Context {
	b := <-browsers
	taken.Store(t, b)
	t.Cleanup(func() { browsers <- b })
	return b
}

// browserFolder is for a browser's files. It goes when the journey ends; t.TempDir would
// fail the journey where the browser still writes its profile.
func browserFolder(t *testing.T) string {
	t.Helper()
	folder, err := os.MkdirTemp("", "laoqi-browser-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	return folder
}

// startChromium starts a browser with an own profile and further flags.
func startChromium(profile string, flags ...chromedp.ExecAllocatorOption) (browser context.Context, end func(), err error) {
	ctx, stop := chromedp.NewExecAllocator(context.Background(), append(flags, chromedp.ExecPath("chromium"), chromedp.UserDataDir(profile),
		chromedp.WSURLReadTimeout(2*time.Minute), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true), chromedp.Env("LANGUAGE=zh_CN"))...)
	quiet := chromedp.WithErrorf(func(string, ...any) {}) // chromedp does not know all events of newer versions
	ctx, close := chromedp.NewContext(ctx, quiet)
	return ctx, func() { close(); stop() }, chromedp.Run(ctx)
}
