package contract_test

import (
	"strings"
	"testing"

	"laoqi/app"
	"laoqi/app/contract"
	"laoqi/app/demo"
)

func TestAWorkerAsksForPaperAndTheClerkNotesWhenItWasGiven(t *testing.T) {
	w := open(t)
	worker := w.activated(demo.WorkerA)
	d := w.made(demo.WorkerA)
	refused(t, w.Contract.AskPaper(t.Context(), worker, d.ID), app.Conflict, "签署完成后才能申请")
	w.authorize()
	w.sign(worker, demo.WorkerA, d)
	d = w.concluded(d.Contract)
	w.must(w.Contract.AskPaper(t.Context(), worker, d.ID))
	refused(t, w.Contract.AskPaper(t.Context(), worker, d.ID), app.Conflict, "已经申请过")
	refused(t, w.Contract.AskPaper(t.Context(), w.Actor(demo.WorkerB), d.ID), app.NotFound, "没有这份合同")
	page, err := w.Contract.Papers(t.Context(), w.clerk.Enterprise, 0)
	w.must(err)
	if len(page.List) != 1 || page.List[0].Title != d.Title || !page.List[0].GivenOn.IsZero() {
		t.Fatalf("the clerk's list: %+v", page)
	}
	id, today := page.List[0].ID, app.DateOf(w.Now())
	for on, words := range map[app.Date]string{{}: "请选择", today.AddDays(1): "不能晚于今天", today.AddDays(-1): "不能早于申请日期"} {
		if got := app.FaultsOf(w.Contract.GivePaper(t.Context(), w.clerk, id, on)).Of(contract.FieldGivenOn); !strings.Contains(got, words) {
			t.Errorf("given on %s: %q", on, got)
		}
	}
	stranger := w.clerk
	stranger.Enterprise++
	refused(t, w.Contract.GivePaper(t.Context(), stranger, id, today), app.NotFound, "没有这个申请")
	w.must(w.Contract.GivePaper(t.Context(), w.clerk, id, today))
	refused(t, w.Contract.GivePaper(t.Context(), w.clerk, id, today), app.Conflict, "已经登记")
	if text := w.newest(worker); !strings.Contains(text, "已提供劳动合同的纸质文本") {
		t.Errorf("the worker was told %q", text)
	}
	w.must(w.Contract.AskPaper(t.Context(), worker, d.ID))
}

func TestOnlyAProofOfEndingIsReceived(t *testing.T) {
	w := open(t)
	worker := w.activated(demo.WorkerA)
	d := w.made(demo.WorkerA)
	w.authorize()
	w.sign(worker, demo.WorkerA, d)
	d = w.concluded(d.Contract)
	refused(t, w.Contract.Receive(t.Context(), worker, d.ID), app.Conflict, "不需要签收")
}
