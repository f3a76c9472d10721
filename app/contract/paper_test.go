package contract_test

import (
	"strings"
	"testing"

	"laoqi/app"
	"laoqi/app/contract"
	"laoqi/app/demo"
	"laoqi/app/link"
	"laoqi/app/notify"
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
	w.hears(w.clerk, notify.Paper, "申请劳动合同的纸质文本", link.To(link.HallPaper, id))
	if n, err := w.Contract.PapersAsked(t.Context(), w.clerk.Enterprise); err != nil || n != 1 || page.List[0].DueOn() != today.AddDays(7) {
		t.Errorf("%d wait, until %s, %v", n, page.List[0].DueOn(), err)
	}
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
	w.hears(worker, notify.Paper, "提供劳动合同的纸质文本", link.To(link.MobileContract, d.ID))
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

func TestReceiptOfAProofIsAMessageOfItsOwn(t *testing.T) {
	w := open(t)
	clerk, d := w.Conclude()
	proof, worker := w.End(clerk, d), w.Actor(demo.WorkerA)
	w.hears(worker, notify.Receipt, "请查看并签收", link.To(link.MobileContract, proof.ID))
	w.must(w.Contract.Receive(t.Context(), worker, proof.ID))
	w.hears(clerk, notify.Receipt, "王秀兰已签收"+proof.Title, link.To(link.HallContract, proof.Contract))
	refused(t, w.Contract.Receive(t.Context(), worker, proof.ID), app.Conflict, "已经签收过")
	refused(t, w.Contract.Receive(t.Context(), w.Actor(demo.WorkerB), proof.ID), app.NotFound, "没有这份合同")
}

// hears checks the actor's newest message.
func (w *world) hears(by app.Actor, kind notify.Kind, words, target string) {
	w.t.Helper()
	inbox, err := w.Notify.Inbox(w.t.Context(), by.Account, 0)
	w.must(err)
	if m := inbox[0]; m.Kind != kind || !strings.Contains(m.Text, words) || m.Link != target {
		w.t.Errorf("told %+v", m)
	}
}
