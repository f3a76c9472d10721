package web_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/apptest/tool"
	"laoqi/app/apptest/upload"
	"laoqi/app/contract"
	"laoqi/app/demo"
	"laoqi/app/link"
)

// rostered is the contract of a filing that went through the desk.
func (s *site) rostered(who demo.Who) (d contract.Document) {
	s.t.Helper()
	s.Roster(s.clerk, s.Actor(demo.Reviewer), apptest.Form(who))
	s.Until("the contract", func() bool {
		page, err := s.Contract.Search(s.t.Context(), s.clerk.Enterprise, contract.Filter{Document: app.DocumentUnsigned}, 0)
		s.must(err)
		if len(page.Rows) == 0 {
			return false
		}
		d, err = s.Contract.OfContract(s.t.Context(), s.clerk, page.Rows[0].Contract)
		s.must(err)
		return true
	})
	return d
}

// supplement uploads a file of two pages and reads what became of it.
func (s *site) supplement(d contract.Document) contract.Document {
	s.t.Helper()
	id, err := s.Contract.AddSupplement(s.t.Context(), s.clerk, contract.Upload{Contract: d.Contract, File: upload.Plain(2)})
	s.must(err)
	d, err = s.Contract.Supplement(s.t.Context(), s.clerk, id)
	s.must(err)
	return d
}

// sign signs a document as the worker, who has a certificate.
func (s *site) sign(d contract.Document) {
	s.t.Helper()
	worker := s.Actor(demo.WorkerA)
	s.Screen.Clear()
	s.must(s.Contract.SendCode(s.t.Context(), worker, d.ID))
	s.must(s.Contract.Sign(s.t.Context(), worker, contract.Signing{Read: []contract.Reading{d.Reading()}, Typed: "王秀兰", Consent: true,
		Passphrase: apptest.Passphrase, Code: s.Code(demo.WorkerA)}))
}

func TestTheTemplateOfASupplementIsAWordFile(t *testing.T) {
	s := open(t)
	d := s.rostered(demo.WorkerA)
	clerk := s.as(demo.Agent)
	clerk.get(link.HallContracts).shows(t, http.StatusOK, link.To(link.HallContract, d.Contract)+"#supplements")
	clerk.get(link.To(link.HallContract, d.Contract)).shows(t, http.StatusOK, "电子劳动合同补充条款模板下载", "电子合同补充条款模板上传")
	got := clerk.get(link.To(link.HallTemplate, d.Contract))
	if !strings.HasPrefix(got.Kind, "application/vnd.openxmlformats") || !strings.HasPrefix(got.Body, "PK") {
		t.Errorf("the template is %d, %s", got.Status, got.Kind)
	}
}

func TestAContractWithoutRosterOffersNoSupplement(t *testing.T) {
	s := open(t)
	d := s.contract(demo.WorkerA)
	clerk := s.as(demo.Agent)
	if page := clerk.get(link.To(link.HallContract, d.Contract)); strings.Contains(page.Body, "补充条款") {
		t.Errorf("the page offers a supplement:\n%s", page.Body)
	}
	clerk.get(link.To(link.HallTemplate, d.Contract)).shows(t, http.StatusOK, "只有新签备案审核通过")
}

func TestAnUnfitFileIsRefusedAtItsField(t *testing.T) {
	s := open(t)
	d := s.rostered(demo.WorkerA)
	clerk := s.as(demo.Agent)
	form, page := link.To(link.HallSupplements, d.Contract), link.To(link.HallContract, d.Contract)
	for _, test := range []struct {
		file []byte
		want string
	}{
		{nil, "请选择已填写并保存成 PDF 格式的补充条款文件"},
		{[]byte("hello"), "这不是 PDF 文件"},
		{make([]byte, contract.MaxUpload+1), "文件不能超过 10 MB"},
		{upload.Plain(51), "有 51 页，超过 50 页"},
	} {
		clerk.uploadFrom(page, form, contract.FieldFile, test.file).shows(t, http.StatusUnprocessableEntity, test.want, "电子合同补充条款模板上传")
	}
}

func TestASupplementIsUploadedSeenReplacedAndWithdrawn(t *testing.T) {
	s := open(t)
	d := s.rostered(demo.WorkerA)
	clerk := s.as(demo.Agent)
	contractPage, form := link.To(link.HallContract, d.Contract), link.To(link.HallSupplements, d.Contract)
	first := clerk.uploadFrom(contractPage, form, contract.FieldFile, upload.Plain(2))
	first.shows(t, http.StatusOK, "上传电子劳动合同补充条款模板成功", "3 页（含签署页）", "待个人签名")
	page, _, _ := strings.Cut(first.Path, "?")
	if got := clerk.get(page + "/page/3"); got.Kind != "image/png" {
		t.Errorf("the picture of page 3 is %d, %s", got.Status, got.Kind)
	}
	clerk.get(page+"/page/4").shows(t, http.StatusNotFound)
	if got := clerk.get(page + "/download"); got.Kind != "application/pdf" {
		t.Errorf("the file is %d, %s", got.Status, got.Kind)
	}
	list, err := s.Contract.Supplements(t.Context(), s.clerk, d.Contract)
	s.must(err)
	second := clerk.uploadWith(page, form, contract.FieldFile, upload.Plain(1), map[string]string{"replaces": strconv.FormatInt(list[0].ID, 10)})
	second.shows(t, http.StatusOK, "补充条款（2）", "2 页（含签署页）")
	clerk.get(page).shows(t, http.StatusOK, "已撤回")
	page, _, _ = strings.Cut(second.Path, "?")
	clerk.send(page+"/withdraw", url.Values{}).shows(t, http.StatusOK, "已撤回补充条款")
	clerk.get(contractPage).shows(t, http.StatusOK, "补充条款（1）", "补充条款（2）")
}

func TestAPageThatCannotBeShownSaysSoAndLeadsToTheFile(t *testing.T) {
	tool.Need(t, "pdftoppm")
	s := open(t)
	id, err := s.Contract.AddSupplement(t.Context(), s.clerk, contract.Upload{Contract: s.rostered(demo.WorkerA).Contract, File: upload.Nested(100)})
	s.must(err)
	clerk := s.as(demo.Agent)
	clerk.get(link.To(link.HallSupplement, id)).shows(t, http.StatusOK, link.To(link.HallSupplementPage, id, 1), "下载补充条款")
	got := clerk.get(link.To(link.HallSupplementPage, id, 1))
	got.shows(t, http.StatusOK, "第 1 页太复杂", "请下载文件")
	if got.Kind != "image/svg+xml; charset=utf-8" {
		t.Errorf("it comes as %s", got.Kind)
	}
}

func TestAnOperatorWithoutJavaScriptReadsAndConfirmsASupplement(t *testing.T) {
	s := open(t)
	boss, person := s.Actor(demo.Boss), s.Actor(demo.Operator)
	s.Grant(boss, s.MakeSeal(boss, app.SealName), demo.Operator)
	s.Activate(person, demo.Operator)
	s.Activate(s.Actor(demo.WorkerA), demo.WorkerA)
	d := s.supplement(s.rostered(demo.WorkerA))
	operator, page := s.as(demo.Operator), link.To(link.MobileSupplement, d.ID)
	operator.get(page).shows(t, http.StatusNotFound, "签章授权有效的操作员")
	s.Authorize(s.clerk, person)
	s.sign(d)
	s.as(demo.Agent).get(link.To(link.HallSupplement, d.ID)).shows(t, http.StatusOK, "待操作员确认")
	s.as(demo.WorkerB).get(page).shows(t, http.StatusNotFound)
	operator.get(link.Mobile).shows(t, http.StatusOK, "王秀兰的补充条款（1）等您确认盖章")
	now, err := s.Contract.Supplement(t.Context(), s.clerk, d.ID)
	s.must(err)
	operator.get(page).shows(t, http.StatusOK, "待操作员确认", now.Hash, demo.EnterpriseName, "王秀兰", contract.Confirmed)
	form := url.Values{"hash": {now.Hash}, contract.FieldPassphrase: {"Wrong2026"}}
	operator.send(page, form).shows(t, http.StatusUnprocessableEntity, "证书密码不正确")
	form.Set(contract.FieldPassphrase, apptest.Passphrase)
	operator.send(page, form).shows(t, http.StatusOK, "已确认")
	s.Until("the seal", func() bool {
		now, err = s.Contract.Supplement(t.Context(), s.clerk, d.ID)
		return err == nil && now.State == app.DocumentSigned
	})
	s.as(demo.WorkerA).get(link.To(link.MobileContract, d.ID)).shows(t, http.StatusOK, "补充条款已订立")
	s.visitor().get(link.To(link.CheckCode, d.CheckCode)).shows(t, http.StatusOK, "签名有效，签署后内容没有被改动。", "补充条款（1）")
}

func TestAPartOfThePageDoesNotTakeTheSentenceOfTheNextPage(t *testing.T) {
	s := open(t)
	d := s.rostered(demo.WorkerA)
	clerk, page := s.as(demo.Agent), link.To(link.HallContract, d.Contract)
	token := clerk.token(page)
	clerk.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	answer, err := clerk.client.PostForm(s.server.URL+link.To(link.HallSupplementWithdraw, s.supplement(d).ID), url.Values{"_token": {token}})
	s.must(err)
	answer.Body.Close()
	clerk.fragment(page)
	clerk.get(answer.Header.Get("Location")).shows(t, http.StatusOK, "已撤回补充条款。")
}

// fragment asks for the part of a page that an event brings anew.
func (b browser) fragment(path string) page { return b.htmx(http.MethodGet, path, "") }

// fragmentOf has htmx send a form of one page to another address.
func (b browser) fragmentOf(from, to string, values url.Values) page {
	b.s.t.Helper()
	values.Set("_token", b.token(from))
	return b.htmx(http.MethodPost, to, values.Encode())
}

func (b browser) htmx(method, path, form string) page {
	b.s.t.Helper()
	r, err := http.NewRequestWithContext(b.s.t.Context(), method, b.s.server.URL+path, strings.NewReader(form))
	b.s.must(err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("HX-Request", "true")
	return b.read(b.client.Do(r))
}
