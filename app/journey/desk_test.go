package journey

import (
	"testing"
	"time"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/demo"
	"laoqi/app/filing"
	"laoqi/app/law"
	"laoqi/app/link"
)

// TestTheDeskComparesAndApprovesSeveral: a filing comes again after its return, is
// compared with the first, and approved together with others; the roster is printed,
// and a worker who logs in at the clerk's computer is flagged.
func TestTheDeskComparesAndApprovesSeveral(t *testing.T) { review(t, desktop) }

func TestTheDeskComparesAndApprovesSeveralWithJavaScriptOff(t *testing.T) { review(t, desktopPlain) }

func review(t *testing.T, d device) {
	folder := prepare(t, func(s *staff) {
		if err := s.Enterprise.Enable(t.Context(), s.clerk); err != nil {
			t.Fatal(err)
		}
		for _, who := range []demo.Who{demo.WorkerA, demo.WorkerB} {
			s.Submit(s.clerk, 0, current(apptest.Form(who)))
		}
	})
	s := start(t, "劳契已启动：", nil, "-data", folder)
	clerk, desk := s.open(d, link.Hall), s.open(d, link.Desk)
	clerk.logIn(demo.Agent)
	desk.logIn(demo.Reviewer)

	desk.sees("待办 2", "待办 0")
	desk.shoot("desk-home")
	desk.click("用工备案审核")
	desk.fill("单位名称", "启明")
	desk.choose("备案类型", "新签")
	desk.click("查询")
	desk.sees("待审核 2 份")
	desk.click("审核王秀兰的备案")
	desk.fill("其他原因", "岗位请写全称。")
	desk.in("会原样通知单位").click("退回")
	desk.sees("已退回，并已通知单位")

	clerk.in("用工备案管理").click("新签")
	clerk.click("王秀兰")
	clerk.sees("岗位请写全称。")
	clerk.click("修改")
	clerk.fill("岗位（工种）", "装配钳工")
	clerk.choose("民族", "满族")
	clerk.click("提交备案")
	clerk.sees("待审核", "装配钳工", "满族")
	clerk.click("复制给下一位员工")
	clerk.sees("新增新签备案", "装配钳工")
	clerk.shoot("filing-copied")

	desk.click("用工备案审核")
	desk.click("审核王秀兰的备案")
	desk.sees("与上次提交", "装配工", "装配钳工", "满族", "有改动")
	desk.shoot("desk-compared")
	desk.visit(link.DeskFilings)
	if d.noScript {
		desk.tick("选择王秀兰的备案")
		desk.tick("选择李建国的备案")
	} else {
		desk.click("全选")
	}
	desk.shoot("desk-queue")
	desk.click("审核通过所选")
	desk.sees("已审核通过 2 份", "待生成名册")
	desk.click("生成名册")
	desk.sees("打印名册", "王秀兰", "李建国", "全日制用工")
	desk.shoot("desk-roster-of-two")

	clerk.visit(link.Mobile) // the clerk's computer
	clerk.logIn(demo.WorkerA)
	clerk.sees("您好")
	desk.visit(link.To(link.DeskFiling, 1))
	desk.sees("同一设备")
	desk.shoot("desk-one-device")

	desk.click("修改密码")
	desk.sees("现在的密码")
	desk.shoot("desk-password")
	desk.fill("现在的密码", demo.Password)
	desk.fill("新密码", "Xinmima26")
	desk.fill("确认密码", "Xinmima26")
	desk.in("其他设备上立即退出登录").click("修改密码")
	desk.sees("登录密码已修改")
}

// current is the form with a term that begins today.
func current(f filing.Form) filing.Form {
	today := app.DateOf(time.Now())
	f.Terms.Start, f.Terms.End = today, law.LastDay(today, 12)
	return f
}
