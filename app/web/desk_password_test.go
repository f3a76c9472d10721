package web_test

import (
	"net/http"
	"net/url"
	"testing"

	"laoqi/app/demo"
	"laoqi/app/identity"
	"laoqi/app/link"
)

func TestAReviewerChangesTheOwnPasswordAndStaysWhereHeIs(t *testing.T) {
	s := open(t)
	b, elsewhere := s.as(demo.Reviewer), s.as(demo.Reviewer)
	form := func(password, fresh, again string) url.Values {
		return url.Values{"password": {password}, "new": {fresh}, "again": {again}}
	}
	b.send(link.DeskPassword, form("", "short", "other")).shows(t, http.StatusUnprocessableEntity, "请输入现在的登录密码", "至少 2 种的组合，请重新设置", "两次输入的密码不一致")
	b.send(link.DeskPassword, form("Wrong2026", "Xinmima26", "Xinmima26")).shows(t, http.StatusUnprocessableEntity, "登录密码不正确")
	b.send(link.DeskPassword, form(demo.Password, "Xinmima26", "Xinmima26")).shows(t, http.StatusOK, "登录密码已修改")
	if p := elsewhere.get(link.DeskIdentities); p.Path == link.DeskIdentities {
		t.Error("the session elsewhere goes on")
	}
	sample, _ := demo.Find(demo.Reviewer)
	c := sample.Credentials()
	v := s.visitor()
	v.send(link.DeskLogin, url.Values{"name": {c.Name}, "password": {c.Password}}).shows(t, http.StatusUnprocessableEntity, "账号或密码不正确")
	c.Password = "Xinmima26"
	v.logIn(identity.FaceDesk, c)
}
