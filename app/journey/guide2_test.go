package journey

import (
	"bytes"
	"testing"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/apptest/tool"
	"laoqi/app/demo"
	"laoqi/app/identity"
	"laoqi/app/link"
)

// sealed is a running site whose text messages can be read, with one phone at
// 我的印章.
type sealed struct {
	*window
	site    *site
	gateway *gateway
	who     demo.Sample
}

// atSeals starts the program on a prepared folder and logs somebody in on a phone.
func atSeals(t *testing.T, d device, who demo.Who, fill func(*staff)) *sealed {
	folder := prepare(t, fill)
	g := newGateway(t)
	s := start(t, "劳契已启动：", []string{"LAOQI_SMS_URL=" + g.URL, "LAOQI_SMS_TOKEN=secret"}, "-data", folder)
	sample, _ := demo.Find(who)
	v := &sealed{s.open(d, link.Mobile), s, g, sample}
	if sample.Credentials().Way == identity.AsEnterprise {
		v.click("单位登录")
	}
	v.logIn(who)
	return v
}

// asked is the code that an act sends.
func (v *sealed) asked(act func()) string {
	v.t.Helper()
	v.gateway.mu.Lock()
	delete(v.gateway.texts, v.who.Mobile)
	v.gateway.mu.Unlock()
	act()
	return v.gateway.code(v.site, v.who.Mobile)
}

// knocks clicks 我的印章, which sends the code by itself.
func (v *sealed) knocks() (code string) {
	return v.asked(func() {
		v.click("我的")
		v.click("我的印章")
	})
}

// enters is an entry by somebody who has a certificate.
func (v *sealed) enters() {
	v.unlocks(v.knocks())
}

// unlocks answers the code with a new passphrase.
func (v *sealed) unlocks(code string) {
	v.sees("新的电子签章签名口令")
	v.fill("短信验证码", code)
	v.fill("签名口令", "Xinkouling26")
	v.fill("确认口令", "Xinkouling26")
	v.click("确定")
	v.sees("数字证书")
}

// proves fills password and code on the page at hand.
func (v *sealed) proves() {
	v.fill("短信验证码", v.asked(func() { v.click("获取验证码") }))
	v.fill("登录密码", demo.Password)
}

// certified gives the legal rep a certificate and the enterprise a seal.
func certified(s *staff) (boss app.Actor, id int64) {
	boss = s.Actor(demo.Boss)
	s.Activate(boss, demo.Boss)
	return boss, s.MakeSeal(boss, app.SealName)
}

// 数字证书激活, with each fault named first, on a phone without JavaScript.
func TestGuide2_3(t *testing.T) {
	v := atSeals(t, phonePlain, demo.Boss, func(*staff) {})
	code := v.knocks()
	v.sees("首次使用需要激活数字证书", "5 分钟内有效", "数字证书使用协议")
	v.fill("短信验证码", code)
	v.fill("证书密码", passphrase)
	v.fill("确认密码", "Butong2026")
	v.click("激活")
	v.sees("请更正以下 2 处", "两次输入不一致", "请阅读并同意")
	v.shoot("activate-faults")
	v.fill("短信验证码", "000000")
	v.fill("证书密码", passphrase)
	v.fill("确认密码", passphrase)
	v.tick("我已阅读并同意")
	v.click("激活")
	v.sees("验证码不正确")
	v.fill("短信验证码", code)
	v.fill("证书密码", passphrase)
	v.fill("确认密码", passphrase)
	v.click("激活")
	v.sees("电子印章管理", "印章使用记录", "数字证书", "客服中心", "切换企业")
}

// 电子印章入口: each click on 我的印章 asks for a code and a new passphrase.
func TestGuide2_5_1(t *testing.T) {
	v := atSeals(t, phone, demo.Boss, func(s *staff) { certified(s) })
	v.enters()
	v.click("电子印章管理") // within the module nothing is asked again
	v.sees("使用中（1）")
	v.enters()
	v.shoot("entered-again")
}

// 电子印章列表: the live seals and the void ones.
func TestGuide2_5_2(t *testing.T) {
	v := atSeals(t, phone, demo.Boss, func(s *staff) {
		boss, id := certified(s)
		s.Wait(identity.CodePause)
		if err := s.Seal.Void(s.T.Context(), boss, id, s.Proof(boss, demo.Boss)); err != nil {
			s.T.Fatal(err)
		}
		s.Wait(identity.CodePause)
		s.MakeSeal(boss, app.SealContract)
	})
	v.enters()
	v.click("电子印章管理")
	v.sees("使用中（1）", app.SealContract.Label(), "已作废（1）")
	v.shoot("seals")
	v.click(app.SealName.Label())
	v.sees("印章详情", "作废时间", "已作废")
}

// 添加电子印章: the name is composed, the picture previewed, the person proved. The
// new seal then takes the certificate of another authority.
func TestGuide2_5_3(t *testing.T) {
	v := atSeals(t, phone, demo.Boss, func(s *staff) { s.Activate(s.Actor(demo.Boss), demo.Boss) })
	v.enters()
	v.click("电子印章管理")
	v.click("添加")
	v.sees("每个印章类型只能申请一次，作废后可再申请")
	v.click("预览印章")
	v.sees("请更正以下 1 处", "请选择印章类型。")
	v.shoot("preview-fault")
	v.click("生成印章")
	v.sees("请更正以下 2 处")
	v.choose("印章类型", app.SealInvoice.Label())
	v.waitFor("the faults to go", func() bool { return v.truth("!document.querySelector('.err-sum')") })
	v.sees(demo.EnterpriseName + app.SealInvoice.Label())
	v.click("预览印章")
	v.look("picture", "印章预览：")
	v.shoot("preview")
	v.click("生成印章")
	v.sees("验证本人身份")
	v.proves()
	v.click("确定生成")
	v.sees("印章已生成", "使用中", "本系统自签发")
	v.shoot("made")
	file, _ := tool.PKCS12(t, tool.Holder{Subject: "/C=CN/O=" + demo.EnterpriseName + "/CN=" + demo.EnterpriseName, Key: "RSA:2048", Legacy: true})
	v.click("更换证书")
	v.sees("现在的证书", "签章授权立即失效")
	v.shoot("certificate-form")
	v.upload("证书文件", "seal.p12", file)
	v.fill("证书文件密码", "guessed")
	v.click("更换证书")
	v.sees("证书文件的密码不正确", "请输入登录密码")
	v.shoot("certificate-faults")
	v.upload("证书文件", "seal.p12", file)
	v.fill("证书文件密码", tool.PKCS12Password)
	v.proves()
	v.click("更换证书")
	v.sees("证书已更换", "签发证书（"+tool.Authority+"），由本单位导入")
	v.shoot("certified")
}

// 作废印章: gone for its operators at once.
func TestGuide2_5_4(t *testing.T) {
	v := atSeals(t, phone, demo.Boss, func(s *staff) {
		boss, id := certified(s)
		s.Grant(boss, id, demo.Operator)
	})
	v.enters()
	v.click("电子印章管理")
	v.click(app.SealName.Label())
	v.click("作废")
	v.sees("作废后不能恢复", "1 位被授权人")
	v.proves()
	v.shoot("void")
	v.click("作废")
	v.sees("已作废（1）")
	v.click(app.SealName.Label())
	v.sees("作废时间")
	operator := v.site.open(phone, link.Mobile)
	operator.logIn(demo.Operator)
	operator.sees("您好")
	operator.visit(link.MobileInbox)
	operator.sees("已作废，您不能再使用它")
}

// 印章授权: people are added, changed and removed.
func TestGuide2_5_5(t *testing.T) {
	v := atSeals(t, phone, demo.Boss, func(s *staff) { certified(s) })
	operator, _ := demo.Find(demo.Operator)
	v.enters()
	v.click("电子印章管理")
	v.click(app.SealName.Label())
	v.click("授权")
	v.click("添加")
	v.fill("被授权人姓名", operator.Name)
	v.fill("证件号码", operator.Number)
	v.fill("手机号码", "13900000000")
	v.fill("授权开始日期", "2026-01-01")
	v.fill("授权结束日期", "2036-12-31")
	v.click("保存")
	v.sees("请更正以下 1 处")
	v.shoot("stranger")
	v.fill("手机号码", operator.Mobile)
	v.click("保存")
	v.sees(operator.Name, "2036年12月31日")
	v.shoot("granted")
	row := operator.Name + " " + app.MaskMobile(operator.Mobile)
	v.click(row)
	v.fill("授权结束日期", "2020-01-01")
	v.click("保存")
	v.sees("授权结束日期不能早于")
	v.fill("授权结束日期", "2035-12-31")
	v.click("保存")
	v.sees("2035年12月31日")
	v.click(row)
	v.click("删除")
	v.sees("立即不能再使用这枚印章")
	v.click("删除")
	v.sees("还没有被授权人")
}

// 印章使用记录: each record opens what it rests on; all of them are exported.
func TestGuide2_6(t *testing.T) {
	v := atSeals(t, phone, demo.Boss, func(s *staff) {
		operator := s.operator()
		if err := s.Enterprise.Enable(s.T.Context(), s.clerk); err != nil {
			s.T.Fatal(err)
		}
		s.Authorize(s.clerk, operator)
		s.Wait(identity.CodePause)
		boss := s.Actor(demo.Boss)
		s.Activate(boss, demo.Boss)
		s.MakeSeal(boss, app.SealFinance)
	})
	operator, _ := demo.Find(demo.Operator)
	v.enters()
	v.click("印章使用记录")
	v.sees(operator.Name, demo.EnterpriseName+app.SealName.Label(), "电子合同签章授权", "近 3 个月")
	v.shoot("usage")
	v.choose("印章名称", demo.EnterpriseName+app.SealFinance.Label())
	v.click("查询")
	v.sees("近 3 个月没有印章使用记录")
	v.choose("印章名称", "全部印章")
	v.click("查询")
	if got := v.saved("*.xlsx", func() { v.click("导出全部记录") }); !bytes.HasPrefix(got, []byte("PK")) {
		t.Errorf("the export begins with %q", got[:min(8, len(got))])
	}
	v.in("电子合同签章授权").click(demo.EnterpriseName + app.SealName.Label())
	v.sees("使用记录详情", "使用人员", "授权人证书序列号")
	v.shoot("record")
}

// 数字证书: the present one, those before, 修改证书密码.
func TestGuide2_7(t *testing.T) {
	v := atSeals(t, phone, demo.WorkerA, func(s *staff) { s.Activate(s.Actor(demo.WorkerA), demo.WorkerA) })
	v.enters()
	v.click("数字证书")
	v.sees("序列号", v.who.Name, "自签发", "有效", "历史证书", "已更换")
	v.shoot("certificate")
	v.click("修改证书密码")
	v.fill("原证书密码", apptest.Passphrase)
	v.fill("新证书密码", "Xinmima2026")
	v.fill("确认密码", "Xinmima2026")
	v.click("确定")
	v.sees("证书密码不正确，还可以输入 4 次")
	v.fill("原证书密码", "Xinkouling26")
	v.fill("新证书密码", "Xinmima2026")
	v.fill("确认密码", "Xinmima2026")
	v.click("确定")
	v.sees("证书密码已修改")
}
