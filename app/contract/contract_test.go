package contract_test

import (
	"context"
	"os/exec"
	"strings"
	"testing"
	"time"

	"laoqi/app"
	"laoqi/app/apptest/tool"
	"laoqi/app/contract"
	"laoqi/app/demo"
	"laoqi/app/identity"
	"laoqi/app/pdf/pades"
)

func TestARosteredFilingBecomesAContractThatWaitsForItsWorker(t *testing.T) {
	w := open(t)
	ctx, desk := t.Context(), w.Actor(demo.Reviewer)
	id, warnings, err := w.Filing.Submit(ctx, w.clerk, 0, form(demo.WorkerA))
	if err != nil || len(warnings) > 0 {
		t.Fatal(err, warnings)
	}
	w.must(w.Review.Approve(ctx, desk, id, 1))
	if _, err := w.Review.MakeRoster(ctx, desk, w.clerk.Enterprise); err != nil {
		t.Fatal(err)
	}
	worker := w.Actor(demo.WorkerA)
	var held []contract.Held
	w.Until("the worker's contract", func() bool {
		page, err := w.Contract.List(ctx, worker.Person, contract.ToSign, 0)
		w.must(err)
		held = page.List
		return len(held) == 1
	})
	if held[0].State != app.DocumentUnsigned || held[0].Enterprise != demo.EnterpriseName {
		t.Errorf("the worker's list shows %+v", held[0])
	}
	inbox, err := w.Notify.Inbox(ctx, worker.Account, 0)
	w.must(err)
	if !strings.Contains(inbox[0].Text, "请阅读后签署") {
		t.Errorf("the newest message reads %q", inbox[0].Text)
	}
}

func TestMakingAContractAgainChangesNothing(t *testing.T) {
	w := open(t)
	d := w.draft(form(demo.WorkerA))
	first := w.make(d)
	if again := w.make(d); again != first {
		t.Errorf("first %+v, again %+v", first, again)
	}
}

func TestASignedAndSealedContractStandsUpToForeignTools(t *testing.T) {
	tool.Need(t, "pdfsig", "qpdf", "pdftotext")
	w := open(t)
	worker := w.activated(demo.WorkerA)
	d := w.made(demo.WorkerA)
	w.sign(worker, demo.WorkerA, d)
	if got := w.document(d.Contract); got.State != app.DocumentUnsealed {
		t.Fatalf("after the worker's signature it is %s", got.State.Label())
	}
	w.authorize()
	path := w.stored(w.concluded(d.Contract))
	signatures := run(t, "pdfsig", "-nocert", path)
	if n := strings.Count(signatures, "Signature is Valid."); n != 2 {
		t.Errorf("%d valid signatures:\n%s", n, signatures)
	}
	if out := run(t, "qpdf", "--check", path); !strings.Contains(out, "No syntax or stream encoding errors found") {
		t.Errorf("qpdf: %s", out)
	}
	text := run(t, "pdftotext", "-layout", path, "-")
	for _, want := range []string{"王秀兰", demo.EnterpriseName, d.Number, d.CheckCode, "演示"} {
		if !strings.Contains(text, want) {
			t.Errorf("the text lacks %q", want)
		}
	}
}

func run(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return string(out)
}

func TestTheCheckPageTellsWhoSignedWithoutNamingThePerson(t *testing.T) {
	w := open(t)
	worker := w.activated(demo.WorkerA)
	d := w.made(demo.WorkerA)
	w.sign(worker, demo.WorkerA, d)
	w.authorize()
	d = w.concluded(d.Contract)
	c, err := w.Contract.ByCode(t.Context(), strings.ToLower(d.CheckCode))
	w.must(err)
	if c.Verdict != pades.Intact || len(c.Signers) != 2 || c.Worker != "王*兰" || c.Signers[0].Name != "王*兰" || c.Signers[0].Seal {
		t.Errorf("by code: %+v", c)
	}
	if s := c.Signers[1]; !s.Seal || s.Name != demo.EnterpriseName || !s.Proven || s.Source != pades.Self || s.Followed == "" {
		t.Errorf("the seal: %+v", s)
	}
	file, err := w.Contract.File(d)
	w.must(err)
	if same, err := w.Contract.ByFile(t.Context(), file); err != nil || !same.Known || !same.Current || same.Number != d.Number {
		t.Errorf("by file: %+v, %v", same, err)
	}
	file[len(file)/2] ^= 1
	if forged, err := w.Contract.ByFile(t.Context(), file); err == nil && (forged.Known || forged.Verdict > pades.Changed) {
		t.Errorf("a changed file: %+v", forged)
	}
	_, err = w.Contract.ByFile(t.Context(), []byte("hello"))
	refused(t, err, app.Invalid, "不是 PDF 文件")
	_, err = w.Contract.ByCode(t.Context(), "ABCD-EFGH-ABCD-EFGH")
	refused(t, err, app.NotFound, "没有找到这个核验码")
}

func TestOnlySoManyFilesFromOutsideAreCheckedAtOnce(t *testing.T) {
	w := open(t)
	done := w.Contract.BusyChecking()
	brief, stop := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer stop()
	_, err := w.Contract.ByFile(brief, []byte("hello"))
	refused(t, err, app.Invalid, "现在核验文件的人太多")
	done()
	_, err = w.Contract.ByFile(t.Context(), []byte("hello"))
	refused(t, err, app.Invalid, "不是 PDF 文件")
}

func TestAContractOfAWorkerWithoutAccountIsBoundOnceTheIdentityIsVerified(t *testing.T) {
	w := open(t)
	f := form(demo.WorkerA)
	f.Worker.Name, f.Worker.IDNumber, f.Worker.Mobile = "陈思雨", "220303199612260028", "13800009999"
	f.Worker.IDNumber = withCheck(f.Worker.IDNumber)
	d := w.make(w.draft(f))
	if d.Bound {
		t.Fatal("bound to nobody")
	}
	w.Until("the text message to the worker", func() bool {
		for _, m := range w.Screen.Messages() {
			if m.Mobile == f.Worker.Mobile && strings.Contains(m.Text, "注册并完成身份核验") {
				return true
			}
		}
		return false
	})
	person := w.registered(f.Worker)
	if w.document(d.Contract).Bound {
		t.Error("bound to a person who only declared an identity")
	}
	w.verified(person)
	if !w.document(d.Contract).Bound {
		t.Error("not bound after the identity was verified")
	}
	if held, err := w.Contract.List(t.Context(), person.Person, contract.ToSign, 0); err != nil || len(held.List) != 1 {
		t.Errorf("the worker holds %d documents, %v", len(held.List), err)
	}
}

func TestAWorkerWhoseMobileDiffersSeesNothing(t *testing.T) {
	w := open(t)
	f := form(demo.WorkerA)
	f.Worker.Mobile = "13900000001"
	if d := w.make(w.draft(f)); d.Bound {
		t.Error("bound although the mobile differs")
	}
	inbox, err := w.Notify.Inbox(t.Context(), w.clerk.Account, 0)
	w.must(err)
	if len(inbox) == 0 || !strings.Contains(inbox[0].Text, "身份信息与已核验的账号不一致") {
		t.Errorf("the clerk was told %+v", inbox)
	}
}

func TestAChangeOfMobileBindsWhatNamesTheNewOne(t *testing.T) {
	w := open(t)
	f := form(demo.WorkerA)
	f.Worker.Mobile = "13900000001"
	d := w.make(w.draft(f))
	worker := w.Actor(demo.WorkerA)
	c := identity.MobileChange{Mobile: f.Worker.Mobile, Password: demo.Password, OldCode: w.SMSCode(worker, demo.WorkerA, identity.ForOldMobile)}
	w.must(w.Identity.SendMobileCode(t.Context(), c.Mobile))
	c.NewCode = w.CodeAt(c.Mobile)
	w.must(w.Identity.ChangeMobile(t.Context(), worker, c, w.Cert.Revoke, w.Verified))
	if !w.document(d.Contract).Bound {
		t.Error("not bound although all agrees now")
	}
}

func TestAStrangersContractDoesNotExist(t *testing.T) {
	w := open(t)
	d := w.made(demo.WorkerA)
	_, err := w.Contract.Mine(t.Context(), w.Actor(demo.WorkerB), d.ID)
	refused(t, err, app.NotFound, "没有这份合同")
	stranger := w.clerk
	stranger.Enterprise++
	_, err = w.Contract.OfContract(t.Context(), stranger, d.Contract)
	refused(t, err, app.NotFound, "没有这份合同")
}
