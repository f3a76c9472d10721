package journey

import (
	"testing"
	"time"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/demo"
	"laoqi/app/link"
)

// TestRemindersLeadToWhatIsToBeDone follows the numbers of 首页, with and without
// JavaScript: one contract that ends soon and is not signed, one filing not handed in.
func TestRemindersLeadToWhatIsToBeDone(t *testing.T) {
	folder := prepareAgo(t, 4*24*time.Hour, func(s *staff) {
		if err := s.Enterprise.Enable(s.T.Context(), s.clerk); err != nil {
			s.T.Fatal(err)
		}
		today := app.DateOf(s.Now())
		f := apptest.Form(demo.WorkerA)
		f.Terms.Start, f.Terms.Probation = today.AddDays(-20), 1
		f.Terms.End = f.Terms.Start.AddMonths(3)
		s.submit(f)
		s.roster()
		f = apptest.Form(demo.WorkerB)
		f.Terms.Start = today.AddDays(-26)
		if _, err := s.Filing.Save(s.T.Context(), s.clerk, 0, f); err != nil {
			s.T.Fatal(err)
		}
		s.Until("the contract", func() bool {
			c, err := s.Contract.Counts(s.T.Context(), s.clerk.Enterprise)
			return err == nil && c.Contracts[app.DocumentUnsigned] == 1
		})
	})
	s := start(t, "劳契已启动：", nil, "-data", folder)
	for _, d := range []device{desktop, desktopPlain} {
		w := s.open(d, link.Hall)
		w.logIn(demo.Agent)
		w.sees("1 3 天未签署", "1 已用工未备案")
		w.shoot("home")
		w.click("1 3 天未签署")
		if !d.noScript {
			w.in("生成 3 天后仍未签署").click("催签：王秀兰")
			w.sees("已向劳动者发送催签短信和消息。")
		}
		w.in("生成 3 天后仍未签署").sees("今天已催签")
		w.shoot("reminders")
		w.in("试用期 30 天内结束").sees("王秀兰")
		w.in("已用工、备案未提交").click("继续办理：李建国")
		w.sees("起始日期")
		w.click("首页")
		w.click("1 待个人签名")
		w.sees("共 1 人", "王秀兰", "待个人签名")
	}
}
