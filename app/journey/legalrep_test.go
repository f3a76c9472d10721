package journey

import (
	"os"
	"path/filepath"
	"testing"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/demo"
	"laoqi/app/link"
)

// TestTheDeskChangesTheLegalRepOfAnEnterprise: the new one applies on the phone
// without JavaScript, the desk compares the licences; the hall loses its
// authorization and the legal rep before his session, both by themselves.
func TestTheDeskChangesTheLegalRepOfAnEnterprise(t *testing.T) {
	folder := prepare(t, func(s *staff) {
		if err := s.Enterprise.Enable(t.Context(), s.clerk); err != nil {
			t.Fatal(err)
		}
		operator := s.operator()
		s.MakeSeal(s.Actor(demo.Boss), app.SealLegalRep)
		s.Authorize(s.clerk, operator)
	})
	s := start(t, "劳契已启动：", nil, "-data", folder)
	hall, before, desk := s.open(desktop, link.Hall), s.open(phone, link.Mobile), s.open(desktop, link.Desk)
	hall.logIn(demo.Agent)
	hall.in("用工备案管理").click("电子合同签章授权")
	hall.sees("刘洋", "电子法定名称章")
	before.click("单位登录")
	before.logIn(demo.Boss)
	before.sees("孙庆国，您好")

	w := s.open(phonePlain, link.Mobile)
	w.logIn(demo.WorkerB)
	w.sees("李建国，您好")
	w.click("企业入驻")
	w.shoot("register")
	w.fill("统一社会信用代码", demo.EnterpriseUSCC)
	w.click("提交入驻申请")
	w.sees("这家单位已经入驻", "谁来申请，有什么结果")
	w.shoot("led-to-the-change")
	w.click("提交变更申请")
	w.sees("请更正以下 2 处", "请选择照片文件")
	licence, err := os.ReadFile(filepath.Join(apptest.Root(), "docs", "pictures", "worker-contract.png"))
	if err != nil {
		t.Fatal(err)
	}
	w.upload("新营业执照照片", "licence.png", licence)
	w.fill("单位登录密码", "Xinfaren26")
	w.fill("确认密码", "Xinfaren26")
	w.click("提交变更申请")
	w.sees("的申请已提交", "待审核")
	w.shoot("applied")
	before.visit(link.MobileInbox)
	before.sees("有人申请变更")
	before.shoot("warned")

	desk.logIn(demo.Reviewer)
	desk.click("企业入驻")
	desk.sees("变更法定代表人")
	desk.shoot("desk-queue")
	desk.click("变更" + demo.EnterpriseName + "的法定代表人")
	desk.sees("孙庆国 → 李建国", "法定代表人名章及其授权作废")
	desk.shoot("desk-change")
	desk.click("不同意，退回")
	desk.sees("请填写原因")
	desk.click("同意变更")
	desk.sees("法定代表人已变更，并已通知")

	before.sees("用户登录")      // by itself
	hall.sees("现在没有生效的签章授权") // by itself
	hall.shoot("hall-without")
	before.click("单位登录")
	before.fill("统一社会信用代码", demo.EnterpriseUSCC)
	before.fill("密码", demo.Password)
	before.click("账号密码登录")
	before.sees("账号或密码不正确")
	before.fill("密码", "Xinfaren26")
	before.click("账号密码登录")
	before.sees("法定代表人已由孙庆国变更为李建国")
	before.shoot("new-told")
	before.visit(link.MobileMe)
	before.sees("李建国", "单位账号（法定代表人）")
}
