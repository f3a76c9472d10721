package filing_test

import (
	"strings"
	"testing"
	"time"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/contract"
	"laoqi/app/demo"
	"laoqi/app/filing"
	"laoqi/app/identity"
	"laoqi/app/review"
)

// office is a world whose clerk, enterprise and worker exist, with electronic
// contracts on.
type office struct {
	*apptest.World
	clerk    app.Actor
	reviewer app.Actor
}

func open(t *testing.T) *office {
	w := apptest.New(t)
	w.People()
	o := &office{w, w.Actor(demo.Agent), w.Actor(demo.Reviewer)}
	if err := w.Enterprise.Enable(t.Context(), o.clerk); err != nil {
		t.Fatal(err)
	}
	return o
}

func day(t *testing.T, s string) app.Date {
	t.Helper()
	d, err := app.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// sound is a form without fault or warning for the sample worker.
func sound() filing.Form { return apptest.Form(demo.WorkerA) }

func (o *office) submit(id int64, f filing.Form) int64 {
	o.T.Helper()
	return o.Submit(o.clerk, id, f)
}

func (o *office) get(id int64) filing.Filing {
	o.T.Helper()
	return o.ReadFiling(o.clerk, id)
}

func (o *office) roster(f filing.Form) int64 {
	o.T.Helper()
	id, _ := o.Roster(o.clerk, o.reviewer, f)
	return id
}

// refused checks the kind of an error and that its sentence has the words.
func refused(t *testing.T, err error, kind app.Kind, words string) {
	t.Helper()
	if app.KindOf(err) != kind || err == nil || !strings.Contains(err.Error(), words) {
		t.Errorf("error %v (kind %d), want kind %d with %q", err, app.KindOf(err), kind, words)
	}
}

func TestASoundFilingReachesTheDesk(t *testing.T) {
	o := open(t)
	id := o.submit(0, sound())
	f := o.get(id)
	if f.State != app.FilingSubmitted || f.Paper || f.SubmittedAt.IsZero() || f.Worker != sound().Worker || f.Terms != sound().Terms {
		t.Errorf("stored %+v", f)
	}
	queue, err := o.Review.Queue(t.Context(), review.Filter{}, 0)
	if err != nil || len(queue) != 1 || queue[0].ID != id || queue[0].IDNumber != app.MaskID(f.Worker.IDNumber) {
		t.Errorf("queue %+v, %v", queue, err)
	}
}

func TestTheRegisterKeepsWhatTheNumberDoesNotTell(t *testing.T) {
	o := open(t)
	f := sound()
	w := &f.Worker
	w.Ethnicity, w.Education, w.Household, w.Domicile = "10", "college", "rural", "延吉市"
	w.Sex, w.Birth = "男", day(t, "1990-01-01")
	f.Terms.Insured = app.AllInsurances &^ app.InsuranceMaternity
	f.Confirmed = []string{}
	_, warnings, err := o.Filing.Submit(t.Context(), o.clerk, 0, f)
	if err != nil || len(warnings) != 1 || warnings[0].Field != app.FieldInsured {
		t.Fatal(warnings, err)
	}
	f.Confirmed = []string{warnings[0].Text}
	got := o.get(o.submit(0, f))
	w.Sex, w.Birth = "", app.Date{}
	if got.Worker != *w || got.Terms != f.Terms {
		t.Errorf("stored %+v", got)
	}
	if sex, birth := got.Worker.Told(); sex != "女" || birth != app.BirthDate(w.IDType, w.IDNumber) {
		t.Errorf("told %s, %s", sex, birth)
	}
}

func TestAnUnknownEthnicityIsRefused(t *testing.T) {
	o := open(t)
	f := sound()
	f.Worker.Ethnicity = "57"
	_, err := o.Filing.Save(t.Context(), o.clerk, 0, f)
	if got := app.FaultsOf(err).Of(app.FieldEthnicity); !strings.Contains(got, "选择") {
		t.Errorf("fault %q, error %v", got, err)
	}
}

func TestADraftKeepsHalfAForm(t *testing.T) {
	o := open(t)
	half := filing.Form{Kind: app.FilingNew, Worker: app.Worker{Name: "王", IDType: app.IDPassport, IDNumber: "E1"}, Terms: app.Terms{Start: day(t, "2026-05-01")}}
	id, err := o.Filing.Save(t.Context(), o.clerk, 0, half)
	if err != nil {
		t.Fatal(err)
	}
	if f := o.get(id); f.State != app.FilingDraft || f.Worker != half.Worker || f.Terms != half.Terms || f.Version != 1 {
		t.Errorf("stored %+v", f)
	}
}

func TestADraftNeedsNoName(t *testing.T) {
	o := open(t)
	id, err := o.Filing.Save(t.Context(), o.clerk, 0, filing.Form{Kind: app.FilingNew, Worker: app.Worker{IDType: app.IDResident}, Terms: app.Terms{Post: "装配工"}})
	if err != nil {
		t.Fatal(err)
	}
	if f := o.get(id); f.State != app.FilingDraft || f.Terms.Post != "装配工" {
		t.Errorf("stored %+v", f)
	}
}

func TestAllFaultsAreToldAtOnceInTheOrderOfTheForm(t *testing.T) {
	o := open(t)
	f := sound()
	f.Worker.Name, f.Worker.IDNumber, f.Worker.Mobile = "", "220102199403070000", "123"
	f.Terms.Probation, f.Terms.Duties, f.Terms.Protection = 4, "", ""
	_, _, err := o.Filing.Submit(t.Context(), o.clerk, 0, f)
	var fields []string
	for _, x := range app.FaultsOf(err) {
		fields = append(fields, x.Field)
	}
	if got, want := strings.Join(fields, " "), "name id_number mobile probation duties protection"; got != want {
		t.Errorf("faults at %s, want %s", got, want)
	}
	if n, err := o.Filing.Count(t.Context(), o.clerk, app.FilingNew, ""); n != 0 || err != nil {
		t.Errorf("%d filings stored, %v", n, err)
	}
}

func TestACharacterThatNoFontCanDrawIsRefusedByName(t *testing.T) {
	o := open(t)
	f := sound()
	f.Terms.Post = "装配😀工"
	_, _, err := o.Filing.Submit(t.Context(), o.clerk, 0, f)
	if got := app.FaultsOf(err).Of(app.FieldPost); !strings.Contains(got, "“😀”（U+1F600）") {
		t.Errorf("fault %q, error %v", got, err)
	}
}

func TestATextLongerThanItsPlaceIsRefusedAlsoInADraft(t *testing.T) {
	o := open(t)
	f := sound()
	f.Terms.Workplace = strings.Repeat("长", filing.MaxLine+1)
	_, err := o.Filing.Save(t.Context(), o.clerk, 0, f)
	if got := app.FaultsOf(err).Of(app.FieldWorkplace); !strings.Contains(got, "最多 100 个字，现在是 101 个") {
		t.Errorf("fault %q, error %v", got, err)
	}
}

func TestAWarningAsksForItsOwnConfirmation(t *testing.T) {
	o := open(t)
	f := sound()
	f.Terms.Start, f.Terms.End = day(t, "2026-03-01"), day(t, "2027-02-28")
	id, warnings, err := o.Filing.Submit(t.Context(), o.clerk, 0, f)
	if err != nil || id != 0 || len(warnings) != 1 || warnings[0].Field != app.FieldStart {
		t.Fatalf("id %d, warnings %v, %v", id, warnings, err)
	}
	f.Confirmed = []string{"别的提示"}
	if _, again, _ := o.Filing.Submit(t.Context(), o.clerk, 0, f); len(again) != 1 {
		t.Errorf("another warning's confirmation was taken for this one: %v", again)
	}
	f.Confirmed = []string{warnings[0].Text}
	o.submit(0, f)
}

func TestAnOlderFormIsRefusedAndOverwritesNothing(t *testing.T) {
	o := open(t)
	id, err := o.Filing.Save(t.Context(), o.clerk, 0, sound())
	if err != nil {
		t.Fatal(err)
	}
	first, second := filing.FormOf(o.get(id)), filing.FormOf(o.get(id))
	first.Terms.Post, second.Terms.Post = "焊工", "钳工"
	if _, err := o.Filing.Save(t.Context(), o.clerk, id, first); err != nil {
		t.Fatal(err)
	}
	_, err = o.Filing.Save(t.Context(), o.clerk, id, second)
	refused(t, err, app.Conflict, "刚才在另一个窗口或由同事保存过")
	_, _, err = o.Filing.Submit(t.Context(), o.clerk, id, second)
	refused(t, err, app.Conflict, "您现在填写的内容没有保存")
	if post := o.get(id).Terms.Post; post != "焊工" {
		t.Errorf("post %s", post)
	}
}

func TestASubmittedFilingIsChangedOnlyAfterItIsWithdrawn(t *testing.T) {
	o := open(t)
	id := o.submit(0, sound())
	f := filing.FormOf(o.get(id))
	_, err := o.Filing.Save(t.Context(), o.clerk, id, f)
	refused(t, err, app.Conflict, "待审核，不能再修改")
	refused(t, o.Filing.Delete(t.Context(), o.clerk, id), app.Conflict, "只有草稿可以删除")
	if err := o.Filing.Withdraw(t.Context(), o.clerk, id); err != nil {
		t.Fatal(err)
	}
	refused(t, o.Filing.Withdraw(t.Context(), o.clerk, id), app.Conflict, "现在是“草稿”")
	f = filing.FormOf(o.get(id))
	f.Terms.Post = "焊工"
	o.submit(id, f)
}

func TestACopyKeepsTheTermsAndForgetsTheWorker(t *testing.T) {
	o := open(t)
	id := o.submit(0, sound())
	f, err := o.Filing.Copy(t.Context(), o.clerk, id)
	if err != nil || f.Terms != sound().Terms || f.Worker != (app.Worker{IDType: app.IDResident}) || f.Version != 0 {
		t.Errorf("copy %+v, %v", f, err)
	}
	f.Worker = other(f).Worker
	if next := o.get(o.submit(0, f)); next.ID == id || next.Worker.Name == sound().Worker.Name {
		t.Errorf("next %+v", next)
	}
	stranger := o.clerk
	stranger.Enterprise++
	_, err = o.Filing.Copy(t.Context(), stranger, id)
	refused(t, err, app.NotFound, "没有这份备案")
}

func TestADraftCanBeDeleted(t *testing.T) {
	o := open(t)
	id, err := o.Filing.Save(t.Context(), o.clerk, 0, sound())
	if err != nil {
		t.Fatal(err)
	}
	if err := o.Filing.Delete(t.Context(), o.clerk, id); err != nil {
		t.Fatal(err)
	}
	_, err = o.Filing.Get(t.Context(), o.clerk, id)
	refused(t, err, app.NotFound, "没有这份备案")
}

func TestAnotherEnterpriseSeesNothing(t *testing.T) {
	o := open(t)
	id := o.submit(0, sound())
	stranger := o.clerk
	stranger.Enterprise++
	_, err := o.Filing.Get(t.Context(), stranger, id)
	refused(t, err, app.NotFound, "没有这份备案")
	refused(t, o.Filing.Withdraw(t.Context(), stranger, id), app.NotFound, "没有这份备案")
	refused(t, o.Filing.Delete(t.Context(), stranger, id), app.Conflict, "")
	if rows, err := o.Filing.List(t.Context(), stranger, app.FilingNew, "", 0); len(rows) != 0 || err != nil {
		t.Errorf("rows %v, %v", rows, err)
	}
}

func TestTheSameWorkerIsNotFiledTwiceForTheSameDays(t *testing.T) {
	o := open(t)
	o.submit(0, sound())
	_, _, err := o.Filing.Submit(t.Context(), o.clerk, 0, sound())
	if got := app.FaultsOf(err).Of(app.FieldStart); !strings.Contains(got, "时间重叠") {
		t.Errorf("fault %q, error %v", got, err)
	}
}

func TestWhileElectronicContractsAreOffOnlyPaperIsFiled(t *testing.T) {
	o := open(t)
	if err := o.Enterprise.Close(t.Context(), o.clerk); err != nil {
		t.Fatal(err)
	}
	f := sound()
	_, _, err := o.Filing.Submit(t.Context(), o.clerk, 0, f)
	refused(t, err, app.Invalid, "还没有启用电子劳动合同")
	f.Paper = true
	if id := o.submit(0, f); !o.get(id).Paper {
		t.Error("not filed on paper")
	}
}

func TestOnceElectronicContractsAreOnNoneIsOnPaper(t *testing.T) {
	o := open(t)
	f := sound()
	f.Paper = true
	if id := o.submit(0, f); o.get(id).Paper {
		t.Error("filed on paper")
	}
}

func TestTheClerkLearnsThatAnIdentityDiffersButNotHow(t *testing.T) {
	o := open(t)
	w := sound().Worker
	for _, c := range []struct {
		sentence string
		change   func(*app.Worker)
		want     string
	}{
		{"all agrees", func(w *app.Worker) {}, "已核验"},
		{"another name", func(w *app.Worker) { w.Name = "王秀英" }, "身份信息不一致"},
		{"another mobile", func(w *app.Worker) { w.Mobile = "13900000000" }, "身份信息不一致"},
		{"an unknown number", func(w *app.Worker) { w.IDType, w.IDNumber = app.IDPassport, "E12345678" }, "未注册"},
	} {
		t.Run(c.sentence, func(t *testing.T) {
			changed := w
			c.change(&changed)
			if m, err := o.Filing.Standing(t.Context(), changed); m.Label() != c.want || err != nil {
				t.Errorf("%s, %v, want %s", m.Label(), err, c.want)
			}
		})
	}
}

func TestAWorkerWithTheMobileOfAnAgentIsFlagged(t *testing.T) {
	o := open(t)
	agent, _ := demo.Find(demo.Agent)
	f := filing.Filing{Enterprise: o.clerk.Enterprise, Worker: sound().Worker}
	if shared, err := o.Filing.OfStaff(t.Context(), f); shared.Any() || err != nil {
		t.Errorf("flagged %+v, %v", shared, err)
	}
	f.Worker.Mobile = agent.Mobile
	if shared, err := o.Filing.OfStaff(t.Context(), f); shared != (filing.Shared{Mobile: true}) || err != nil {
		t.Errorf("flagged %+v, %v", shared, err)
	}
}

func TestAWorkerWhoLogsInWhereStaffOfTheEnterpriseDoIsFlagged(t *testing.T) {
	for _, c := range []struct {
		sentence string
		staff    demo.Who
		want     bool
	}{
		{"the legal rep", demo.Boss, true}, {"an agent", demo.Agent, true}, {"an operator", demo.Operator, true}, {"another worker", demo.WorkerB, false},
	} {
		t.Run(c.sentence, func(t *testing.T) {
			o := open(t)
			boss := o.Actor(demo.Boss)
			grant := o.Grant(boss, o.MakeSeal(boss, app.SealContract), demo.Operator)
			f := filing.Filing{Enterprise: o.clerk.Enterprise, Worker: sound().Worker}
			flagged := func(want bool) {
				t.Helper()
				if shared, err := o.Filing.OfStaff(t.Context(), f); shared.Device != want || shared.Mobile || err != nil {
					t.Errorf("flagged %+v, %v", shared, err)
				}
			}
			o.SameDevice(c.staff)
			o.SameDevice(demo.WorkerA)
			flagged(false)
			o.SameDevice(c.staff, demo.WorkerA)
			flagged(c.want)
			f.Enterprise++ // of which they are no staff
			flagged(false)
			f.Enterprise--
			if err := o.Seal.RemoveGrant(t.Context(), boss, grant); err != nil {
				t.Fatal(err)
			}
			flagged(c.want && c.staff != demo.Operator)
			o.Wait(identity.DeviceLife + time.Second)
			if err := o.Identity.Sweep(t.Context()); err != nil {
				t.Fatal(err)
			}
			flagged(false)
		})
	}
}

func TestAListShowsMaskedNumbersNewestFirst(t *testing.T) {
	o := open(t)
	for range filing.PageSize + 1 {
		if _, err := o.Filing.Save(t.Context(), o.clerk, 0, sound()); err != nil {
			t.Fatal(err)
		}
	}
	rows, err := o.Filing.List(t.Context(), o.clerk, app.FilingNew, app.FilingDraft, 0)
	if err != nil || len(rows) != filing.PageSize+1 || rows[0].ID < rows[1].ID || !strings.Contains(rows[0].IDNumber, "********") {
		t.Fatalf("%d rows, first %+v, %v", len(rows), rows[0], err)
	}
	rest, err := o.Filing.List(t.Context(), o.clerk, app.FilingNew, app.FilingDraft, rows[filing.PageSize-1].ID)
	if err != nil || len(rest) != 1 {
		t.Errorf("second page has %d rows, %v", len(rest), err)
	}
	if rows, _ := o.Filing.List(t.Context(), o.clerk, app.FilingNew, app.FilingReturned, 0); len(rows) != 0 {
		t.Errorf("%d returned filings", len(rows))
	}
}

func TestWhatWasTypedButIsNoDateOrNumberIsAFault(t *testing.T) {
	o := open(t)
	f := sound()
	f.Unread = app.Faults{{Field: app.FieldPay, Text: "请填写金额"}}
	_, err := o.Filing.Save(t.Context(), o.clerk, 0, f)
	refused(t, err, app.Invalid, "请填写金额")
}

func TestAFilingIsFoundByAnyPieceOfTheName(t *testing.T) {
	o := open(t)
	id := o.submit(0, sound())
	if err := o.Filing.Withdraw(t.Context(), o.clerk, id); err != nil {
		t.Fatal(err)
	}
	f := filing.FormOf(o.get(id))
	f.Worker.Name = "欧阳晓燕"
	if _, err := o.Filing.Save(t.Context(), o.clerk, id, f); err != nil {
		t.Fatal(err)
	}
	for gram, want := range map[string]int{"欧": 1, "晓燕": 1, "阳晓燕": 1, "秀兰": 0} {
		page, err := o.Contract.Search(t.Context(), o.clerk.Enterprise, contract.Filter{Name: gram}, 0)
		if len(page.Rows) != want || err != nil {
			t.Errorf("%q finds %d filings, want %d, %v", gram, len(page.Rows), want, err)
		}
	}
}
