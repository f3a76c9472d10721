package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"laoqi/app/demo"
	"laoqi/app/link"
)

func TestTheMobileIsChangedWithoutJavaScript(t *testing.T) {
	s := open(t)
	b := s.as(demo.WorkerA)
	b.get(link.MobileMe).shows(t, http.StatusOK, "账号与安全")
	b.get(link.MobileSecurity).shows(t, http.StatusOK, "修改手机号码", "138****2041", "本机")
	form := url.Values{"mobile": {"13912345678"}}
	s.Screen.Clear()
	b.sendFrom(link.MobileNumber, link.MobileNumberOld, form).shows(t, http.StatusOK, `data-wait="60"`, "13912345678")
	form.Set("old_code", s.Code(demo.WorkerA))
	b.sendFrom(link.MobileNumber, link.MobileNumberNew, form).shows(t, http.StatusOK, `data-wait="60"`, form.Get("old_code"))
	form.Set("code", s.CodeAt("13912345678"))
	b.send(link.MobileNumber, form).shows(t, http.StatusUnprocessableEntity, "请输入登录密码", form.Get("code"))
	form.Set("password", demo.Password)
	b.send(link.MobileNumber, form).shows(t, http.StatusOK, "手机号码已修改", "用户登录")
	b.get(link.MobileMe).shows(t, http.StatusOK, "用户登录")
	b.send(link.MobileLogin, url.Values{"way": {"person"}, "name": {"13912345678"}, "password": {demo.Password}}).shows(t, http.StatusOK, "王秀兰")
}

func TestAnAccountSeesItsDevicesAndLogsTheOthersOut(t *testing.T) {
	s := open(t)
	phone, desk := s.as(demo.Boss), s.onBothFaces(demo.Boss)
	page := phone.get(link.MobileSecurity)
	page.shows(t, http.StatusOK, "网厅，地址", "手机端，地址", "退出其他设备")
	if strings.Contains(page.Body, `href="`+link.MobileNumber+`"`) {
		t.Error("an enterprise's account is offered a change of the person's mobile")
	}
	after := phone.sendFrom(link.MobileSecurity, link.MobileSessions, url.Values{})
	after.shows(t, http.StatusOK, "其他设备已退出登录", "本机")
	if strings.Contains(after.Body, "网厅，地址") {
		t.Error("the hall's session is still listed")
	}
	desk.get(link.Hall).shows(t, http.StatusOK, "单位登录")
}
