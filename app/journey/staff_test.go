package journey

import (
	"fmt"
	"testing"
	"time"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/demo"
	"laoqi/app/filing"
)

// staff is a data folder with many workers, filled before the program opens it.
type staff struct {
	*apptest.World
	clerk, reviewer app.Actor
}

// prepare fills a new data folder and closes it again.
func prepare(t *testing.T, fill func(*staff)) (folder string) {
	return prepareAgo(t, time.Hour, fill)
}

// prepareAgo is prepare with a clock that lags by some time.
func prepareAgo(t *testing.T, ago time.Duration, fill func(*staff)) (folder string) {
	browserOf(t) // from here on beside others
	folder = t.TempDir()
	t.Run("prepare", func(t *testing.T) {
		w := apptest.Open(t, folder)
		w.Wait(time.Since(apptest.Start) - ago)
		w.People()
		fill(&staff{w, w.Actor(demo.Agent), w.Actor(demo.Reviewer)})
	})
	if t.Failed() {
		t.FailNow()
	}
	return folder
}

// leave files n workers on paper and their endings as electronic documents, which
// wait for the seal alone.
func (s *staff) leave(n int) {
	s.T.Helper()
	today := app.DateOf(s.Now())
	var hired []int64
	for i := range n {
		f := apptest.Form(demo.WorkerA)
		f.Paper = true
		f.Worker.Name, f.Worker.IDNumber = fmt.Sprintf("王%c", '一'+rune(i)), withCheck(fmt.Sprintf("22010219940307%03d", i))
		f.Terms.Start, f.Terms.End = today.AddDays(-20), today.AddYears(1)
		hired = append(hired, s.submit(f))
	}
	s.roster()
	if err := s.Enterprise.Enable(s.T.Context(), s.clerk); err != nil {
		s.T.Fatal(err)
	}
	for _, id := range hired {
		s.submit(filing.Form{Kind: app.FilingTermination, Previous: id, Ending: app.Ending{Reason: "36-worker", On: today}})
	}
	s.roster()
	s.Until("the documents", func() bool {
		c, err := s.Contract.Counts(s.T.Context(), s.clerk.Enterprise)
		return err == nil && c.Unsealed() == int64(n)
	})
}

// submit hands a filing to the desk, confirming its warnings, and approves it.
func (s *staff) submit(f filing.Form) int64 {
	s.T.Helper()
	id, warnings, err := s.Filing.Submit(s.T.Context(), s.clerk, 0, f)
	for _, w := range warnings {
		f.Confirmed = append(f.Confirmed, w.Text)
	}
	if err == nil && warnings != nil {
		id, _, err = s.Filing.Submit(s.T.Context(), s.clerk, 0, f)
	}
	if err == nil {
		err = s.Review.Approve(s.T.Context(), s.reviewer, id, s.ReadFiling(s.clerk, id).Version)
	}
	if err != nil {
		s.T.Fatal(err)
	}
	return id
}

func (s *staff) roster() {
	s.T.Helper()
	if _, err := s.Review.MakeRoster(s.T.Context(), s.reviewer, s.clerk.Enterprise); err != nil {
		s.T.Fatal(err)
	}
}

// operator makes the seal and its operator, who has a certificate.
func (s *staff) operator() app.Actor {
	s.T.Helper()
	boss := s.Actor(demo.Boss)
	s.Grant(boss, s.MakeSeal(boss, app.SealName), demo.Operator)
	operator := s.Actor(demo.Operator)
	s.Activate(operator, demo.Operator)
	return operator
}

// withCheck completes an ID number with its check character (GB 11643).
func withCheck(body string) string {
	sum := 0
	for i, r := range body {
		sum += int(r-'0') * (1 << (17 - i) % 11)
	}
	return body + string("10X98765432"[sum%11])
}
