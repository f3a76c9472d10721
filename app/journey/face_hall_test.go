package journey

import (
	"testing"

	"laoqi/app/apptest/head"
	"laoqi/app/demo"
	"laoqi/app/link"
)

// wrongly turns to the other side.
func wrongly(turn string) float64 { return -degrees[turn] }

// TestFaceOpensTheHallAndLocks walks guide 2.2 on the clerk's computer, and five
// wrong turns on the phone, after which the other way leads on.
func TestFaceOpensTheHallAndLocks(t *testing.T) {
	alone(t)
	g, camera := newGateway(t), beforeCamera(t)
	boss, _ := demo.Find(demo.Boss)
	s := start(t, "劳契已启动：", nil, "-sms-url", g.URL, "-sms-token", "secret", "-data", prepare(t, func(s *staff) { s.TakeFace(demo.Boss, head.Li) }))
	w := s.openIn(camera.browser, desktop, link.HallReminders)
	w.sees("账号密码登录")
	w.click("人脸验证登录")
	w.shoot("hall-login")
	w.click("人脸验证登录")
	w.sees("请输入短信验证码")
	w.fill("统一社会信用代码", demo.EnterpriseUSCC)
	w.click("获取验证码")
	w.fill("短信验证码", g.code(s, boss.Mobile))
	w.click("人脸验证登录")
	w.sees("改用账号密码登录")
	w.shoot("hall-capture")
	w.click("开始人脸验证")
	camera.passes(w, head.Li)
	w.sees("到期提醒", "孙庆国") // what was wanted before the log-in

	p := s.openIn(camera.browser, phone, link.Mobile)
	p.click("单位登录")
	p.logIn(demo.Boss)
	p.sees("您好")
	p.visit(link.MobileAgentAdd)
	p.addsAgent()
	p.sees("确认添加经办人")
	p.click("人脸验证")
	p.click("确认添加")
	p.click("开始人脸验证")
	for range 5 {
		camera.fails(p, head.Li, wrongly)
		p.sees("转头的方向与提示不一致")
		p.click("再试一次")
	}
	p.sees("已锁定 30 分钟", "改用短信验证码")
	p.shoot("locked")
	p.click("改用短信验证码")
	p.fill("登录密码", demo.Password)
	p.click("获取验证码")
	p.fill("短信验证码", g.code(s, boss.Mobile))
	p.click("确认添加")
	p.sees("经办人李建国已添加")
}
