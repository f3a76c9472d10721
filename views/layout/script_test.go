package layout

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"laoqi/app"
	"laoqi/views/part"
)

func TestAFormIsSentOnceHoweverOftenItsButtonIsPressed(t *testing.T) {
	t.Parallel()
	s := newSite(t, still(), templ.Raw(`<form method="post" action="/"><button data-busy="正在提交…">提交</button></form>`))
	ctx := s.browser(t)
	got := value[string](t, ctx, `(() => {
		const button = document.querySelector('main button');
		let sent = 0;
		button.form.addEventListener('submit', () => sent++);
		button.click();
		button.click();
		button.form.requestSubmit();
		return sent + button.textContent;
	})()`)
	do(t, ctx, chromedp.WaitReady("#answer"))
	if got != "1正在提交…" || s.posts.Load() != 1 {
		t.Errorf("times sent and label are %q, and %d forms arrived", got, s.posts.Load())
	}
}

func TestASignatureIsSentAsStrokesAndSurvivesATurnOfThePhone(t *testing.T) {
	t.Parallel()
	f := still()
	f.Scripts = []string{SignatureScript}
	s := newSite(t, f, templ.Raw(`<form method="post" action="/">`), part.SignPad(part.Field{Name: "sign", Label: "手写签名"}), templ.Raw(`<button id="send">确认</button></form>`))
	ctx := s.browser(t)
	x, y := value[float64](t, ctx, `document.querySelector('canvas').getBoundingClientRect().x`), value[float64](t, ctx, `document.querySelector('canvas').getBoundingClientRect().y`)
	for range 2 {
		do(t, ctx, stroke(x+20, y+30, x+200, y+150))
	}
	const strokes = `JSON.parse(document.querySelector('[name=sign]').value).strokes.length`
	if n := value[int](t, ctx, strokes); n != 2 {
		t.Fatalf("%d strokes after two", n)
	}
	do(t, ctx, chromedp.Click("[data-sign-undo]"), emulation.SetDeviceMetricsOverride(844, 390, 2, true), chromedp.Sleep(200*time.Millisecond))
	if n := value[int](t, ctx, strokes); n != 1 {
		t.Errorf("%d strokes after undoing one and turning the phone", n)
	}
	inked := value[bool](t, ctx, `(() => { const c = document.querySelector('canvas'); return c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some((v) => v > 0); })()`)
	do(t, ctx, chromedp.Click("#send"), chromedp.WaitReady("#answer"))
	if sent := value[string](t, ctx, `document.querySelector('#answer').textContent`); !inked || !strings.HasPrefix(sent, `{"w":`) {
		t.Errorf("inked %v, sent %q", inked, sent)
	}
}

func TestASectionShowsOnlyForItsAnswer(t *testing.T) {
	t.Parallel()
	kinds := part.Radios(part.Field{Name: "kind", Label: "期限", Value: "fixed"}, app.TermKinds)
	s := newSite(t, still(), templ.Raw(`<form>`), kinds, templ.Raw(`<p id="end" data-show-when="kind=fixed|task">结束</p><p id="task" data-show-when="kind=task">任务</p></form>`))
	ctx := s.browser(t)
	const shown = `['end', 'task'].filter((id) => !document.getElementById(id).hidden).join()`
	for answer, want := range map[string]string{"fixed": "end", "open": "", "task": "end,task"} {
		do(t, ctx, chromedp.Click("[value="+answer+"]"))
		if got := value[string](t, ctx, shown); got != want {
			t.Errorf("%s shows %q, want %q", answer, got, want)
		}
	}
}

func TestAShortcutFillsTheEndOfValidity(t *testing.T) {
	t.Parallel()
	from, to := part.Date(part.Field{Name: "from", Label: "开始", Value: "2024-02-29"}), part.Date(part.Field{Name: "to", Label: "结束"})
	s := newSite(t, still(), templ.Raw(`<form>`), from, to, part.Spans(part.Span{Name: "span", From: "from", To: "to"}), templ.Raw(`</form>`))
	ctx := s.browser(t)
	for _, c := range []struct{ span, want string }{{"5", "2029-02-28"}, {"20", "2044-02-29"}, {part.SpanLong, ""}} {
		do(t, ctx, chromedp.Click("[value='"+c.span+"']"))
		if got := value[string](t, ctx, `document.getElementById('f-to').value`); got != c.want {
			t.Errorf("%s gives %q, want %q", c.span, got, c.want)
		}
	}
}

func TestACountdownEndsAndSaysSo(t *testing.T) {
	t.Parallel()
	now := app.At(time.Now().Add(-time.Hour)) // the server's clock differs from the browser's
	long, short := app.At(now.Add(time.Minute)), app.At(now.Add(time.Second))
	s := newSite(t, still(), part.Countdown(long, now, "已过期"), part.Countdown(short, now, "已过期"))
	ctx := s.browser(t)
	if got := value[string](t, ctx, `document.querySelector('time').textContent`); got != "1:00" && !strings.HasPrefix(got, "0:") {
		t.Errorf("the countdown begins with %s", got)
	}
	do(t, ctx, chromedp.Poll(`document.querySelectorAll('time')[1].textContent === '已过期'`, nil))
}

func TestADialogIsModalAndCloses(t *testing.T) {
	t.Parallel()
	s := newSite(t, still(), around(part.Dialog("done", "授权成功"), templ.Raw(`<a href="/" data-close>确定</a>`)))
	ctx := s.browser(t)
	if !value[bool](t, ctx, `document.querySelector('dialog').matches(':modal')`) {
		t.Error("the dialog is not modal")
	}
	do(t, ctx, chromedp.Click("[data-close]"))
	if value[bool](t, ctx, `document.querySelector('dialog').open`) || s.pages.Load() != 1 {
		t.Error("the dialog does not close in place")
	}
}

func TestAWaitingPageLoadsAgainUntilItHearsEvents(t *testing.T) {
	t.Parallel()
	deaf := still()
	deaf.Refresh = 1
	s := newSite(t, deaf)
	s.browser(t)
	until(t, "a page without events loads again", func() bool { return s.pages.Load() > 1 })
	hearing := frame()
	hearing.Refresh = 5
	s = newSite(t, hearing, Unread(0, "/badge"))
	ctx := s.browser(t)
	do(t, ctx, chromedp.WaitReady("#fetched"), chromedp.Sleep(6*time.Second))
	if s.pages.Load() != 1 || s.streams.Load() != 1 {
		t.Errorf("a page with events loaded %d times and opened %d streams", s.pages.Load(), s.streams.Load())
	}
}

func TestACodeCannotBeAskedForAgainAtOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t, still(), templ.Raw(`<form method="post" action="/">`), part.CodeField(part.Field{Name: "code", Label: "验证码"}, part.Send{URL: "/", Wait: 10}), templ.Raw(`</form>`))
	ctx := s.browser(t)
	do(t, ctx, chromedp.Evaluate(`document.querySelector('main button').click()`, nil))
	do(t, ctx, chromedp.Poll(`document.querySelector('main button').textContent === '重新获取'`, nil))
	if s.posts.Load() != 0 {
		t.Error("the waiting button sent a code")
	}
	do(t, ctx, chromedp.Click("main button"), chromedp.WaitReady("#answer"))
	if s.posts.Load() != 1 || value[int](t, ctx, `document.querySelectorAll('main form').length`) != 1 {
		t.Error("the button did not post once and swap its field alone")
	}
}

func TestALiveBlockHearsEachChangeDuringAndRightAfterItsFetching(t *testing.T) {
	t.Parallel()
	for moment, milliseconds := range map[string]int{"htmx:beforeSend": 0, "htmx:afterSwap": 5} {
		s := newSite(t, frame(), templ.Raw(fmt.Sprintf(liveBlock, 0)))
		ctx := s.browser(t)
		do(t, ctx, chromedp.Poll(`document.querySelector('[sse-connect]')['htmx-internal-data'].sseEventSource.readyState === 1`, nil),
			chromedp.Evaluate(fmt.Sprintf(`(() => {
				const source = document.querySelector('[sse-connect]')['htmx-internal-data'].sseEventSource;
				const change = () => source.dispatchEvent(new MessageEvent('enterprise'));
				document.addEventListener(%q, () => setTimeout(change, %d), { once: true });
				change();
			})()`, moment, milliseconds), nil),
			chromedp.Poll(`document.querySelector('#block').textContent >= '2'`, nil), chromedp.Sleep(500*time.Millisecond))
		if got := value[string](t, ctx, `document.querySelector('#block').textContent`); got != "2" {
			t.Errorf("a change %d ms after %s: the block was fetched %s times, want 2", milliseconds, moment, got)
		}
	}
}

func TestAHiddenPageHoldsNoStreamAndCatchesUpOnItsReturn(t *testing.T) {
	t.Parallel()
	s := newSite(t, frame(), templ.Raw(fmt.Sprintf(liveBlock, 0)))
	ctx := s.browser(t)
	stream := `document.querySelector('[sse-connect]')['htmx-internal-data'].sseEventSource`
	hide := func(hidden bool) chromedp.Action {
		return chromedp.Evaluate(fmt.Sprintf(`Object.defineProperty(document, 'hidden', { configurable: true, get: () => %t }); document.dispatchEvent(new Event('visibilitychange'))`, hidden), nil)
	}
	do(t, ctx, chromedp.Poll(stream+`.readyState === 1`, nil), hide(true), chromedp.Poll(stream+`.readyState === 0`, nil))
	until(t, "a hidden page holds no stream", func() bool { return s.open.Load() == 0 })
	do(t, ctx, hide(false), chromedp.Poll(`document.querySelector('#block').textContent === '1'`, nil))
	if n := s.streams.Load(); n != 2 {
		t.Errorf("%d streams in all", n)
	}
	do(t, ctx, hide(true), chromedp.Evaluate(`(() => {
		const late = new (`+stream+`.constructor)('/events'); // of a page opened behind others
		late.onopen = late.onerror = () => {};
		late.addEventListener('enterprise', () => { window.heard = true; });
	})()`, nil), hide(false), chromedp.Poll(`window.heard === true`, nil))
}

func TestAPasswordEndsBeforeTheButtonThatShowsIt(t *testing.T) {
	t.Parallel()
	s := newSite(t, still(), templ.Raw(`<form method="post" action="/">`), part.Password(part.Field{Name: "password", Label: "密码", Placeholder: "请输入密码"}), templ.Raw(`</form>`))
	ctx := s.browser(t)
	room := value[bool](t, ctx, `(() => {
		document.body.className = 'm';
		const field = document.querySelector('[name=password]');
		field.value = 'Sign2026';
		return parseFloat(getComputedStyle(field).paddingRight) >= document.querySelector('.reveal').offsetWidth;
	})()`)
	if !room {
		t.Error("the dots of the password run under 显示")
	}
}
