package web_test

import (
	"net/http"
	"net/url"
	"strconv"
	"testing"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/demo"
	"laoqi/app/link"
	"laoqi/app/seal"
)

// secondEnterprise is another employer, whose legal rep is the second worker and
// who grants its seal to the sample operator.
func (s *site) secondEnterprise() (id int64) {
	s.t.Helper()
	boss := s.Second()
	made, err := s.Seal.Make(s.t.Context(), boss, seal.Form{Kind: app.SealHR, Name: apptest.SecondName + "人事专用章"}, s.Proof(boss, demo.WorkerB))
	s.must(err)
	s.Grant(boss, made, demo.Operator)
	return boss.Enterprise
}

func TestAnOperatorOfTwoEnterprisesChoosesAndSeesOnlyTheChosenOnesSeals(t *testing.T) {
	s := authorizing(t)
	second := s.secondEnterprise()
	b := s.as(demo.Operator)
	b.enter(demo.Operator).shows(t, http.StatusOK, "选择企业", demo.EnterpriseName, apptest.SecondName)
	b.send(link.MobileSealChoose, url.Values{"enterprise": {"99"}}).shows(t, http.StatusOK, "没有授权您使用印章")
	b.send(link.MobileSealChoose, url.Values{"enterprise": {strconv.FormatInt(second, 10)}}).shows(t, http.StatusOK, apptest.SecondName, "切换企业")
	list := b.get(link.MobileSeals)
	list.shows(t, http.StatusOK, "人事专用章", apptest.SecondName)
	list.lacks(t, "电子法定名称章", demo.EnterpriseName)
}

func TestTheSealOfAnotherEnterpriseDoesNotAnswerTheCode(t *testing.T) {
	s := authorizing(t)
	second := s.secondEnterprise()
	path := link.To(link.MobileTicket, s.Ticket(s.clerk))
	b := s.as(demo.Operator)
	b.sendFrom(path, path+"/scan", url.Values{}).shows(t, http.StatusOK, "选择印章所属企业", demo.EnterpriseName, apptest.SecondName)
	answer := url.Values{"enterprise": {strconv.FormatInt(second, 10)}, "passphrase": {apptest.Passphrase}}
	b.sendFrom(path, path+"/give", answer).shows(t, http.StatusUnprocessableEntity, "这个二维码由“"+demo.EnterpriseName+"”出示")
	answer.Set("enterprise", "1")
	b.sendFrom(path, path+"/give", answer).shows(t, http.StatusOK, "授权成功")
}
