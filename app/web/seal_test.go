package web_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/demo"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/app/seal"
)

// enter clicks 我的印章 and unlocks the visit with the code that came by itself.
func (b browser) enter(who demo.Who) page {
	b.s.t.Helper()
	b.s.Screen.Clear()
	b.send(link.MobileSealEnter, url.Values{}).shows(b.s.t, http.StatusOK, "短信验证码")
	return b.send(link.MobileSealUnlock, url.Values{"code": {b.s.Code(who)}, "passphrase": {apptest.Passphrase}, "again": {apptest.Passphrase}, "agreed": {"on"}})
}

func TestEachEntryIntoMySealsSendsACodeAndTakesANewPassphrase(t *testing.T) {
	s := open(t)
	b := s.as(demo.Boss)
	b.get(link.MobileSealEnter).shows(t, http.StatusOK, "进入我的印章")
	s.Screen.Clear()
	first := b.send(link.MobileSealEnter, url.Values{})
	first.shows(t, http.StatusOK, "首次使用需要激活数字证书", "数字证书使用协议", ">激活<", app.PasswordHint)
	b.send(link.MobileSealUnlock, url.Values{"code": {s.Code(demo.Boss)}, "passphrase": {apptest.Passphrase}, "again": {apptest.Passphrase}}).
		shows(t, http.StatusUnprocessableEntity, "请阅读并同意")
	s.Wait(identity.CodePause)
	b.enter(demo.Boss).shows(t, http.StatusOK, "电子印章管理", "印章使用记录", "数字证书", "客服中心", "切换企业")
	s.Wait(identity.CodePause)
	again := b.send(link.MobileSealEnter, url.Values{})
	again.shows(t, http.StatusOK, "新的电子签章签名口令", ">确定<")
	if strings.Contains(again.Body, "数字证书使用协议") {
		t.Error("the terms are asked for again")
	}
}

func TestALateEntryAsksForTheLogInPasswordToo(t *testing.T) {
	s := open(t)
	b := s.as(demo.Boss)
	s.Wait(identity.ProofLife + time.Second)
	b.send(link.MobileSealEnter, url.Values{}).shows(t, http.StatusOK, `name="password"`)
	form := url.Values{"code": {s.Code(demo.Boss)}, "passphrase": {apptest.Passphrase}, "again": {apptest.Passphrase}, "agreed": {"on"}}
	b.send(link.MobileSealUnlock, form).shows(t, http.StatusUnprocessableEntity, "请输入登录密码")
	form.Set("password", demo.Password)
	b.send(link.MobileSealUnlock, form).shows(t, http.StatusOK, "电子印章管理")
}

func TestAnAgentWithoutPermissionSeesNoSeals(t *testing.T) {
	s := open(t)
	sample, _ := demo.Find(demo.Agent)
	b := s.visitor()
	b.send(link.MobileLogin, url.Values{"way": {"enterprise"}, "uscc": {demo.EnterpriseUSCC}, "name": {sample.Mobile}, "password": {demo.Password}})
	if strings.Contains(b.get(link.Mobile).Body, "我的印章") {
		t.Error("the menu offers seals")
	}
	for _, path := range []string{link.MobileSealEnter, link.MobileActivate, link.MobileSeals, link.MobileSealAdd, link.MobileUsage, link.To(link.MobileSeal, 1), link.To(link.MobileGrants, 1)} {
		b.get(path).shows(t, http.StatusForbidden)
	}
}

func TestASealIsMadeWithoutJavaScript(t *testing.T) {
	s := open(t)
	b := s.as(demo.Boss)
	b.enter(demo.Boss)
	b.send(link.MobileSealAdd, url.Values{}).shows(t, http.StatusUnprocessableEntity, "请选择印章类型", "请输入印章名称")
	b.get(link.With(link.MobileSealAdd, "kind", "contract")).shows(t, http.StatusOK, demo.EnterpriseName+"合同专用章", "每个印章类型只能申请一次，作废后可再申请")
	form := url.Values{"kind": {"contract"}, "name": {"启明合同专用章"}}
	b.fragmentOf(link.MobileSealAdd, link.MobileSealPreview, url.Values{"kind": {""}}).shows(t, http.StatusOK, "请更正以下 1 处", `id="f-kind-fault"`)
	b.sendFrom(link.MobileSealAdd, link.MobileSealPreview, form).shows(t, http.StatusOK, "启明合同专用章", "<svg")
	b.send(link.MobileSealAdd, form).shows(t, http.StatusOK, "验证本人身份", "启明合同专用章")
	s.Screen.Clear()
	b.sendFrom(link.MobileSealAdd, link.MobileSealCode, form).shows(t, http.StatusOK, "验证本人身份", "启明合同专用章", `data-wait="60"`)
	form.Set("proof", "1")
	form.Set("code", s.Code(demo.Boss))
	b.send(link.MobileSealAdd, form).shows(t, http.StatusUnprocessableEntity, "请输入登录密码", form.Get("code"))
	form.Set("password", demo.Password)
	b.send(link.MobileSealAdd, form).shows(t, http.StatusOK, "印章已生成", "启明合同专用章", "作废", "授权")
}

func TestTheGrantFormKeepsWhatWasTyped(t *testing.T) {
	s := open(t)
	id := s.MakeSeal(s.Actor(demo.Boss), app.SealName)
	b := s.as(demo.Boss)
	b.enter(demo.Boss)
	path := link.To(link.MobileGrantAdd, id)
	b.send(path, url.Values{"name": {"刘洋"}, "id_type": {"resident"}, "id_number": {"220105198808120810"}, "mobile": {"13800000812"}, "from": {"2026-05-06"}, "until": {"2026/12/31"}}).
		shows(t, http.StatusUnprocessableEntity, "校验码不符", "年-月-日", `value="刘洋"`, `value="13800000812"`, `value="220105198808120810"`)
}

func TestOfTwoManagersWhoChangeAGrantTheSecondLearnsOfTheFirst(t *testing.T) {
	s := open(t)
	path := link.To(link.MobileGrant, s.Grant(s.Actor(demo.Boss), s.MakeSeal(s.Actor(demo.Boss), app.SealName), demo.Operator))
	b := s.as(demo.Boss)
	b.enter(demo.Boss)
	b.get(path).shows(t, http.StatusOK, `name="seen_from" value="2026-05-06"`, `name="seen_until" value="2028-05-06"`)
	form := url.Values{"seen_from": {"2026-05-06"}, "seen_until": {"2028-05-06"}, "from": {"2026-05-06"}, "until": {"2020-01-01"}}
	b.send(path, form).shows(t, http.StatusUnprocessableEntity, "不能早于开始日期", `value="2020-01-01"`, `name="seen_until" value="2028-05-06"`)
	form.Set("until", "2026-12-31")
	b.send(path, form).shows(t, http.StatusOK, "授权有效期已修改", "2026年12月31日")
	form.Set("until", "2027-12-31")
	b.send(path, form).shows(t, http.StatusOK, "刚刚被其他人修改或删除", "2026年12月31日")
}

// authorizing is a site whose operator has a grant and a certificate.
func authorizing(t *testing.T) *site {
	s := open(t)
	s.Grant(s.Actor(demo.Boss), s.MakeSeal(s.Actor(demo.Boss), app.SealName), demo.Operator)
	s.Activate(s.Actor(demo.Operator), demo.Operator)
	return s
}

func TestLogInFromAQRCodeLeadsBackToIt(t *testing.T) {
	s := authorizing(t)
	path := link.To(link.MobileTicket, s.Ticket(s.clerk))
	b := s.visitor()
	login := b.get(path)
	login.shows(t, http.StatusOK, "个人登录")
	sample, _ := demo.Find(demo.Operator)
	values := url.Values{"way": {"person"}, "name": {sample.Mobile}, "password": {demo.Password}, "next": {path}}
	if !strings.Contains(login.Body, `name="next" value="`+path+`"`) {
		t.Error("the log-in does not know where to go on")
	}
	b.send(link.MobileLogin, values).shows(t, http.StatusOK, "请您授权电子合同签章", "继续")
}

func TestAnEnterpriseAccountThatScansIsToldToUseThePersonalOne(t *testing.T) {
	s := authorizing(t)
	path := link.To(link.MobileTicket, s.Ticket(s.clerk))
	b := s.as(demo.Boss)
	b.get(path).shows(t, http.StatusForbidden, "个人账号登录")
	out := b.sendFrom(path, link.MobileLogout, url.Values{"next": {path}})
	out.shows(t, http.StatusOK, "用户登录", `name="next" value="`+path+`"`)
}

func TestTheHallPageShowsEachStateWithoutJavaScript(t *testing.T) {
	s := authorizing(t)
	clerk, operator := s.as(demo.Agent), s.as(demo.Operator)
	clerk.get(link.HallAuthorize).shows(t, http.StatusOK, "现在没有生效的签章授权。", "生成授权二维码", `hx-trigger="load"`)
	clerk.send(link.HallAuthorize, url.Values{}).shows(t, http.StatusOK, "请操作员用手机扫一扫", "<svg", "http://laoqi.test/m/a/", "刷新状态", "data-until", `http-equiv="refresh"`)
	token := s.token(demo.Agent)
	path := link.To(link.MobileTicket, token)
	operator.sendFrom(path, path+"/scan", url.Values{}).shows(t, http.StatusOK, "授权内容", seal.Scope, demo.EnterpriseName)
	clerk.get(link.HallAuthorize).shows(t, http.StatusOK, "已扫描", "刘洋")
	answer := url.Values{"enterprise": {"1"}, "passphrase": {"Wrong#2026"}}
	operator.sendFrom(path, path+"/give", answer).shows(t, http.StatusUnprocessableEntity, "还可以输入 4 次")
	answer.Set("passphrase", apptest.Passphrase)
	operator.sendFrom(path, path+"/give", answer).shows(t, http.StatusOK, "授权成功")
	clerk.fragment(link.HallAuthorizeState).shows(t, http.StatusOK, "授权成功", "<dialog", "将自动盖章")
	given := clerk.get(link.HallAuthorize)
	given.shows(t, http.StatusOK, "授权成功：刘洋", "查看合同", "生效中的授权", "2027-05-06", "由操作员或法定代表人撤销")
	given.lacks(t, "<dialog")
	operator.sendFrom(link.MobileSealEnter, path+"/give", answer).shows(t, http.StatusConflict, "失效")
}

// token is that of the code that the sample clerk showed last.
func (s *site) token(who demo.Who) string {
	s.t.Helper()
	ticket, err := s.Seal.LatestTicket(s.t.Context(), s.Actor(who))
	s.must(err)
	return ticket.Token
}

func TestOffMeansNoAuthorizationIsMissed(t *testing.T) {
	s := open(t)
	s.must(s.Enterprise.Close(t.Context(), s.clerk))
	page := s.as(demo.Agent).get(link.HallAuthorize)
	page.shows(t, http.StatusOK, "企业还没有启用电子劳动合同")
	page.lacks(t, "现在没有生效的签章授权")
}

func TestARefusedAndAnExpiredCodeCanBeRenewed(t *testing.T) {
	s := authorizing(t)
	clerk, operator := s.as(demo.Agent), s.as(demo.Operator)
	clerk.send(link.HallAuthorize, url.Values{})
	path := link.To(link.MobileTicket, s.token(demo.Agent))
	operator.sendFrom(path, path+"/scan", url.Values{})
	operator.sendFrom(path, path+"/refuse", url.Values{}).shows(t, http.StatusOK, "已拒绝这次签章授权")
	clerk.get(link.HallAuthorize).shows(t, http.StatusOK, "已拒绝", "重新生成二维码")
	operator.get(path).shows(t, http.StatusConflict, "已经使用过")
	clerk.send(link.HallAuthorize, url.Values{}).shows(t, http.StatusOK, "请操作员用手机扫一扫")
	path = link.To(link.MobileTicket, s.token(demo.Agent))
	s.as(demo.WorkerA).get(path).shows(t, http.StatusConflict, "您没有“"+demo.EnterpriseName+"”可用于劳动合同的印章授权")
	s.Wait(seal.TicketLife)
	clerk.get(link.HallAuthorize).shows(t, http.StatusOK, "已过期", "重新生成二维码")
	operator.get(path).shows(t, http.StatusConflict, "二维码已过期")
	operator.get(link.To(link.MobileTicket, "ABC")).shows(t, http.StatusNotFound, "没有这个二维码")
}

func TestWithoutACertificateTheOperatorActivatesAndComesBack(t *testing.T) {
	s := open(t)
	s.Grant(s.Actor(demo.Boss), s.MakeSeal(s.Actor(demo.Boss), app.SealName), demo.Operator)
	path := link.To(link.MobileTicket, s.Ticket(s.clerk))
	b := s.as(demo.Operator)
	activate := link.With(link.MobileActivate, "next", path)
	scanned := b.sendFrom(path, path+"/scan", url.Values{})
	scanned.shows(t, http.StatusOK, "您还没有可用的数字证书", strings.ReplaceAll(activate, "&", "&amp;"))
	s.Screen.Clear()
	form := url.Values{"next": {path}}
	b.sendFrom(activate, link.MobileActivateSMS, form).shows(t, http.StatusOK, `name="next" value="`+path+`"`)
	for field, value := range map[string]string{"code": s.Code(demo.Operator), "passphrase": apptest.Passphrase, "again": apptest.Passphrase, "agreed": "on"} {
		form.Set(field, value)
	}
	b.sendFrom(activate, link.MobileActivate, form).shows(t, http.StatusOK, "数字证书已激活", "授权内容", "证书密码")
}

func TestTheLegalRepRevokesInTheHallAndAnAgentCannot(t *testing.T) {
	s := authorizing(t)
	s.Authorize(s.clerk, s.Actor(demo.Operator))
	path := link.To(link.HallAuthorizeRevoke, 1)
	s.as(demo.Agent).get(path).shows(t, http.StatusForbidden)
	boss := s.visitor()
	boss.send(link.HallLogin, url.Values{"uscc": {demo.EnterpriseUSCC}, "password": {demo.Password}})
	boss.get(link.HallAuthorize).shows(t, http.StatusOK, path)
	boss.send(path, url.Values{}).shows(t, http.StatusOK, "签章授权已撤销", "现在没有生效的签章授权")
}

func TestTheListNamesTheLastDayOfTheAuthorizationInForce(t *testing.T) {
	s := open(t)
	boss, operator := s.Actor(demo.Boss), s.Actor(demo.Operator)
	until := app.Date{Year: 2026, Month: 12, Day: 31}
	_, err := s.Seal.AddGrant(t.Context(), boss, s.MakeSeal(boss, app.SealName), apptest.Known(demo.Operator), seal.Period{From: app.DateOf(s.Now()), Until: until})
	s.must(err)
	s.Activate(operator, demo.Operator)
	s.Authorize(s.clerk, operator)
	clerk := s.as(demo.Agent)
	clerk.get(link.HallContracts).shows(t, http.StatusOK, until.Chinese())
	clerk.get(link.HallAuthorize).shows(t, http.StatusOK, until.String())
}

func TestARecordOfUseOpensWhatItRestsOnForThoseConcernedOnly(t *testing.T) {
	s := authorizing(t)
	s.Authorize(s.clerk, s.Actor(demo.Operator))
	record := link.To(link.MobileUse, 1)
	for _, who := range []demo.Who{demo.Boss, demo.Operator} {
		b := s.as(who)
		b.enter(who)
		b.get(link.MobileUsage).shows(t, http.StatusOK, record, "刘洋", demo.EnterpriseName, "电子合同签章授权")
		b.get(record).shows(t, http.StatusOK, "使用记录详情", "刘洋", "授权人证书序列号", "授权书指纹", seal.Scope)
		s.Wait(identity.CodePause)
	}
	stranger := s.as(demo.WorkerA)
	stranger.enter(demo.WorkerA)
	stranger.get(record).shows(t, http.StatusNotFound)
	stranger.get(link.MobileUsage).shows(t, http.StatusOK, "近 3 个月没有印章使用记录")
}

func TestRecordsOfUseAreNarrowedToASeal(t *testing.T) {
	s := authorizing(t)
	s.Authorize(s.clerk, s.Actor(demo.Operator))
	s.Wait(identity.CodePause)
	other := s.MakeSeal(s.Actor(demo.Boss), app.SealFinance)
	b := s.as(demo.Boss)
	b.enter(demo.Boss)
	b.get(link.With(link.MobileUsage, "seal", "1")).shows(t, http.StatusOK, link.To(link.MobileUse, 1))
	b.get(link.With(link.MobileUsage, "seal", strconv.FormatInt(other, 10))).lacks(t, link.To(link.MobileUse, 1))
}

func TestTheLegalRepExportsAllRecordsOfUseAndNobodyElse(t *testing.T) {
	s := authorizing(t)
	s.Authorize(s.clerk, s.Actor(demo.Operator))
	s.Wait(100 * 24 * time.Hour)
	b := s.as(demo.Boss)
	b.enter(demo.Boss)
	b.get(link.MobileUsage).shows(t, http.StatusOK, "近 3 个月没有印章使用记录", link.MobileUsageExport)
	if got := under(t, b.get(link.MobileUsageExport).table(t), "使用人员"); len(got) != 1 || got[0] != "刘洋" {
		t.Errorf("the export has the operators %q", got)
	}
	operator := s.as(demo.Operator)
	operator.enter(demo.Operator)
	operator.get(link.MobileUsage).lacks(t, link.MobileUsageExport)
	operator.get(link.MobileUsageExport).shows(t, http.StatusForbidden)
}

func TestTheCertificatePageTellsOfTheOnesBefore(t *testing.T) {
	s := open(t)
	b := s.as(demo.Boss)
	b.enter(demo.Boss)
	b.get(link.MobileCertificate).lacks(t, "历史证书")
	s.Wait(identity.CodePause)
	b.enter(demo.Boss)
	b.get(link.MobileCertificate).shows(t, http.StatusOK, "自签发", "历史证书", "已更换")
}

func TestALockedCertificateIsActivatedAnew(t *testing.T) {
	s := open(t)
	b := s.as(demo.Boss)
	b.enter(demo.Boss)
	form := url.Values{"old": {"Cuowu#2026"}, "passphrase": {"Xinmima26"}, "again": {"Xinmima26"}}
	for range 5 {
		b.send(link.MobilePassphrase, form)
	}
	locked := b.get(link.MobileCertificate)
	locked.lacks(t, "修改证书密码")
	b.follow(locked, "激活数字证书").shows(t, http.StatusOK, "新的口令")
}

func TestWhoMustWaitForACertificateIsToldBeforeTheCode(t *testing.T) {
	s := open(t)
	sample, _ := demo.Find(demo.WorkerA)
	b := s.as(demo.WorkerA)
	form := url.Values{"way": {"person"}, "mobile": {sample.Mobile}, "password": {"Xinmima26"}, "again": {"Xinmima26"}}
	s.Screen.Clear()
	b.sendFrom(link.MobileForgot, link.MobileForgotSMS, form)
	form.Set("code", s.Code(demo.WorkerA))
	b.send(link.MobileForgot, form).shows(t, http.StatusOK, "密码已重置")
	b.logIn(identity.FaceMobile, identity.Credentials{Way: identity.AsPerson, Name: sample.Mobile, Password: "Xinmima26"})
	s.Idle()
	s.Screen.Clear()
	b.get(link.MobileActivate).lacks(t, "短信验证码")
	told := b.send(link.MobileSealEnter, url.Values{})
	told.shows(t, http.StatusOK, "之后才能激活数字证书", "提前解除")
	told.lacks(t, "短信验证码")
	s.Idle()
	if sent := s.Screen.Messages(); len(sent) > 0 {
		t.Errorf("texted: %v", sent)
	}
}

func TestTheRevocationListIsPublished(t *testing.T) {
	if got := open(t).visitor().get(link.CRL); got.Status != http.StatusOK || got.Kind != "application/pkix-crl" || len(got.Body) < 100 {
		t.Fatalf("%d %s, %d bytes", got.Status, got.Kind, len(got.Body))
	}
}
