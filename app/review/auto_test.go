package review_test

import (
	"testing"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/audit"
	"laoqi/app/demo"
	"laoqi/app/review"
)

func TestWithoutAReviewerEachFilingIsApprovedAndRosteredByItself(t *testing.T) {
	d := open(t)
	earlier := d.waiting(demo.WorkerA)
	if err := d.Review.Automate(t.Context()); err != nil {
		t.Fatal(err)
	}
	state := func(id int64) app.FilingState { return d.ReadFiling(d.clerk, id).State }
	d.Until("what waited already", func() bool { return state(earlier.ID) == app.FilingRostered })
	next := d.waiting(demo.WorkerB)
	d.Until("the next filing", func() bool { return state(next.ID) == app.FilingRostered })
	got := d.ReadFiling(d.clerk, next.ID)
	if !got.Automatic || got.DecidedAt.IsZero() || got.RosterNumber != "2026-000002" {
		t.Errorf("filing %+v", got)
	}
	d.Until("its contract", func() bool { return d.ReadFiling(d.clerk, next.ID).Document == app.DocumentUnsigned })
	if queue, err := d.Review.Queue(t.Context(), review.Filter{}, 0); len(queue) != 0 || err != nil {
		t.Errorf("queue %+v, %v", queue, err)
	}
	if _, err := audit.Verify(t.Context(), d.DB); err != nil {
		t.Error(err)
	}
}

func TestAFilingThatAReviewerDecidedIsNotCalledAutomatic(t *testing.T) {
	d := open(t)
	id, _ := d.Roster(d.clerk, d.reviewer, apptest.Form(demo.WorkerA))
	if d.ReadFiling(d.clerk, id).Automatic {
		t.Error("the reviewer's decision counts as automatic")
	}
}
