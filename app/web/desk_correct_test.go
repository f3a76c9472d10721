package web_test

import (
	"net/http"
	"net/url"
	"testing"

	"laoqi/app"
	"laoqi/app/demo"
	"laoqi/app/link"
)

func TestTheDeskCorrectsWhatADocumentSays(t *testing.T) {
	s := open(t)
	b, person := s.as(demo.Reviewer), s.Actor(demo.WorkerA).Person
	sample, _ := demo.Find(demo.WorkerA)
	path := link.To(link.DeskCorrect, person)
	b.follow(b.get(link.To(link.DeskPerson, person)), "更正身份信息").shows(t, http.StatusOK, sample.Name, sample.Number, "签章授权失效", "重新备案")

	form := url.Values{app.FieldName: {"王"}, app.FieldIDType: {string(app.IDResident)}, app.FieldIDNumber: {"220102"}, "id_from": {"2021年"}, "id_until": {"2020-01-01"}}
	b.send(path, form).shows(t, http.StatusUnprocessableEntity, "请更正以下 5 处", "请按“年-月-日”填写日期", "请写明怎样核对了本人身份", `value="220102"`)
	other, _ := demo.Find(demo.WorkerB)
	form = url.Values{app.FieldName: {sample.Name}, app.FieldIDType: {string(app.IDResident)}, app.FieldIDNumber: {other.Number}, "id_from": {"2021-01-01"}, "id_until": {"2041-01-01"}, "reason": {"本人到场"}}
	b.send(path, form).shows(t, http.StatusUnprocessableEntity, "已由另一个账号通过核验", "本人到场")

	worker := s.as(demo.WorkerA)
	b.send(path, with(form, app.FieldIDNumber, sample.Number)).shows(t, http.StatusOK, "身份信息已更正", "2021-01-01 至 2041-01-01", "更新证件有效期", "没有限制")
	worker.get(link.MobileInfo).shows(t, http.StatusOK, "2041-01-01")
	b.send(path, form).shows(t, http.StatusUnprocessableEntity, "没有需要更正的内容")
	b.send(path, with(form, app.FieldName, "王秀蓝")).shows(t, http.StatusOK, "身份信息已更正", "王秀蓝", "之前不能激活")
	worker.get(link.MobileInfo).shows(t, http.StatusOK, "用户登录")
}
