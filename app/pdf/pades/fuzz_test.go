package pades_test

import (
	"bytes"
	"testing"

	"laoqi/app/apptest/upload"
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

// FuzzNormalize feeds damaged uploads, forms among them: what is accepted can be prepared for signing.
func FuzzNormalize(f *testing.F) {
	look := stream("/Subtype/Form/BBox[0 0 40 20]/Matrix[0 1 -1 0 7 9]", "BT /F 9 Tf (300) Tj ET")
	f.Add(formed("/FT/Tx/V(300)/AP<</N 5 0 R>>", look))
	f.Add(formed("/FT/Btn/AS/Yes/AP<</N<</Yes 5 0 R/Off 6 0 R>>>>", look, look))
	f.Add(upload.Swelling(2, 1<<10, "ObjStm"))
	f.Fuzz(func(t *testing.T, pdf []byte) {
		out, err := pades.Normalize(pdf)
		if err != nil {
			return
		}
		if _, err := pades.Prepare(out, []pades.Field{{Name: "a.1", Page: 1}}); err != nil {
			t.Error(err)
		}
	})
}
