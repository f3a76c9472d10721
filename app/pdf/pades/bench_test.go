package pades_test

import (
	"crypto"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"testing"

	"laoqi/app/pdf/pades"
)

// BenchmarkSign seals a contract of four pages: timestamp, seal, four slices.
func BenchmarkSign(b *testing.B) {
	o := newOffice(b)
	pdf, r := sign(b, realContract(b), o.realWorkerRequest(b)), o.realSealRequest(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := pades.Sign(pdf, r); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkHashAndSign is the least that any signature over the same file takes.
func BenchmarkHashAndSign(b *testing.B) {
	o := newOffice(b)
	pdf := sign(b, realContract(b), o.realWorkerRequest(b), o.realSealRequest(b))
	for b.Loop() {
		digest := sha256.Sum256(pdf)
		if _, err := o.seal.Key.Sign(rand.Reader, digest[:], crypto.SHA256); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkCheck checks a concluded contract with its data for checking.
func BenchmarkCheck(b *testing.B) {
	o := newOffice(b)
	pdf := o.withDSS(b, sign(b, realContract(b), o.realWorkerRequest(b), o.realSealRequest(b)), o.now)
	for b.Loop() {
		if r, err := pades.Check(pdf, o.trust()); err != nil || r.Verdict != pades.Intact {
			b.Fatal(r, err)
		}
	}
}

// BenchmarkBatchSeal seals contracts of four pages that workers have signed, one
// after another with one drawing, as an authorization does
// with those that wait. There is neither database nor disk.
func BenchmarkBatchSeal(b *testing.B) {
	const contracts = 16 // different ones, in turn
	o := newOffice(b)
	waiting := make([][]byte, contracts)
	for i := range waiting {
		waiting[i] = sign(b, realContract(b), o.realWorkerRequest(b))
	}
	r := o.realSealRequest(b)
	certs, needed := [][]byte{o.authority.Issuing().Raw, o.authority.Root().Raw}, []*x509.Certificate{o.worker.Chain[0], o.seal.Chain[0], o.authority.Stamping()}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		sealed, err := pades.Sign(waiting[i%contracts], r)
		if err == nil {
			_, err = pades.AddDSS(sealed, pades.DSS{Certs: certs, OCSPs: o.answers(b, needed...)})
		}
		if err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "documents/s")
}
