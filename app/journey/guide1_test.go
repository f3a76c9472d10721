package journey

import (
	"bytes"
	"testing"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/demo"
	"laoqi/app/link"
)

// onBothBrowsers walks a clerk's path with JavaScript and, for the guide's old
// browsers, without it.
func onBothBrowsers(t *testing.T, walk func(t *testing.T, d device)) {
	t.Run("script", func(t *testing.T) { walk(t, desktop) })
	t.Run("plain", func(t *testing.T) { walk(t, desktopPlain) })
}

// 是否启用电子劳动合同: 否 counts for this filing only, 是 for all that follow.
func TestGuide1_1(t *testing.T) {
	onBothBrowsers(t, func(t *testing.T, d device) {
		w := demoSite(t).open(d, link.Hall)
		w.logIn(demo.Agent)
		for _, kind := range []string{"续签", "解除"} {
			w.in("用工备案管理").click(kind)
			w.click("新增" + kind + "备案")
			w.sees("是否启用电子劳动合同")
		}
		w.in("用工备案管理").click("新签")
		w.click("新增新签备案")
		w.click("否")
		w.sees("这份备案按照传统模式生成纸质劳动合同")
		w.shoot("paper")
		w.in("用工备案管理").click("新签")
		w.click("新增新签备案")
		w.sees("是否启用电子劳动合同")
		w.click("是")
		w.sees("已启用电子劳动合同", "提交备案")
		w.in("用工备案管理").click("新签")
		w.click("新增新签备案")
		w.sees("提交备案")
		w.shoot("electronic")
	})
}

// 企业添加电子签章授权操作员: by the boss, on the phone.
func TestGuide1_2(t *testing.T) {
	s := demoSite(t)
	j := &mainJob{site: s, phones: s.phones()}
	j.bossAddsSeal()
	j.bossGrants()
	operator, _ := demo.Find(demo.Operator)
	j.boss.sees(operator.Name, "有效")
	j.boss.click("添加")
	j.boss.fill("被授权人姓名", operator.Name)
	j.boss.fill("证件号码", operator.Number)
	j.boss.fill("手机号码", "13900000000")
	j.boss.click("保存")
	j.boss.sees("请更正以下")
}

// 企业授权电子签章: the hall follows the operator's phone, also by its link.
func TestGuide1_3(t *testing.T) {
	onBothBrowsers(t, func(t *testing.T, d device) {
		folder := prepare(t, func(s *staff) {
			s.leave(1)
			s.operator()
		})
		s := start(t, "劳契已启动：", nil, "-data", folder)
		j := &mainJob{site: s, plain: d.noScript, hall: s.open(d, link.Hall)}
		j.hall.logIn(demo.Agent)
		j.hall.in("用工备案管理").click("电子合同签章授权")
		if j.plain {
			j.hall.click("生成授权二维码")
		}
		j.hall.sees("请操作员用手机扫一扫")
		operator := s.open(phone, j.hall.ticket())
		operator.logIn(demo.Operator)
		operator.sees("授权内容", demo.EnterpriseName)
		j.follow("已扫描")
		operator.fill("证书密码", apptest.Passphrase)
		operator.click("确认授权")
		operator.sees("授权成功")
		j.follow("授权成功")
		j.hall.click("查看合同")
		j.hall.sees("签章授权有效")
		j.hall.shoot("sealed")
	})
}

// 电子劳动合同关闭: possible after a mistake, not after an authorization.
func TestGuide1_4(t *testing.T) {
	onBothBrowsers(t, func(t *testing.T, d device) {
		w := demoSite(t).open(d, link.Hall)
		w.logIn(demo.Agent)
		w.in("用工备案管理").click("新签")
		w.click("新增新签备案")
		w.click("是")
		w.in("用工备案管理").click("电子劳动合同关闭")
		w.sees("关闭后，新办理的备案将按传统模式生成纸质劳动合同")
		w.shoot("close")
		w.click("确认关闭")
		w.sees("已关闭电子劳动合同")
		w.in("用工备案管理").click("新签")
		w.click("新增新签备案")
		w.sees("是否启用电子劳动合同")
	})
	folder := prepare(t, func(s *staff) {
		if err := s.Enterprise.Enable(s.T.Context(), s.clerk); err != nil {
			s.T.Fatal(err)
		}
		s.Authorize(s.clerk, s.operator())
	})
	w := start(t, "劳契已启动：", nil, "-data", folder).open(desktop, link.Hall)
	w.logIn(demo.Agent)
	w.in("用工备案管理").click("电子劳动合同关闭")
	w.sees("不允许关闭")
	w.shoot("closed-to")
}

// 下载电子劳动合同: found by ID number and name, first in its row.
func TestGuide1_6(t *testing.T) {
	folder := prepare(t, func(s *staff) {
		s.leave(2)
		s.Authorize(s.clerk, s.operator())
		s.Until("the seals", func() bool {
			c, err := s.Contract.Counts(s.T.Context(), s.clerk.Enterprise)
			return err == nil && c.Unsealed() == 0
		})
	})
	s := start(t, "劳契已启动：", nil, "-data", folder)
	w := s.open(desktop, link.Hall)
	w.logIn(demo.Agent)
	w.in("用工备案管理").click("电子劳动合同生成")
	w.fill("身份证号", withCheck("22010219940307001"))
	w.choose("电子合同", app.DocumentSigned.Label())
	w.click("查询")
	w.in("王丁").sees("已签署")
	w.shoot("found")
	if got := w.download(func() { w.in("王丁").click("电子劳动合同下载") }); !bytes.HasPrefix(got, []byte("%PDF-")) {
		t.Errorf("the download begins with %q", got[:min(8, len(got))])
	}
}
