package web_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/pem"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/contract"
	"laoqi/app/demo"
	"laoqi/app/filing"
	"laoqi/app/link"
)

// contract makes the contract of a filing of the sample worker.
func (s *site) contract(who demo.Who) contract.Document {
	s.t.Helper()
	worker, _ := demo.Find(who)
	f := filing.Form{Kind: app.FilingNew,
		Worker: app.Worker{Name: worker.Name, IDType: app.IDResident, IDNumber: worker.Number, Mobile: worker.Mobile, Address: "长春市"},
		Terms: app.Terms{Kind: app.TermFixed, Start: app.Date{Year: 2026, Month: 5, Day: 1}, End: app.Date{Year: 2027, Month: 4, Day: 30},
			Post: "装配工", Duties: "装配", Workplace: "长春市", Hours: app.HoursStandard, PayKind: app.PayMonthly, Pay: 4500_00, PayDay: 15,
			Insurance: "依法参加", Protection: "依法提供"}}
	id, err := s.Filing.Save(s.t.Context(), s.clerk, 0, f)
	s.must(err)
	s.must(s.Contract.Make(s.t.Context(), contract.Draft{FilingID: id, EnterpriseID: s.clerk.Enterprise, Kind: f.Kind, Worker: f.Worker, Terms: f.Terms}))
	page, err := s.Contract.Search(s.t.Context(), s.clerk.Enterprise, contract.Filter{}, 0)
	s.must(err)
	d, err := s.Contract.OfContract(s.t.Context(), s.clerk, page.Rows[0].Contract)
	s.must(err)
	return d
}

func TestASearchByIDNumberLeavesNoNumberInTheAddress(t *testing.T) {
	s := open(t)
	s.contract(demo.WorkerA)
	s.contract(demo.WorkerB)
	clerk, sample := s.as(demo.Agent), demo.Samples[2]
	got := clerk.sendFrom(link.HallContracts, link.HallContractSearch, url.Values{app.FieldIDNumber: {sample.Number}})
	got.shows(t, http.StatusOK, "王秀兰", app.MaskID(sample.Number))
	if strings.Contains(got.Path, sample.Number) || strings.Contains(got.Body, "李建国") {
		t.Errorf("at %s, the other worker shown: %v", got.Path, strings.Contains(got.Body, "李建国"))
	}
	clerk.sendFrom(link.HallContracts, link.HallContractSearch, url.Values{app.FieldIDNumber: {sample.Number[:17]}}).
		shows(t, http.StatusUnprocessableEntity, "请输入完整、正确的身份证号", sample.Number[:17])
	other := s.as(demo.Agent)
	other.get(link.With(link.HallContracts, "found", "1")).shows(t, http.StatusOK, "王秀兰", "李建国")
}

func TestAWorkerWithoutJavaScriptSignsByTypingTheName(t *testing.T) {
	s := open(t)
	s.Activate(s.Actor(demo.WorkerA), demo.WorkerA)
	d := s.contract(demo.WorkerA)
	worker := s.as(demo.WorkerA)
	sign := link.To(link.MobileSign, d.ID)
	worker.get(link.To(link.MobileContract, d.ID)).shows(t, http.StatusOK, "订立电子劳动合同不向您收取任何费用", "第一条", "拒签")
	s.Screen.Clear()
	form := url.Values{contract.FieldDocument: {d.Reading().String()}, contract.FieldTyped: {"王秀兰"}, contract.FieldConsent: {"on"}}
	worker.sendFrom(sign, link.To(link.MobileSignSMS, d.ID), form).shows(t, http.StatusOK, `value="王秀兰"`)
	form.Set(contract.FieldCode, s.Code(demo.WorkerA))
	form.Set(contract.FieldPassphrase, "Wrong2026")
	worker.send(sign, form).shows(t, http.StatusUnprocessableEntity, "证书密码不正确", `value="王秀兰"`, form.Get(contract.FieldCode))
	form.Set(contract.FieldPassphrase, apptest.Passphrase)
	worker.send(sign, form).shows(t, http.StatusOK, "签署成功", "等待单位盖章")
	worker.get(sign).shows(t, http.StatusOK, "这份合同现在不需要您签署")
}

func TestAWorkerWithoutCertificateIsLedToActivateOne(t *testing.T) {
	s := open(t)
	d := s.contract(demo.WorkerA)
	if got := s.as(demo.WorkerA).get(link.To(link.MobileSign, d.ID)); !strings.HasPrefix(got.Path, link.MobileActivate+"?next=") {
		t.Errorf("led to %s", got.Path)
	}
}

func TestAWorkerDeclinesWithAReason(t *testing.T) {
	s := open(t)
	d := s.rostered(demo.WorkerA)
	worker := s.as(demo.WorkerA)
	decline := link.To(link.MobileDecline, d.ID)
	worker.get(decline).shows(t, http.StatusOK, "拒签后这份合同不能再签署，原因会告诉单位")
	added := s.supplement(d)
	worker.get(link.To(link.MobileDecline, added.ID)).shows(t, http.StatusOK, "拒签后这份补充条款不能再签署", "劳动合同不受影响")
	worker.get(decline).shows(t, http.StatusOK, "它的 1 份还没有订立的补充条款随之撤回")
	worker.send(decline, url.Values{}).shows(t, http.StatusUnprocessableEntity, "请填写拒签的原因")
	worker.send(decline, url.Values{"reason": {"工资不对"}}).shows(t, http.StatusOK, "已拒签", "工资不对")
	s.as(demo.Agent).get(link.To(link.HallContract, d.Contract)).shows(t, http.StatusOK, "劳动者拒签，原因：工资不对")
	worker.get(link.To(link.MobileContract, added.ID)).shows(t, http.StatusOK, "这份补充条款已撤回，没有订立，您不需要签署")
}

func TestWhatAWorkerDeclinedIsFiledAgain(t *testing.T) {
	s := open(t)
	filing, _ := s.Roster(s.clerk, s.Actor(demo.Reviewer), apptest.Form(demo.WorkerA))
	s.Idle()
	again := link.With(add, "again", number(filing))
	clerk := s.as(demo.Agent)
	clerk.get(again).shows(t, http.StatusOK, "只有员工拒签的新签备案可以重新办理")
	d, err := s.Contract.OfContract(t.Context(), s.clerk, s.ReadFiling(s.clerk, filing).Contract)
	s.must(err)
	s.must(s.Contract.Decline(t.Context(), s.Actor(demo.WorkerA), d.ID, "工资不对"))
	page := clerk.get(link.To(link.HallContract, d.Contract))
	page.shows(t, http.StatusOK, "劳动者拒签，原因：工资不对", again)
	clerk.follow(page, "重新办理").shows(t, http.StatusOK, "新增新签备案", `value="王秀兰"`, apptest.Known(demo.WorkerA).IDNumber, `value="装配工"`)
	clerk.send(again, typed(demo.WorkerA)).shows(t, http.StatusOK, "备案已提交")
}

func TestASignedContractLeadsToWhatMayFollow(t *testing.T) {
	s := open(t)
	_, d := s.Conclude()
	clerk := s.as(demo.Agent)
	page := clerk.get(link.To(link.HallContract, d.Contract))
	for _, kind := range []app.FilingKind{app.FilingRenewal, app.FilingTermination} {
		form := link.With(link.To(link.HallFilingAdd, kind), "previous", number(d.Filing))
		page.shows(t, http.StatusOK, `href="`+form+`"`)
		clerk.get(form).shows(t, http.StatusOK, "新增"+kind.Label()+"备案", d.Worker)
	}
}

func TestAContractIsDownloadedByItsPartiesOnly(t *testing.T) {
	s := open(t)
	d := s.contract(demo.WorkerA)
	mine, theirs := link.To(link.MobileDownload, d.ID), link.To(link.HallDownload, d.Contract)
	for who, path := range map[demo.Who]string{demo.WorkerA: mine, demo.Agent: theirs} {
		if got := s.as(who).get(path); got.Kind != "application/pdf" || !strings.HasPrefix(got.Body, "%PDF-") {
			t.Errorf("%s gets %d, %s", who, got.Status, got.Kind)
		}
	}
	stranger := s.as(demo.WorkerB)
	for _, path := range []string{mine, link.To(link.MobileContract, d.ID), link.To(link.MobilePage, d.ID, 1), link.To(link.MobileSign, d.ID)} {
		stranger.get(path).shows(t, http.StatusNotFound)
	}
}

func TestTheCheckPageAnswersAnybody(t *testing.T) {
	s := open(t)
	d := s.contract(demo.WorkerA)
	v := s.visitor()
	v.get(link.To(link.CheckCode, d.CheckCode)).shows(t, http.StatusOK, "还没有签署", "王*兰", demo.EnterpriseName)
	v.get(link.With(link.Check, "code", strings.ToLower(d.CheckCode))).shows(t, http.StatusOK, "还没有签署")
	v.get(link.To(link.CheckCode, "AAAA-AAAA-AAAA-AAAA")).shows(t, http.StatusNotFound, "没有找到这个核验码")
	file, err := s.Contract.File(d)
	s.must(err)
	v.upload(link.Check, contract.FieldFile, file).shows(t, http.StatusOK, "还没有签署", d.Number)
	v.upload(link.Check, contract.FieldFile, []byte("hello")).shows(t, http.StatusUnprocessableEntity, "这不是 PDF 文件")
	v.upload(link.Check, contract.FieldFile, nil).shows(t, http.StatusUnprocessableEntity, "请选择要核验的 PDF 文件")
	v.upload(link.Check, contract.FieldFile, make([]byte, 11<<20)).shows(t, http.StatusUnprocessableEntity, "文件不能超过 10 MB")
}

func TestTheRootCertificateCanBeHad(t *testing.T) {
	s := open(t)
	block, _ := pem.Decode([]byte(s.visitor().get(link.Root).Body))
	if block == nil || !bytes.Equal(block.Bytes, s.Cert.Root().Raw) {
		t.Error("not the root certificate")
	}
	if got := s.visitor().get(link.RootDER).Body; got != string(s.Cert.Root().Raw) {
		t.Error("not the root certificate in DER")
	}
	sum := sha256.Sum256(s.Cert.Root().Raw)
	s.visitor().get(link.Trust).shows(t, http.StatusOK, "自签发", "将此证书用作可信任的根", "受信任的根证书颁发机构",
		fmt.Sprintf("%X %X %X", sum[:2], sum[2:4], sum[4:6]))
}

func TestClosingIsRefusedOnceAWorkerHasSigned(t *testing.T) {
	s := open(t)
	clerk := s.as(demo.Agent)
	clerk.get(link.HallClose).shows(t, http.StatusOK, "关闭后，新办理的备案将按传统模式生成纸质劳动合同")
	worker := s.Actor(demo.WorkerA)
	s.Activate(worker, demo.WorkerA)
	d := s.contract(demo.WorkerA)
	s.Screen.Clear()
	s.must(s.Contract.SendCode(t.Context(), worker, d.ID))
	s.must(s.Contract.Sign(t.Context(), worker, contract.Signing{Read: []contract.Reading{d.Reading()}, Typed: "王秀兰", Consent: true,
		Passphrase: apptest.Passphrase, Code: s.Code(demo.WorkerA)}))
	page := clerk.get(link.HallClose)
	page.shows(t, http.StatusOK, "已有劳动者签署了电子劳动合同，不允许关闭")
	if strings.Contains(page.Body, "确认关闭") {
		t.Error("the page offers what it would refuse")
	}
	clerk.sendFrom(link.HallContracts, link.HallClose, url.Values{}).shows(t, http.StatusOK, "已有劳动者签署了电子劳动合同，不允许关闭")
}

func TestTheEvidenceOfAContractIsForItsPartiesOnly(t *testing.T) {
	s := open(t)
	_, d := s.Conclude()
	mine, theirs := link.To(link.MobileEvidence, d.ID), link.To(link.HallEvidence, d.Contract)
	s.as(demo.WorkerA).get(link.To(link.MobileContract, d.ID)).shows(t, http.StatusOK, "证据包下载", mine)
	s.as(demo.Agent).get(link.To(link.HallContract, d.Contract)).shows(t, http.StatusOK, "证据包下载", theirs)
	for who, path := range map[demo.Who]string{demo.WorkerA: mine, demo.Agent: theirs} {
		if got := s.as(who).get(path); got.Kind != "application/zip" || !strings.HasPrefix(got.Body, "PK") {
			t.Errorf("%s gets %d, %s", who, got.Status, got.Kind)
		}
	}
	s.as(demo.WorkerB).get(mine).shows(t, http.StatusNotFound)
}

func TestAContractThatWaitsHasNoEvidencePackage(t *testing.T) {
	s := open(t)
	d := s.contract(demo.WorkerA)
	s.as(demo.Agent).get(link.To(link.HallEvidence, d.Contract)).shows(t, http.StatusOK, "签署完成后才能下载证据包")
}
