package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/demo"
	"laoqi/app/identity"
	"laoqi/app/link"
)

// tab is a form of the page that was opened before another was sent.
func (b browser) tab(path string) func(url.Values) page {
	b.s.t.Helper()
	token := b.token(path)
	return func(v url.Values) page {
		b.s.t.Helper()
		v.Set("_token", token)
		return b.read(b.client.PostForm(b.s.server.URL+path, v))
	}
}

// Each act of 人员服务 that is asked for in two tabs is done once, and the second
// says so.
func TestOfTwoTabsOfTheServiceForPersonsTheSecondSaysThatItIsDone(t *testing.T) {
	s := open(t)
	f := apptest.Form(demo.WorkerA)
	f.Worker.Mobile = "13900000001"
	s.Roster(s.clerk, s.Actor(demo.Reviewer), f)
	s.Idle()
	b, person := s.as(demo.Reviewer), s.Actor(demo.WorkerA).Person
	home := link.To(link.DeskPerson, person)
	strays, err := s.Contract.Strays(t.Context(), person)
	s.must(err)

	path := link.To(link.DeskSettle, strays[0].ID)
	differs := url.Values{"answer": {string(identity.OtherMan)}, "reason": {"本人到场，证件不符"}}
	same := url.Values{"answer": {string(identity.SameMan)}, "reason": {"本人到场，已核对证件"}}
	first, second, third, fourth := b.tab(path), b.tab(path), b.tab(path), b.tab(path)
	first(differs).shows(t, http.StatusOK, "已处理，并已通知单位", "已认定不一致")
	second(differs).shows(t, http.StatusOK, "不需要重复处理")
	third(same).shows(t, http.StatusOK, "已处理，并已通知单位", "认定合同的劳动者是本人")
	fourth(same).shows(t, http.StatusNotFound, "可能已由其他审核人员处理")

	const mobile = "13900000812"
	path = link.To(link.DeskMobile, person)
	s.Screen.Clear()
	b.sendFrom(path, link.To(link.DeskMobileSMS, person), url.Values{"mobile": {mobile}}).shows(t, http.StatusOK, mobile)
	change := url.Values{"mobile": {mobile}, "code": {s.CodeAt(mobile)}, "reason": {"本人到场，已核对证件"}}
	first, second = b.tab(path), b.tab(path)
	first(change).shows(t, http.StatusOK, "手机号码已更换", "之前不能激活")
	if got := second(change); got.Status != http.StatusUnprocessableEntity || !strings.Contains(got.Body, "新手机号码与原手机号码相同") {
		t.Errorf("the mobile is changed again: %d %s", got.Status, got.text())
	}

	path = link.To(link.DeskClear, person)
	s.Wait(time.Minute)
	first, second = b.tab(path), b.tab(path)
	first(url.Values{"reason": {"本人到场"}}).shows(t, http.StatusOK, "已解除激活限制")
	second(url.Values{"reason": {"本人到场"}}).shows(t, http.StatusUnprocessableEntity, "不需要解除")
	x, err := s.Identity.Stand(t.Context(), s.Actor(demo.Reviewer), person)
	s.must(err)
	if len(x.Helps) != 4 || !x.Blocked.IsZero() || x.Person.Mobile != mobile {
		t.Errorf("the desk did %+v", x)
	}
	b.get(home).shows(t, http.StatusOK, app.MaskMobile(mobile), "没有限制")
}
