package pades_test

import (
	"bytes"
	"crypto/x509"
	"errors"
	"fmt"
	"testing"
	"time"

	"laoqi/app/pdf/pades"
	"laoqi/app/pki"
)

// check fails the test unless the file can be checked.
func check(t *testing.T, pdf []byte, trust pades.Trust) pades.Report {
	t.Helper()
	r, err := pades.Check(pdf, trust)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func wantVerdicts(t *testing.T, r pades.Report, overall pades.Verdict, each ...pades.Verdict) {
	t.Helper()
	if r.Verdict != overall || len(r.Signatures) != len(each) {
		t.Errorf("verdict %d with %d signatures, want %d with %d", r.Verdict, len(r.Signatures), overall, len(each))
	}
	for i, s := range r.Signatures {
		if i < len(each) && s.Verdict != each[i] {
			t.Errorf("%s: verdict %d (%v), want %d", s.Field, s.Verdict, s.Err, each[i])
		}
	}
}

func TestAConcludedContractIsIntactAndTellsWhoSignedAndWhen(t *testing.T) {
	o := newOffice(t)
	r := check(t, o.concluded(t), o.trust())
	wantVerdicts(t, r, pades.Intact, pades.Intact, pades.Intact)
	worker, seal := r.Signatures[0], r.Signatures[1]
	if worker.Field != "worker" || worker.Name != "张䶮" || worker.Reason != "乙方签署劳动合同" || worker.Location != "杭州" || worker.WholeFile {
		t.Errorf("worker: %+v", worker)
	}
	if seal.Field != "seal" || seal.Signer.Subject.CommonName != "合同专用章" || seal.Source != pades.Self || !seal.WholeFile {
		t.Errorf("seal: %+v", seal)
	}
	at, proven := seal.Time()
	if !proven || !at.Equal(o.now) || !seal.Claimed.Equal(o.now) || seal.Stamp.Source != pades.Self {
		t.Errorf("signed at %v (%v), claimed %v", at, proven, seal.Claimed)
	}
}

func TestDataForCheckingAfterTheLastSignatureIsAllowed(t *testing.T) {
	o := newOffice(t)
	r := check(t, o.withDSS(t, o.concluded(t), o.now), o.trust())
	wantVerdicts(t, r, pades.Intact, pades.Intact, pades.Intact)
	for _, s := range r.Signatures {
		if s.WholeFile || s.Revocation == nil || !s.Revocation.At.IsZero() {
			t.Errorf("%s: whole file %v, revocation %+v", s.Field, s.WholeFile, s.Revocation)
		}
	}
}

func TestACertificateRevokedBeforeItSignedIsFound(t *testing.T) {
	o := newOffice(t)
	serial := o.seal.Chain[0].SerialNumber
	pdf := o.withDSS(t, o.concluded(t), o.now, pki.Revoked{Serial: serial, At: o.now.Add(-time.Second), Reason: pki.ReasonKeyCompromise})
	wantVerdicts(t, check(t, pdf, o.trust()), pades.Revoked, pades.Intact, pades.Revoked)
}

func TestACertificateRevokedAfterItSignedLeavesTheSignatureValid(t *testing.T) {
	o := newOffice(t)
	serial := o.worker.Chain[0].SerialNumber
	pdf := o.withDSS(t, o.concluded(t), o.now, pki.Revoked{Serial: serial, At: o.now.Add(time.Second), Reason: pki.ReasonSuperseded})
	r := check(t, pdf, o.trust())
	wantVerdicts(t, r, pades.Intact, pades.Intact, pades.Intact)
	if rev := r.Signatures[0].Revocation; rev == nil || rev.Reason != pki.ReasonSuperseded {
		t.Errorf("revocation %+v", rev)
	}
}

// answered is a concluded contract with one answer about the seal's certificate.
func (o *office) answered(t *testing.T, by *pki.Authority, revoked *pki.Revoked) []byte {
	t.Helper()
	der, err := by.Answer(pki.Status{Serial: o.seal.Chain[0].SerialNumber, Revoked: revoked, Now: o.now})
	if err != nil {
		t.Fatal(err)
	}
	pdf, err := pades.AddDSS(o.concluded(t), pades.DSS{OCSPs: [][]byte{der, []byte("no answer")}})
	if err != nil {
		t.Fatal(err)
	}
	return pdf
}

func TestAnAnswerAboutACertificateIsHeeded(t *testing.T) {
	o := newOffice(t)
	before := &pki.Revoked{At: o.now.Add(-time.Second), Reason: pki.ReasonKeyCompromise}
	after := &pki.Revoked{At: o.now.Add(time.Second), Reason: pki.ReasonSuperseded}
	wantVerdicts(t, check(t, o.answered(t, o.authority, before), o.trust()), pades.Revoked, pades.Intact, pades.Revoked)
	for _, revoked := range []*pki.Revoked{nil, after} {
		r := check(t, o.answered(t, o.authority, revoked), o.trust())
		wantVerdicts(t, r, pades.Intact, pades.Intact, pades.Intact)
		if got := r.Signatures[1].Revocation; got == nil || got.At.IsZero() != (revoked == nil) || r.Signatures[0].Revocation != nil {
			t.Errorf("revocation %+v", got)
		}
	}
}

func TestAnAnswerThatTheIssuerDidNotSignIsNone(t *testing.T) {
	o, stranger := newOffice(t), newOffice(t)
	r := check(t, o.answered(t, stranger.authority, &pki.Revoked{At: o.now.Add(-time.Second)}), o.trust())
	wantVerdicts(t, r, pades.Intact, pades.Intact, pades.Intact)
	if r.Signatures[1].Revocation != nil {
		t.Errorf("revocation %+v", r.Signatures[1].Revocation)
	}
}

func TestAnotherCertificateOfAnotherAuthorityIsUnvouched(t *testing.T) {
	o, stranger := newOffice(t), newOffice(t)
	pdf := sign(t, contract{pages: 4}.build(), o.workerRequest(), stranger.sealRequest())
	wantVerdicts(t, check(t, pdf, o.trust()), pades.Unvouched, pades.Intact, pades.Unvouched)
	r := check(t, pdf, pades.Trust{Self: o.authority.Roots(), Foreign: stranger.authority.Roots()})
	wantVerdicts(t, r, pades.Intact, pades.Intact, pades.Intact)
	if r.Signatures[1].Source != pades.Foreign || r.Signatures[1].Stamp.Source != pades.Foreign {
		t.Errorf("source %d, stamp %d", r.Signatures[1].Source, r.Signatures[1].Stamp.Source)
	}
}

func TestAContractSignedAnewByAStrangerIsUnvouched(t *testing.T) {
	o, stranger := newOffice(t), newOffice(t)
	pdf := sign(t, contract{pages: 4}.build(), stranger.workerRequest(), stranger.sealRequest())
	wantVerdicts(t, check(t, pdf, o.trust()), pades.Unvouched, pades.Unvouched, pades.Unvouched)
}

func TestOneFlippedByteOfAPageAltersEverySignatureOverIt(t *testing.T) {
	o := newOffice(t)
	pdf := o.concluded(t)
	pdf[bytes.Index(pdf, []byte("page 3"))+5] = '8'
	wantVerdicts(t, check(t, pdf, o.trust()), pades.Altered, pades.Altered, pades.Altered)
}

func TestAFlippedByteBetweenTheSignaturesLeavesTheFirstIntact(t *testing.T) {
	o := newOffice(t)
	pdf := o.concluded(t)
	pdf[bytes.LastIndex(pdf, []byte("/Name<feff"))+12] ^= 0x01
	wantVerdicts(t, check(t, pdf, o.trust()), pades.Altered, pades.Intact, pades.Altered)
}

func TestNoFlippedByteGoesUnnoticed(t *testing.T) {
	o := newOffice(t)
	pdf := o.concluded(t)
	for i := 0; i < len(pdf); i += 37 {
		damaged := bytes.Clone(pdf)
		damaged[i] ^= 0x01
		r, err := pades.Check(damaged, o.trust())
		if err == nil && r.Verdict == pades.Intact && !inSignature(pdf, i) {
			t.Errorf("byte %d %q: nothing found", i, pdf[i])
		}
	}
}

// inSignature tells whether byte i lies within the hexadecimal digits of a Contents, where the unsigned parts of a signature
// may be changed without harm.
func inSignature(pdf []byte, i int) bool {
	open := bytes.LastIndex(pdf[:i], []byte("/Contents<"))
	return open >= 0 && bytes.IndexByte(pdf[open:i], '>') < 0
}

func TestATruncatedFileIsDamaged(t *testing.T) {
	o := newOffice(t)
	pdf := o.withDSS(t, o.concluded(t), o.now)
	ends := revisionEnds(pdf)
	cuts := map[string]int{"in the data for checking": ends[3] - 200, "in the seal's revision": ends[2] - 5000, "in the worker's revision": ends[1] - 5000}
	for where, cut := range cuts {
		r, err := pades.Check(pdf[:cut], o.trust())
		if err == nil && r.Verdict != pades.Damaged || err != nil && !errors.Is(err, pades.ErrBroken) {
			t.Errorf("cut %s: verdict %d, %v", where, r.Verdict, err)
		}
	}
	if _, err := pades.Check(pdf[:ends[0]/2], o.trust()); !errors.Is(err, pades.ErrBroken) {
		t.Error(err)
	}
}

// revisionEnds returns where each revision ends.
func revisionEnds(pdf []byte) (ends []int) {
	for at := 0; ; {
		next := bytes.Index(pdf[at:], []byte("%%EOF\n"))
		if next < 0 {
			return ends
		}
		at += next + len("%%EOF\n")
		ends = append(ends, at)
	}
}

func TestBytesAfterTheEndAreFound(t *testing.T) {
	o := newOffice(t)
	pdf := append(o.concluded(t), "<script>"...)
	wantVerdicts(t, check(t, pdf, o.trust()), pades.Damaged, pades.Damaged, pades.Damaged)
}

func TestAnAppendedRevisionThatChangesTheDocumentIsFound(t *testing.T) {
	o := newOffice(t)
	page1, content1 := 10, 11
	for what, revision := range map[string]map[int]string{
		"a page's content":   {content1: stream("", "BT /F 24 Tf 80 700 Td (Another text) Tj ET")},
		"a page's box":       {page1: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 100]/Contents 11 0 R/Annots[12 0 R]>>"},
		"a covering note":    {page1: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 11 0 R/Resources<</Font<</F 5 0 R>>>>/Annots[12 0 R 90 0 R]>>", 90: "<</Type/Annot/Subtype/FreeText/Rect[0 0 500 500]>>"},
		"an action":          {1: "<</Type/Catalog/Pages 2 0 R/AcroForm 3 0 R/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>"},
		"a seam":             {12: "<</Type/Annot/Subtype/Widget/Parent 9 0 R/T(1)/F 4/MK<<>>/Rect[567 360 595 473]/P 10 0 R/AP<</N 5 0 R>>>>"},
		"the signature":      {7: "<</Type/Annot/Subtype/Widget/FT/Sig/T(worker)/F 4/Rect[330 400 460 470]/P 19 0 R>>"},
		"the title":          {4: "<</Title(another)>>"},
		"the field's place":  {8: "<</Type/Annot/Subtype/Widget/FT/Sig/T(seal)/F 4/Rect[0 0 595 842]/P 19 0 R/V 99 0 R>>"},
		"the list of fields": {3: "<</Fields[7 0 R 8 0 R]/SigFlags 3>>"},
	} {
		pdf := appendRevision(o.concluded(t), revision)
		r, err := pades.Check(pdf, o.trust())
		if err == nil && r.Verdict > pades.Changed {
			t.Errorf("%s: verdict %d", what, r.Verdict)
		}
	}
}

func TestAChangeBetweenTheSignaturesIsHeldAgainstTheFirstAlone(t *testing.T) {
	o := newOffice(t)
	pdf := sign(t, contract{pages: 4}.build(), o.workerRequest())
	pdf = appendRevision(pdf, map[int]string{11: stream("", "BT /F 24 Tf 80 700 Td (Less pay) Tj ET")})
	pdf = sign(t, pdf, o.sealRequest())
	wantVerdicts(t, check(t, pdf, o.trust()), pades.Changed, pades.Changed, pades.Intact)
}

func TestAPictureOfASealWithoutItsSignatureIsAChange(t *testing.T) {
	o, form := newOffice(t), "<</Type/Annot/Subtype/Widget/FT/Sig/T(seal)/F 4/Rect[130 390 243 503]/P 19 0 R/AP<</N 5 0 R>>>>"
	pdf := sign(t, contract{pages: 4}.build(), o.workerRequest())
	wantVerdicts(t, check(t, appendRevision(pdf, map[int]string{8: form}), o.trust()), pades.Changed, pades.Changed)
}

// appendRevision appends objects by number, as an attacker would.
func appendRevision(pdf []byte, objects map[int]string) []byte {
	var b, rows bytes.Buffer
	b.Write(pdf)
	for num, o := range objects {
		fmt.Fprintf(&rows, "%d 1\n%010d 00000 n \n", num, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", num, o)
	}
	at := b.Len()
	prev := pdf[bytes.LastIndex(pdf, []byte("startxref"))+len("startxref\n"):]
	prev = prev[:bytes.IndexByte(prev, '\n')]
	fmt.Fprintf(&b, "xref\n%strailer\n<</Size 200/Root 1 0 R/Info 4 0 R/Prev %s>>\nstartxref\n%d\n%%%%EOF\n", rows.Bytes(), prev, at)
	return b.Bytes()
}

func TestASignatureThatLeavesOutMoreThanItselfIsDamaged(t *testing.T) {
	o := newOffice(t)
	pdf := sign(t, contract{pages: 4}.build(), o.workerRequest())
	at := bytes.LastIndex(pdf, []byte("/ByteRange[0 ")) + len("/ByteRange[0 ")
	pdf[at]-- // the gap begins earlier
	wantVerdicts(t, check(t, pdf, o.trust()), pades.Damaged, pades.Damaged)
}

func TestASignatureWithoutTimestampHasAClaimedTimeOnly(t *testing.T) {
	o := newOffice(t)
	r := o.workerRequest()
	r.TSA = nil
	report := check(t, sign(t, contract{pages: 4}.build(), r), o.trust())
	wantVerdicts(t, report, pades.Intact, pades.Intact)
	if at, proven := report.Signatures[0].Time(); proven || !at.Equal(o.now) {
		t.Errorf("%v, proven %v", at, proven)
	}
}

func TestFilesThatCannotBeCheckedSayWhy(t *testing.T) {
	encrypted := bytes.Replace(contract{pages: 1}.build(), []byte("/Info 4 0 R"), []byte("/Encrypt 4 0 R"), 1)
	for want, pdf := range map[error][]byte{
		pades.ErrNotPDF:    []byte("PK\x03\x04 a document of another kind"),
		pades.ErrUnsigned:  contract{pages: 1}.build(),
		pades.ErrEncrypted: encrypted,
		pades.ErrBroken:    []byte("%PDF-1.7\n%%EOF"),
	} {
		if _, err := pades.Check(pdf, pades.Trust{Self: x509.NewCertPool()}); !errors.Is(err, want) {
			t.Errorf("want %v, got %v", want, err)
		}
	}
	if _, err := pades.Check(nil, pades.Trust{}); !errors.Is(err, pades.ErrNotPDF) {
		t.Error(err)
	}
}
