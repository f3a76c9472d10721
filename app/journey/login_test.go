package journey

import (
	"testing"

	"laoqi/app/demo"
	"laoqi/app/link"
)

// logIn logs a sample person in on the log-in page at hand.
func (w *window) logIn(who demo.Who) {
	w.t.Helper()
	sample, _ := demo.Find(who)
	c := sample.Credentials()
	switch who {
	case demo.Reviewer:
		w.fill("账号名", c.Name)
	case demo.Boss, demo.Agent:
		w.fill("统一社会信用代码", c.USCC)
		w.fill("经办人手机号码或证件号码", c.Name)
	default:
		w.fill("手机号码或证件号码", c.Name)
	}
	w.fill("密码", demo.Password)
	w.click("账号密码登录")
}

func TestLogInKeepsWhatWasTypedAndSaysWhatIsWrong(t *testing.T) {
	s := demoSite(t)
	for _, d := range []device{desktop, desktopPlain} {
		w := s.open(d, link.Hall)
		w.sees("单位登录")
		w.click("账号密码登录")
		w.sees("请更正以下 2 处", "请输入密码。")
		w.fill("统一社会信用代码", demo.EnterpriseUSCC)
		w.fill("密码", "Wrong2026")
		w.click("账号密码登录")
		w.sees("请更正以下 1 处")
		w.fill("经办人手机号码或证件号码", "13800002028")
		w.fill("密码", demo.Password)
		w.click("账号密码登录")
		w.sees(demo.EnterpriseName, "经办人：周敏", "用工备案管理", "电子合同签章授权")
		w.click("退出")
		w.sees("已安全退出。", "单位登录")
	}
}

func TestALogInFromALinkGoesOnToWhereItLed(t *testing.T) {
	s := demoSite(t)
	w := s.open(phone, link.MobileIdentity)
	w.sees("用户登录")
	w.logIn(demo.WorkerA)
	w.sees("您的身份已核验")
}

// TestGuide2_2 walks 用户登录 by password; log-in by face is another journey.
func TestGuide2_2(t *testing.T) {
	s := demoSite(t)
	phones := s.phones()
	w := s.open(phone, link.Mobile)
	w.sees("个人登录", "单位登录")
	w.logIn(demo.WorkerA)
	w.sees("王秀兰，您好", "个人账号")
	w.click("我的")
	w.click("退出登录")
	w.sees("已安全退出。")
	w.click("单位登录")
	w.click("忘记密码")
	w.fill("统一社会信用代码", demo.EnterpriseUSCC)
	w.click("获取验证码")
	w.fill("短信验证码", phones.code(demo.Boss))
	w.fill("新密码", "Xinmima26")
	w.fill("确认密码", "Xinmima26")
	w.shoot("forgot")
	w.click("重置密码")
	w.sees("密码已重置")
	w.fill("统一社会信用代码", demo.EnterpriseUSCC)
	w.fill("密码", "Xinmima26")
	w.shoot("login")
	w.click("账号密码登录")
	w.sees("孙庆国，您好", "单位账号（法定代表人）")
}
