package journey

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

//go:embed testdata/user.js
var userScript string

// found is what user.js answers.
type found struct {
	X, Y, Width, Height float64
	Kind, ID, Problem   string
}

// in returns the same window with eyes for one row, card or dialog: the smallest
// that holds the text.
func (w *window) in(text string) *window {
	part := *w
	part.within = text
	return &part
}

// glance asks user.js once.
func (w *window) glance(question, words string) (f found) {
	w.t.Helper()
	arguments, _ := json.Marshal([]string{question, w.within, words})
	w.ask(fmt.Sprintf("(%s)(...%s)", userScript, arguments), &f)
	return f
}

// look asks until there is an answer.
func (w *window) look(question, words string) (f found) {
	w.t.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(glances) {
		w.settle()
		if f = w.glance(question, words); f.Problem == "" {
			return f
		}
		if time.Now().After(end) {
			w.fatal("%s", f.Problem)
		}
	}
}

// settle waits until the window is at rest, and lets axe judge a page that it has
// not seen.
func (w *window) settle() {
	w.t.Helper()
	if judged := w.rest(); !judged {
		w.axe()
	}
}

// rest waits until the window has loaded what it was asked for.
func (w *window) rest() (judged bool) {
	w.t.Helper()
	var state struct{ Still, Judged bool }
	w.waitFor("the page to come to rest", func() bool {
		w.ask(`({still: document.readyState === 'complete' && !document.querySelector('.htmx-request'), judged: window.judged === true})`, &state)
		return state.Still && !w.loading.Load()
	})
	return state.Judged
}

// sees waits until the texts can be read on the page.
func (w *window) sees(texts ...string) {
	w.t.Helper()
	for _, text := range texts {
		w.look("sees", text)
	}
}

// click clicks the one link, button or choice that reads so.
func (w *window) click(label string) {
	w.t.Helper()
	w.hit("click", label)
}

// tick marks the one box whose label begins so.
func (w *window) tick(label string) {
	w.t.Helper()
	w.hit("tick", label)
}

// hit presses what the question finds, again where a live block put it anew in the
// middle.
func (w *window) hit(question, words string) {
	w.t.Helper()
	w.waitFor(words+" to be hit", func() bool {
		f := w.look(question, words)
		w.press(f.X, f.Y)
		return w.heard()
	})
}

// heard reports whether the page heard of the press, or is another by now. Its answer
// comes after the news where the click leads. Without scripts it hears of none, nor
// does it put anything anew.
func (w *window) heard() (hit bool) {
	w.t.Helper()
	for range 100 {
		if w.ask("window.hit !== false", &hit); hit || w.device.noScript {
			return true
		}
		time.Sleep(glances)
	}
	return false
}

func (w *window) press(x, y float64) {
	w.t.Helper()
	if !w.device.touch {
		w.do(w.ctx, chromedp.MouseClickXY(x, y))
		return
	}
	w.do(w.ctx, input.DispatchTouchEvent(input.TouchStart, []*input.TouchPoint{{X: x, Y: y}}),
		input.DispatchTouchEvent(input.TouchEnd, []*input.TouchPoint{}))
}

// fill types into the field with the label, in place of what it holds. Days are
// typed as 2026-05-01.
func (w *window) fill(label, text string) {
	w.t.Helper()
	f := w.look("field", label)
	if f.Kind == "date" {
		w.set(f.ID, text)
		return
	}
	w.press(f.X, f.Y)
	w.do(w.ctx, chromedp.Evaluate(fmt.Sprintf("{ const e = document.getElementById(%q); e.focus(); e.select(); }", f.ID), nil))
	w.do(w.ctx, input.InsertText(text))
}

// choose takes the option that reads so from the list with the label.
func (w *window) choose(label, option string) {
	w.t.Helper()
	f := w.look("field", label)
	var value *string
	w.do(w.ctx, chromedp.Evaluate(fmt.Sprintf("[...document.getElementById(%q).options].find((o) => o.text.trim() === %q)?.value ?? null", f.ID, option), &value))
	if value == nil {
		w.fatal("%s offers no %s", label, option)
	}
	w.set(f.ID, *value)
}

// set gives a control its value as its own pop-up would: headless Chromium shows none.
func (w *window) set(id, value string) {
	w.t.Helper()
	w.do(w.ctx, chromedp.Evaluate(fmt.Sprintf(`{ const e = document.getElementById(%q); e.value = %q;
		e.dispatchEvent(new Event('input', { bubbles: true })); e.dispatchEvent(new Event('change', { bubbles: true })); }`, id, value), nil))
}

// readAll scrolls through a contract from its first page to its last.
func (w *window) readAll() {
	w.t.Helper()
	var pages int
	w.do(w.ctx, chromedp.Evaluate(`document.querySelectorAll('.zoom [data-page]').length`, &pages))
	for i := range pages {
		w.do(w.ctx, chromedp.Evaluate(fmt.Sprintf(`document.querySelectorAll('.zoom [data-page]')[%d].scrollIntoView({behavior: 'instant'})`, i), nil))
		time.Sleep(4 * glances) // the browser tells what is on the screen with its next picture
	}
}

// upload chooses a file with the content for the field with the label.
func (w *window) upload(label, name string, content []byte) {
	w.t.Helper()
	f := w.look("field", label)
	path := filepath.Join(w.t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		w.t.Fatal(err)
	}
	w.do(w.ctx, chromedp.SetUploadFiles("#"+f.ID, []string{path}, chromedp.ByID))
}

// name is 王秀兰 in strokes: x and y of each turn as parts of the canvas.
var name = [][]float64{
	{.08, .30, .28, .28}, {.10, .50, .26, .49}, {.18, .30, .18, .70}, {.05, .72, .32, .70},
	{.50, .20, .40, .24}, {.36, .32, .62, .31}, {.49, .22, .49, .48}, {.47, .34, .37, .46}, {.50, .34, .60, .46},
	{.40, .54, .58, .53, .55, .62, .61, .63, .58, .78, .53, .76}, {.47, .54, .43, .68, .36, .80},
	{.74, .20, .78, .30}, {.90, .20, .85, .30}, {.70, .36, .95, .35}, {.74, .52, .90, .51}, {.66, .72, .98, .70},
}

// sign writes the worker's name on the canvas, by finger or mouse.
func (w *window) sign() {
	w.t.Helper()
	w.write(name)
}

// signAcross writes the name with the phone turned to the left.
func (w *window) signAcross() {
	w.t.Helper()
	var across [][]float64
	for _, stroke := range name {
		var turned []float64
		for i := 0; i < len(stroke); i += 2 {
			turned = append(turned, 1-stroke[i+1], stroke[i])
		}
		across = append(across, turned)
	}
	w.write(across)
}

func (w *window) write(strokes [][]float64) {
	w.t.Helper()
	f := w.look("canvas", "")
	for _, stroke := range strokes {
		w.do(w.ctx, chromedp.ActionFunc(func(ctx context.Context) error { return w.stroke(ctx, f, stroke) }))
	}
	time.Sleep(1500 * time.Millisecond) // the hand rests: Chromium takes a tap soon after a swift stroke for its end
}

// stroke draws from turn to turn in the time that a hand takes.
func (w *window) stroke(ctx context.Context, canvas found, turns []float64) error {
	at := func(x, y float64) *input.TouchPoint {
		return &input.TouchPoint{X: canvas.X + x*canvas.Width, Y: canvas.Y + y*canvas.Height}
	}
	if err := w.drag(ctx, input.TouchStart, input.MousePressed, at(turns[0], turns[1])); err != nil {
		return err
	}
	last := len(turns) - 2
	for i := 0; i < last; i += 2 {
		for _, part := range []float64{.25, .5, .75, 1} {
			x, y := turns[i]+(turns[i+2]-turns[i])*part, turns[i+1]+(turns[i+3]-turns[i+1])*part
			time.Sleep(10 * time.Millisecond)
			if err := w.drag(ctx, input.TouchMove, input.MouseMoved, at(x, y)); err != nil {
				return err
			}
		}
	}
	return w.drag(ctx, input.TouchEnd, input.MouseReleased, at(turns[last], turns[last+1]))
}

func (w *window) drag(ctx context.Context, touch input.TouchType, mouse input.MouseType, p *input.TouchPoint) error {
	switch {
	case !w.device.touch:
		return input.DispatchMouseEvent(mouse, p.X, p.Y).WithButton(input.Left).WithButtons(1).WithClickCount(1).Do(ctx)
	case touch == input.TouchEnd:
		return input.DispatchTouchEvent(touch, []*input.TouchPoint{}).Do(ctx)
	}
	return input.DispatchTouchEvent(touch, []*input.TouchPoint{p}).Do(ctx)
}
