package cert_test

import (
	"testing"

	"golang.org/x/crypto/ocsp"

	"laoqi/app/apptest"
	"laoqi/app/demo"
	"laoqi/app/pki"
)

// crowd adds n certificates that were replaced.
func crowd(t testing.TB, w *apptest.World, account int64, n int) {
	t.Helper()
	now := w.DB.Now()
	w.Alter(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
		INSERT INTO certificate (account_id, serial, certificate, key, activated_at, ends_at, revoked_at, revoke_reason)
		SELECT ?, printf('5%031x', i), x'', x'', ?, ?, ?, 4 FROM n`, n, account, now.UnixMilli(), now.AddDate(1, 0, 0).UnixMilli(), now.UnixMilli())
}

// embedded is how many bytes a document keeps about revocation.
func embedded(t testing.TB, w *apptest.World, serial string) (size int) {
	t.Helper()
	answers, err := w.Cert.Answers(t.Context(), serial)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range answers {
		size += len(a)
	}
	return size
}

// activated is the serial number of a new certificate of the sample worker's.
func activated(t testing.TB, w *apptest.World) string {
	t.Helper()
	by := w.Actor(demo.WorkerA)
	w.Activate(by, demo.WorkerA)
	c, _, err := w.Cert.Active(t.Context(), by)
	if err != nil {
		t.Fatal(err)
	}
	return c.Serial
}

func TestAnAnswerTellsWhetherACertificateWasReplaced(t *testing.T) {
	w := apptest.New(t)
	w.People()
	first := activated(t, w)
	for serial, want := range map[string]int{first: ocsp.Revoked, activated(t, w): ocsp.Good} {
		answers, err := w.Cert.Answers(t.Context(), serial)
		if err != nil || len(answers) != 2 {
			t.Fatalf("%d answers, %v", len(answers), err)
		}
		got, err := ocsp.ParseResponse(answers[0], w.Cert.Issuing())
		if err != nil || got.SerialNumber.Text(16) != serial || got.Status != want {
			t.Errorf("%s: %+v, %v", serial, got, err)
		}
		if want == ocsp.Revoked && got.RevocationReason != pki.ReasonSuperseded {
			t.Errorf("reason %d", got.RevocationReason)
		}
	}
}

func TestWhatADocumentKeepsDoesNotGrowWithTheRevocationsOfOthers(t *testing.T) {
	w := apptest.New(t)
	w.People()
	serial := activated(t, w)
	before := embedded(t, w, serial)
	crowd(t, w, w.Actor(demo.WorkerA).Account, 1000)
	if after := embedded(t, w, serial); after > before+8 || after > 1500 {
		t.Errorf("%d bytes, %d before", after, before)
	}
}

// BenchmarkAnswers makes what a document keeps beside 100,000 revoked certificates.
func BenchmarkAnswers(b *testing.B) {
	w := apptest.New(b)
	w.People()
	serial := activated(b, w)
	crowd(b, w, w.Actor(demo.WorkerA).Account, 100_000)
	list, err := w.Cert.CRL(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	size := 0
	for b.Loop() {
		size = embedded(b, w, serial)
	}
	b.ReportMetric(float64(size), "bytes")
	b.ReportMetric(float64(len(list)), "CRL-bytes")
}
