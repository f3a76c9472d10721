package journey

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"laoqi/app/apptest/tool"
	"laoqi/app/demo"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/chromedp"
)

// download returns the PDF that the act makes the browser keep.
func (w *window) download(act func()) []byte { return w.saved("*.pdf", act) }

// saved returns the file of the pattern that the act makes the browser keep.
func (w *window) saved(pattern string, act func()) (content []byte) {
	w.t.Helper()
	folder := w.t.TempDir()
	w.do(w.ctx, chromedp.ActionFunc(func(ctx context.Context) error {
		allow := browser.SetDownloadBehavior(browser.SetDownloadBehaviorBehaviorAllow).WithBrowserContextID(w.profile).WithDownloadPath(folder)
		return allow.Do(cdp.WithExecutor(ctx, chromedp.FromContext(ctx).Browser))
	}))
	act()
	w.waitFor("a download", func() bool {
		files, _ := filepath.Glob(filepath.Join(folder, pattern))
		if len(files) == 1 {
			content, _ = os.ReadFile(files[0])
		}
		return len(content) > 0
	})
	return content
}

// checkWithForeignTools asks pdfsig, qpdf and pdftotext what they think of the contract.
func checkWithForeignTools(t *testing.T, contract, root []byte) {
	tool.Need(t, "pdfsig", "certutil", "qpdf", "pdftotext")
	folder := t.TempDir()
	for name, content := range map[string][]byte{"contract.pdf": contract, "ca.pem": root} {
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	run := func(name string, args ...string) string {
		cmd := exec.Command(name, args...)
		cmd.Dir = folder
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
		return string(out)
	}
	run("certutil", "-N", "-d", "sql:"+folder, "--empty-password")
	run("certutil", "-A", "-d", "sql:"+folder, "-n", "root", "-t", "C,C,C", "-i", "ca.pem")
	said := run("pdfsig", "-nssdir", "sql:"+folder, "contract.pdf")
	for sentence, times := range map[string]int{"Signature is Valid.": 2, "Certificate is Trusted.": 2} {
		if strings.Count(said, sentence) != times {
			t.Errorf("pdfsig does not say %d times %q:\n%s", times, sentence, said)
		}
	}
	run("qpdf", "--check", "contract.pdf")
	worker, _ := demo.Find(demo.WorkerA)
	text := run("pdftotext", "contract.pdf", "-")
	for _, words := range []string{worker.Name, worker.Number, demo.EnterpriseName, "演示"} {
		if !strings.Contains(text, words) {
			t.Errorf("the contract's text lacks %s:\n%s", words, text)
		}
	}
}
