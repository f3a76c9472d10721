package contract_test

import (
	"strings"
	"testing"
	"time"

	"laoqi/app"
	"laoqi/app/apptest/upload"
	"laoqi/app/contract"
	"laoqi/app/demo"
	"laoqi/app/seal"
)

// signedSupplement is one that waits for an operator.
func (w *world) signedSupplement() contract.Document {
	w.t.Helper()
	worker := w.activated(demo.WorkerA)
	d := w.supplement(w.rostered(demo.WorkerA))
	w.sign(worker, demo.WorkerA, d)
	return w.read(d.ID)
}

// second makes the second worker an operator of another seal, whose authorization
// is the newer one.
func (w *world) second() app.Actor {
	w.t.Helper()
	ctx, boss := w.t.Context(), w.Actor(demo.Boss)
	id := w.MakeSeal(boss, app.SealContract)
	w.Grant(boss, id, demo.WorkerB)
	w.Wait(2 * time.Minute)
	by := w.activated(demo.WorkerB)
	token := w.Ticket(w.clerk)
	w.must(w.Seal.Scan(ctx, by, token))
	w.must(w.Seal.Authorize(ctx, by, token, seal.Answer{Enterprise: w.clerk.Enterprise, Seal: id, Passphrase: passphrase}))
	return by
}

func confirming(d contract.Document) contract.Confirming {
	return contract.Confirming{Document: d.ID, Hash: d.Hash, Passphrase: passphrase}
}

func TestASupplementIsSealedUnderTheAuthorizationOfTheOperatorWhoConfirmed(t *testing.T) {
	w := open(t)
	w.authorize()
	w.second()
	d, first := w.signedSupplement(), w.Actor(demo.Operator)
	w.confirm(first, d.ID)
	w.wantState(d.ID, app.DocumentSigned)
	uses, err := w.Seal.Usage(t.Context(), w.clerk, seal.Which{}, 0)
	w.must(err)
	operator, _ := demo.Find(demo.Operator)
	if uses[0].Operator != operator.Name || !strings.HasSuffix(uses[0].Seal, "电子法定名称章") {
		t.Errorf("sealed by %s with %s", uses[0].Operator, uses[0].Seal)
	}
}

func TestOfTwoOperatorsOneConfirms(t *testing.T) {
	w := open(t)
	w.authorize()
	second := w.second()
	d, first := w.signedSupplement(), w.Actor(demo.Operator)
	w.Contract.Reach(func(string) { time.Sleep(50 * time.Millisecond) })
	errs := make(chan error, 2)
	for _, by := range []app.Actor{first, second} {
		go func() { errs <- w.Contract.Confirm(t.Context(), by, confirming(d)) }()
	}
	a, b := <-errs, <-errs
	if (a == nil) == (b == nil) {
		t.Fatalf("both ended alike: %v, %v", a, b)
	}
	if a == nil {
		a = b
	}
	refused(t, a, app.Conflict, "重新查看")
	w.wantState(d.ID, app.DocumentSigned)
}

func TestAWrongPassphraseConfirmsNothingAndIsCounted(t *testing.T) {
	w := open(t)
	w.authorize()
	d, operator := w.signedSupplement(), w.Actor(demo.Operator)
	f := confirming(d)
	f.Passphrase = ""
	refused(t, w.Contract.Confirm(t.Context(), operator, f), app.Invalid, "请输入证书密码")
	f.Passphrase = "Wrong2026"
	for range 5 {
		if err := w.Contract.Confirm(t.Context(), operator, f); fields(err) != contract.FieldPassphrase {
			t.Fatalf("error %v", err)
		}
	}
	refused(t, w.Contract.Confirm(t.Context(), operator, confirming(d)), app.Invalid, "已锁定")
	if got := w.read(d.ID); got.State != app.DocumentUnconfirmed {
		t.Errorf("the supplement became %s", got.State.Label())
	}
}

func TestOnlyAnOperatorWithALiveAuthorizationConfirms(t *testing.T) {
	w := open(t)
	d := w.signedSupplement()
	operator := w.Actor(demo.Operator)
	refused(t, w.Contract.Confirm(t.Context(), operator, confirming(d)), app.NotFound, "签章授权有效")
	w.authorize()
	w.Until("the message to the new operator", func() bool { return strings.Contains(w.newest(operator), "确认盖章") })
	for _, by := range []app.Actor{w.Actor(demo.WorkerB), w.Actor(demo.Boss), w.clerk} {
		refused(t, w.Contract.Confirm(t.Context(), by, confirming(d)), app.NotFound, "签章授权有效")
	}
	w.revoke(operator)
	refused(t, w.Contract.Confirm(t.Context(), operator, confirming(d)), app.NotFound, "签章授权有效")
}

func (w *world) revoke(operator app.Actor) {
	w.t.Helper()
	lives, err := w.Seal.LivesOf(w.t.Context(), operator.Person)
	w.must(err)
	for _, l := range lives {
		w.must(w.Seal.Revoke(w.t.Context(), operator, l.ID))
	}
}

func TestAnotherFileThanTheOneReadIsNotConfirmed(t *testing.T) {
	w := open(t)
	w.authorize()
	operator, worker := w.Actor(demo.Operator), w.activated(demo.WorkerA)
	main := w.rostered(demo.WorkerA)
	first := w.supplement(main)
	refused(t, w.Contract.Confirm(t.Context(), operator, confirming(first)), app.NotFound, "没有需要您确认")
	second := w.replaced(main, first.ID)
	w.sign(worker, demo.WorkerA, second)
	stale := confirming(w.read(second.ID))
	stale.Hash = second.Hash // as before the worker signed
	refused(t, w.Contract.Confirm(t.Context(), operator, stale), app.Conflict, "重新查看")
	refused(t, w.Contract.Confirm(t.Context(), operator, confirming(first)), app.NotFound, "没有需要您确认")
}

func TestAnAuthorizationRevokedAfterTheConfirmationAsksTheOtherOperator(t *testing.T) {
	w := open(t)
	w.authorize()
	second := w.second()
	d, first := w.signedSupplement(), w.Actor(demo.Operator)
	w.Contract.Reach(func(step string) {
		if step == "written" {
			w.revoke(first)
		}
	})
	w.confirm(first, d.ID)
	w.Until("the second operator to be asked again", func() bool { return w.told(second, "请阅读后确认盖章") == 2 })
	w.wantState(d.ID, app.DocumentUnconfirmed)
	if n := count(w.purposes(), d.Title+" "+d.Number); n != 0 {
		t.Errorf("%d usage records", n)
	}
	w.confirm(second, d.ID)
	w.wantState(d.ID, app.DocumentSigned)
}

// told counts the messages of an account with the words.
func (w *world) told(by app.Actor, words string) (n int) {
	w.t.Helper()
	inbox, err := w.Notify.Inbox(w.t.Context(), by.Account, 0)
	w.must(err)
	for _, m := range inbox {
		if strings.Contains(m.Text, words) {
			n++
		}
	}
	return n
}

func TestAFileExchangedInTheDatabaseIsNotSealed(t *testing.T) {
	for _, change := range []string{
		"UPDATE document SET worker_hash = ?1 WHERE id = ?2",
		"UPDATE document SET worker_hash = ?1 WHERE id = ?2; UPDATE confirmation SET file_hash = ?1 WHERE document_id = ?2",
		"UPDATE confirmation SET statement = CAST(replace(CAST(statement AS TEXT), 'sha256', 'SHA256') AS BLOB) WHERE document_id = ?2",
	} {
		w := open(t)
		w.authorize()
		d, operator := w.signedSupplement(), w.Actor(demo.Operator)
		file, err := w.Contract.File(d)
		w.must(err)
		other, err := w.Contract.Files.Put(upload.Plain(1))
		w.must(err)
		w.must(w.Contract.Files.Remove(d.Hash)) // the first try fails
		w.confirm(operator, d.ID)
		w.Until("the first try", func() bool { return strings.Contains(w.read(d.ID).SealProblem, "找不到") })
		w.Alter(change, other, d.ID)
		_, err = w.Contract.Files.Put(file)
		w.must(err)
		w.Until("the next try", func() bool {
			w.Wait(time.Minute)
			return strings.Contains(w.read(d.ID).SealProblem, "没有成功")
		})
		if got := w.read(d.ID); got.State != app.DocumentUnsealed {
			t.Errorf("after %s the supplement is %s", change, got.State.Label())
		}
	}
}

func TestClosingIsRefusedWhileASupplementIsSignedAndNotConcluded(t *testing.T) {
	w := open(t)
	w.signedSupplement()
	refused(t, w.Enterprise.Close(t.Context(), w.clerk), app.Conflict, "已有劳动者签署")
	page, err := w.Contract.Search(t.Context(), w.clerk.Enterprise, contract.Filter{}, 0)
	w.must(err)
	w.must(w.Contract.Decline(t.Context(), w.Actor(demo.WorkerA), w.document(page.Rows[0].Contract).ID, "工资不对"))
	w.must(w.Enterprise.Close(t.Context(), w.clerk))
}

func TestAWithdrawalAndASignatureAtTheSameMomentEndInOneOfThem(t *testing.T) {
	w := open(t)
	worker := w.activated(demo.WorkerA)
	d := w.supplement(w.rostered(demo.WorkerA))
	f := signing(d, w.sentCode(worker, demo.WorkerA, d))
	signed := make(chan error)
	go func() { signed <- w.Contract.Sign(t.Context(), worker, f) }()
	withdrawn := w.Contract.WithdrawSupplement(t.Context(), w.clerk, d.ID)
	if err := <-signed; (err == nil) == (withdrawn == nil) {
		t.Errorf("signing: %v, withdrawing: %v", err, withdrawn)
	}
	if got := w.read(d.ID).State; (got == app.DocumentWithdrawn) != (withdrawn == nil) {
		t.Errorf("the supplement is %s", got.Label())
	}
}
