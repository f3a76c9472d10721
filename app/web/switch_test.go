package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/demo"
	"laoqi/app/identity"
	"laoqi/app/link"
)

const secondPassword = "Dierjia2026"

// actingTwice makes the sample operator a managing agent of both enterprises and
// logs in to the first one's account on a face. It returns the second one's account
// and its legal rep too.
func (s *site) actingTwice(face string) (b browser, second int64, boss app.Actor) {
	s.t.Helper()
	boss = s.Second()
	s.Employ(s.Actor(demo.Boss), demo.Boss, demo.Operator, demo.Password, true)
	second = s.Employ(boss, demo.WorkerB, demo.Operator, secondPassword, true)
	operator, _ := demo.Find(demo.Operator)
	at := func(uscc, password string) identity.Credentials {
		return identity.Credentials{Way: identity.AsEnterprise, USCC: uscc, Name: operator.Mobile, Password: password}
	}
	for _, c := range []identity.Credentials{at(demo.EnterpriseUSCC, demo.Password), at(apptest.SecondUSCC, secondPassword)} {
		s.Confirm(s.LogIn(face, c), demo.Operator)
	}
	b = s.visitor()
	b.logIn(face, at(demo.EnterpriseUSCC, demo.Password))
	return b, second, boss
}

func (b browser) switches(from string, account int64, password string) page {
	b.s.t.Helper()
	return b.sendFrom(from, link.To(from+"/:id", account), url.Values{"password": {password}})
}

func TestAClerkOfTwoEnterprisesSwitchesInTheHall(t *testing.T) {
	s := open(t)
	b, second, _ := s.actingTwice(identity.FaceHall)
	b.follow(b.get(link.Hall), "切换企业").shows(t, http.StatusOK, demo.EnterpriseName, "当前", apptest.SecondName, "需要输入密码")
	b.get(link.To(link.HallSwitchTo, second)).shows(t, http.StatusOK, apptest.SecondName, "登录密码")
	b.switches(link.HallSwitch, second, "").shows(t, http.StatusUnprocessableEntity, "请输入“"+apptest.SecondName+"”单位账号的登录密码")
	b.switches(link.HallSwitch, second, demo.Password).shows(t, http.StatusUnprocessableEntity, "登录密码不正确")
	got := b.switches(link.HallSwitch, second, secondPassword)
	got.shows(t, http.StatusOK, "已切换到“"+apptest.SecondName+"”")
	got.lacks(t, demo.EnterpriseName)
	b.get(link.HallSwitch).lacks(t, "需要输入密码")
	one := s.as(demo.Agent).get(link.Hall)
	one.lacks(t, "切换企业")
}

func TestAFormOpenedBeforeASwitchActsForNoEnterprise(t *testing.T) {
	s := open(t)
	b, second, boss := s.actingTwice(identity.FaceHall)
	v := typed(demo.WorkerA)
	v.Set("_token", b.token(add))
	b.switches(link.HallSwitch, second, secondPassword).shows(t, http.StatusOK, "已切换到")
	got := b.read(b.client.PostForm(s.server.URL+add, v))
	got.shows(t, http.StatusForbidden, "切换了企业，刚才的操作没有执行", "核对单位后再提交")
	for _, by := range []app.Actor{s.clerk, boss} {
		if n, err := s.Filing.Count(t.Context(), by, app.FilingNew, ""); n != 0 || err != nil {
			t.Errorf("enterprise %d has %d filings, %v", by.Enterprise, n, err)
		}
	}
}

func TestASecondClickOnSwitchLeadsToItsResult(t *testing.T) {
	s := open(t)
	b, second, _ := s.actingTwice(identity.FaceMobile)
	to := link.To(link.MobileSwitchTo, second)
	form := url.Values{"password": {secondPassword}, "_token": {b.token(to)}}
	for range 2 {
		b.read(b.client.PostForm(s.server.URL+to, form)).shows(t, http.StatusOK, apptest.SecondName)
	}
}

func TestAnAgentOfTwoEnterprisesChoosesBeforeTheCodeIsSent(t *testing.T) {
	s := open(t)
	b, second, boss := s.actingTwice(identity.FaceMobile)
	s.Wait(identity.CodePause)
	s.Screen.Clear()
	list := b.sendFrom(link.MobileMe, link.MobileSealEnter, url.Values{})
	list.shows(t, http.StatusOK, "选择企业", demo.EnterpriseName, apptest.SecondName)
	s.Idle()
	if n := len(s.Screen.Messages()); n != 0 {
		t.Errorf("%d messages before the choice", n)
	}
	unlock := b.sendFrom(list.Path, link.To(link.MobileSwitchTo, second), url.Values{"password": {secondPassword}, "for": {"entry"}})
	unlock.shows(t, http.StatusOK, "已切换到“"+apptest.SecondName+"”。验证码已发送", "首次使用需要激活数字证书")
	form := url.Values{"code": {s.Code(demo.Operator)}, "passphrase": {apptest.Passphrase}, "again": {apptest.Passphrase}, "agreed": {"on"}}
	within := link.With(link.MobileSwitch, "for", "visit")
	b.send(link.MobileSealUnlock, form).shows(t, http.StatusOK, apptest.SecondName, "切换企业", `href="`+within+`"`)
	b.get(within).shows(t, http.StatusOK, "当前", `class="row" href="`+link.MobileSealHome+`"`) // the own one asks nothing again
	s.must(s.Enterprise.RemoveAgent(t.Context(), boss, second, s.Cert.Revoke))
	b.get(link.MobileSealHome).shows(t, http.StatusOK, "用户登录")
}

func TestAStrangersOrAnUnconfirmedAccountSwitchesNowhere(t *testing.T) {
	s := open(t)
	_, second, boss := s.actingTwice(identity.FaceMobile)
	stranger := s.as(demo.Boss)
	stranger.get(link.To(link.MobileSwitchTo, second)).shows(t, http.StatusNotFound)
	stranger.sendFrom(link.MobileMe, link.To(link.MobileSwitchTo, second), url.Values{"password": {secondPassword}}).shows(t, http.StatusNotFound)
	s.must(s.Enterprise.SetAgentPassword(t.Context(), boss, second, "Xinmima26", "Xinmima26"))
	operator, _ := demo.Find(demo.Operator)
	b := s.visitor()
	b.logIn(identity.FaceMobile, identity.Credentials{Way: identity.AsEnterprise, USCC: apptest.SecondUSCC, Name: operator.Mobile, Password: "Xinmima26"})
	got := b.get(link.MobileSwitch)
	got.shows(t, http.StatusOK, "确认本人使用")
	if strings.Contains(got.Body, demo.EnterpriseName) {
		t.Error("who sets an agent's password learns the agent's other enterprises")
	}
}
