package web_test

import (
	"net/http"
	"net/url"
	"testing"

	"laoqi/app"
	"laoqi/app/demo"
	"laoqi/app/link"
)

func TestAMistypedRegistrationIsCorrectedOnThePhone(t *testing.T) {
	s := open(t)
	b := s.visitor()
	v, mobile := s.stranger()
	s.Screen.Clear()
	b.sendFrom(link.MobileRegister, link.MobileRegisterSMS, url.Values{"mobile": {mobile}})
	number := v.Get(app.FieldIDNumber)
	b.send(link.MobileRegister, with(v, "code", s.CodeAt(mobile), app.FieldName, "高建国")).shows(t, http.StatusOK, "注册成功", "更正身份信息")

	form := b.follow(b.get(link.MobileInfo), "更正身份信息")
	form.shows(t, http.StatusOK, "高建国", "2020-03-01", "2040-03-01")
	form.lacks(t, number)
	c := url.Values{app.FieldName: {"高建军"}, app.FieldIDType: {string(app.IDPassport)}, app.FieldIDNumber: {"1234"}, "id_from": {"20年3月"}, "id_until": {"2019-01-01"}}
	b.send(link.MobileCorrect, c).shows(t, http.StatusUnprocessableEntity, "请更正以下 3 处", "请按“年-月-日”填写日期", "高建军", "1234", "2019-01-01")
	c = url.Values{app.FieldName: {"高建国"}, app.FieldIDType: {string(app.IDResident)}, app.FieldIDNumber: {number}, "id_from": {"2020-03-01"}, "id_until": {"2040-03-01"}}
	b.send(link.MobileCorrect, c).shows(t, http.StatusUnprocessableEntity, "没有需要更正的内容")
	b.send(link.MobileCorrect, with(c, app.FieldName, "高建军", "id_until", "", "span", "long")).shows(t, http.StatusOK, "身份信息已更正", "高建军", "2020-03-01 至 长期有效", "提交证件照片")

	worker := s.as(demo.WorkerA)
	worker.get(link.MobileInfo).shows(t, http.StatusOK, "证件有效期", "请带证件到审核窗口更正")
	worker.get(link.MobileCorrect).shows(t, http.StatusOK, "您的身份已核验", "审核窗口")
}
