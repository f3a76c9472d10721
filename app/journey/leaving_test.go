package journey

import (
	"testing"
	"time"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/contract"
	"laoqi/app/demo"
	"laoqi/app/filing"
	"laoqi/app/link"
)

// left ends the sample worker's employment with a sealed proof of it.
func (s *staff) left() {
	s.T.Helper()
	today := app.DateOf(s.Now())
	f := apptest.Form(demo.WorkerA)
	f.Paper = true
	f.Terms.Start, f.Terms.End = today.AddDays(-20), today.AddYears(1)
	hired := s.submit(f)
	s.roster()
	if err := s.Enterprise.Enable(s.T.Context(), s.clerk); err != nil {
		s.T.Fatal(err)
	}
	s.submit(filing.Form{Kind: app.FilingTermination, Previous: hired, Ending: app.Ending{Reason: "36-worker", On: today}})
	s.roster()
	s.Authorize(s.clerk, s.operator())
	s.Until("the sealed proof", func() bool {
		page, err := s.Contract.List(s.T.Context(), s.Actor(demo.WorkerA).Person, contract.Over, 0)
		return err == nil && len(page.List) == 1 && page.List[0].State == app.DocumentSigned
	})
}

// TestWorkerAfterLeaving: who has left finds the proof of it, acknowledges it, asks
// for it on paper and learns that it was given, without JavaScript; the clerk sees each.
func TestWorkerAfterLeaving(t *testing.T) {
	s := start(t, "劳契已启动：", nil, "-data", prepare(t, (*staff).left))
	w, h := s.open(phonePlain, link.Mobile), s.open(desktop, link.HallPapers)
	h.logIn(demo.Agent)
	h.sees("没有纸质文本申请")
	w.logIn(demo.WorkerA)
	w.click("我的合同")
	w.sees("没有等您签署的合同")
	w.shoot("empty")
	w.click("已终止")
	w.sees("解除（终止）劳动合同证明书")
	w.visit(link.MobileInbox)
	w.sees("请查看并签收")
	w.shoot("inbox")
	w.click("证明书签收")
	w.sees("单位已盖章出具", "不签收也不影响它的效力")
	other := s.open(phone, link.MobileLogin) // the same worker, by whose page the steps are followed
	other.logIn(demo.WorkerA)
	other.sees("您好")
	other.visit(w.path())
	other.sees("签收证明书")
	w.click("签收证明书")
	w.sees("已签收，单位能看到签收时间", "本人签收")
	other.waitFor("the receipt", func() bool { return other.glance("sees", "签收证明书").Problem != "" })
	w.click("申请纸质文本")
	w.sees("免费交给您一份", "《电子劳动合同订立指引》第十三条")
	w.shoot("ask")
	w.click("确认申请")
	w.sees("已申请纸质文本", "请单位在")
	w.shoot("asked")
	other.sees("请单位在")
	h.sees("待提供") // by itself
	h.shoot("papers")
	h.click("解除（终止）劳动合同证明书")
	h.sees("劳动者签收", "申请纸质文本，请在")
	h.shoot("received")
	h.click("登记已提供")
	h.fill("提供日期", app.DateOf(time.Now()).AddDays(1).String())
	h.click("登记为已提供")
	h.sees("请更正以下 1 处", "不能晚于今天")
	h.fill("提供日期", app.DateOf(time.Now()).String())
	h.shoot("give")
	h.click("登记为已提供")
	h.sees("已登记，并通知了劳动者", "已提供")
	other.sees("纸质文本", "单位已于")
	other.shoot("given-live")
	w.visit(w.path())
	w.sees("纸质文本", "单位已于")
	w.shoot("given")
	w.visit(link.MobileInbox)
	w.click("纸质文本")
	w.sees("单位已于")
	proof := w.download(func() { w.click("下载证明书") })
	if len(proof) == 0 {
		t.Error("nothing was downloaded")
	}
	w.infoAndSettings()
}

// infoAndSettings reads 我的信息 and switches the text messages of a kind off.
func (w *window) infoAndSettings() {
	w.t.Helper()
	w.click("我的")
	w.click("我的信息")
	w.sees("220102********2042", "个人信息处理规则", "没有保存您的人脸信息")
	w.shoot("info")
	if file := w.saved("*.xlsx", func() { w.click("导出我的信息") }); len(file) == 0 {
		w.t.Error("the export is empty")
	}
	w.click("修改手机号码")
	w.click("确定")
	w.sees("请更正以下 4 处")
	w.visit(link.MobileInbox)
	w.click("设置")
	w.in("员工申请纸质文本").tick("短信")
	w.click("保存设置")
	w.sees("消息设置已保存")
}
