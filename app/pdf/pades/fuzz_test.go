package pades_test

import (
	"bytes"
	"testing"

	"laoqi/app/pdf/pades"
)

// FuzzCheck feeds damaged signed files to everything that reads uploads.
func FuzzCheck(f *testing.F) {
	o := newOffice(f)
	signed := sign(f, contract{pages: 1}.build(), o.workerRequest())
	f.Add(signed)
	f.Add(o.withDSS(f, signed, o.now))
	f.Add(contract{pages: 1}.build())
	f.Fuzz(func(t *testing.T, pdf []byte) {
		r, err := pades.Check(pdf, o.trust())
		if err == nil && r.Verdict == pades.Intact && !bytes.Contains(pdf, []byte("/ByteRange")) {
			t.Error("an intact signature where there is none")
		}
		_, _ = pades.Prepare(pdf, []pades.Field{{Name: "a.1", Page: 1}})
		_, _ = pades.AddDSS(pdf, pades.DSS{})
	})
}
