package journey

import (
	"testing"

	"laoqi/app"
	"laoqi/app/demo"
	"laoqi/app/link"
)

// TestSealsAndGrants walks what ends an authorization: its operator looks around
// and revokes it, then the seal is voided.
func TestSealsAndGrants(t *testing.T) {
	s := demoSite(t)
	j := &mainJob{site: s, phones: s.phones()}
	j.clerkEnables()
	j.bossAddsSeal()
	j.bossGrants()
	j.operatorAuthorizes()
	j.operatorRevokes()
	j.bossVoids()
	j.hall.visit(link.HallAuthorize)
	j.hall.sees("现在没有生效的签章授权", "请操作员用手机扫一扫")
	j.shoot(j.hall, "lapsed")
}

func (j *mainJob) clerkEnables() {
	w := j.open(desktop, link.Hall)
	j.hall = w
	w.logIn(demo.Agent)
	w.click("电子合同签章授权")
	w.sees("企业还没有启用电子劳动合同")
	w.click("新签")
	w.click("新增新签备案")
	w.click("是")
}

func (j *mainJob) operatorRevokes() {
	w := j.operator
	w.click("印章使用记录")
	j.shoot(w, "entry")
	w.click("进入我的印章")
	w.sees("新的电子签章签名口令")
	w.fill("短信验证码", j.phones.code(demo.Operator))
	w.fill("签名口令", "Xinkouling26")
	w.fill("确认口令", "Xinkouling26")
	j.shoot(w, "operator-unlock")
	w.click("确定")
	w.sees("使用人：") // where the entry was on the way to
	w.visit(link.MobileSealHome)
	w.sees("授权操作员")
	j.shoot(w, "operator-home")
	w.click("切换企业")
	w.sees("授权您使用 1 枚印章")
	j.shoot(w, "choose")
	w.click(demo.EnterpriseName)
	w.click("印章使用记录")
	w.sees("电子合同签章授权", demo.EnterpriseName)
	w.visit(link.MobileSeals)
	j.shoot(w, "operator-seals")
	w.in("授权至").click(demo.EnterpriseName + app.SealName.Label())
	w.sees("撤销后立即停止自动盖章")
	j.shoot(w, "revoke")
	w.click("撤销授权")
	w.sees("签章授权已撤销")
}

func (j *mainJob) bossVoids() {
	w := j.boss
	w.visit(link.MobileSeals)
	j.shoot(w, "seals")
	w.click(app.SealName.Label())
	w.click("作废")
	w.sees("作废后不能恢复")
	w.fill("登录密码", demo.Password)
	w.click("获取验证码")
	w.fill("短信验证码", j.phones.code(demo.Boss))
	j.shoot(w, "void")
	w.click("作废")
	w.sees("已作废（1）")
	j.shoot(w, "voided")
}
