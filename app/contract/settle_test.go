package contract_test

import (
	"strings"
	"testing"

	"laoqi/app"
	"laoqi/app/demo"
)

const checked = "本人到场，已核对身份证原件"

func TestTheDeskBindsAContractWhoseWorkerOnlyHasAnotherMobile(t *testing.T) {
	w := open(t)
	f := form(demo.WorkerA)
	f.Worker.Mobile = "13900000001"
	d := w.make(w.draft(f))
	worker, reviewer := w.Actor(demo.WorkerA), w.Actor(demo.Reviewer)
	strays, err := w.Contract.Strays(t.Context(), worker.Person)
	w.must(err)
	if len(strays) != 1 || !strays[0].SameName || strays[0].SameMobile || strays[0].Settled {
		t.Fatalf("the desk sees %+v", strays)
	}
	if got := fields(w.Contract.Settle(t.Context(), reviewer, d.Contract, true, "")); got != "reason" {
		t.Errorf("without a reason: faults at %q", got)
	}
	w.must(w.Contract.Settle(t.Context(), reviewer, d.Contract, true, checked))
	if !w.document(d.Contract).Bound {
		t.Error("not bound")
	}
	refused(t, w.Contract.Settle(t.Context(), reviewer, d.Contract, false, checked), app.NotFound, "没有这份待处理的合同")
}

func TestTheDeskBindsNoContractOfAnotherName(t *testing.T) {
	w := open(t)
	f := form(demo.WorkerA)
	f.Worker.Name = "王秀英"
	d := w.make(w.draft(f))
	reviewer := w.Actor(demo.Reviewer)
	refused(t, w.Contract.Settle(t.Context(), reviewer, d.Contract, true, checked), app.Conflict, "姓名与本人不同")
	w.must(w.Contract.Settle(t.Context(), reviewer, d.Contract, false, checked))
	refused(t, w.Contract.Settle(t.Context(), reviewer, d.Contract, false, checked), app.Conflict, "不需要重复处理")
	inbox, err := w.Notify.Inbox(t.Context(), w.clerk.Account, 0)
	w.must(err)
	if text := inbox[0].Text; !strings.Contains(text, "重新备案") || strings.Contains(text, checked) {
		t.Errorf("the clerk was told %q", text)
	}
	if w.document(d.Contract).Bound {
		t.Error("bound")
	}
}
