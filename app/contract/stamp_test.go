package contract_test

import (
	"strings"
	"testing"
	"time"

	"laoqi/app/apptest"
	"laoqi/app/apptest/tsa"
	"laoqi/app/audit"
	"laoqi/app/contract"
	"laoqi/app/pdf/pades"
)

// byCode is what the check page finds in the newest file of a document.
func byCode(w *apptest.World, d contract.Document) contract.Checked {
	w.T.Helper()
	found, err := w.Contract.ByCode(w.T.Context(), d.CheckCode)
	if err != nil {
		w.T.Fatal(err)
	}
	return found
}

func TestDocumentsAreStampedByTheAuthorityOutsideAndSayWhoItIs(t *testing.T) {
	a := tsa.Start(t, 30)
	w := apptest.Stamped(t, a)
	w.People()
	_, d := w.Conclude()
	c := byCode(w, d)
	if c.Verdict != pades.Intact || len(c.Signers) != 2 {
		t.Fatalf("%+v", c)
	}
	for _, s := range c.Signers {
		if !s.Proven || !strings.HasPrefix(s.Proof.Stamp, tsa.Name+"，证书由 "+tsa.Issuer) {
			t.Errorf("%s: proven %v, stamped by %s", s.Name, s.Proven, s.Proof.Stamp)
		}
	}
}

func TestWhereTheAuthorityOutsideIsAwayTheDocumentSaysThatAnotherStoodIn(t *testing.T) {
	a := tsa.Start(t, 30)
	w := apptest.Stamped(t, a)
	w.People()
	a.Fail(tsa.Down)
	_, d := w.Conclude()
	c := byCode(w, d)
	if c.Verdict != pades.Intact || len(c.Signers) != 2 || a.Asked() != 1 {
		t.Fatalf("%+v, asked %d times", c, a.Asked())
	}
	for _, s := range c.Signers {
		if s.Proof.Stamp != "本系统自签发（外部时间戳服务当时不可用）" {
			t.Errorf("%s: stamped by %s", s.Name, s.Proof.Stamp)
		}
	}
}

// restamped waits until the document has the file's timestamp.
func restamped(w *apptest.World, d contract.Document) contract.Checked {
	w.T.Helper()
	var c contract.Checked
	w.Rest()
	w.Until("the timestamp over the file", func() bool {
		w.Wait(time.Minute)
		c = byCode(w, d)
		return len(c.Stamps) > 0
	})
	return c
}

func TestTheTimestampThatIsOwedIsAddedOnceTheAuthorityAnswers(t *testing.T) {
	a := tsa.Start(t, 30)
	w := apptest.Stamped(t, a)
	w.People()
	a.Fail(tsa.Down)
	clerk, d := w.Conclude()
	owed := func() int64 {
		n, err := w.Contract.StampsOwed(t.Context(), clerk.Enterprise)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	before, err := w.Contract.File(d)
	if err != nil || owed() != 1 {
		t.Fatalf("%d owed, %v", owed(), err)
	}
	a.Mend()
	c := restamped(w, d)
	if c.Verdict != pades.Intact || !c.Current || len(c.Stamps) != 1 || owed() != 0 {
		t.Fatalf("%+v, %d owed", c, owed())
	}
	if s := c.Stamps[0]; s.Verdict != pades.Intact || s.Signatures != 2 || !strings.HasPrefix(s.By, tsa.Name) {
		t.Errorf("%+v", s)
	}
	for _, s := range c.Signers {
		if s.Proof.Stamp != "本系统自签发（外部时间戳服务当时不可用）" || s.Followed == "" {
			t.Errorf("%s: stamped by %s, followed by %q", s.Name, s.Proof.Stamp, s.Followed)
		}
	}
	old, err := w.Contract.ByFile(t.Context(), before)
	if err != nil || !old.Known || old.Current || !old.Earlier || old.Verdict != pades.Intact {
		t.Errorf("the file of before: %+v, %v", old, err)
	}
	if err := w.Contract.Sweep(t.Context()); err != nil {
		t.Error(err)
	}
	if _, err := w.Contract.Files.Get(w.Contract.Files.Name(before)); err != nil {
		t.Errorf("the file of before: %v", err)
	}
	if _, err := audit.Verify(t.Context(), w.DB); err != nil {
		t.Error(err)
	}
}
