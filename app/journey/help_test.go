package journey

import (
	"fmt"
	"testing"
	"time"

	"laoqi/app"
	"laoqi/app/demo"
	"laoqi/app/link"
)

// TestTheDeskHelpsWhoseMobileIsDead: another mobile, a renewed document, certificates before the 24
// hours are over, and a contract that was filed with the old mobile.
func TestTheDeskHelpsWhoseMobileIsDead(t *testing.T) {
	s := demoSite(t)
	j := &mainJob{site: s, phones: s.phones()}
	j.fileNewContract()
	sample, _ := demo.Find(demo.WorkerA)
	w := s.open(desktop, link.Desk)
	w.logIn(demo.Reviewer)
	find := func() {
		w.visit(link.DeskPersons)
		w.fill("证件号码", sample.Number)
		w.click("查找人员")
		w.sees(sample.Name, "已核验", "办理记录")
	}
	w.click("人员服务")
	w.fill("证件号码", "220102199403072043")
	w.click("查找人员")
	w.sees("请更正以下 1 处")
	find()
	w.click("更换手机号码")
	w.click("更换手机号码")
	w.sees("请更正以下 3 处", "请写明怎样核对了本人身份")
	const mobile = "13900000812"
	w.fill("新手机号码", mobile)
	w.click("获取验证码")
	w.fill("新手机验证码", j.phones.codeOf("其他人"))
	w.fill("核对情况", "本人到场，已核对身份证原件")
	w.shoot("help-mobile")
	w.click("更换手机号码")
	w.sees("手机号码已更换", "之前不能激活", "本人到场，已核对身份证原件")
	w.click("更正身份信息")
	w.fill("姓名", "王秀芝")
	w.click("更正身份信息")
	w.sees("请更正以下 1 处", "请写明怎样核对了本人身份")
	w.shoot("help-correct")
	w.fill("姓名", sample.Name)
	w.click("长期有效")
	w.fill("核对情况", "本人到场，已核对换领的身份证原件")
	w.click("更正身份信息")
	w.sees("身份信息已更正", "至 长期有效", "更新证件有效期")
	w = s.open(desktopPlain, link.Desk) // the rest without JavaScript
	w.logIn(demo.Reviewer)
	w.sees("审核首页")
	find()
	w.click("提前解除激活限制")
	w.fill("核对情况", "本人到场，已核对身份证原件")
	w.shoot("help-clear")
	w.click("解除激活限制")
	w.sees("已解除激活限制", "没有限制")

	j.approveAndRoster()
	find()
	w.sees("身份信息不一致的合同", "待核对")
	w.shoot("help-person")
	w.click(fmt.Sprintf("核对HT-%d-000001", app.DateOf(time.Now()).Year))
	w.click("确认核对结果")
	w.sees("请更正以下 2 处", "请选择核对结果")
	w.tick("就是本人")
	w.fill("核对情况", "本人到场，已核对身份证原件，备案后换了手机号")
	w.shoot("help-settle")
	w.click("确认核对结果")
	w.sees("已处理，并已通知单位", "认定合同的劳动者是本人")

	worker := s.open(phone, link.Mobile)
	worker.fill("手机号码或证件号码", mobile)
	worker.fill("密码", demo.Password)
	worker.click("账号密码登录")
	worker.sees("有 1 份合同等您签署")
}
