package pades_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/x509"
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"laoqi/app/apptest/tsa"
	"laoqi/app/pdf/pades"
	"laoqi/app/pki/cms"
	"laoqi/app/provider"
)

// stamped adds a timestamp of the office's own authority over the file.
func (o *office) stamped(t testing.TB, pdf []byte) []byte {
	t.Helper()
	return stampedBy(t, pdf, o.authority.TSA(func() time.Time { return o.now }), 0)
}

func stampedBy(t testing.TB, pdf []byte, by cms.TSA, room int) []byte {
	t.Helper()
	out, err := pades.AddTimestamp(pdf, pades.DSS{}, by, room)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// outside is openssl's authority as signing wants it.
func outside(a *tsa.Authority) cms.TSA {
	client := provider.NewTSA(a.URL, a.Roots, time.Now)
	return func(digest []byte) ([]byte, error) {
		token, _, err := client.Ask(context.Background(), digest)
		return token, err
	}
}

func wantStamps(t *testing.T, r pades.Report, each ...pades.Verdict) {
	t.Helper()
	if len(r.Stamps) != len(each) {
		t.Fatalf("%d timestamps over the file, want %d", len(r.Stamps), len(each))
	}
	for i, s := range r.Stamps {
		if s.Verdict != each[i] {
			t.Errorf("%s: verdict %d (%v), want %d", s.Field, s.Verdict, s.Err, each[i])
		}
	}
}

func TestATimestampOverTheFileIsAnAllowedChangeAndCoversAll(t *testing.T) {
	o := newOffice(t)
	for what, pdf := range map[string][]byte{"a concluded contract": o.concluded(t), "one with data for checking": o.withDSS(t, o.concluded(t), o.now), "one in streams": o.concludedStream(t)} {
		pdf = o.stamped(t, pdf)
		r := check(t, pdf, o.trust())
		wantVerdicts(t, r, pades.Intact, pades.Intact, pades.Intact)
		wantStamps(t, r, pades.Intact)
		s := r.Stamps[0]
		if !s.WholeFile || s.Signatures != 2 || s.Covers[2]+s.Covers[3] != len(pdf) || s.Stamp.Source != pades.Self || !s.Stamp.Time.Equal(o.now) {
			t.Errorf("%s: %+v", what, s)
		}
		if r.Signatures[1].WholeFile {
			t.Errorf("%s: the seal covers the timestamp", what)
		}
	}
}

func TestTimestampsOverTheFileFollowEachOther(t *testing.T) {
	o := newOffice(t)
	pdf := o.withDSS(t, o.stamped(t, o.stamped(t, o.withDSS(t, o.concluded(t), o.now))), o.now.Add(time.Second))
	r := check(t, pdf, o.trust())
	wantVerdicts(t, r, pades.Intact, pades.Intact, pades.Intact)
	wantStamps(t, r, pades.Intact, pades.Intact)
	if r.Stamps[0].Field == r.Stamps[1].Field || r.Stamps[1].WholeFile {
		t.Errorf("%+v", r.Stamps)
	}
}

func TestDataForCheckingIsKeptWhenMoreIsAdded(t *testing.T) {
	o := newOffice(t)
	pdf := o.withDSS(t, o.concluded(t), o.now)
	again, err := pades.AddTimestamp(pdf, pades.DSS{Certs: [][]byte{o.authority.Root().Raw}, OCSPs: o.answers(t, o.seal.Chain[0])}, o.authority.TSA(time.Now), 0)
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(again, o.authority.Root().Raw) - bytes.Count(pdf, o.authority.Root().Raw); n != 0 {
		t.Errorf("the root was added %d times more", n)
	}
	if r := check(t, again, o.trust()); r.Signatures[0].Revocation == nil || r.Signatures[1].Revocation == nil {
		t.Error("the list of before is gone")
	}
}

func TestOpenSSLVerifiesTheTimestampOverTheFile(t *testing.T) {
	a, o := tsa.Start(t, 30), newOffice(t)
	b := newBench(t, "openssl")
	pdf := stampedBy(t, o.withDSS(t, o.concluded(t), o.now), outside(a), 12<<10)
	trust := o.trust()
	wantStamps(t, check(t, pdf, trust), pades.Unvouched)
	trust.Stamping = pool(a.Roots...)
	r := check(t, pdf, trust)
	wantVerdicts(t, r, pades.Intact, pades.Intact, pades.Intact)
	wantStamps(t, r, pades.Intact)
	s := r.Stamps[0]
	if s.Stamp.Source != pades.Foreign || s.Stamp.Authority.Subject.CommonName != tsa.Name {
		t.Errorf("%+v", s.Stamp)
	}
	b.verifyStamp("outside", pdf, s, a.RootsFile)
}

func TestATimestampOfNobodyKnownTakesNothingAway(t *testing.T) {
	o, stranger := newOffice(t), newOffice(t)
	r := check(t, stranger.stamped(t, o.concluded(t)), o.trust())
	wantVerdicts(t, r, pades.Intact, pades.Intact, pades.Intact)
	wantStamps(t, r, pades.Unvouched)
}

func TestRootsForTimestampsVouchForNoSigner(t *testing.T) {
	o, stranger := newOffice(t), newOffice(t)
	pdf := sign(t, contract{pages: 4}.build(), o.workerRequest(), stranger.sealRequest())
	trust := o.trust()
	trust.Stamping = stranger.authority.Roots()
	r := check(t, pdf, trust)
	wantVerdicts(t, r, pades.Unvouched, pades.Intact, pades.Unvouched)
	if r.Signatures[1].Stamp.Source != pades.Foreign {
		t.Error("nor for a timestamp")
	}
}

func TestAForgedTimestampOverTheFileIsFound(t *testing.T) {
	o := newOffice(t)
	pdf := o.stamped(t, o.concluded(t))
	covers := check(t, pdf, o.trust()).Stamps[0].Covers
	moved := func(by []byte) []byte {
		out := bytes.Clone(pdf)
		copy(out[covers[1]+1:], fmt.Appendf(nil, "%x", by))
		return out
	}
	other, err := o.authority.Timestamp(make([]byte, 32), o.now)
	if err != nil {
		t.Fatal(err)
	}
	wantStamps(t, check(t, moved(other), o.trust()), pades.Altered)
	if r := check(t, moved(other), o.trust()); r.Verdict != pades.Altered || !errors.Is(r.Stamps[0].Err, cms.ErrToken) {
		t.Errorf("a token of something else: %d, %v", r.Verdict, r.Stamps[0].Err)
	}
	if r := check(t, moved([]byte("no token at all")), o.trust()); r.Verdict != pades.Altered {
		t.Errorf("no token: %d", r.Verdict)
	}
	shorter := bytes.Replace(pdf, fmt.Appendf(nil, "[0 %d ", covers[1]), fmt.Appendf(nil, "[0 %d ", covers[1]-1), 1)
	if r := check(t, shorter, o.trust()); r.Verdict != pades.Damaged || !errors.Is(r.Stamps[0].Err, pades.ErrSpan) {
		t.Errorf("a narrower cover: %d, %v", r.Verdict, r.Stamps[0].Err)
	}
}

func TestNoFlippedByteGoesUnnoticedUnderATimestamp(t *testing.T) {
	o := newOffice(t)
	pdf := o.stamped(t, o.concluded(t))
	for i := 0; i < len(pdf); i += 41 {
		damaged := bytes.Clone(pdf)
		damaged[i] ^= 0x01
		r, err := pades.Check(damaged, o.trust())
		if err == nil && r.Verdict == pades.Intact && !inSignature(pdf, i) {
			t.Errorf("byte %d %q: nothing found", i, pdf[i])
		}
	}
}

func TestATimestampDoesNotHideAChangeMadeWithIt(t *testing.T) {
	o := newOffice(t)
	concluded := o.concluded(t)
	for what, pdf := range map[string][]byte{
		"before it": o.stamped(t, appendRevision(concluded, map[int]string{11: stream("", "BT /F 24 Tf 80 700 Td (Less pay) Tj ET")})),
		"after it":  appendRevision(o.stamped(t, concluded), map[int]string{11: stream("", "BT /F 24 Tf 80 700 Td (Less pay) Tj ET")}),
	} {
		if r := check(t, pdf, o.trust()); r.Verdict != pades.Changed || r.Signatures[1].Verdict != pades.Changed {
			t.Errorf("%s: %d, the seal %d", what, r.Verdict, r.Signatures[1].Verdict)
		}
	}
	if r := check(t, o.stamped(t, appendRevision(concluded, map[int]string{4: "<</Title(another)>>"})), o.trust()); r.Stamps[0].Verdict != pades.Intact || r.Verdict != pades.Changed {
		t.Error("the timestamp itself is over what there was")
	}
}

func TestAFieldOfATimestampThatShowsOrDoesSomethingIsAChange(t *testing.T) {
	o := newOffice(t)
	form := map[int]string{3: "<</Fields[7 0 R 8 0 R 9 0 R 98 0 R]/SigFlags 3>>"}
	const page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 11 0 R/Resources<</Font<</F 5 0 R>>>>/Annots[12 0 R%s]>>"
	for what, c := range map[string]struct {
		field string
		with  map[int]string
		want  pades.Verdict
	}{
		"nothing shown":              {"/Rect[0 0 0 0]", form, pades.Intact},
		"nothing shown, on a page":   {"/Rect[0 0 0 0]/P 10 0 R", map[int]string{3: form[3], 10: fmt.Sprintf(page, " 98 0 R")}, pades.Intact},
		"no place at all":            {"", form, pades.Intact},
		"an empty picture":           {"/Rect[0 0 0 0]/AP<</N 97 0 R>>", map[int]string{3: form[3], 97: stream("/Type/XObject/Subtype/Form/BBox[0 0 0 0]", "")}, pades.Intact},
		"a full picture":             {"/Rect[0 0 0 0]/AP<</N 97 0 R>>", map[int]string{3: form[3], 97: stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]", "0 0 9 9 re f")}, pades.Changed},
		"a place":                    {"/Rect[0 0 9 9]", form, pades.Changed},
		"an action":                  {"/Rect[0 0 0 0]/A<</S/JavaScript/JS(app.alert(1))>>", form, pades.Changed},
		"a note beside it":           {"/Rect[0 0 0 0]", map[int]string{3: form[3], 10: fmt.Sprintf(page, " 98 0 R 97 0 R"), 97: "<</Type/Annot/Subtype/FreeText/Rect[0 0 500 500]>>"}, pades.Changed},
		"another field beside it":    {"/Rect[0 0 0 0]", map[int]string{3: "<</Fields[7 0 R 8 0 R 9 0 R 97 0 R 98 0 R]/SigFlags 3>>", 97: "<</FT/Tx/T(x)>>"}, pades.Changed},
		"a field fewer":              {"/Rect[0 0 0 0]", map[int]string{3: "<</Fields[7 0 R 8 0 R 98 0 R]/SigFlags 3>>"}, pades.Changed},
		"a list of fields elsewhere": {"/Rect[0 0 0 0]", map[int]string{3: "<</Fields 96 0 R/SigFlags 3>>", 96: "[7 0 R 8 0 R 9 0 R 98 0 R]"}, pades.Changed},
	} {
		objects := maps.Clone(c.with)
		objects[98] = "<</Type/Annot/Subtype/Widget/FT/Sig/T(stamp)/F 132" + c.field + "/V 99 0 R>>"
		r := check(t, o.stampedAs(t, o.concluded(t), objects), o.trust())
		wantVerdicts(t, r, c.want, c.want, c.want)
		wantStamps(t, r, pades.Intact)
		if t.Failed() {
			t.Fatal(what)
		}
	}
}

func TestATimestampInAFieldForASignatureIsAChange(t *testing.T) {
	o := newOffice(t)
	pdf := sign(t, contract{pages: 4}.build(), o.workerRequest())
	r := check(t, o.stampedAs(t, pdf, map[int]string{8: "<</Type/Annot/Subtype/Widget/FT/Sig/T(seal)/F 4/Rect[130.00 390.50 243.00 503.50]/P 19 0 R/V 99 0 R>>"}), o.trust())
	wantVerdicts(t, r, pades.Changed, pades.Changed)
}

// stampedAs appends a revision with a timestamp, object 99, as somebody else would write it.
func (o *office) stampedAs(t *testing.T, pdf []byte, objects map[int]string) []byte {
	t.Helper()
	const room = 8000
	objects[99] = "<</Type/DocTimeStamp/Filter/Adobe.PPKLite/SubFilter/ETSI.RFC3161/ByteRange[0 AAAAAAAA BBBBBBBB CCCCCCCC]/Contents<" + strings.Repeat("0", room) + ">>>"
	out := appendRevision(pdf, objects)
	start := bytes.LastIndex(out, []byte("/Contents<0000")) + len("/Contents")
	end := start + room + 2
	for mark, n := range map[string]int{"AAAAAAAA": start, "BBBBBBBB": end, "CCCCCCCC": len(out) - end} {
		out = bytes.Replace(out, []byte(mark), fmt.Appendf(nil, "%8d", n), 1)
	}
	digest := sha256.New()
	digest.Write(out[:start])
	digest.Write(out[end:])
	token, err := o.authority.Timestamp(digest.Sum(nil), o.now)
	if err != nil {
		t.Fatal(err)
	}
	copy(out[start+1:], fmt.Appendf(nil, "%x", token))
	return out
}

func TestAFileWithATimestampAloneIsUnsigned(t *testing.T) {
	o := newOffice(t)
	if _, err := pades.Check(o.stamped(t, contract{pages: 1}.build()), o.trust()); !errors.Is(err, pades.ErrUnsigned) {
		t.Error(err)
	}
}

func TestATimestampLongerThanItsRoomIsAnError(t *testing.T) {
	o := newOffice(t)
	long := func([]byte) ([]byte, error) { return make([]byte, 5000), nil }
	if out, err := pades.AddTimestamp(o.concluded(t), pades.DSS{}, long, 0); !errors.Is(err, pades.ErrReserve) || out != nil {
		t.Error(err)
	}
}

func pool(roots ...*x509.Certificate) *x509.CertPool {
	p := x509.NewCertPool()
	for _, c := range roots {
		p.AddCert(c)
	}
	return p
}
