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

// fingers tells what is too small on a phone: targets below 44 by 44 px, unless they
// stand within a sentence, and controls whose letters are below 16 px, at which iOS
// zooms in; and what makes the page wider than the screen.
const fingers = `(() => {
	const small = [], name = (e) => e.outerHTML.slice(0, 120);
	const visible = (e) => e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length > 0 && !e.closest('.sr, .skip');
	const inSentence = (e) => getComputedStyle(e).display === 'inline' && [...e.parentElement.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim() !== '');
	for (const e of document.querySelectorAll('a[href], button, select, summary, textarea, label.pick, label.chip, input:not([type=hidden])')) {
		if (!visible(e) || inSentence(e) || (e.matches('[type=checkbox], [type=radio], [type=file]') && e.closest('label, .file-ctl'))) continue;
		const { width, height } = e.getBoundingClientRect();
		if (width < 43.5 || height < 43.5) small.push('target of ' + Math.round(width) + ' by ' + Math.round(height) + ': ' + name(e));
		if (e.matches('input, select, textarea') && parseFloat(getComputedStyle(e).fontSize) < 16) small.push('letters below 16 px: ' + name(e));
	}
	if (document.documentElement.scrollWidth > innerWidth) small.push('wider than the screen by ' + (document.documentElement.scrollWidth - innerWidth));
	return small;
})()`

// touches fails the journey for what a finger cannot hit or an eye not read.
func (w *window) touches() {
	w.t.Helper()
	var small []string
	w.ask(fingers, &small)
	if len(small) > 0 {
		w.t.Errorf("for fingers at %s:\n%s", w.path(), strings.Join(small, "\n"))
	}
}

// axe fails the journey for every accessibility rule that the page breaks. The
// script comes through the debugger, since the page itself admits no other.
func (w *window) axe() {
	w.t.Helper()
	var broken []string
	var url string
	wait := func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }
	// axe needs timers, which stand still where scripts are off; those of the page stay unrun.
	err := chromedp.Run(w.ctx, chromedp.Location(&url), emulation.SetScriptExecutionDisabled(false), chromedp.Evaluate(axeScript+"\n;0", nil),
		chromedp.Evaluate(fmt.Sprintf(judge, w.device.noScript), &broken, wait))
	w.do(w.ctx, emulation.SetScriptExecutionDisabled(w.device.noScript))
	if wentOn(err) {
		return // the next page is judged in its turn
	}
	if err != nil {
		w.t.Fatal(err)
	}
	if w.device.touch {
		w.touches()
	}
	if len(broken) > 0 {
		w.t.Error(fmt.Sprintf("axe at %s:\n", url) + strings.Join(broken, "\n"))
	}
}
