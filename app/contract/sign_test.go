package contract_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"laoqi/app"
	"laoqi/app/contract"
	"laoqi/app/demo"
)

// fields lists the fields of the faults that err carries.
func fields(err error) string {
	var names []string
	for _, f := range app.FaultsOf(err) {
		names = append(names, f.Field)
	}
	return strings.Join(names, " ")
}

func TestAllThatIsWrongWithTheSigningFormIsToldAtOnce(t *testing.T) {
	w := open(t)
	worker := w.activated(demo.WorkerA)
	d := w.made(demo.WorkerA)
	err := w.Contract.Sign(t.Context(), worker, contract.Signing{Read: []contract.Reading{d.Reading()}})
	if got, want := fields(err), "strokes passphrase code consent"; got != want {
		t.Errorf("faults at %s, want %s", got, want)
	}
	f := signing(d, "123456")
	f.Strokes, f.Typed = "", "李建国"
	if got := fields(w.Contract.Sign(t.Context(), worker, f)); got != "typed" {
		t.Errorf("another's name typed: faults at %q", got)
	}
	f.Strokes = `{"w":358,"h":200,"strokes":[[[1,1,0],[2,2,10]]]}`
	if got := fields(w.Contract.Sign(t.Context(), worker, f)); got != "strokes" {
		t.Errorf("hardly any ink: faults at %q", got)
	}
}

func TestAWrongPassphraseSpendsNoCodeAndIsCounted(t *testing.T) {
	w := open(t)
	worker := w.activated(demo.WorkerA)
	d := w.made(demo.WorkerA)
	f := signing(d, w.sentCode(worker, demo.WorkerA, d))
	for range 4 {
		f.Passphrase = "Wrong2026"
		err := w.Contract.Sign(t.Context(), worker, f)
		if fields(err) != "passphrase" {
			t.Fatalf("error %v", err)
		}
	}
	f.Passphrase = passphrase
	w.must(w.Contract.Sign(t.Context(), worker, f))
}

func TestFiveWrongPassphrasesLockTheCertificate(t *testing.T) {
	w := open(t)
	worker := w.activated(demo.WorkerA)
	d := w.made(demo.WorkerA)
	f := signing(d, w.sentCode(worker, demo.WorkerA, d))
	f.Passphrase = "Wrong2026"
	for range 5 {
		if err := w.Contract.Sign(t.Context(), worker, f); fields(err) != "passphrase" {
			t.Fatalf("error %v", err)
		}
	}
	f.Passphrase = passphrase
	refused(t, w.Contract.Sign(t.Context(), worker, f), app.Invalid, "已锁定")
}

func TestAWrongOrExpiredCodeSignsNothing(t *testing.T) {
	w := open(t)
	worker := w.activated(demo.WorkerA)
	d := w.made(demo.WorkerA)
	code := w.sentCode(worker, demo.WorkerA, d)
	f := signing(d, "x"+code[1:])
	refused(t, w.Contract.Sign(t.Context(), worker, f), app.Invalid, "验证码不正确")
	w.Wait(6 * time.Minute)
	f.Code = code
	refused(t, w.Contract.Sign(t.Context(), worker, f), app.Invalid, "验证码已过期")
	if got := w.document(d.Contract); got.State != app.DocumentUnsigned || got.Hash != d.Hash {
		t.Errorf("the document became %+v", got)
	}
	if n := w.files(); n != 1 {
		t.Errorf("%d files, want the one that was made", n)
	}
}

func TestACodeOfAnotherContractCannotSignTwice(t *testing.T) {
	w := open(t)
	worker := w.activated(demo.WorkerA)
	first, second := w.made(demo.WorkerA), w.made(demo.WorkerA)
	code := w.sentCode(worker, demo.WorkerA, first)
	w.must(w.Contract.Sign(t.Context(), worker, signing(first, code)))
	refused(t, w.Contract.Sign(t.Context(), worker, signing(second, code)), app.Invalid, "已经用过")
}

func TestOnlyTheFileThatWasReadIsSigned(t *testing.T) {
	w := open(t)
	worker := w.activated(demo.WorkerA)
	d := w.made(demo.WorkerA)
	f := signing(d, w.sentCode(worker, demo.WorkerA, d))
	f.Read[0].Hash = strings.Repeat("0", 64)
	refused(t, w.Contract.Sign(t.Context(), worker, f), app.Conflict, "重新查看")
}

func TestOfTwoTabsThatSignAtOnceOneSigns(t *testing.T) {
	w := open(t)
	worker := w.activated(demo.WorkerA)
	d := w.made(demo.WorkerA)
	f := signing(d, w.sentCode(worker, demo.WorkerA, d))
	errs := make([]error, 4)
	var tabs sync.WaitGroup
	for i := range errs {
		tabs.Go(func() { errs[i] = w.Contract.Sign(t.Context(), worker, f) })
	}
	tabs.Wait()
	signed := 0
	for _, err := range errs {
		if err == nil {
			signed++
		} else if app.KindOf(err) == app.Internal {
			t.Error(err)
		}
	}
	if signed != 1 || w.document(d.Contract).State != app.DocumentUnsealed {
		t.Errorf("%d of 4 signed: %v", signed, errs)
	}
	if n := w.files(); n != 2 {
		t.Errorf("%d files, want the one made and the one signed", n)
	}
}

func TestATypedNameSignsLikeADrawnOne(t *testing.T) {
	w := open(t)
	worker := w.activated(demo.WorkerA)
	d := w.made(demo.WorkerA)
	f := signing(d, w.sentCode(worker, demo.WorkerA, d))
	f.Strokes, f.Typed = "", " 王秀兰 "
	w.must(w.Contract.Sign(t.Context(), worker, f))
	if got := w.document(d.Contract).State; got != app.DocumentUnsealed {
		t.Errorf("state %s", got.Label())
	}
}

func TestAPersonWhoOnlyDeclaredAnIdentityCannotSign(t *testing.T) {
	w := open(t)
	d := w.made(demo.WorkerA)
	declared := w.registered(app.Worker{Name: "陈思雨", IDType: app.IDResident, IDNumber: withCheck("220303199612260028"), Mobile: "13800009999"})
	refused(t, w.Contract.Sign(t.Context(), declared, signing(d, "123456")), app.NotFound, "没有这份合同")
}

func TestADeclinedContractCanBeSignedNoMore(t *testing.T) {
	w := open(t)
	worker := w.activated(demo.WorkerA)
	d := w.made(demo.WorkerA)
	if err := w.Contract.Decline(t.Context(), worker, d.ID, " "); fields(err) != "reason" {
		t.Errorf("without a reason: %v", err)
	}
	w.must(w.Contract.Decline(t.Context(), worker, d.ID, "工资与面试时所说不一致"))
	if got := w.document(d.Contract); got.State != app.DocumentDeclined || got.DeclineReason != "工资与面试时所说不一致" {
		t.Errorf("document %+v", got)
	}
	refused(t, w.Contract.Sign(t.Context(), worker, signing(d, "123456")), app.Conflict, "重新查看")
	refused(t, w.Contract.Decline(t.Context(), worker, d.ID, "再次"), app.Conflict, "重新查看")
	inbox, err := w.Notify.Inbox(t.Context(), w.clerk.Account, 0)
	w.must(err)
	if !strings.Contains(inbox[0].Text, "工资与面试时所说不一致") {
		t.Errorf("the clerk was told %q", inbox[0].Text)
	}
}

func TestADeclinedContractTakesItsOpenSupplementsAlong(t *testing.T) {
	w := open(t)
	w.authorize()
	worker, operator := w.activated(demo.WorkerA), w.Actor(demo.Operator)
	main := w.rostered(demo.WorkerA)
	concluded, waits, open := w.supplement(main), w.supplement(main), w.supplement(main)
	w.sign(worker, demo.WorkerA, concluded)
	w.confirm(operator, concluded.ID)
	w.wantState(concluded.ID, app.DocumentSigned)
	w.sign(worker, demo.WorkerA, waits)
	w.wantState(waits.ID, app.DocumentUnconfirmed)
	hash := w.read(waits.ID).Hash

	w.must(w.Contract.Decline(t.Context(), worker, main.ID, "工资不对"))
	w.wantState(concluded.ID, app.DocumentSigned)
	w.wantState(waits.ID, app.DocumentWithdrawn)
	w.wantState(open.ID, app.DocumentWithdrawn)
	if n, err := w.Contract.Unsigned(t.Context(), worker.Person); n != 0 || err != nil {
		t.Errorf("%d still to sign, %v", n, err)
	}
	if list, err := w.Contract.Unconfirmed(t.Context(), operator.Person); len(list) != 0 || err != nil {
		t.Errorf("%d still to confirm, %v", len(list), err)
	}
	refused(t, w.Contract.Sign(t.Context(), worker, signing(open, "123456")), app.Conflict, "重新查看")
	refused(t, w.Contract.Confirm(t.Context(), operator, contract.Confirming{Document: waits.ID, Hash: hash, Passphrase: passphrase}), app.Conflict, "重新查看")
	if text := w.newest(w.clerk); !strings.Contains(text, "没有订立的 2 份补充条款已随之撤回") {
		t.Errorf("the clerk was told %q", text)
	}
}

func TestADeclinedSupplementLeavesItsContract(t *testing.T) {
	w := open(t)
	worker := w.activated(demo.WorkerA)
	main := w.rostered(demo.WorkerA)
	one, other := w.supplement(main), w.supplement(main)
	w.must(w.Contract.Decline(t.Context(), worker, one.ID, "不同意"))
	w.wantState(other.ID, app.DocumentUnsigned)
	if got := w.document(main.Contract); got.State != app.DocumentUnsigned {
		t.Errorf("the contract is %s", got.State.Label())
	}
}

func TestAnAccountOfAnEnterpriseNeverSignsAsWorker(t *testing.T) {
	w := open(t)
	d := w.made(demo.Boss)
	boss := w.activated(demo.Boss)
	refused(t, w.Contract.Sign(t.Context(), boss, signing(d, "123456")), app.Forbidden, "个人账号")
}

func TestOneActSignsAContractAndItsSupplementOrNeither(t *testing.T) {
	w := open(t)
	worker := w.activated(demo.WorkerA)
	main := w.rostered(demo.WorkerA)
	added := w.supplement(main)
	visit, err := w.Contract.Visit(t.Context(), worker, added.ID)
	w.must(err)
	if len(visit) != 2 || visit[0].ID != main.ID || visit[1].ID != added.ID {
		t.Fatalf("the visit reads %+v", visit)
	}
	f := signing(main, w.sentCode(worker, demo.WorkerA, main))
	f.Read = append(f.Read, contract.Reading{Document: added.ID, Hash: strings.Repeat("0", 64)})
	refused(t, w.Contract.Sign(t.Context(), worker, f), app.Conflict, "重新查看")
	f.Read[1] = f.Read[0]
	refused(t, w.Contract.Sign(t.Context(), worker, f), app.Conflict, "重新查看")
	f.Read[1] = added.Reading()
	files := w.files()
	wrong := f
	wrong.Code = "x" + f.Code[1:]
	refused(t, w.Contract.Sign(t.Context(), worker, wrong), app.Invalid, "验证码不正确")
	if w.files() != files {
		t.Error("files of the failed act are left")
	}
	w.must(w.Contract.Sign(t.Context(), worker, f))
	for id, want := range map[int64]app.DocumentState{main.ID: app.DocumentUnsealed, added.ID: app.DocumentUnconfirmed} {
		d, err := w.Contract.Mine(t.Context(), worker, id)
		w.must(err)
		if d.State != want || d.Way != contract.Drawn {
			t.Errorf("%s is %s, signed by %q", d.Title, d.State.Label(), d.Way)
		}
	}
	f.Read = nil
	if got := fields(w.Contract.Sign(t.Context(), worker, f)); got != contract.FieldDocument {
		t.Errorf("nothing ticked: faults at %q", got)
	}
}

func TestContractsOfTwoFilingsAreNotSignedInOneAct(t *testing.T) {
	w := open(t)
	worker := w.activated(demo.WorkerA)
	f := signing(w.made(demo.WorkerA), "123456")
	f.Read = append(f.Read, w.made(demo.WorkerA).Reading())
	refused(t, w.Contract.Sign(t.Context(), worker, f), app.Conflict, "重新查看")
}
