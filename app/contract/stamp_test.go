package contract_test

import (
	"strings"
	"testing"

	"laoqi/app/apptest"
	"laoqi/app/apptest/tsa"
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
