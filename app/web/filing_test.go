package web_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/demo"
	"laoqi/app/enterprise"
	"laoqi/app/filing"
	"laoqi/app/link"
)

var (
	filings = link.To(link.HallFilings, app.FilingNew)
	add     = link.To(link.HallFilingAdd, app.FilingNew)
	enable  = link.To(link.HallFilingEnable, app.FilingNew)
)

// typed is what a clerk types into the form for a sample worker, without fault
// or warning.
func typed(who demo.Who) url.Values {
	f := apptest.Form(who)
	return url.Values{"act": {"submit"}, "version": {"0"}, "previous": {"0"},
		app.FieldName: {f.Worker.Name}, app.FieldIDType: {string(f.Worker.IDType)}, app.FieldIDNumber: {f.Worker.IDNumber},
		app.FieldMobile: {f.Worker.Mobile}, app.FieldAddress: {f.Worker.Address},
		app.FieldTermKind: {string(f.Terms.Kind)}, app.FieldStart: {f.Terms.Start.String()}, app.FieldEnd: {f.Terms.End.String()}, app.FieldProbation: {"2"},
		app.FieldPost: {f.Terms.Post}, app.FieldDuties: {f.Terms.Duties}, app.FieldWorkplace: {f.Terms.Workplace}, app.FieldHours: {string(f.Terms.Hours)},
		app.FieldPayKind: {string(f.Terms.PayKind)}, app.FieldPay: {"4,500.00"}, app.FieldProbationPay: {"3600"}, app.FieldPayDay: {"15"},
		app.FieldEmployment: {string(f.Terms.Employment)}, app.FieldInsured: f.Terms.Insured.Values(), app.FieldInsurance: {f.Terms.Insurance}, app.FieldProtection: {f.Terms.Protection}}
}

func with(v url.Values, pairs ...string) url.Values {
	for i := 0; i < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return v
}

// latest is the id of the clerk's newest filing of the kind.
func (s *site) latest(kind app.FilingKind) int64 {
	s.t.Helper()
	rows, err := s.Filing.List(s.t.Context(), s.clerk, kind, "", 0)
	s.must(err)
	if len(rows) == 0 {
		s.t.Fatalf("no filing of kind %s", kind)
	}
	return rows[0].ID
}

// lacks checks that the page does not have the words.
func (p page) lacks(t *testing.T, words ...string) {
	t.Helper()
	for _, w := range words {
		if strings.Contains(p.Body, w) {
			t.Errorf("%s has %q:\n%s", p.Path, w, p.Body)
		}
	}
}

func TestAClerkFilesAReviewerApprovesAndTheContractIsMade(t *testing.T) {
	s := open(t)
	clerk, reviewer := s.as(demo.Agent), s.as(demo.Reviewer)
	clerk.get(filings).shows(t, http.StatusOK, "新增新签备案", "没有备案")
	number := apptest.Known(demo.WorkerA).IDNumber
	filed := clerk.send(add, typed(demo.WorkerA))
	filed.shows(t, http.StatusOK, "备案已提交", "待审核", "撤回", app.MaskID(number), "138****2041", "已核验")
	filed.lacks(t, number)
	id := s.latest(app.FilingNew)
	desk := link.To(link.DeskFiling, id)
	reviewer.get(link.DeskFilings).shows(t, http.StatusOK, demo.EnterpriseName, app.MaskID(number), "待审核 1 份")
	reviewer.get(desk).shows(t, http.StatusOK, number, "审核通过", "退回")
	version := url.Values{"version": {"1"}}
	reviewer.sendFrom(desk, link.To(link.DeskApprove, id), version).shows(t, http.StatusOK, "已审核通过，并已通知单位", "生成名册")
	reviewer.sendFrom(link.DeskFilings, link.DeskRosters, url.Values{"enterprise": {"1"}}).shows(t, http.StatusOK, "名册 2026-000001", "王秀兰", app.MaskID(number))
	s.Until("the contract", func() bool { return s.ReadFiling(s.clerk, id).Document != app.DocumentNone })
	clerk.get(link.To(link.HallFiling, id)).shows(t, http.StatusOK, "已生成名册", "待个人签名", "2026-000001 第 1 行")
	clerk.get(link.HallRosters).shows(t, http.StatusOK, "2026-000001")
	roster := link.To(link.HallRoster, s.ReadFiling(s.clerk, id).Roster)
	shown := clerk.get(roster)
	shown.shows(t, http.StatusOK, "打印名册", "长春市南关区人民大街 1 号", "138****2041", "全日制用工", "女")
	shown.lacks(t, number)
	if got := clerk.get(roster + "/print"); got.Kind != "application/pdf" || !strings.HasPrefix(got.Body, "%PDF-") {
		t.Errorf("printed %d, %s", got.Status, got.Kind)
	}
	clerk.get(link.HallInbox).shows(t, http.StatusOK, "名册 2026-000001 已生成，共 1 人。", "王秀兰的新签备案已审核通过")
}

func TestTheQuestionOfElectronicContractsIsAskedUntilItIsYes(t *testing.T) {
	s := open(t)
	s.must(s.Enterprise.Close(t.Context(), s.clerk))
	clerk := s.as(demo.Agent)
	asked := clerk.get(add)
	asked.shows(t, http.StatusOK, "是否启用电子劳动合同", ">是</button>", ">否</a>")
	if asked.Path != enable {
		t.Errorf("asked at %s", asked.Path)
	}
	clerk.get(link.With(add, "paper", "1")).shows(t, http.StatusOK, "按照传统模式生成纸质劳动合同", `name="paper" value="1"`)
	clerk.get(add).shows(t, http.StatusOK, "是否启用电子劳动合同")
	clerk.send(enable, url.Values{}).shows(t, http.StatusOK, "已启用电子劳动合同", "提交备案")
	clerk.get(add).shows(t, http.StatusOK, "新增新签备案")
}

func TestRenewalsAndTerminationsAreAskedTooWhileElectronicContractsAreOff(t *testing.T) {
	s := open(t)
	s.must(s.Enterprise.Close(t.Context(), s.clerk))
	clerk := s.as(demo.Agent)
	paper := apptest.Form(demo.WorkerA)
	paper.Paper = true
	first, roster := s.Roster(s.clerk, s.Actor(demo.Reviewer), paper)
	clerk.get(filings).shows(t, http.StatusOK, "王秀兰", ">纸质</span>")
	clerk.get(link.To(link.HallRoster, roster)).shows(t, http.StatusOK, "王秀兰", ">纸质</span>")
	for _, kind := range []app.FilingKind{app.FilingRenewal, app.FilingTermination} {
		begin := link.To(link.HallFilingAdd, kind)
		asked := clerk.get(begin)
		asked.shows(t, http.StatusOK, "是否启用电子劳动合同", ">是</button>", ">否</a>")
		if asked.Path != link.To(link.HallFilingEnable, kind) {
			t.Errorf("asked at %s", asked.Path)
		}
		clerk.get(link.With(begin, "paper", "1")).shows(t, http.StatusOK, "选择要"+kind.Label()+"的合同", ">纸质</span>", "paper=1&amp;previous="+number(first))
		clerk.get(link.With(begin, "paper", "1", "previous", number(first))).shows(t, http.StatusOK, "按照传统模式生成纸质劳动合同", `name="paper" value="1"`)
	}
	end := link.To(link.HallFilingAdd, app.FilingTermination)
	clerk.sendFrom(link.With(end, "paper", "1", "previous", number(first)), end, url.Values{"act": {"submit"}, "version": {"0"}, "previous": {number(first)}, "paper": {"1"},
		app.FieldReason: {"36-worker"}, app.FieldEndedOn: {"2026-05-31"}}).shows(t, http.StatusOK, "备案已提交", "纸质")
	s.as(demo.Reviewer).get(link.DeskFilings).shows(t, http.StatusOK, "解除", "纸质")
	clerk.send(link.To(link.HallFilingEnable, app.FilingRenewal), url.Values{}).shows(t, http.StatusOK, "已启用电子劳动合同", "选择要续签的合同")
}

func TestAContractOnPaperIsPrintedFromItsFiling(t *testing.T) {
	s := open(t)
	s.must(s.Enterprise.Close(t.Context(), s.clerk))
	clerk := s.as(demo.Agent)
	clerk.sendFrom(link.With(add, "paper", "1"), add, with(typed(demo.WorkerA), "paper", "1")).shows(t, http.StatusOK, "备案已提交", "纸质")
	id := s.latest(app.FilingNew)
	paper := link.To(link.HallFilingPaper, id)
	clerk.get(paper).shows(t, http.StatusOK, "生成名册后才能打印")
	s.must(s.Review.Approve(t.Context(), s.Actor(demo.Reviewer), id, 1))
	_, err := s.Review.MakeRoster(t.Context(), s.Actor(demo.Reviewer), s.clerk.Enterprise)
	s.must(err)
	clerk.get(link.To(link.HallFiling, id)).shows(t, http.StatusOK, paper)
	if got := clerk.get(paper); got.Kind != "application/pdf" || !strings.HasPrefix(got.Body, "%PDF-") {
		t.Errorf("printed %d, %s", got.Status, got.Kind)
	}
}

func TestAFaultyFilingComesBackWithAllThatWasTyped(t *testing.T) {
	s := open(t)
	v := with(typed(demo.WorkerA), app.FieldPay, "四千", app.FieldEnd, "2027-02-30", app.FieldMobile, "123", app.FieldPayDay, "月底", app.FieldClauses, "包住宿 <宿舍>")
	got := s.as(demo.Agent).send(add, v)
	got.shows(t, http.StatusUnprocessableEntity, "请更正以下", `value="四千"`, "月工资请填写以元为单位的金额", "请按“年-月-日”填写",
		`value="123"`, "请输入 11 位的中国内地手机号码", `value="月底"`, "包住宿 &lt;宿舍&gt;", `value="装配工"`)
}

func TestTheFormAsksForTheRegisterAndShowsWhatTheNumberTells(t *testing.T) {
	s := open(t)
	clerk := s.as(demo.Agent)
	clerk.get(add).shows(t, http.StatusOK, "民族", "汉族", "文化程度", "户口性质", `name="insured" value="injury" checked`, "全日制用工")
	v := with(typed(demo.WorkerA), "act", "draft", app.FieldEthnicity, "11", app.FieldEducation, "bachelor")
	v[app.FieldInsured] = []string{"pension", "injury"}
	clerk.send(add, with(typed(demo.WorkerA), app.FieldIDNumber, "220102199403072041")).lacks(t, "出生</p>")
	clerk.send(add, v).shows(t, http.StatusOK, "草稿已保存", "满族", "大学本科", "养老、工伤", "出生日期")
	again := clerk.get(link.To(link.HallFilingEdit, s.latest(app.FilingNew)))
	again.shows(t, http.StatusOK, `name="insured" value="injury" checked`, `value="11" selected`, "月", "出生</p>")
	again.lacks(t, `value="medical" checked`)
}

func TestAWarningIsConfirmedOnTheForm(t *testing.T) {
	s := open(t)
	clerk := s.as(demo.Agent)
	v := with(typed(demo.WorkerA), app.FieldStart, "2026-03-01", app.FieldEnd, "2027-02-28")
	warned := clerk.send(add, v)
	warned.shows(t, http.StatusUnprocessableEntity, "已超过一个月", "已核对，仍要提交", `name="warned"`)
	clerk.send(add, with(v, "confirmed", "on")).shows(t, http.StatusUnprocessableEntity, "已核对，仍要提交")
	_, rest, _ := strings.Cut(warned.Body, `name="warned" value="`)
	text, _, _ := strings.Cut(rest, `"`)
	clerk.send(add, with(v, "confirmed", "on", "warned", text)).shows(t, http.StatusOK, "备案已提交")
}

func TestOfTwoTabsTheOlderFormIsRefusedAndLosesNothing(t *testing.T) {
	s := open(t)
	clerk := s.as(demo.Agent)
	clerk.send(add, with(typed(demo.WorkerA), "act", "draft")).shows(t, http.StatusOK, "草稿已保存", "继续填写")
	id := s.latest(app.FilingNew)
	edit := link.To(link.HallFilingEdit, id)
	clerk.get(edit).shows(t, http.StatusOK, `name="version" value="1"`, apptest.Known(demo.WorkerA).IDNumber)
	clerk.send(edit, with(typed(demo.WorkerA), "act", "draft", "version", "1", app.FieldPost, "焊工")).shows(t, http.StatusOK, "草稿已保存", "焊工")
	old := clerk.send(edit, with(typed(demo.WorkerA), "act", "draft", "version", "1", app.FieldPost, "钳工"))
	old.shows(t, http.StatusUnprocessableEntity, "刚才在另一个窗口或由同事保存过", `value="钳工"`, "打开最新内容")
	if post := s.ReadFiling(s.clerk, id).Terms.Post; post != "焊工" {
		t.Errorf("post %s", post)
	}
}

func TestAFormSentTwiceFilesOnce(t *testing.T) {
	s := open(t)
	clerk := s.as(demo.Agent)
	v := typed(demo.WorkerA)
	v.Set("_token", clerk.token(add))
	for range 2 {
		clerk.read(clerk.client.PostForm(s.server.URL+add, v)).shows(t, http.StatusOK, "王秀兰的新签备案", "待审核")
	}
	if n, err := s.Filing.Count(t.Context(), s.clerk, app.FilingNew, ""); n != 1 || err != nil {
		t.Errorf("%d filings, %v", n, err)
	}
}

func TestAReturnedFilingShowsItsReasonBesideTheForm(t *testing.T) {
	s := open(t)
	clerk, reviewer := s.as(demo.Agent), s.as(demo.Reviewer)
	id := s.Submit(s.clerk, 0, apptest.Form(demo.WorkerA))
	back := link.To(link.DeskReturn, id)
	reviewer.sendFrom(link.To(link.DeskFiling, id), back, url.Values{"version": {"1"}}).
		shows(t, http.StatusUnprocessableEntity, "请选择或填写退回原因")
	reviewer.sendFrom(link.To(link.DeskFiling, id), back, url.Values{"version": {"1"}, "common": {"工资或发薪日填写有误，请核对后修改。", "随便写的"}, "reason": {"岗位请写全称。"}}).
		shows(t, http.StatusOK, "已退回，并已通知单位")
	reason := "工资或发薪日填写有误，请核对后修改。岗位请写全称。"
	clerk.get(link.To(link.HallFiling, id)).shows(t, http.StatusOK, "已退回", reason, "修改")
	clerk.get(link.To(link.HallFilingEdit, id)).shows(t, http.StatusOK, reason)
	clerk.send(link.To(link.HallFilingEdit, id), with(typed(demo.WorkerA), "version", "1")).shows(t, http.StatusOK, "备案已提交")
	reviewer.get(link.To(link.DeskFiling, id)).shows(t, http.StatusOK, "上次退回原因", reason)
}

func TestAFilingIsCopiedForTheNextWorker(t *testing.T) {
	s := open(t)
	clerk := s.as(demo.Agent)
	clerk.send(add, typed(demo.WorkerA)).shows(t, http.StatusOK, "复制给下一位员工", "add?copy=1")
	form := clerk.get(link.With(add, "copy", "1"))
	form.shows(t, http.StatusOK, "新增新签备案", `value="装配工"`, `value="2026-05-01"`)
	form.lacks(t, "王秀兰", apptest.Known(demo.WorkerA).IDNumber)
	s.must(s.Enterprise.Close(t.Context(), s.clerk))
	clerk.get(link.With(add, "copy", "1")).shows(t, http.StatusOK, "是否启用电子劳动合同", "copy=1&amp;paper=1")
}

func TestTheReviewerSeesWhatChangedSinceTheLastSubmission(t *testing.T) {
	s := open(t)
	clerk, reviewer := s.as(demo.Agent), s.as(demo.Reviewer)
	id := s.Submit(s.clerk, 0, apptest.Form(demo.WorkerA))
	desk := link.To(link.DeskFiling, id)
	reviewer.get(desk).lacks(t, "与上次提交", "有改动")
	reviewer.sendFrom(desk, link.To(link.DeskReturn, id), url.Values{"version": {"1"}, "reason": {"请改"}}).shows(t, http.StatusOK, "已退回")
	edit := link.To(link.HallFilingEdit, id)
	clerk.send(edit, with(typed(demo.WorkerA), "version", "1", app.FieldPost, "钳工", app.FieldPay, "4800", app.FieldProbationPay, "3840", app.FieldEthnicity, "01")).shows(t, http.StatusOK, "备案已提交")
	reviewer.get(desk).shows(t, http.StatusOK, "与上次提交", `<td data-label="上次提交">装配工</td><td data-label="本次提交">钳工</td>`, "每月 4800 元", "汉族", "有改动")
	s.must(s.Filing.Withdraw(t.Context(), s.clerk, id))
	clerk.send(edit, with(typed(demo.WorkerA), "version", "3", app.FieldPost, "钳工", app.FieldPay, "4800", app.FieldProbationPay, "3840", app.FieldEthnicity, "01")).shows(t, http.StatusOK, "备案已提交")
	reviewer.get(desk).shows(t, http.StatusOK, "内容与上次提交相同")
}

func TestAReviewerApprovesTheTickedOnesOfAFilteredQueue(t *testing.T) {
	s := open(t)
	reviewer := s.as(demo.Reviewer)
	first, second := s.Submit(s.clerk, 0, apptest.Form(demo.WorkerA)), s.Submit(s.clerk, 0, apptest.Form(demo.WorkerB))
	queue := link.With(link.DeskFilings, "enterprise", "启明", "kind", "new")
	reviewer.get(queue).shows(t, http.StatusOK, "待审核 2 份", "审核通过所选", `value="`+number(first)+`-1"`)
	reviewer.get(link.With(link.DeskFilings, "kind", "renewal")).shows(t, http.StatusOK, "没有等待审核的备案", "待审核 0 份")
	v := url.Values{"enterprise": {"启明"}, "kind": {"new"}}
	reviewer.sendFrom(queue, link.DeskApproveAll, v).shows(t, http.StatusOK, "请先勾选")
	v["chosen"] = []string{number(first) + "-1", number(second) + "-9"}
	reviewer.sendFrom(queue, link.DeskApproveAll, v).shows(t, http.StatusOK, "已审核通过 1 份；1 份没有处理", "撤回并修改", "待审核 1 份", `value="启明"`)
	if got := s.ReadFiling(s.clerk, first).State; got != app.FilingApproved {
		t.Errorf("state %s", got)
	}
}

func TestAFilingThatNobodyReviewedSaysSo(t *testing.T) {
	s := open(t)
	s.must(s.Review.Automate(t.Context()))
	clerk := s.as(demo.Agent)
	clerk.send(add, typed(demo.WorkerA)).shows(t, http.StatusOK, "备案已提交")
	id := s.latest(app.FilingNew)
	s.Until("the roster", func() bool { return s.ReadFiling(s.clerk, id).State == app.FilingRostered })
	clerk.get(link.To(link.HallFiling, id)).shows(t, http.StatusOK, "自动审核", "已生成名册", "2026-000001 第 1 行")
	clerk.get(link.HallInbox).shows(t, http.StatusOK, "1 份备案已自动审核通过，名册 2026-000001 已生成。")
}

func TestADraftIsWithdrawnAndDeletedAfterAQuestion(t *testing.T) {
	s := open(t)
	clerk := s.as(demo.Agent)
	id := s.Submit(s.clerk, 0, apptest.Form(demo.WorkerA))
	here := link.To(link.HallFiling, id)
	clerk.sendFrom(here, link.To(link.HallFilingWithdraw, id), url.Values{}).shows(t, http.StatusOK, "已撤回，可以修改后重新提交", "删除草稿")
	remove := link.To(link.HallFilingDelete, id)
	clerk.get(remove).shows(t, http.StatusOK, "确定删除这份草稿？", "王秀兰")
	clerk.send(remove, url.Values{}).shows(t, http.StatusOK, "草稿已删除", "没有备案")
	clerk.get(here).shows(t, http.StatusNotFound)
}

func TestATerminationStartsFromAContractInForce(t *testing.T) {
	s := open(t)
	clerk := s.as(demo.Agent)
	end := link.To(link.HallFilingAdd, app.FilingTermination)
	clerk.get(end).shows(t, http.StatusOK, "没有可以办理的合同")
	id, _ := s.Roster(s.clerk, s.Actor(demo.Reviewer), apptest.Form(demo.WorkerA))
	clerk.get(end).shows(t, http.StatusOK, "选择要解除的合同", "可以解除的合同", "王秀兰", "previous=")
	form := link.With(end, "previous", number(id))
	shown := clerk.get(form)
	shown.shows(t, http.StatusOK, "法定事由", "王秀兰", "138****2041")
	shown.lacks(t, apptest.Known(demo.WorkerA).IDNumber)
	v := url.Values{"act": {"submit"}, "version": {"0"}, "previous": {number(id)}, app.FieldReason: {"36-worker"}}
	clerk.send(form, v).shows(t, http.StatusUnprocessableEntity, "请填写劳动合同解除或终止的日期", "王秀兰", `value="36-worker" selected`)
	clerk.send(form, with(v, app.FieldEndedOn, "2026-05-31")).shows(t, http.StatusOK, "备案已提交", "双方协商一致解除（劳动者提出）", "2026-05-31")
	clerk.get(form).shows(t, http.StatusOK, "已经续签、解除或正在办理")
}

func TestARenewalKeepsTheWorkerAndBeginsTheNextDay(t *testing.T) {
	s := open(t)
	id, _ := s.Roster(s.clerk, s.Actor(demo.Reviewer), apptest.Form(demo.WorkerA))
	clerk := s.as(demo.Agent)
	form := link.With(link.To(link.HallFilingAdd, app.FilingRenewal), "previous", number(id))
	shown := clerk.get(form)
	shown.shows(t, http.StatusOK, `value="2027-05-01"`, app.MaskID(apptest.Known(demo.WorkerA).IDNumber), `value="装配工"`)
	shown.lacks(t, apptest.Known(demo.WorkerA).IDNumber)
	v := with(typed(demo.WorkerB), "previous", number(id), app.FieldStart, "2027-05-01", app.FieldEnd, "2029-04-30", app.FieldProbation, "", app.FieldProbationPay, "")
	clerk.send(form, v).shows(t, http.StatusOK, "备案已提交", "王秀兰的续签备案")
}

func TestTheContractToRenewIsFoundByNameOrNumber(t *testing.T) {
	s := open(t)
	reviewer := s.Actor(demo.Reviewer)
	first, _ := s.Roster(s.clerk, reviewer, apptest.Form(demo.WorkerA))
	s.Roster(s.clerk, reviewer, apptest.Form(demo.WorkerB))
	clerk := s.as(demo.Agent)
	pick, search := link.To(link.HallFilingAdd, app.FilingRenewal), link.To(link.HallFilingPick, app.FilingRenewal)
	number := apptest.Known(demo.WorkerA).IDNumber
	for field, value := range map[string]string{app.FieldName: "秀兰", app.FieldIDNumber: number} {
		got := clerk.sendFrom(pick, search, url.Values{field: {value}, "paper": {"1"}})
		got.shows(t, http.StatusOK, "王秀兰", fmt.Sprintf("paper=1&amp;previous=%d", first), "重置")
		got.lacks(t, "李建国")
		if strings.Contains(got.Path, number) || !strings.Contains(got.Path, "paper=1") {
			t.Errorf("led to %s", got.Path)
		}
	}
	clerk.sendFrom(pick, search, url.Values{app.FieldName: {"赵"}}).shows(t, http.StatusOK, "没有可以办理的合同", "点“重置”查看全部")
	clerk.sendFrom(pick, search, url.Values{app.FieldIDNumber: {number[:17]}}).shows(t, http.StatusUnprocessableEntity, "请输入完整、正确的身份证号", number[:17])
	clerk.sendFrom(pick, search, url.Values{}).shows(t, http.StatusOK, "王秀兰", "李建国")
}

func TestAnEnterpriseThatWaitsForTheDeskFillsDraftsOnly(t *testing.T) {
	s := open(t)
	boss := s.newcomer()
	boss.get(enable).shows(t, http.StatusOK, "正在等待审核人员核对营业执照", "先填写草稿")
	form := boss.get(add)
	form.shows(t, http.StatusOK, "正在等待审核人员核对营业执照", "保存草稿")
	form.lacks(t, "提交备案</button>")
	boss.send(add, typed(demo.WorkerA)).shows(t, http.StatusUnprocessableEntity, "通过后才能提交备案。请先保存草稿")
	boss.send(add, with(typed(demo.WorkerA), "act", "draft")).shows(t, http.StatusOK, "草稿已保存")
}

func TestAFilingIsSeenByItsOwnEnterpriseOnly(t *testing.T) {
	s := open(t)
	id := s.Submit(s.clerk, 0, apptest.Form(demo.WorkerA))
	stranger := s.newcomer()
	for _, pattern := range []string{link.HallFiling, link.HallFilingEdit, link.HallFilingDelete, link.HallFilingPaper} {
		stranger.get(link.To(pattern, id)).shows(t, http.StatusNotFound)
	}
	stranger.sendFrom(filings, link.To(link.HallFilingWithdraw, id), url.Values{}).shows(t, http.StatusNotFound)
	if got := s.ReadFiling(s.clerk, id).State; got != app.FilingSubmitted {
		t.Errorf("state %s", got)
	}
}

func TestAListTurnsItsPages(t *testing.T) {
	s := open(t)
	for range filing.PageSize + 1 {
		_, err := s.Filing.Save(t.Context(), s.clerk, 0, apptest.Form(demo.WorkerA))
		s.must(err)
	}
	clerk := s.as(demo.Agent)
	first := clerk.get(link.With(filings, "state", "draft"))
	first.shows(t, http.StatusOK, "共 21 人", "before=2&amp;state=draft")
	clerk.get(link.With(filings, "state", "draft", "before", "2")).shows(t, http.StatusOK, link.To(link.HallFiling, 1))
}

func number(id int64) string { return strconv.FormatInt(id, 10) }

// newcomer registers another enterprise, which the desk has not admitted, and
// logs its legal rep in.
func (s *site) newcomer() browser {
	s.t.Helper()
	const uscc, password = "91350100M000100Y43", "Another2026"
	var licence bytes.Buffer
	s.must(png.Encode(&licence, image.NewGray(image.Rect(0, 0, 8, 8))))
	_, err := s.Enterprise.Register(s.t.Context(), s.Actor(demo.Operator), enterprise.Form{Name: "福州另一家有限公司", USCC: uscc, Address: "福州市", Phone: "0591-1",
		Password: password, Again: password, Licence: licence.Bytes()})
	s.must(err)
	b := s.visitor()
	b.send(link.HallLogin, url.Values{"way": {"enterprise"}, "uscc": {uscc}, "password": {password}}).shows(s.t, http.StatusOK, "福州另一家有限公司")
	return b
}
