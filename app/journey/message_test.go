package journey

import (
	"testing"

	"laoqi/app"
	"laoqi/app/demo"
	"laoqi/app/link"

	"github.com/chromedp/chromedp"
)

// badge is how many unread messages the window shows, "" for none.
func (w *window) badge() (count string) {
	w.t.Helper()
	w.do(w.ctx, chromedp.Evaluate(`document.querySelector('.unread .badge')?.innerText ?? ''`, &count))
	return count
}

// hears waits until the badge changes by itself.
func (w *window) hears(count string) {
	w.t.Helper()
	w.waitFor("the badge "+count, func() bool { return w.badge() == count })
}

// TestGuide2_9 walks 消息提醒: the badges of a phone and of the hall follow while
// the pages stand open; a tap leads to the seal; a kind is switched off.
func TestGuide2_9(t *testing.T) {
	s := demoSite(t)
	j := &mainJob{site: s, phones: s.phones()}
	hall := s.open(desktop, link.HallLogin)
	hall.logIn(demo.Boss)
	hall.sees("今日待办")
	hall.visit(link.HallInbox)
	hall.click("全部标为已读")
	hall.hears("")
	operator := s.open(phone, link.MobileLogin)
	operator.logIn(demo.Operator)
	operator.sees("我的合同")
	operator.visit(link.MobileInbox)
	operator.click("全部标为已读")
	operator.click("首页")
	j.bossAddsSeal()
	hall.hears("1")
	j.boss.hears("1")
	j.bossGrants()
	hall.hears("2")
	j.boss.hears("2")
	operator.hears("1")
	hall.sees("添加印章", "印章授权", "2 条未读") // the list itself, too
	hall.shoot("hall")
	operator.shoot("home")
	operator.visit(link.MobileInbox) // the tab reads 消息 1 条未读
	operator.sees("印章授权", "未读", "授权您使用印章")
	operator.shoot("inbox")
	operator.click("印章授权")
	operator.sees("进入我的印章")
	operator.visit(link.MobileInbox)
	operator.click("设置")
	operator.shoot("settings")
	operator.in("授权新增、变更和取消").tick("提醒")
	operator.click("保存设置")
	operator.sees("消息设置已保存")

	plain := s.open(phonePlain, link.MobileLogin)
	plain.click("单位登录")
	plain.logIn(demo.Boss)
	plain.sees("我的经办人")
	if plain.badge() != "2" {
		t.Errorf("without script the badge reads %q", plain.badge())
	}
	plain.visit(link.MobileInbox)
	plain.shoot("plain-inbox")
	plain.click("添加印章")
	plain.sees("进入我的印章")
	plain.visit(link.MobileInbox)
	plain.click("全部标为已读")
	plain.sees("没有未读消息")
	hall.hears("")
	hall.click("添加印章")
	hall.sees("这件事在手机端办理", app.SealName.Label())
	hall.shoot("hall-message")
}

// TestGuide2_8 walks 客服中心, logged out, on the phone and in the hall.
func TestGuide2_8(t *testing.T) {
	s := start(t, "劳契演示：", nil, "demo", "-hotline", "0431-8888 6666", "-qq-group", "123456789", "-service-hours", "工作日 8:30-17:00")
	out := s.open(phone, link.MobileLogin)
	out.shoot("login")
	out.click("客服中心")
	out.sees("0431-8888 6666", "123456789", "工作日 8:30-17:00")
	out.shoot("service")
	out.click("忘记证书密码怎么办？")
	out.sees("用短信验证码设定新的口令即可")
	var tel string
	out.do(out.ctx, chromedp.Evaluate(`document.querySelector('a[href^="tel:"]').getAttribute('href')`, &tel))
	if tel != "tel:043188886666" {
		t.Errorf("the call goes to %s", tel)
	}
	out.visit(link.MobileLogin)
	out.logIn(demo.WorkerA)
	out.shoot("home")
	out.click("我的")
	out.shoot("mine")
	out.click("客服中心")
	out.click("返回")
	out.sees("退出登录")
	hall := s.open(desktop, link.HallLogin)
	hall.click("客服中心")
	hall.sees("怎样办理电子合同签章授权？")
	hall.shoot("hall-out")
	hall.visit(link.HallLogin)
	hall.logIn(demo.Agent)
	hall.click("客服中心")
	hall.sees("拨打客服电话")
	hall.shoot("hall-in")
}
