package review_test

import (
	"bytes"
	"errors"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/audit"
	"laoqi/app/demo"
	"laoqi/app/filing"
	"laoqi/app/law"
	"laoqi/app/link"
	"laoqi/app/review"
)

// desk is a world in which a clerk files and a reviewer decides.
type desk struct {
	*apptest.World
	clerk    app.Actor
	reviewer app.Actor
}

func open(t *testing.T) *desk {
	w := apptest.New(t)
	w.People()
	d := &desk{w, w.Actor(demo.Agent), w.Actor(demo.Reviewer)}
	if err := w.Enterprise.Enable(t.Context(), d.clerk); err != nil {
		t.Fatal(err)
	}
	return d
}

// waiting submits a sound filing of the sample worker.
func (d *desk) waiting(who demo.Who) filing.Filing {
	d.T.Helper()
	return d.ReadFiling(d.clerk, d.Submit(d.clerk, 0, apptest.Form(who)))
}

// told reads the newest message of the clerk.
func (d *desk) told() (text, path string) {
	d.T.Helper()
	inbox, err := d.Notify.Inbox(d.T.Context(), d.clerk.Account, 0)
	if err != nil || len(inbox) == 0 {
		d.T.Fatal("no message", err)
	}
	return inbox[0].Text, inbox[0].Link
}

func conflict(t *testing.T, err error, words string) {
	t.Helper()
	if app.KindOf(err) != app.Conflict || !strings.Contains(err.Error(), words) {
		t.Errorf("error %v, want a conflict with %q", err, words)
	}
}

func TestAnApprovedFilingLeavesTheQueueAndTheClerkIsTold(t *testing.T) {
	d := open(t)
	f := d.waiting(demo.WorkerA)
	if err := d.Review.Approve(t.Context(), d.reviewer, f.ID, f.Version); err != nil {
		t.Fatal(err)
	}
	if queue, err := d.Review.Queue(t.Context(), review.Filter{}, 0); len(queue) != 0 || err != nil {
		t.Errorf("queue %+v, %v", queue, err)
	}
	if text, path := d.told(); text != "王秀兰的新签备案已审核通过，等待生成名册。" || path != link.To(link.HallFiling, f.ID) {
		t.Errorf("told %q at %s", text, path)
	}
	if got := d.ReadFiling(d.clerk, f.ID); got.State != app.FilingApproved || got.DecidedAt.IsZero() {
		t.Errorf("filing %+v", got)
	}
}

func TestAReturnedFilingGoesBackWithItsReasonAndComesAgain(t *testing.T) {
	d := open(t)
	f := d.waiting(demo.WorkerA)
	if err := d.Review.Return(t.Context(), d.reviewer, f.ID, f.Version, review.Reasons[3]); err != nil {
		t.Fatal(err)
	}
	if text, _ := d.told(); !strings.Contains(text, review.Reasons[3]) {
		t.Errorf("told %q", text)
	}
	got := d.ReadFiling(d.clerk, f.ID)
	if got.State != app.FilingReturned || got.ReturnReason != review.Reasons[3] {
		t.Errorf("filing %+v", got)
	}
	form := filing.FormOf(got)
	form.Terms.Duties = "装配、检验"
	d.Submit(d.clerk, f.ID, form)
	if queue, err := d.Review.Queue(t.Context(), review.Filter{Kind: app.FilingNew, Enterprise: "启明"}, 0); len(queue) != 1 || err != nil {
		t.Errorf("queue %+v, %v", queue, err)
	}
}

func TestTheQueueIsNarrowedByKindAndEnterprise(t *testing.T) {
	d := open(t)
	d.waiting(demo.WorkerA)
	for _, c := range []struct {
		filter review.Filter
		want   int64
	}{
		{review.Filter{}, 1},
		{review.Filter{Kind: app.FilingNew, Enterprise: "启明精密"}, 1},
		{review.Filter{Kind: app.FilingRenewal}, 0},
		{review.Filter{Enterprise: "%"}, 0},
	} {
		queue, err := d.Review.Queue(t.Context(), c.filter, 0)
		n, failed := d.Review.Count(t.Context(), c.filter)
		if int64(len(queue)) != c.want || n != c.want || errors.Join(err, failed) != nil {
			t.Errorf("%+v: %d in the queue, %d counted, want %d; %v %v", c.filter, len(queue), n, c.want, err, failed)
		}
	}
}

func TestSeveralAreApprovedAtOnceAndOneThatFailsStopsNone(t *testing.T) {
	d := open(t)
	first, second := d.waiting(demo.WorkerA), d.waiting(demo.WorkerB)
	form := apptest.Form(demo.Operator)
	form.Worker.Name = "别的名字"
	differs := d.ReadFiling(d.clerk, d.Submit(d.clerk, 0, form))
	if err := d.Filing.Withdraw(t.Context(), d.clerk, second.ID); err != nil {
		t.Fatal(err)
	}
	third := d.waiting(demo.WorkerB)
	approved, left, err := d.Review.ApproveAll(t.Context(), d.reviewer, []review.Chosen{{ID: first.ID, Version: first.Version},
		{ID: second.ID, Version: second.Version}, {ID: differs.ID, Version: differs.Version}, {ID: third.ID, Version: third.Version}})
	if err != nil || approved != 2 || len(left) != 2 {
		t.Fatalf("%d approved, left %+v, %v", approved, left, err)
	}
	if !strings.Contains(left[0].Why, "撤回") || left[1].Name != "别的名字" || !strings.Contains(left[1].Why, "单独审核") {
		t.Errorf("left %+v", left)
	}
	if got := d.ReadFiling(d.clerk, third.ID).State; got != app.FilingApproved {
		t.Errorf("the last is %s", got)
	}
}

func TestTheLastSubmissionIsKeptWhenAFilingGoesBack(t *testing.T) {
	d := open(t)
	f := d.waiting(demo.WorkerA)
	if _, again, err := d.Filing.Earlier(t.Context(), f); again || err != nil {
		t.Errorf("there is an earlier submission of the first: %v", err)
	}
	if err := d.Review.Return(t.Context(), d.reviewer, f.ID, f.Version, "请补充"); err != nil {
		t.Fatal(err)
	}
	form := filing.FormOf(d.ReadFiling(d.clerk, f.ID))
	for _, duties := range []string{"装配、检验", "装配、检验、包装"} {
		form.Terms.Duties = duties
		if _, err := d.Filing.Save(t.Context(), d.clerk, f.ID, form); err != nil {
			t.Fatal(err)
		}
		form.Version++
	}
	d.Submit(d.clerk, f.ID, form)
	now := d.ReadFiling(d.clerk, f.ID)
	before, again, err := d.Filing.Earlier(t.Context(), now)
	if err != nil || !again || before.Terms != f.Terms || before.Worker != f.Worker || before.SubmittedAt != f.SubmittedAt {
		t.Errorf("earlier %+v, %v", before, err)
	}
	if err := d.Filing.Withdraw(t.Context(), d.clerk, f.ID); err != nil {
		t.Fatal(err)
	}
	if before, _, err := d.Filing.Earlier(t.Context(), now); before.Terms != now.Terms || err != nil {
		t.Errorf("after the withdrawal %+v, %v", before, err)
	}
}

func TestAFilingIsNotReturnedWithoutAReason(t *testing.T) {
	d := open(t)
	f := d.waiting(demo.WorkerA)
	for reason, want := range map[string]string{" ": "请选择或填写退回原因", strings.Repeat("长", 301): "最多 300 个字"} {
		err := d.Review.Return(t.Context(), d.reviewer, f.ID, f.Version, reason)
		if got := app.FaultsOf(err).Of("reason"); !strings.Contains(got, want) {
			t.Errorf("fault %q, error %v", got, err)
		}
	}
}

func TestOfTwoReviewersAtOnceOneDecides(t *testing.T) {
	d := open(t)
	f := d.waiting(demo.WorkerA)
	var both sync.WaitGroup
	results := make([]error, 2)
	both.Go(func() { results[0] = d.Review.Approve(t.Context(), d.reviewer, f.ID, f.Version) })
	both.Go(func() { results[1] = d.Review.Return(t.Context(), d.reviewer, f.ID, f.Version, "请补充") })
	both.Wait()
	conflict(t, errors.Join(results...), "已由其他审核人员处理")
	want := app.FilingApproved
	if results[0] != nil {
		want = app.FilingReturned
	}
	if got := d.ReadFiling(d.clerk, f.ID).State; got != want {
		t.Errorf("state %s, results %v", got, results)
	}
	inbox, err := d.Notify.Inbox(t.Context(), d.clerk.Account, 0)
	told := 0
	for _, m := range inbox {
		if m.Link == link.To(link.HallFiling, f.ID) {
			told++
		}
	}
	if told != 1 || err != nil {
		t.Errorf("%d messages, %v", told, err)
	}
}

func TestAReviewerDecidesOnlyWhatHeHasRead(t *testing.T) {
	d := open(t)
	f := d.waiting(demo.WorkerA)
	if err := d.Filing.Withdraw(t.Context(), d.clerk, f.ID); err != nil {
		t.Fatal(err)
	}
	conflict(t, d.Review.Approve(t.Context(), d.reviewer, f.ID, f.Version), "单位刚才撤回了这份备案")
	form := filing.FormOf(d.ReadFiling(d.clerk, f.ID))
	form.Terms.Pay = 9000_00
	form.Terms.ProbationPay = 9000_00
	d.Submit(d.clerk, f.ID, form)
	conflict(t, d.Review.Approve(t.Context(), d.reviewer, f.ID, f.Version), "撤回并修改了这份备案")
}

func TestReadingAFilingAtTheDeskIsLogged(t *testing.T) {
	d := open(t)
	f := d.waiting(demo.WorkerA)
	before, err := audit.Verify(t.Context(), d.DB)
	if err != nil {
		t.Fatal(err)
	}
	got, err := d.Review.Read(t.Context(), d.reviewer, f.ID)
	if err != nil || got.Worker.IDNumber != f.Worker.IDNumber {
		t.Errorf("read %+v, %v", got, err)
	}
	if after, err := audit.Verify(t.Context(), d.DB); after != before+1 || err != nil {
		t.Errorf("%d rows before, %d after, %v", before, after, err)
	}
}

func TestTheDeskDoesNotSeeDrafts(t *testing.T) {
	d := open(t)
	id, err := d.Filing.Save(t.Context(), d.clerk, 0, apptest.Form(demo.WorkerA))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Review.Read(t.Context(), d.reviewer, id); app.KindOf(err) != app.NotFound {
		t.Errorf("error %v", err)
	}
}

func TestARosterNumbersTheApprovedFilingsOfOneEnterprise(t *testing.T) {
	d := open(t)
	first, second, third := d.waiting(demo.WorkerA), d.waiting(demo.WorkerB), d.waiting(demo.Operator)
	for _, f := range []filing.Filing{second, first} {
		if err := d.Review.Approve(t.Context(), d.reviewer, f.ID, f.Version); err != nil {
			t.Fatal(err)
		}
	}
	ready, err := d.Review.Ready(t.Context())
	if err != nil || len(ready) != 1 || ready[0].Filings != 2 {
		t.Errorf("ready %+v, %v", ready, err)
	}
	id, err := d.Review.MakeRoster(t.Context(), d.reviewer, d.clerk.Enterprise)
	if err != nil {
		t.Fatal(err)
	}
	roster, rows, err := d.Review.Roster(t.Context(), d.clerk, id, 0)
	if err != nil || roster.Number != "2026-000001" || len(rows) != 2 || rows[0].Filing != first.ID || rows[1].Filing != second.ID || rows[1].Row != 2 {
		t.Errorf("roster %+v, rows %+v, %v", roster, rows, err)
	}
	w := rows[0].Worker
	if w.IDNumber != app.MaskID(first.Worker.IDNumber) || w.Mobile != app.MaskMobile(first.Worker.Mobile) {
		t.Errorf("numbers %s, %s are not masked", w.IDNumber, w.Mobile)
	}
	if r := rows[0]; r.Sex != "女" || w.Address != first.Worker.Address || r.Terms.Employment != app.EmploymentFull || r.Since != first.Terms.Start {
		t.Errorf("row %+v", r)
	}
	if text, path := d.told(); text != "名册 2026-000001 已生成，共 2 人。" || path != link.To(link.HallRoster, id) {
		t.Errorf("told %q at %s", text, path)
	}
	if got := d.ReadFiling(d.clerk, third.ID).State; got != app.FilingSubmitted {
		t.Errorf("the filing that waits is %s", got)
	}
}

func TestTheNextRosterHasTheNextNumber(t *testing.T) {
	d := open(t)
	d.Roster(d.clerk, d.reviewer, apptest.Form(demo.WorkerA))
	d.Roster(d.clerk, d.reviewer, apptest.Form(demo.WorkerB))
	rosters, err := d.Review.RostersOf(t.Context(), d.clerk, 0)
	if err != nil || len(rosters) != 2 || rosters[0].Number != "2026-000002" || rosters[0].Filings != 1 {
		t.Errorf("rosters %+v, %v", rosters, err)
	}
	_, err = d.Review.MakeRoster(t.Context(), d.reviewer, d.clerk.Enterprise)
	conflict(t, err, "没有等待生成名册的备案")
}

func TestARenewalOnARosterKeepsTheDayOnWhichTheWorkBegan(t *testing.T) {
	d := open(t)
	first, _ := d.Roster(d.clerk, d.reviewer, apptest.Form(demo.WorkerA))
	form, err := d.Filing.Start(t.Context(), d.clerk, app.FilingRenewal, first)
	if err != nil {
		t.Fatal(err)
	}
	form.Terms.End = law.LastDay(form.Terms.Start, 12)
	_, id := d.Roster(d.clerk, d.reviewer, form)
	_, rows, err := d.Review.Roster(t.Context(), d.clerk, id, 0)
	if err != nil || len(rows) != 1 || rows[0].Since != apptest.Form(demo.WorkerA).Terms.Start || rows[0].Terms.Start != form.Terms.Start {
		t.Errorf("rows %+v, %v", rows, err)
	}
}

func TestAPrintedRosterStatesAllInFullAndIsLogged(t *testing.T) {
	d := open(t)
	if err := d.Enterprise.Close(t.Context(), d.clerk); err != nil {
		t.Fatal(err)
	}
	f := apptest.Form(demo.WorkerA)
	f.Paper = true // no contract is made meanwhile
	_, id := d.Roster(d.clerk, d.reviewer, f)
	before, err := audit.Verify(t.Context(), d.DB)
	if err != nil {
		t.Fatal(err)
	}
	for _, by := range []app.Actor{d.clerk, d.reviewer} {
		file, err := d.Review.Print(t.Context(), by, id)
		if err != nil {
			t.Fatal(err)
		}
		text := pdfText(t, file)
		for _, want := range []string{"2026-000001", "王秀兰", f.Worker.IDNumber, f.Worker.Mobile, "全日制用工", "2026-05-01", "2027-04-30", demo.EnterpriseName} {
			if !strings.Contains(text, want) {
				t.Errorf("%q is not in the printed roster:\n%s", want, text)
			}
		}
	}
	if after, err := audit.Verify(t.Context(), d.DB); after != before+2 || err != nil {
		t.Errorf("%d rows before, %d after, %v", before, after, err)
	}
}

func pdfText(t *testing.T, file []byte) string {
	t.Helper()
	cmd := exec.Command("pdftotext", "-", "-")
	cmd.Stdin = bytes.NewReader(file)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestAnotherEnterpriseSeesNoRoster(t *testing.T) {
	d := open(t)
	_, id := d.Roster(d.clerk, d.reviewer, apptest.Form(demo.WorkerA))
	stranger := d.clerk
	stranger.Enterprise++
	if _, _, err := d.Review.Roster(t.Context(), stranger, id, 0); app.KindOf(err) != app.NotFound {
		t.Errorf("error %v", err)
	}
	if _, err := d.Review.Print(t.Context(), stranger, id); app.KindOf(err) != app.NotFound {
		t.Errorf("error %v", err)
	}
	if _, rows, err := d.Review.Roster(t.Context(), d.reviewer, id, 0); len(rows) != 1 || err != nil {
		t.Errorf("the desk sees %+v, %v", rows, err)
	}
}
