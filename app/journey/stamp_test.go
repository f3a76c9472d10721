package journey

import (
	"testing"

	"laoqi/app/apptest"
	"laoqi/app/apptest/tsa"
	"laoqi/app/contract"
	"laoqi/app/demo"
	"laoqi/app/link"

	"github.com/chromedp/chromedp"
)

// TestTimestampsFromOutside: the authority outside is away when the seal is put on.
// Hall and check page say so, until it answers and its timestamp is added.
func TestTimestampsFromOutside(t *testing.T) {
	a := tsa.Start(t, 400)
	a.Fail(tsa.Down)
	var code string
	folder := prepare(t, func(s *staff) {
		s.leave(2)
		s.operator()
		page, err := s.Contract.Search(s.T.Context(), s.clerk.Enterprise, contract.Filter{}, 0)
		if err != nil {
			s.T.Fatal(err)
		}
		d, err := s.Contract.OfContract(s.T.Context(), s.clerk, page.Rows[0].Contract)
		if err != nil {
			s.T.Fatal(err)
		}
		code = d.CheckCode
	})
	open := func() *site {
		return start(t, "劳契已启动：", nil, "-data", folder, "-tsa-url", a.URL, "-tsa-roots", a.RootsFile)
	}
	s := open()
	hall := s.open(desktop, link.HallAuthorize)
	hall.logIn(demo.Agent)
	hall.sees("请操作员用手机扫一扫")
	operator := s.open(phone, hall.ticket())
	operator.logIn(demo.Operator)
	operator.sees("授权内容")
	operator.fill("证书密码", apptest.Passphrase)
	operator.click("确认授权")
	hall.sees("授权成功")
	hall.visit(link.Hall)
	hall.sees("外部时间戳服务暂时不可用，2 份文件的时间戳暂由本系统自签发")
	hall.shoot("away-hall")
	visitor := s.open(phone, link.Check)
	visitor.fill("核验码", code)
	visitor.click("核验")
	visitor.sees("签名有效", "外部时间戳服务当时不可用")
	visitor.shoot("away-check")
	for _, w := range []*window{hall, operator, visitor} { // else they miss the site while it is away
		w.do(w.ctx, chromedp.Navigate("about:blank"))
	}
	s.stop()

	a.Mend()
	s = open()
	hall = s.open(desktop, link.Hall)
	hall.logIn(demo.Agent)
	hall.sees("今日待办")
	hall.waitFor("the end of the note", func() bool { return hall.glance("sees", "外部时间戳服务").Problem != "" }) // by itself
	visitor = s.open(phone, link.To(link.CheckCode, code))
	visitor.sees("文件时间戳", "签名有效", tsa.Name, tsa.Issuer, "附加时间戳是允许的")
	visitor.do(visitor.ctx, chromedp.Evaluate(`[...document.querySelectorAll('h2')].find((h) => h.innerText.includes('文件时间戳')).scrollIntoView()`, nil))
	visitor.shoot("stamped-check")
}
