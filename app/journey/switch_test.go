package journey

import (
	"testing"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/demo"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/app/seal"
)

const secondPassword = "Dierjia2026"

// ofTwo lets the sample operator hold a seal's grant of two enterprises, and be a
// managing agent of both; the second enterprise's account was never used.
func ofTwo(s *staff) {
	s.operator()
	boss, second := s.Actor(demo.Boss), s.Second()
	made, err := s.Seal.Make(s.T.Context(), second, seal.Form{Kind: app.SealHR, Name: apptest.SecondName + "人事专用章"}, s.Proof(second, demo.WorkerB))
	if err != nil {
		s.T.Fatal(err)
	}
	s.Grant(second, made, demo.Operator)
	s.Employ(boss, demo.Boss, demo.Operator, demo.Password, true)
	s.Employ(second, demo.WorkerB, demo.Operator, secondPassword, true)
	operator, _ := demo.Find(demo.Operator)
	agent := s.LogIn(identity.FaceMobile, identity.Credentials{Way: identity.AsEnterprise, USCC: demo.EnterpriseUSCC, Name: operator.Mobile, Password: demo.Password})
	s.Confirm(agent, demo.Operator)
	s.Activate(agent, demo.Operator)
}

// 选择企业 on entering, 切换企业 afterwards; each shows its own seals only.
func TestGuide2_4(t *testing.T) {
	v := atSeals(t, phone, demo.Operator, ofTwo)
	v.choosesByGrant()
	v.click("我的")
	v.click("退出登录")
	v.sees("已安全退出")
	v.logInAsAgent()
	v.switchesOnEntering()
	tab := v.tab(link.Mobile)
	tab.sees("您好", apptest.SecondName)
	v.switchesBack()
	tab.sees("您好", demo.EnterpriseName) // by itself
	clerk, plain := v.switchesInTheHall(), v.plainly()
	v.removesFromTheSecond()
	clerk.sees("单位登录") // acted for it, and is out by itself
	v.sees("用户登录")     // might have returned to it
	plain.click("我的")
	plain.sees("用户登录")
}

// choosesByGrant is the way of a personal account, which no enterprise's password guards.
func (v *sealed) choosesByGrant() {
	v.fillsIn(v.knocks())
	v.sees("选择企业", demo.EnterpriseName, apptest.SecondName)
	v.shoot("choose")
	v.click(apptest.SecondName)
	v.click("电子印章管理")
	v.sees(app.SealHR.Label(), apptest.SecondName)
	v.click("返回")
	v.click("切换企业")
	v.sees("当前")
	v.click(demo.EnterpriseName)
	v.sees(demo.EnterpriseName)
	v.shoot("switched")
	v.click("电子印章管理")
	v.sees(app.SealName.Label())
}

// fillsIn answers the page that asks for code and new passphrase.
func (v *sealed) fillsIn(code string) {
	v.fill("短信验证码", code)
	v.fill("签名口令", "Xinkouling26")
	v.fill("确认口令", "Xinkouling26")
	v.click("确定")
}

func (v *sealed) logInAsAgent() {
	v.click("单位登录")
	v.fill("统一社会信用代码", demo.EnterpriseUSCC)
	v.fill("经办人手机号码或证件号码", v.who.Mobile)
	v.fill("密码", demo.Password)
	v.click("账号密码登录")
	v.sees("您好", demo.EnterpriseName)
}

// switchesOnEntering picks the second enterprise, whose account was never used.
func (v *sealed) switchesOnEntering() {
	v.click("我的")
	v.click("我的印章")
	v.sees("选择企业", demo.EnterpriseName, "当前", "需要输入密码")
	v.shoot("choose-account")
	v.click(apptest.SecondName)
	v.fill("登录密码", demo.Password) // the first one's
	v.click("切换到这家企业")
	v.sees("登录密码不正确")
	v.shoot("wrong-password")
	v.fill("登录密码", secondPassword)
	v.click("切换到这家企业")
	v.sees("确认本人使用", apptest.SecondName)
	v.fill("短信验证码", v.asked(func() { v.click("获取验证码") }))
	v.click("确认并进入")
	v.sees("您好", apptest.SecondName)
	v.click("我的")
	v.click("我的印章")
	code := v.asked(func() { v.click(apptest.SecondName) })
	v.sees("首次使用需要激活数字证书")
	v.fill("短信验证码", code)
	v.fill("证书密码", passphrase)
	v.fill("确认密码", passphrase)
	v.tick("我已阅读并同意")
	v.click("激活")
	v.click("电子印章管理")
	v.sees(app.SealHR.Label(), apptest.SecondName)
}

// switchesBack goes home to the first enterprise, which asks no password again.
func (v *sealed) switchesBack() {
	v.click("返回")
	v.click("切换企业")
	code := v.asked(func() { v.click(demo.EnterpriseName) })
	v.sees("已切换到“" + demo.EnterpriseName + "”")
	v.shoot("switched-account")
	v.fillsIn(code)
	v.click("电子印章管理")
	v.sees(app.SealName.Label(), demo.EnterpriseName)
}

// switchesInTheHall ends at the second enterprise.
func (v *sealed) switchesInTheHall() *window {
	clerk := v.site.open(desktop, link.Hall)
	clerk.fill("统一社会信用代码", demo.EnterpriseUSCC)
	clerk.fill("经办人手机号码或证件号码", v.who.Mobile)
	clerk.fill("密码", demo.Password)
	clerk.click("账号密码登录")
	clerk.sees("用工备案管理")
	clerk.click("切换企业")
	clerk.shoot("hall-choose")
	clerk.click(apptest.SecondName)
	clerk.fill("登录密码", secondPassword)
	clerk.shoot("hall-password")
	clerk.click("切换到这家企业")
	clerk.sees("已切换到“"+apptest.SecondName+"”", "用工备案管理")
	clerk.shoot("hall-switched")
	return clerk
}

// plainly is the way there and back on a phone without JavaScript.
func (v *sealed) plainly() *sealed {
	plain := &sealed{v.site.open(phonePlain, link.Mobile), v.site, v.gateway, v.who}
	plain.logInAsAgent()
	plain.click("我的")
	plain.click("切换企业")
	plain.click(apptest.SecondName)
	plain.click("切换到这家企业")
	plain.sees("请输入“" + apptest.SecondName + "”单位账号的登录密码")
	plain.fill("登录密码", secondPassword)
	plain.click("切换到这家企业")
	plain.click("我的")
	plain.click("切换企业")
	plain.click(demo.EnterpriseName)
	plain.sees("已切换到“" + demo.EnterpriseName + "”")
	return plain
}

// removesFromTheSecond lets the second legal rep delete the agent.
func (v *sealed) removesFromTheSecond() {
	boss := v.site.open(phone, link.Mobile)
	boss.click("单位登录")
	boss.fill("统一社会信用代码", apptest.SecondUSCC)
	boss.fill("密码", demo.Password)
	boss.click("账号密码登录")
	boss.sees("您好")
	boss.visit(link.MobileAgents)
	boss.click("删除")
	boss.click("删除")
	boss.sees("已删除")
}
