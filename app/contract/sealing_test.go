package contract_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/apptest/tool"
	"laoqi/app/audit"
	"laoqi/app/contract"
	"laoqi/app/demo"
	"laoqi/app/pdf/pades"
	"laoqi/app/seal"
)

// files counts the files of all documents.
func (w *world) files() int {
	w.t.Helper()
	n := 0
	w.must(w.Contract.Files.Sweep(func(string) (bool, error) { n++; return true, nil }))
	return n
}

// endings makes n certificates of ending, which wait for the seal alone.
func (w *world) endings(n int) (contracts []int64) {
	w.t.Helper()
	for range n {
		d := w.draft(form(demo.WorkerB))
		d.Kind, d.Ending = app.FilingTermination, app.Ending{Reason: "36-worker", On: day(2026, 4, 30)}
		contracts = append(contracts, w.make(d).Contract)
	}
	return contracts
}

func TestACertificateOfEndingNeedsTheSealOnly(t *testing.T) {
	w := open(t)
	id := w.endings(1)[0]
	if got := w.document(id).State; got != app.DocumentUnsealed {
		t.Errorf("made as %s", got.Label())
	}
	w.authorize()
	if d := w.concluded(id); d.Title != "解除（终止）劳动合同证明书" || d.SealedAt.IsZero() {
		t.Errorf("concluded %+v", d)
	}
}

func TestContractsWaitForAnAuthorizationAndAreThenSealedTogether(t *testing.T) {
	w := open(t)
	waiting := w.endings(3)
	time.Sleep(50 * time.Millisecond)
	counts, err := w.Contract.Counts(t.Context(), w.clerk.Enterprise)
	if err != nil || counts.Unsealed() != 3 {
		t.Errorf("without an authorization: %+v, %v", counts, err)
	}
	w.authorize()
	for _, id := range waiting {
		w.concluded(id)
	}
	late := w.endings(1)[0]
	w.concluded(late)
}

func TestOneDocumentThatCannotBeSealedDoesNotStopTheOthers(t *testing.T) {
	w := open(t)
	ids := w.endings(3)
	broken := w.document(ids[1])
	file, err := w.Contract.File(broken)
	w.must(err)
	w.must(w.Contract.Files.Remove(broken.Hash))
	w.authorize()
	w.concluded(ids[0])
	w.concluded(ids[2])
	w.Until("the note of the failure", func() bool { return w.document(ids[1]).SealProblem != "" })
	if b, _, err := w.Contract.Sealing(t.Context(), w.clerk.Enterprise); err != nil || b.Failed != 1 {
		t.Errorf("the batch stands at %+v, %v", b, err)
	}
	_, err = w.Contract.Files.Put(file)
	w.must(err)
	w.Until("the next try", func() bool {
		w.Wait(time.Minute)
		return w.document(ids[1]).State == app.DocumentSigned
	})
}

func TestAnAuthorizationRevokedBeforeTheCommitSealsNothing(t *testing.T) {
	w := open(t)
	w.endings(3)
	operator := w.Actor(demo.Operator)
	w.Contract.Reach(func(step string) {
		if step != "written" {
			return
		}
		lives, err := w.Seal.LivesOf(t.Context(), operator.Person)
		if err == nil && len(lives) > 0 {
			err = w.Seal.Revoke(t.Context(), operator, lives[0].ID)
		}
		if err != nil {
			t.Error(err)
		}
	})
	w.authorize()
	w.Until("the revocation", func() bool { _, ok, err := w.Seal.Live(t.Context(), w.clerk.Enterprise); return !ok && err == nil })
	w.Until("the end of the job", func() bool { return w.files() == 3 })
	if counts, err := w.Contract.Counts(t.Context(), w.clerk.Enterprise); err != nil || counts.Unsealed() != 3 {
		t.Errorf("waiting %+v, %v", counts, err)
	}
}

// Where a child process is to die: the step and how often it is passed before.
const (
	childFolder = "LAOQI_TEST_SEAL_FOLDER"
	childDeath  = "LAOQI_TEST_SEAL_DEATH"
)

// TestChildSeals is no test by itself: it is the process that the next test kills.
func TestChildSeals(t *testing.T) {
	folder, death := os.Getenv(childFolder), os.Getenv(childDeath)
	if folder == "" {
		t.Skip("run by TestContractsAreSealedExactlyOnceAlsoByAProcessThatIsKilled")
	}
	w := apptest.Open(t, folder)
	passed := map[string]int{}
	w.Contract.Reach(func(step string) {
		passed[step]++
		if fmt.Sprintf("%s %d", step, passed[step]) == death {
			syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {}
		}
	})
	w.Wait(24 * time.Hour) // nothing is due at the clock's start
	w.Until("all seals", func() bool {
		counts, err := w.Contract.Counts(t.Context(), 1)
		return err == nil && counts.Unsealed() == 0
	})
}

func TestContractsAreSealedExactlyOnceAlsoByAProcessThatIsKilled(t *testing.T) {
	tool.Need(t, "pdfsig", "qpdf")
	w := open(t)
	w.Contract.Reach(func(string) { panic("not in this process") })
	worker := w.activated(demo.WorkerA)
	d := w.made(demo.WorkerA)
	w.sign(worker, demo.WorkerA, d)
	all := append(w.endings(13), d.Contract)
	w.authorize()

	for i, death := range deaths() {
		if err := child(t, w.Folder, death); !killed(err) {
			t.Fatalf("child %d should have died at %q: %v", i, death, err)
		}
	}
	if err := child(t, w.Folder, ""); err != nil {
		t.Fatal(err)
	}
	w.sealedOnce(all)
}

// deaths are two for each step: at the first document of a process and at a later one.
func deaths() (all []string) {
	for _, step := range contract.Steps {
		all = append(all, step+" 1", step+" 3")
	}
	return all
}

func child(t *testing.T, folder, death string) error {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestChildSeals$")
	cmd.Env = append(os.Environ(), childFolder+"="+folder, childDeath+"="+death)
	out, err := cmd.CombinedOutput()
	if err != nil && !killed(err) {
		t.Logf("%s", out)
	}
	return err
}

func killed(err error) bool {
	exit, ok := errors.AsType[*exec.ExitError](err)
	return ok && exit.Sys().(syscall.WaitStatus).Signal() == syscall.SIGKILL
}

// sealedOnce checks that each contract has one seal, one usage record and one
// message, that its file is sound, and that nothing else was kept.
func (w *world) sealedOnce(contracts []int64) {
	w.t.Helper()
	ctx := w.t.Context()
	purposes := w.purposes()
	if len(purposes) != len(contracts)+1 {
		w.t.Errorf("%d usage records for %d contracts and the authorization", len(purposes), len(contracts))
	}
	for _, id := range contracts {
		d := w.document(id)
		if n := count(purposes, d.Title+" "+d.Number); d.State != app.DocumentSigned || n != 1 {
			w.t.Errorf("contract %s is %s with %d usage records", d.Number, d.State.Label(), n)
		}
		w.sound(d)
	}
	if err := w.Contract.Sweep(ctx); err != nil || w.files() != 2*len(contracts)+1 {
		w.t.Errorf("%d files after the sweep, want %d; %v", w.files(), 2*len(contracts)+1, err)
	}
	if _, err := audit.Verify(ctx, w.DB); err != nil {
		w.t.Error(err)
	}
}

// purposes lists those of all usage records of the enterprise.
func (w *world) purposes() (all []string) {
	w.t.Helper()
	for before := int64(0); ; {
		page, err := w.Seal.Usage(w.t.Context(), w.clerk, seal.Which{}, before)
		w.must(err)
		for _, u := range page[:min(len(page), seal.UsagePage)] {
			all, before = append(all, u.Purpose), u.ID
		}
		if len(page) <= seal.UsagePage {
			return all
		}
	}
}

func count(all []string, one string) (n int) {
	for _, s := range all {
		if s == one {
			n++
		}
	}
	return n
}

// sound checks the file of a concluded document, with our eyes and with others'.
func (w *world) sound(d contract.Document) {
	w.t.Helper()
	c, err := w.Contract.ByCode(w.t.Context(), d.CheckCode)
	w.must(err)
	seals := slices.DeleteFunc(slices.Clone(c.Signers), func(s contract.Signer) bool { return !s.Seal })
	if c.Verdict != pades.Intact || len(seals) != 1 {
		w.t.Errorf("contract %s: %+v", d.Number, c)
	}
	path := w.stored(d)
	out := run(w.t, "pdfsig", "-nocert", path)
	if strings.Count(out, "Signature is Valid.") != len(c.Signers) {
		w.t.Errorf("pdfsig on %s: %s", d.Number, out)
	}
	run(w.t, "qpdf", "--check", path)
}

func TestABatchTellsHowManyWereSealedAndWhichFailedAndTriesAgainOnDemand(t *testing.T) {
	w := open(t)
	ids := w.endings(3)
	broken := w.document(ids[1])
	file, err := w.Contract.File(broken)
	w.must(err)
	w.must(w.Contract.Files.Remove(broken.Hash))
	w.authorize()
	w.Until("the batch", func() bool {
		b, _, err := w.Contract.Sealing(t.Context(), w.clerk.Enterprise)
		return err == nil && b.Total == 3 && !b.Running()
	})
	b, failures, err := w.Contract.Sealing(t.Context(), w.clerk.Enterprise)
	if err != nil || b.Sealed != 2 || b.Failed != 1 || len(failures) != 1 || failures[0].Contract != ids[1] || !strings.Contains(failures[0].Reason, "找不到") {
		t.Errorf("the batch stands at %+v with %+v, %v", b, failures, err)
	}
	late := w.endings(1)[0]
	w.concluded(late)
	if b, _, _ := w.Contract.Sealing(t.Context(), w.clerk.Enterprise); b.Total != 3 {
		t.Errorf("a later document joined the batch: %+v", b)
	}
	_, err = w.Contract.Files.Put(file)
	w.must(err)
	w.must(w.Contract.RetrySealing(t.Context(), w.clerk))
	w.concluded(ids[1])
	refused(t, w.Contract.RetrySealing(t.Context(), w.clerk), app.Conflict, "没有需要重试盖章的合同")
}
