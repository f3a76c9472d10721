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

const licencePicture = "\x89PNG\r\n\x1a\n the new licence"

func TestTheDeskReplacesTheLegalRepOnTheWordOfTheNewOneAlone(t *testing.T) {
	s := open(t)
	before, agent, b := s.as(demo.Boss), s.as(demo.Agent), s.as(demo.WorkerB)
	b.get(link.MobileEnterprise).shows(t, http.StatusOK, "变更法定代表人")
	typed := map[string]string{"name": demo.EnterpriseName, "uscc": demo.EnterpriseUSCC}
	led := b.uploadWith(link.MobileEnterprise, link.MobileEnterprise, "licence", []byte(licencePicture), typed)
	led.shows(t, http.StatusUnprocessableEntity, "这家单位已经入驻", "提交变更申请", `value="`+demo.EnterpriseUSCC+`"`)
	b.upload(link.MobileLegalRep, "licence", nil).shows(t, http.StatusUnprocessableEntity, "请选择照片文件", "统一社会信用代码", "密码为 8-16 位")
	form := map[string]string{"uscc": demo.EnterpriseUSCC, "password": "Xinfaren26", "again": "Xinfaren26"}
	applied := b.uploadWith(link.MobileLegalRep, link.MobileLegalRep, "licence", []byte(licencePicture), form)
	applied.shows(t, http.StatusOK, "的申请已提交", demo.EnterpriseName, "待审核")
	b.uploadWith(link.MobileLegalRep, link.MobileLegalRep, "licence", []byte(licencePicture), form).shows(t, http.StatusOK, "不需要重复提交")
	for _, p := range []page{led, applied} {
		p.lacks(t, "孙庆国")
	}
	before.get(link.MobileInbox).shows(t, http.StatusOK, "有人申请变更")

	changes, err := s.Enterprise.LegalRepChanges(t.Context())
	s.must(err)
	path, desk := link.To(link.DeskLegalRep, changes[0].ID), s.as(demo.Reviewer)
	desk.get(link.DeskEnterprises).shows(t, http.StatusOK, "变更法定代表人", path)
	desk.get(path).shows(t, http.StatusOK, "孙庆国 → 李建国", "已核验", "法定代表人名章及其授权作废", "不能撤回")
	pictures := link.To(link.DeskLegalRepLicence, changes[0].ID)
	if got := desk.get(pictures); got.Body != licencePicture || desk.get(pictures+"?before=1").Body == licencePicture {
		t.Error("the pictures are not the new licence and the one before")
	}
	desk.send(path, url.Values{"decision": {"refuse"}}).shows(t, http.StatusUnprocessableEntity, "请填写原因")
	one, other := desk.token(path), desk.token(path) // in two tabs
	accept := func(token string) page {
		return desk.read(desk.client.PostForm(s.server.URL+path, url.Values{"decision": {"accept"}, "_token": {token}}))
	}
	accept(one).shows(t, http.StatusOK, "法定代表人已变更，并已通知")
	accept(other).shows(t, http.StatusOK, "已由其他审核人员处理")
	desk.get(path).shows(t, http.StatusOK, "已变更", "孙庆国 → 李建国")

	if got := before.get(link.MobileMe); !strings.HasPrefix(got.Path, link.MobileLogin) {
		t.Errorf("the legal rep before is still at %s", got.Path)
	}
	agent.get(link.Hall).shows(t, http.StatusOK, "周敏")
	now := s.visitor()
	now.logIn(identity.FaceMobile, identity.Credentials{Way: identity.AsEnterprise, USCC: demo.EnterpriseUSCC, Password: "Xinfaren26"})
	now.get(link.MobileMe).shows(t, http.StatusOK, "李建国", "单位账号（法定代表人）")
}

func TestWhoIsNotYetVerifiedIsLedToTheVerificationFirst(t *testing.T) {
	s := open(t)
	const mobile = "13900000555"
	s.Screen.Clear()
	s.must(s.Identity.SendRegistrationCode(t.Context(), mobile))
	today := app.DateOf(s.Now())
	_, err := s.Identity.Register(t.Context(), identity.Registration{Known: identity.Known{Name: "赵新", IDType: app.IDResident, IDNumber: "22010219950607303X", Mobile: mobile},
		IDFrom: today.AddYears(-1), IDUntil: today.AddYears(9), Code: s.CodeAt(mobile), Password: demo.Password, Again: demo.Password, Agreed: true}, app.Device{})
	s.must(err)
	b := s.visitor()
	b.logIn(identity.FaceMobile, identity.Credentials{Way: identity.AsPerson, Name: mobile, Password: demo.Password})
	b.get(link.MobileLegalRep).shows(t, http.StatusOK, "核验通过后才能申请", link.MobileIdentity)
	b.get(link.MobileLegalRep).lacks(t, "提交变更申请")
	form := map[string]string{"uscc": demo.EnterpriseUSCC, "password": "Xinfaren26", "again": "Xinfaren26"}
	b.uploadWith(link.MobileEnterprise, link.MobileLegalRep, "licence", []byte(licencePicture), form).shows(t, http.StatusOK, "请先完成身份核验")
}

// An agent with 经办人管理 works on all seals but the one of the legal rep's name.
func TestTheSealOfTheLegalRepsNameIsTheLegalRepsAlone(t *testing.T) {
	s := open(t)
	b, boss := s.managingAgent(), s.Actor(demo.Boss)
	id := s.MakeSeal(boss, app.SealLegalRep)
	grant := s.Grant(boss, id, demo.Operator)
	b.enter(demo.Agent).shows(t, http.StatusOK, "电子印章管理")
	b.get(link.MobileSealAdd).lacks(t, "法定代表人名章")
	for _, path := range []string{link.MobileSealAdd, link.MobileSealPreview} {
		got := b.sendFrom(link.MobileSealAdd, path, url.Values{"kind": {string(app.SealLegalRep)}, "name": {"法定代表人名章"}})
		if !strings.Contains(got.Body, "只能由法定代表人本人") || strings.Contains(got.Body, "孙庆国 法定代表人名章") {
			t.Errorf("%s answers an agent: %s", path, got.text())
		}
	}
	detail := b.get(link.To(link.MobileSeal, id))
	detail.shows(t, http.StatusOK, "法定代表人名章")
	detail.lacks(t, link.To(link.MobileSealVoid, id), link.To(link.MobileGrants, id))
	known := apptest.Known(demo.WorkerA)
	person := url.Values{"name": {known.Name}, "id_type": {string(known.IDType)}, "id_number": {known.IDNumber}, "mobile": {known.Mobile}, "from": {"2026-05-06"}, "until": {"2027-05-06"}}
	for path, form := range map[string]url.Values{
		link.To(link.MobileGrantAdd, id):       person,
		link.To(link.MobileGrant, grant):       {"seen_from": {"2026-05-06"}, "seen_until": {"2028-05-06"}, "from": {"2026-05-06"}, "until": {"2029-05-06"}},
		link.To(link.MobileGrantRemove, grant): {}, link.To(link.MobileSealVoid, id): {"password": {demo.Password}, "code": {"000000"}},
	} {
		if got := b.sendFrom(link.MobileSealAdd, path, form); got.Status != http.StatusForbidden || !strings.Contains(got.Body, "只能由法定代表人本人") {
			t.Errorf("POST %s: %d %s", path, got.Status, got.text())
		}
		if got := b.get(path); got.Status != http.StatusForbidden {
			t.Errorf("GET %s: %d %s", path, got.Status, got.text())
		}
	}
	if got := b.get(link.To(link.MobileGrants, id)); got.Status != http.StatusForbidden {
		t.Errorf("the grants: %d %s", got.Status, got.text())
	}
	if seals, err := s.Seal.List(t.Context(), boss); err != nil || len(seals) != 1 || seals[0].Void() || seals[0].Grants != 1 {
		t.Errorf("the seals are %+v, %v", seals, err)
	}
	if list, err := s.Seal.Grants(t.Context(), boss, id); err != nil || len(list) != 1 || list[0].Until.Year != 2028 {
		t.Errorf("the grants are %+v, %v", list, err)
	}
}

// managingAgent is the sample agent with 经办人管理, on the phone.
func (s *site) managingAgent() browser {
	s.t.Helper()
	boss := s.Actor(demo.Boss)
	agents, err := s.Enterprise.Agents(s.t.Context(), boss)
	s.must(err)
	terms := agents[0].AgentTerms
	terms.Manages = true
	s.must(s.Enterprise.EditAgent(s.t.Context(), boss, agents[0].ID, agents[0].AgentTerms, terms))
	sample, _ := demo.Find(demo.Agent)
	b := s.visitor()
	b.logIn(identity.FaceMobile, sample.Credentials())
	return b
}
