package web_test

import (
	"net/http"
	"net/url"
	"strconv"
	"testing"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/demo"
	"laoqi/app/enterprise"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/app/seal"
)

const (
	secondName = "吉林市松花江物流有限公司"
	secondUSCC = "91220201MA0Y5T3N1"
)

// secondEnterprise is another employer, whose legal rep is the second worker and
// who grants its seal to the sample operator.
func (s *site) secondEnterprise() (id int64) {
	s.t.Helper()
	ctx := s.t.Context()
	id, err := s.Enterprise.Register(ctx, s.Actor(demo.WorkerB), enterprise.Form{Name: secondName, USCC: completed(secondUSCC), Address: "吉林市", Phone: "0432-1",
		Password: demo.Password, Again: demo.Password, Licence: []byte("\x89PNG\r\n\x1a\n")})
	s.must(err)
	s.must(s.Enterprise.Decide(ctx, s.Actor(demo.Reviewer), id, ""))
	boss := s.LogIn(identity.FaceMobile, identity.Credentials{Way: identity.AsEnterprise, USCC: completed(secondUSCC), Password: demo.Password})
	made, err := s.Seal.Make(ctx, boss, seal.Form{Kind: app.SealHR, Name: secondName + "人事专用章"}, s.Proof(boss, demo.WorkerB))
	s.must(err)
	s.Grant(boss, made, demo.Operator)
	return id
}

// completed adds the check character that fits (GB 32100).
func completed(body string) string {
	for _, c := range "0123456789ABCDEFGHJKLMNPQRTUWXY" {
		if code, problem := app.CheckUSCC(body + string(c)); problem == "" {
			return code
		}
	}
	return body
}

func TestAnOperatorOfTwoEnterprisesChoosesAndSeesOnlyTheChosenOnesSeals(t *testing.T) {
	s := authorizing(t)
	second := s.secondEnterprise()
	b := s.as(demo.Operator)
	b.enter(demo.Operator).shows(t, http.StatusOK, "选择企业", demo.EnterpriseName, secondName)
	b.send(link.MobileSealChoose, url.Values{"enterprise": {"99"}}).shows(t, http.StatusOK, "没有授权您使用印章")
	b.send(link.MobileSealChoose, url.Values{"enterprise": {strconv.FormatInt(second, 10)}}).shows(t, http.StatusOK, secondName, "切换企业")
	list := b.get(link.MobileSeals)
	list.shows(t, http.StatusOK, "人事专用章", secondName)
	list.lacks(t, "电子法定名称章", demo.EnterpriseName)
}

func TestTheSealOfAnotherEnterpriseDoesNotAnswerTheCode(t *testing.T) {
	s := authorizing(t)
	second := s.secondEnterprise()
	path := link.To(link.MobileTicket, s.Ticket(s.clerk))
	b := s.as(demo.Operator)
	b.sendFrom(path, path+"/scan", url.Values{}).shows(t, http.StatusOK, "选择印章所属企业", demo.EnterpriseName, secondName)
	answer := url.Values{"enterprise": {strconv.FormatInt(second, 10)}, "passphrase": {apptest.Passphrase}}
	b.sendFrom(path, path+"/give", answer).shows(t, http.StatusUnprocessableEntity, "这个二维码由“"+demo.EnterpriseName+"”出示")
	answer.Set("enterprise", "1")
	b.sendFrom(path, path+"/give", answer).shows(t, http.StatusOK, "授权成功")
}
