package pades_test

import (
	"crypto"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"slices"
	"testing"
	"time"

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

// BenchmarkHashAndSign is the least that a signature with a timestamp over the same file takes: the hash of the file, the
// signer's signature over that, and the authority's over the hash of this signature.
func BenchmarkHashAndSign(b *testing.B) {
	o := newOffice(b)
	pdf := sign(b, realContract(b), o.realWorkerRequest(b), o.realSealRequest(b))
	b.ReportAllocs()
	for b.Loop() {
		o.hashAndSign(b, pdf)
	}
}

func (o *office) hashAndSign(b *testing.B, data []byte) {
	for _, key := range []crypto.Signer{o.seal.Key, o.worker.Key} {
		digest := sha256.Sum256(data)
		var err error
		if data, err = key.Sign(rand.Reader, digest[:], crypto.SHA256); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSignTimesTheLeast does one of each in turn, so that a busy machine slows both alike, and reports the ratio of their medians.
func BenchmarkSignTimesTheLeast(b *testing.B) {
	o := newOffice(b)
	pdf, r := sign(b, realContract(b), o.realWorkerRequest(b)), o.realSealRequest(b)
	sealed := sign(b, pdf, r)
	var all, least []time.Duration
	for b.Loop() {
		began := time.Now()
		sign(b, pdf, r)
		between := time.Now()
		o.hashAndSign(b, sealed)
		all, least = append(all, between.Sub(began)), append(least, time.Since(between))
	}
	slices.Sort(all)
	slices.Sort(least)
	b.ReportMetric(float64(all[len(all)/2])/float64(least[len(least)/2]), "times")
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
