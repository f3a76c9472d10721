package notify_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

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
		job, err := tx.LeaseJob(t.Context(), store.LeaseJobParams{NowAt: tx.Now, Kinds: `["sms"]`})
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

func concluded(w *apptest.World, to app.Actor, worker string) {
	w.T.Helper()
	err := w.DB.Write(w.T.Context(), func(tx *store.Tx) error {
		return w.Notify.TellOf(w.T.Context(), tx, to.Account, notify.Several{Kind: notify.Concluded, Who: worker, One: "的劳动合同已签订，可以下载。",
			Link: link.To(link.HallContract, 7), Many: "份文件已签订，可以下载。", List: link.HallContracts})
	})
	if err != nil {
		w.T.Fatal(err)
	}
}

func newest(w *apptest.World, who app.Actor) notify.Message {
	w.T.Helper()
	inbox, err := w.Notify.Inbox(w.T.Context(), who.Account, 0)
	if err != nil || len(inbox) == 0 {
		w.T.Fatal(inbox, err)
	}
	return inbox[0]
}

func TestABatchIsOneLineWithACount(t *testing.T) {
	w := apptest.New(t)
	w.People()
	clerk := w.Actor(demo.Agent)
	before := unread(w, clerk)
	concluded(w, clerk, "王秀兰")
	if m := newest(w, clerk); m.Text != "王秀兰的劳动合同已签订，可以下载。" || m.Link != link.To(link.HallContract, 7) {
		t.Errorf("one: %+v", m)
	}
	for _, worker := range []string{"王秀兰", "李建国", "赵敏"} {
		concluded(w, clerk, worker)
	}
	for i := range 196 {
		concluded(w, clerk, fmt.Sprintf("员工%d", i))
	}
	m := newest(w, clerk)
	if m.Text != "王秀兰、李建国、赵敏等 200 份文件已签订，可以下载。" || m.Link != link.HallContracts || unread(w, clerk) != before+1 {
		t.Errorf("two hundred: %+v, %d unread", m, unread(w, clerk))
	}
	w.Wait(time.Minute)
	if _, err := w.Notify.Open(t.Context(), clerk.Account, m.ID); err != nil {
		t.Fatal(err)
	}
	concluded(w, clerk, "周敏")
	if m := newest(w, clerk); m.Text != "周敏的劳动合同已签订，可以下载。" {
		t.Errorf("after the line was read: %+v", m)
	}
	w.Wait(2 * time.Hour)
	concluded(w, clerk, "刘洋")
	if m := newest(w, clerk); m.Text != "刘洋的劳动合同已签订，可以下载。" || unread(w, clerk) != before+2 {
		t.Errorf("two hours later: %+v", m)
	}
}

func TestANameThatBeginsAnotherIsNamedToo(t *testing.T) {
	w := apptest.New(t)
	w.People()
	clerk := w.Actor(demo.Agent)
	concluded(w, clerk, "王秀兰")
	concluded(w, clerk, "王秀")
	if m := newest(w, clerk); m.Text != "王秀兰、王秀等 2 份文件已签订，可以下载。" {
		t.Errorf("two: %+v", m)
	}
}

func TestAKindSwitchedOffComesInSilence(t *testing.T) {
	w := apptest.New(t)
	w.People()
	worker := w.Actor(demo.WorkerA)
	before := unread(w, worker)
	if err := w.Notify.Choose(t.Context(), worker, map[notify.Kind]bool{}, map[notify.Kind]bool{notify.Granted: true}); err != nil {
		t.Fatal(err)
	}
	heard, end := w.Hub.Subscribe(hub.Account(worker.Account))
	defer end()
	tell(w, worker, "有一份合同待您签名。")
	if m := newest(w, worker); !m.Read || m.Text != "有一份合同待您签名。" || unread(w, worker) != before || len(heard) != 0 {
		t.Errorf("%+v, %d unread, %d events", m, unread(w, worker), len(heard))
	}
	choices, err := w.Notify.Choices(t.Context(), worker)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range choices {
		if c.On != c.Fixed || c.SMS != (c.Kind == notify.Granted) || c.Fixed != (c.Kind == notify.Security || c.Kind == notify.LegalRepChange) {
			t.Errorf("%+v", c)
		}
	}
	if texts := wanted(w, worker, notify.ToSign); texts {
		t.Error("a text message would come")
	}
	if texts := wanted(w, worker, notify.Granted); !texts {
		t.Error("the text message of a grant would not come")
	}
}

func wanted(w *apptest.World, who app.Actor, k notify.Kind) (wanted bool) {
	w.T.Helper()
	err := w.DB.Write(w.T.Context(), func(tx *store.Tx) (err error) {
		wanted, err = w.Notify.Texts(w.T.Context(), tx, who.Account, k)
		return err
	})
	if err != nil {
		w.T.Fatal(err)
	}
	return wanted
}

func TestEveryKindOfMessageHasItsLabelAndItsReaders(t *testing.T) {
	w := apptest.New(t)
	w.People()
	seen := map[notify.Kind]bool{}
	for _, who := range []demo.Who{demo.WorkerA, demo.Agent} {
		choices, err := w.Notify.Choices(t.Context(), w.Actor(who))
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range choices {
			if seen[c.Kind] = true; c.Label == "" || c.About == "" || c.Label != c.Kind.Label() {
				t.Errorf("%+v", c)
			}
		}
	}
	if len(seen) != 19 {
		t.Errorf("%d kinds are offered", len(seen))
	}
}
