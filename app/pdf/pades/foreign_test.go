package pades_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"laoqi/app/pdf/pades"
	"laoqi/app/pki/cms"
)

// addedField signs a contract in a field that was prepared, and then in one that is made for the second signature.
func (o *office) addedField(t *testing.T, entries string, also map[int]string) []byte {
	t.Helper()
	objects := map[int]string{
		100: "<</Type/Annot/Subtype/Widget/FT/Sig/T(later)/F 132/P 10 0 R" + entries + ">>",
		3:   "<</Fields[7 0 R 8 0 R 9 0 R 100 0 R]/SigFlags 3>>",
		10:  "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 11 0 R/Resources<</Font<</F 5 0 R>>>>/Annots[7 0 R 8 0 R 12 0 R 100 0 R]>>",
	}
	for num, o := range also {
		objects[num] = o
	}
	later := o.sealRequest()
	later.Field, later.Fill, later.Appearance = "later", nil, nil
	if strings.Contains(entries, "[100 ") {
		later.Appearance = o.sealRequest().Appearance
	}
	return sign(t, appendRevision(sign(t, contract{pages: 1}.build(), o.workerRequest()), objects), later)
}

// Acrobat, iText and PDFBox make the field of a signature when they sign.
func TestALaterSignatureMayBringItsOwnField(t *testing.T) {
	o := newOffice(t)
	for what, c := range map[string]struct {
		entries string
		also    map[int]string
		want    pades.Verdict
		page    int
	}{
		"shown":               {"/Rect[100 100 200 200]/MK<<>>/DA(/F 0 Tf)", nil, pades.Intact, 1},
		"not shown":           {"/Rect[0 0 0 0]", nil, pades.Intact, 0},
		"with a new time":     {"/Rect[0 0 0 0]", map[int]string{4: "<</Title(contract)/ModDate(D:20261126)/Producer(other)>>"}, pades.Intact, 0},
		"with a new title":    {"/Rect[0 0 0 0]", map[int]string{4: "<</Title(other)>>"}, pades.Changed, 0},
		"with an action":      {"/Rect[0 0 0 0]/A<</S/URI/URI(https://example.com)>>", nil, pades.Changed, 0},
		"with another field":  {"/Rect[0 0 0 0]", map[int]string{3: "<</Fields[7 0 R 8 0 R 9 0 R 100 0 R 101 0 R]/SigFlags 3>>", 101: "<</FT/Tx/T(x)>>"}, pades.Changed, 0},
		"with other contents": {"/Rect[0 0 0 0]", map[int]string{11: stream("", "BT /F 24 Tf 80 700 Td (Less pay) Tj ET")}, pades.Changed, 0},
	} {
		r := check(t, o.addedField(t, c.entries, c.also), o.trust())
		wantVerdicts(t, r, c.want, c.want, pades.Intact)
		if r.Signatures[1].AddedOn != c.page {
			t.Errorf("%s: shown on page %d", what, r.Signatures[1].AddedOn)
		}
		if t.Failed() {
			t.Fatal(what)
		}
	}
}

func TestExtensionsThatTheDataForCheckingNeedsAreAllowed(t *testing.T) {
	o := newOffice(t)
	pdf := o.concluded(t)
	for extensions, want := range map[string]pades.Verdict{
		"<</ESIC<</BaseVersion/1.7/ExtensionLevel 5>>>>":                             pades.Intact,
		"<</ADBE<</BaseVersion/1.7/ExtensionLevel 8>>/ESIC[<</ExtensionLevel 1>>]>>": pades.Intact,
		"<</ESIC 11 0 R>>": pades.Changed,
	} {
		r := check(t, appendRevision(pdf, map[int]string{1: "<</Type/Catalog/Pages 2 0 R/AcroForm 3 0 R/DSS 101 0 R/Extensions" + extensions + ">>", 101: "<</Type/DSS>>"}), o.trust())
		if wantVerdicts(t, r, want, want, want); t.Failed() {
			t.Fatal(extensions)
		}
	}
}

// resigned replaces the first signature of a file by one that sign makes of what it covers.
func resigned(t *testing.T, pdf []byte, covers [4]int, sign func(content []byte) []byte) []byte {
	t.Helper()
	out := bytes.Clone(pdf)
	der := sign(append(bytes.Clone(out[:covers[1]]), out[covers[2]:]...))
	room := out[covers[1]+1 : covers[2]-1]
	if len(room) < 2*len(der) {
		t.Fatal("no room")
	}
	copy(room, bytes.Repeat([]byte("0"), len(room)))
	hex.Encode(room, der)
	return out
}

// certified is signed by the worker, who permits changes up to a level (DocMDP).
func (o *office) certified(t *testing.T, level int) []byte {
	t.Helper()
	r := o.workerRequest()
	r.TSA, r.Location = nil, strings.Repeat("x", 60)
	pdf := sign(t, contract{pages: 1}.build(), r)
	location := regexp.MustCompile(`/Location(\([^)]*\)|<[^>]*>)`).FindIndex(pdf)
	reference := fmt.Sprintf("/Reference[<</TransformMethod/DocMDP/TransformParams<</P %d>>>>]", level)
	copy(pdf[location[0]:location[1]], reference+strings.Repeat(" ", location[1]-location[0]-len(reference)))
	return resigned(t, pdf, check(t, pdf, o.trust()).Signatures[0].Covers, func(content []byte) []byte {
		digest := sha256.Sum256(content)
		der, err := cms.SignDigest(digest[:], o.worker, nil)
		if err != nil {
			t.Fatal(err)
		}
		return der
	})
}

func TestASignatureThatPermitsNoChangesLetsNoOtherFollow(t *testing.T) {
	o := newOffice(t)
	seal := o.sealRequest()
	seal.Fill = nil
	wantVerdicts(t, check(t, sign(t, o.certified(t, 1), seal), o.trust()), pades.Changed, pades.Changed, pades.Intact)
	wantVerdicts(t, check(t, sign(t, o.certified(t, 2), seal), o.trust()), pades.Intact, pades.Intact, pades.Intact)
	wantVerdicts(t, check(t, o.stamped(t, o.withDSS(t, o.certified(t, 1), o.now)), o.trust()), pades.Intact, pades.Intact)
}

// What cannot be checked is neither damaged nor in order.
func TestASignatureOfAKindThatIsNotCheckedSaysSo(t *testing.T) {
	o, b := newOffice(t), newBench(t, "openssl")
	pdf := sign(t, contract{pages: 1}.build(), o.workerRequest())
	covers := check(t, pdf, o.trust()).Signatures[0].Covers
	b.must("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key", "-out", "cert", "-subj", "/CN=Zhang San", "-days", "30")
	signed := func(options ...string) func(content []byte) []byte {
		return func(content []byte) []byte {
			b.write("content", content)
			b.must("openssl", append([]string{"cms", "-sign", "-binary", "-in", "content", "-signer", "cert", "-inkey", "key", "-outform", "DER", "-out", "signature"}, options...)...)
			der, err := os.ReadFile(filepath.Join(b.dir, "signature"))
			if err != nil {
				t.Fatal(err)
			}
			return der
		}
	}
	for what, c := range map[string]struct {
		sign func([]byte) []byte
		want pades.Verdict
	}{
		"SHA-256":              {signed("-md", "sha256"), pades.Unvouched},
		"SHA-1":                {signed("-md", "sha1"), pades.Unchecked},
		"no signed attributes": {signed("-md", "sha256", "-noattr"), pades.Unchecked},
		"BER":                  {signed("-md", "sha256", "-stream", "-indef"), pades.Unchecked},
		"no certificate":       {signed("-md", "sha256", "-nocerts"), pades.Unchecked},
	} {
		r := check(t, resigned(t, pdf, covers, c.sign), o.trust())
		wantVerdicts(t, r, c.want, c.want)
		if c.want == pades.Unchecked && !errors.Is(r.Signatures[0].Err, cms.ErrUnsupported) {
			t.Errorf("%s: %v", what, r.Signatures[0].Err)
		}
		if t.Failed() {
			t.Fatal(what)
		}
	}
	other := bytes.Replace(pdf, []byte("ETSI.CAdES.detached"), []byte("adbe.x509.rsa_sha1 "), 1)
	if r := check(t, other, o.trust()); r.Verdict != pades.Unchecked || !errors.Is(r.Signatures[0].Err, pades.ErrKind) {
		t.Errorf("adbe.x509.rsa_sha1: verdict %d, %v", r.Verdict, r.Signatures[0].Err)
	}
}
