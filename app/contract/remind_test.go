package contract_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/contract"
	"laoqi/app/demo"
	"laoqi/app/notify"
)

// reminded lists the reminders in the clerk's inbox, the oldest first, once the
// day's job is done.
func (w *world) reminded() (texts []string) {
	w.t.Helper()
	w.must(w.Contract.Daily(w.t.Context()))
	w.must(w.Contract.Daily(w.t.Context())) // the same day: nothing more
	w.Idle()
	inbox, err := w.Notify.Inbox(w.t.Context(), w.clerk.Account, 0)
	w.must(err)
	for _, m := range inbox {
		if m.Kind == notify.DateNear {
			texts = append(texts, m.Text)
		}
	}
	slices.Reverse(texts)
	return texts
}

// until moves the clock to noon of a day.
func (w *world) until(d app.Date) { w.Wait(d.In().Add(12 * time.Hour).Sub(w.Now())) }

func TestTheClerksAreToldOnceOfEachDayThatComesNear(t *testing.T) {
	w := open(t)
	desk := w.Actor(demo.Reviewer)
	w.Roster(w.clerk, desk, apptest.Form(demo.WorkerA))
	w.draft(form(demo.WorkerB))
	w.Until("the contract", func() bool {
		c, err := w.Contract.Counts(t.Context(), w.clerk.Enterprise)
		return err == nil && c.Contracts[app.DocumentUnsigned] == 1
	})
	for i, x := range []struct {
		on   app.Date
		want string // the newest reminder, "" for no new one
	}{
		{day(2026, 5, 6), ""},
		{day(2026, 5, 10), "王秀兰的劳动合同生成已满 3 天"},
		{day(2026, 5, 11), ""},
		{day(2026, 5, 24), "李建国的用工备案还没有提交，应当在用工之日起 30 日内（2026年5月30日前）办理"},
		{day(2026, 6, 22), ""},
		{day(2026, 6, 24), "王秀兰的试用期将于2026年6月30日结束"},
		{day(2026, 6, 25), ""},
		{day(2027, 2, 28), ""},
		{day(2027, 3, 2), "王秀兰的劳动合同将于2027年4月30日到期，还有 59 天"},
		{day(2027, 3, 3), ""},
		{day(2027, 4, 1), "还有 29 天"},
		{day(2027, 4, 24), "还有 6 天"},
		{day(2027, 4, 25), ""},
	} {
		before := len(w.reminded())
		w.until(x.on)
		got := w.reminded()
		switch {
		case x.want == "" && len(got) > before:
			t.Errorf("step %d, %s: told %q", i, x.on, got[before:])
		case x.want != "" && (len(got) != before+1 || !strings.Contains(got[before], x.want)):
			t.Errorf("step %d, %s: told %q, want %q", i, x.on, got[before:], x.want)
		}
	}
}

func TestTheDaysToKnowOfLeaveWhenTheirMatterIsSettled(t *testing.T) {
	w := open(t)
	desk := w.Actor(demo.Reviewer)
	f := apptest.Form(demo.WorkerA)
	id, _ := w.Roster(w.clerk, desk, f)
	w.until(day(2027, 4, 1))
	dues := func() contract.Dues {
		t.Helper()
		d, err := w.Contract.Dues(t.Context(), w.clerk.Enterprise)
		w.must(err)
		return d
	}
	if d := dues(); len(d.Ending) != 1 || d.Ending[0].Filing != id || d.Ending[0].Left != 29 || len(d.Probation) != 0 {
		t.Errorf("before the renewal: %+v", d)
	}
	if d, err := w.Contract.Dues(t.Context(), w.clerk.Enterprise+1); err != nil || len(d.Ending)+len(d.Unsigned) != 0 {
		t.Errorf("another enterprise sees %+v, %v", d, err)
	}
	f.Kind, f.Previous = app.FilingRenewal, id
	f.Terms.Start, f.Terms.End, f.Terms.Probation, f.Terms.ProbationPay = day(2027, 5, 1), day(2028, 4, 30), 0, 0
	w.clerk = w.Actor(demo.Agent)
	w.Submit(w.clerk, 0, f)
	if d := dues(); len(d.Ending) != 0 {
		t.Errorf("after the renewal: %+v", d)
	}
}

func TestAProbationIsDueOnTheDayThatTheContractPrints(t *testing.T) {
	w := open(t)
	f := apptest.Form(demo.WorkerA)
	f.Terms.Start, f.Terms.End, f.Terms.Probation = day(2026, 5, 31), day(2027, 5, 30), 1
	w.Roster(w.clerk, w.Actor(demo.Reviewer), f)
	w.until(day(2026, 6, 10))
	d, err := w.Contract.Dues(t.Context(), w.clerk.Enterprise)
	w.must(err)
	if len(d.Probation) != 1 || d.Probation[0].On != day(2026, 6, 30) || d.Probation[0].Left != 20 {
		t.Errorf("a month from 31 May: %+v", d.Probation)
	}
}

func TestAWorkerIsUrgedAtMostOnceADay(t *testing.T) {
	w := open(t)
	d := w.made(demo.WorkerA)
	stranger := w.clerk
	stranger.Enterprise++
	refused(t, w.Contract.Urge(t.Context(), stranger, d.Contract), app.Conflict, "今天已经催签过")
	w.Screen.Clear()
	w.must(w.Contract.Urge(t.Context(), w.clerk, d.Contract))
	sample, _ := demo.Find(demo.WorkerA)
	w.Until("the text message", func() bool {
		for _, m := range w.Screen.Messages() {
			if m.Mobile == sample.Mobile && strings.Contains(m.Text, "提醒您签署劳动合同") {
				return true
			}
		}
		return false
	})
	refused(t, w.Contract.Urge(t.Context(), w.clerk, d.Contract), app.Conflict, "今天已经催签过")
	w.Wait(24 * time.Hour)
	w.must(w.Contract.Urge(t.Context(), w.clerk, d.Contract))
	w.wrote("document.urged", 2)
}
