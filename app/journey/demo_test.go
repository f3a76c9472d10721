package journey

import (
	"strings"
	"testing"

	"laoqi/app/demo"
	"laoqi/app/link"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// phones is the demo's first page, where text messages arrive live.
type phones struct {
	*window
	read map[string]string // the code read last, by name
}

func (s *site) phones() phones { return phones{s.open(desktop, link.Home), map[string]string{}} }

const newestMessages = `Object.fromEntries([...document.querySelectorAll('.smses li')].reverse()
	.map((li) => [li.querySelector('b').innerText.split(' ')[0], li.querySelector('p').innerText]).filter(([, text]) => text.includes('验证码')))`

// code waits for a code on the person's phone that was not read before.
func (p phones) code(who demo.Who) string {
	p.t.Helper()
	sample, _ := demo.Find(who)
	return p.codeOf(sample.Name)
}

// codeOf is code for the name that the screen shows; that of a stranger is 其他人.
func (p phones) codeOf(name string) (code string) {
	p.t.Helper()
	p.waitFor("a code for "+name, func() bool {
		var texts map[string]string
		p.do(p.ctx, chromedp.Evaluate(newestMessages, &texts))
		code = sixDigits.FindString(texts[name])
		return code != "" && code != p.read[name]
	})
	p.read[name] = code
	return code
}

func TestTheFirstPageOfTheDemoLeadsOn(t *testing.T) {
	s := demoSite(t)
	for _, d := range []device{desktop, phone} {
		w := s.open(d, link.Home)
		w.sees("演示", "一步一步试", "还没有短信", demo.Password)
		w.shoot("demo-" + map[bool]string{false: "desktop", true: "phone"}[d.touch])
		for _, who := range demo.Samples {
			tab := w.opened(func() { w.click("成为" + who.Name) })
			tab.sees("演示", who.Name)
			if !strings.HasPrefix(tab.path(), "/"+who.Face) {
				t.Errorf("%s lands on %s", who.Name, tab.path())
			}
			w.do(w.ctx, page.BringToFront()) // a hidden tab takes no clicks
		}
	}
}

func TestTextMessagesAppearOnTheDemoPageWithoutAReload(t *testing.T) {
	s := demoSite(t)
	p := s.phones()
	w := s.open(phone, link.MobileRegister)
	w.fill("手机号码", "13900001234")
	w.click("获取验证码")
	p.sees("其他人 139****1234", "验证码")
	w.sees("秒后重发")
}
