package contract_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/audit"
	"laoqi/app/contract"
	"laoqi/app/pdf/pades"
)

// late is when the first timestamps have less than half a year left.
var late = apptest.Start.AddDate(4, 7, 0)

// archived is the folder of an installation with n sealed documents, and these.
func archived(t *testing.T, n int) (folder string, documents []contract.Document) {
	t.Helper()
	folder = t.TempDir()
	t.Run("sealing", func(t *testing.T) {
		w := openIn(t, folder)
		ids := w.endings(n)
		w.authorize()
		for _, id := range ids {
			documents = append(documents, w.concluded(id))
		}
	})
	return folder, documents
}

// renew asks for all timestamps that end before the moment.
func renew(w *apptest.World, before time.Time) contract.Archive {
	w.T.Helper()
	a := contract.Archive{DB: w.DB, Before: app.At(before)}
	if err := a.Ask(w.T.Context()); err != nil {
		w.T.Fatal(err)
	}
	w.Jobs.Wake()
	return a
}

func left(a contract.Archive, w *apptest.World) int64 {
	w.T.Helper()
	n, err := a.Left(w.T.Context())
	if err != nil {
		w.T.Fatal(err)
	}
	return n
}

func TestTimestampsAreRenewedBeforeTheyEnd(t *testing.T) {
	folder, documents := archived(t, 2)
	w := apptest.OpenAt(t, folder, late)
	a := renew(w, late.Add(contract.RenewWithin))
	w.Until("the renewal", func() bool { return left(a, w) == 0 })
	w.Idle()
	for _, d := range documents {
		c := byCode(w, d)
		if c.Verdict != pades.Intact || !c.Current || len(c.Stamps) != 1 || !c.Stamps[0].At.Equal(late) || c.Stamps[0].By != "本系统自签发" {
			t.Errorf("%+v", c)
		}
	}
	first, err := a.First(t.Context())
	if err != nil || !first.Equal(late.AddDate(5, 0, 0)) {
		t.Errorf("the first ends at %v, %v", first, err)
	}
	hash := hashOf(w, documents[0])
	renew(w, late.Add(contract.RenewWithin))
	w.Idle()
	if hash == documents[0].Hash || hashOf(w, documents[0]) != hash {
		t.Error("renewed twice")
	}
	if open, problem, err := a.Job(t.Context()); open || problem != "" || err != nil {
		t.Errorf("the job: %v, %s, %v", open, problem, err)
	}
}

// hashOf is that of the newest file of a document.
func hashOf(w *apptest.World, d contract.Document) string {
	w.T.Helper()
	row, err := w.DB.Document(w.T.Context(), d.ID)
	if err != nil {
		w.T.Fatal(err)
	}
	return row.FinalHash
}

func TestATimestampThatWouldEndNoLaterIsNotMade(t *testing.T) {
	folder, documents := archived(t, 1)
	w := apptest.OpenAt(t, folder, apptest.Start.AddDate(2, 0, 0))
	a := renew(w, apptest.Start.AddDate(6, 0, 0))
	w.Until("the end of the job", func() bool { open, _, err := a.Job(t.Context()); return !open && err == nil })
	if c := byCode(w, documents[0]); len(c.Stamps) != 0 || left(a, w) != 1 {
		t.Errorf("%d left, %+v", left(a, w), c)
	}
}

func TestAFileThatIsNotWhatWasSignedGetsNoNewTimestamp(t *testing.T) {
	folder, documents := archived(t, 3)
	path := filepath.Join(folder, "documents", documents[1].Hash[:2], documents[1].Hash)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	damaged := bytes.Clone(whole)
	damaged[len(damaged)/4] ^= 1
	if err := os.WriteFile(path, damaged, 0o600); err != nil {
		t.Fatal(err)
	}
	w := apptest.OpenAt(t, folder, late)
	a := renew(w, late.Add(contract.RenewWithin))
	w.Until("the problem", func() bool { _, problem, err := a.Job(t.Context()); return problem != "" && err == nil })
	if left(a, w) != 1 {
		t.Errorf("%d left", left(a, w))
	}
	if err := os.WriteFile(path, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	w.Until("the next try", func() bool { w.Wait(5 * time.Minute); return left(a, w) == 0 })
}

// TestChildStamps is no test by itself: it is the process that the next test kills.
func TestChildStamps(t *testing.T) {
	folder, death := os.Getenv(childFolder), os.Getenv(childDeath)
	if folder == "" {
		t.Skip("run by TestTimestampsAreRenewedExactlyOnceAlsoByAProcessThatIsKilled")
	}
	w := apptest.OpenAt(t, folder, late)
	passed := map[string]int{}
	w.Contract.Reach(func(step string) {
		passed[step]++
		if fmt.Sprintf("%s %d", step, passed[step]) == death {
			syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {}
		}
	})
	a := renew(w, late.Add(contract.RenewWithin))
	w.Until("all timestamps", func() bool { return left(a, w) == 0 })
}

func TestTimestampsAreRenewedExactlyOnceAlsoByAProcessThatIsKilled(t *testing.T) {
	folder, documents := archived(t, 14)
	for i, death := range append(deaths(), "") {
		cmd := exec.Command(os.Args[0], "-test.run=^TestChildStamps$")
		cmd.Env = append(os.Environ(), childFolder+"="+folder, childDeath+"="+death)
		if out, err := cmd.CombinedOutput(); killed(err) == (death == "") || err != nil && !killed(err) {
			t.Fatalf("child %d at %q: %v\n%s", i, death, err, out)
		}
	}
	w := apptest.OpenAt(t, folder, late.Add(time.Hour))
	n := 0
	err := w.Contract.Files.Sweep(func(string) (bool, error) { n++; return true, nil })
	if err != nil || n != 3*len(documents) {
		t.Errorf("%d files of %d documents, %v", n, len(documents), err)
	}
	for _, d := range documents {
		if c := byCode(w, d); c.Verdict != pades.Intact || len(c.Stamps) != 1 {
			t.Errorf("%s: %+v", d.Number, c)
		}
	}
	if _, err := audit.Verify(t.Context(), w.DB); err != nil {
		t.Error(err)
	}
}
