package journey

import (
	"testing"

	"laoqi/app"
	"laoqi/app/demo"
	"laoqi/app/link"
)

// agents is the legal rep's phone at 我的经办人, with the agent's computer.
type agents struct {
	*site
	phones phones
	boss   *window
	clerk  *window
}

func atAgents(t *testing.T) *agents {
	s := demoSite(t)
	a := &agents{site: s, phones: s.phones(), boss: s.open(phone, link.Mobile), clerk: s.open(desktop, link.Hall)}
	a.clerk.logIn(demo.Agent)
	a.boss.click("单位登录")
	a.boss.logIn(demo.Boss)
	a.boss.click("我的")
	a.boss.click("我的经办人")
	return a
}

// logsIn logs the agent in with the password.
func (a *agents) logsIn(password string) {
	sample, _ := demo.Find(demo.Agent)
	a.clerk.fill("统一社会信用代码", demo.EnterpriseUSCC)
	a.clerk.fill("经办人手机号码或证件号码", sample.Mobile)
	a.clerk.fill("密码", password)
	a.clerk.click("账号密码登录")
}

func TestGuide2_1_1(t *testing.T) {
	a := atAgents(t)
	a.boss.sees("周敏", "有效", "编辑", "修改密码", "删除", "+经办人")
	a.boss.shoot("agents")
}

func TestGuide2_1_2(t *testing.T) {
	a := atAgents(t)
	w := a.boss
	w.click("+经办人")
	w.sees("经办人信息", "经办人账号设置", app.PasswordHint)
	w.click("确定")
	w.sees("请输入姓名")
	w.addsAgent()
	w.sees("确认添加经办人", "验证本人身份")
	w.shoot("agent-proof")
	w.click("返回修改")
	w.sees("2040-01-01", "2036-12-31")
	w.fill("经办人密码", "Jingban26")
	w.fill("确认密码", "Jingban26")
	w.click("确定")
	w.fill("登录密码", demo.Password)
	w.click("获取验证码")
	w.fill("短信验证码", a.phones.code(demo.Boss))
	w.click("确认添加")
	w.sees("经办人李建国已添加", "2036年12月31日", "等待本人登录")
	w.shoot("agent-added")
}

// addsAgent fills 添加经办人 with the second worker.
func (w *window) addsAgent() {
	w.t.Helper()
	sample, _ := demo.Find(demo.WorkerB)
	w.fill("经办人姓名", sample.Name)
	w.choose("证件类型", "居民身份证")
	w.fill("证件号码", sample.Number)
	w.fill("证件有效期开始日期", "2020-01-01")
	w.click("20年")
	w.sees("2040-01-01")
	w.fill("经办人手机号码", sample.Mobile)
	w.fill("经办人密码", "Jingban26")
	w.fill("确认密码", "Jingban26")
	w.fill("经办人有效期开始日期", "2026-01-01")
	w.fill("经办人有效期结束日期", "2036-12-31")
	w.tick("是否有“经办人管理”权限")
	w.shoot("agent-add")
	w.click("确定")
}

func TestGuide2_1_3(t *testing.T) {
	a := atAgents(t)
	a.boss.click("删除")
	a.boss.sees("删除以后，该经办人无法再登录")
	a.boss.shoot("agent-remove")
	a.boss.click("删除")
	a.boss.sees("经办人周敏已删除", "还没有经办人")
	a.clerk.sees("单位登录") // by itself
	a.logsIn(demo.Password)
	a.clerk.sees("账号或密码不正确")
}

func TestGuide2_1_4(t *testing.T) {
	a := atAgents(t)
	w := a.boss
	w.click("编辑")
	w.sees("编辑经办人", "138****2028")
	w.fill("经办人有效期结束日期", "2035-12-31")
	w.tick("是否有“经办人管理”权限")
	w.shoot("agent-edit")
	w.click("确定")
	w.sees("2035年12月31日", "可以管理印章")
}

func TestGuide2_1_5(t *testing.T) {
	a := atAgents(t)
	w := a.boss
	w.click("修改密码")
	w.sees("经办人修改密码", app.PasswordHint)
	w.fill("新密码", "Xinmima26")
	w.fill("确认密码", "Xinmima26")
	w.shoot("agent-password")
	w.click("确定")
	w.sees("密码已修改")
	a.clerk.sees("单位登录")
	a.logsIn("Xinmima26")
	a.clerk.click("获取验证码")
	a.clerk.fill("短信验证码", a.phones.code(demo.Agent))
	a.clerk.click("确认并进入")
	a.clerk.sees("经办人：周敏", "用工备案管理")
}
