package notify_test

import (
	"fmt"
	"strings"
	"testing"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/demo"
	"laoqi/app/hub"
	"laoqi/app/link"
	"laoqi/app/notify"
	"laoqi/app/store"
)

func tell(w *apptest.World, to app.Actor, text string) {
	w.T.Helper()
	err := w.DB.Write(w.T.Context(), func(tx *store.Tx) error {
		return w.Notify.Tell(w.T.Context(), tx, to.Account, notify.ToSign, text, link.MobileContracts)
	})
	if err != nil {
		w.T.Fatal(err)
	}
}

func unread(w *apptest.World, who app.Actor) int64 {
	w.T.Helper()
	n, err := w.Notify.Unread(w.T.Context(), who.Account)
	if err != nil {
		w.T.Fatal(err)
	}
	return n
}

func TestAMessageIsUnreadUntilItsAccountOpensIt(t *testing.T) {
	w := apptest.New(t)
	w.People()
	worker, other := w.Actor(demo.WorkerA), w.Actor(demo.WorkerB)
	before := unread(w, worker)
	heard, end := w.Hub.Subscribe(hub.Account(worker.Account))
	defer end()
	tell(w, worker, "有一份合同待您签名。")
	if n := unread(w, worker); n != before+1 || len(heard) != 1 {
		t.Fatalf("%d unread after %d, %d events", n, before, len(heard))
	}
	inbox, err := w.Notify.Inbox(t.Context(), worker.Account, 0)
	if err != nil || inbox[0].Text != "有一份合同待您签名。" || inbox[0].Read {
		t.Fatalf("%+v %v", inbox, err)
	}
	if _, err := w.Notify.Open(t.Context(), other.Account, inbox[0].ID); app.KindOf(err) != app.NotFound {
		t.Errorf("another account opens it: %v", err)
	}
	target, err := w.Notify.Open(t.Context(), worker.Account, inbox[0].ID)
	if err != nil || target != link.MobileContracts || unread(w, worker) != before {
		t.Errorf("%s %v, %d unread", target, err, unread(w, worker))
	}
}

func TestAnInboxTurnsItsPagesAndIsReadAtOnce(t *testing.T) {
	w := apptest.New(t)
	w.People()
	worker := w.Actor(demo.WorkerA)
	for i := range notify.PageSize + 3 {
		tell(w, worker, fmt.Sprintf("第 %d 条", i))
	}
	first, err := w.Notify.Inbox(t.Context(), worker.Account, 0)
	if err != nil || len(first) != notify.PageSize+1 {
		t.Fatalf("%d messages, %v", len(first), err)
	}
	second, err := w.Notify.Inbox(t.Context(), worker.Account, first[notify.PageSize-1].ID)
	if err != nil || second[0].Text != "第 2 条" {
		t.Errorf("%+v %v", second, err)
	}
	if err := w.Notify.OpenAll(t.Context(), worker.Account); err != nil || unread(w, worker) != 0 {
		t.Errorf("%v, %d unread", err, unread(w, worker))
	}
}

func TestATextMessageWaitsSealedAndArrives(t *testing.T) {
	w := apptest.New(t)
	err := w.DB.Write(t.Context(), func(tx *store.Tx) error {
		if err := w.Notify.SMS(t.Context(), tx, "13800002041", "合同待签"); err != nil {
			return err
		}
		job, err := tx.LeaseJob(t.Context(), tx.Now)
		if err == nil && strings.Contains(string(job.Payload), "13800002041") {
			t.Error("the mobile waits in clear")
		}
		if err != nil {
			return err
		}
		return tx.RetryJob(t.Context(), store.RetryJobParams{ID: job.ID, DueAt: tx.Now})
	})
	if err != nil {
		t.Fatal(err)
	}
	w.Until("the message", func() bool {
		m := w.Screen.Messages()
		return len(m) == 1 && m[0].Mobile == "13800002041" && m[0].Text == "合同待签"
	})
}

func TestEveryKindOfMessageHasItsLabel(t *testing.T) {
	for _, k := range []notify.Kind{notify.SealAdded, notify.SealVoided, notify.Granted, notify.Authorized, notify.FilingDecided, notify.ToSign, notify.Concluded, notify.IdentityKnown, notify.Enterprise} {
		if k.Label() == "" {
			t.Errorf("%s has none", k)
		}
	}
}
