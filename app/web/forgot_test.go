package web_test

import (
	"net/http"
	"net/url"
	"testing"

	"laoqi/app/demo"
	"laoqi/app/link"

	"github.com/a-h/templ"
)

func TestAForgottenPasswordIsResetWithoutJavaScript(t *testing.T) {
	s := open(t)
	b := s.visitor()
	b.get(link.MobileLogin).shows(t, http.StatusOK, "忘记密码")
	sample, _ := demo.Find(demo.WorkerA)
	form := url.Values{"way": {"person"}, "mobile": {sample.Mobile}}
	s.Screen.Clear()
	b.sendFrom(link.MobileForgot, link.MobileForgotSMS, form).shows(t, http.StatusOK, `data-wait="60"`, sample.Mobile)
	b.send(link.MobileForgot, form).shows(t, http.StatusUnprocessableEntity, "请输入短信验证码", "请输入密码", sample.Mobile)
	form.Set("code", s.Code(demo.WorkerA))
	form.Set("password", "Xinmima26")
	form.Set("again", "Xinmima26")
	b.send(link.MobileForgot, form).shows(t, http.StatusOK, "密码已重置", "用户登录")
	b.send(link.MobileLogin, url.Values{"way": {"person"}, "name": {sample.Mobile}, "password": {"Xinmima26"}}).shows(t, http.StatusOK, sample.Name)
}

func TestTheLegalRepResetsThePasswordInTheHallAndIsOutEverywhere(t *testing.T) {
	s := open(t)
	phone, b := s.as(demo.Boss), s.visitor()
	b.get(link.HallLogin).shows(t, http.StatusOK, "忘记密码")
	form := url.Values{"uscc": {demo.EnterpriseUSCC}, "password": {"Xinmima26"}, "again": {"Xinmima26"}}
	s.Screen.Clear()
	b.sendFrom(link.HallForgot, link.HallForgotSMS, form).shows(t, http.StatusOK, `data-wait="60"`, "联系本单位法定代表人")
	form.Set("code", s.Code(demo.Boss))
	b.send(link.HallForgot, form).shows(t, http.StatusOK, "密码已重置", "单位登录")
	phone.get(link.MobileMe).shows(t, http.StatusOK, "用户登录")
}

func TestAForgottenPasswordOfNobodyLooksLikeAnyOther(t *testing.T) {
	s := open(t)
	b := s.visitor()
	form := url.Values{"way": {"person"}, "mobile": {"13912345678"}}
	b.sendFrom(link.MobileForgot, link.MobileForgotSMS, form).shows(t, http.StatusOK, `data-wait="60"`)
	b.sendFrom(link.MobileForgot, link.MobileForgotSMS, form).shows(t, http.StatusOK, "60 秒后再获取")
	form = url.Values{"way": {"person"}, "mobile": {"13912345678"}, "code": {"123456"}, "password": {"Xinmima26"}, "again": {"Xinmima26"}}
	b.send(link.MobileForgot, form).shows(t, http.StatusUnprocessableEntity, "验证码不正确")
}

// answered looks like an address that the hall's QR code holds.
var answered = link.To(link.MobileTicket, "Zx9") + "?a=1&b=2"

func TestAForgottenPasswordLeadsOnToWhatWasWantedBeforeLogIn(t *testing.T) {
	s := open(t)
	b := s.visitor()
	login := b.get(answered)
	login.shows(t, http.StatusOK, "用户登录", "忘记密码")
	sample, _ := demo.Find(demo.WorkerA)
	form := url.Values{"way": {"person"}, "next": {answered}, "mobile": {sample.Mobile}}
	b.follow(b.follow(b.follow(login, "忘记密码"), "单位账号"), "个人账号").shows(t, http.StatusOK, `name="next" value="`+templ.EscapeString(answered)+`"`)
	s.Screen.Clear()
	b.sendFrom(link.MobileForgot, link.MobileForgotSMS, form).shows(t, http.StatusOK, templ.EscapeString(answered))
	form.Set("code", s.Code(demo.WorkerA))
	form.Set("password", "Xinmima26")
	form.Set("again", "Xinmima26")
	login = b.send(link.MobileForgot, form)
	login.shows(t, http.StatusOK, "密码已重置", `name="next" value="`+templ.EscapeString(answered)+`"`)
	got := b.send(login.Path, url.Values{"name": {sample.Mobile}, "password": {"Xinmima26"}, "next": {answered}})
	if got.Path != answered {
		t.Errorf("led to %s", got.Path)
	}
}

func TestAForgottenPasswordLeadsToNoOtherSite(t *testing.T) {
	s := open(t)
	b := s.visitor()
	for _, face := range []string{link.MobileForgot, link.HallForgot} {
		for _, next := range []string{"https://evil.test", "//evil.test", "/\t/evil.test", `/\evil.test`} {
			b.get(link.With(face, "next", next)).lacks(t, "evil.test")
		}
	}
}
