package journey

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

//go:embed testdata/axe/axe.min.js
var axeScript string

// judge runs axe and tells what it finds, a line for each rule broken. Its one
// argument says whether a page may refresh itself: only where no script can.
const judge = `window.judged = true;
axe.run(document, { resultTypes: ['violations'], rules: { 'meta-refresh': { enabled: !%t } } }).then((result) => result.violations.map((v) =>
	v.id + ': ' + v.help + ': ' + v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(' | ')))`

// axe fails the journey for every accessibility rule that the page breaks. The
// script comes through the debugger, since the page itself admits no other.
func (w *window) axe() {
	w.t.Helper()
	var broken []string
	var url string
	wait := func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }
	// axe needs timers, which stand still where scripts are off; those of the page stay unrun.
	w.do(w.ctx, chromedp.Location(&url), emulation.SetScriptExecutionDisabled(false), chromedp.Evaluate(axeScript+"\n;0", nil),
		chromedp.Evaluate(fmt.Sprintf(judge, w.device.noScript), &broken, wait), emulation.SetScriptExecutionDisabled(w.device.noScript))
	if len(broken) > 0 {
		w.t.Error(fmt.Sprintf("axe at %s:\n", url) + strings.Join(broken, "\n"))
	}
}
