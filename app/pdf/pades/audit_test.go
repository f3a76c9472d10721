package pades_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"laoqi/app/pdf/pades"
)

// false11 is the content of the first page as a swindler would like it.
var false11 = "11 0 obj\n" + stream("", "BT /F 40 Tf 80 600 Td (Less pay) Tj ET") + "\nendobj\n"

// revisedBy appends bytes that may name places: {old} and {new} those of object 11, {at} that of the bytes behind the object, {prev}
// that of the last cross-references. {trailer} is an ordinary one.
func revisedBy(pdf []byte, object, tail string) []byte {
	_, prev, _ := strings.Cut(string(pdf[bytes.LastIndex(pdf, []byte("startxref")):]), "\n")
	prev, _, _ = strings.Cut(prev, "\n")
	old := bytes.Index(pdf, []byte("11 0 obj"))
	tail = strings.ReplaceAll(tail, "{trailer}", "trailer\n<</Size 200/Root 1 0 R/Info 4 0 R/Prev {prev}>>\nstartxref\n{at}\n%%EOF\n")
	return append(bytes.Clone(pdf), object+strings.NewReplacer("{prev}", prev, "{old}", fmt.Sprintf("%010d", old), "{new}", fmt.Sprintf("%010d", len(pdf)),
		"{at}", fmt.Sprint(len(pdf)+len(object))).Replace(tail)...)
}

// Some reader shows the false page of each of these: PDFium, poppler, MuPDF or Ghostscript.
func TestARevisionThatReadersReadInDifferentWaysIsAChange(t *testing.T) {
	o := newOffice(t)
	base := o.concluded(t)
	const row = "11 1\n{old} 00000 n \n"
	both := fmt.Sprintf("91 0 obj\n<</Type/XRef/Size 200/Root 1 0 R/W[1 4 1]/Index[11 1]/Length 6>>\nstream\n\x01%s\x00\nendstream\nendobj\n",
		[]byte{0, 0, byte(len(base) >> 8), byte(len(base))})
	for what, tail := range map[string]string{
		"a row twice":                "xref\n" + row + "11 1\n{new} 00000 n \n{trailer}",
		"rows of 19 bytes":           "xref\n11 1\n{old} 00000 n\n{trailer}",
		"rows without zeros":         "xref\n11 1\n123 0 n\n{trailer}",
		"a comment before the table": "%comment\nxref\n" + row + "{trailer}",
		"a comment in the table":     "xref\n%\n" + row + "{trailer}",
		"a comment behind the table": "xref\n" + row + "%\n{trailer}",
		"a hidden object":            "xref\n0 0\n{trailer}",
		"an old place":               "xref\n" + row + "{trailer}",
		"no Size":                    "xref\n0 0\ntrailer\n<</Root 1 0 R/Info 4 0 R/Prev {prev}>>\nstartxref\n{at}\n%%EOF\n",
		"a small Size":               "xref\n" + row + "trailer\n<</Size 3/Root 1 0 R/Info 4 0 R/Prev {prev}>>\nstartxref\n{at}\n%%EOF\n",
		"a sign":                     "xref\n0 0\ntrailer\n<</Size 200/Root 1 0 R/Info 4 0 R/Prev +{prev}>>\nstartxref\n{at}\n%%EOF\n",
		"a startxref as a comment":   "xref\n11 1\n{new} 00000 n \ntrailer\n<</Size 200/Root 1 0 R/Info 4 0 R/Prev {prev}>>\nstartxref\n{prev}\n%%startxref\n%{at}\n%%EOF\n",
		"another table of streams":   both + "xref\n" + row + "trailer\n<</Size 200/Root 1 0 R/Info 4 0 R/XRefStm {at}/Prev {prev}>>\nstartxref\n{at}\n%%EOF\n",
		"two ends of one revision":   "startxref\n{prev}\n%%EOF\n",
	} {
		pdf := revisedBy(base, false11, tail)
		if at := bytes.LastIndex(pdf, []byte("xref\n11 1")); strings.HasPrefix(what, "another table") { // behind the stream
			pdf = bytes.Replace(pdf, fmt.Appendf(nil, "startxref\n%d", len(base)+len(false11)), fmt.Appendf(nil, "startxref\n%d", at), 1)
		}
		if r, err := pades.Check(pdf, o.trust()); err == nil && r.Verdict > pades.Changed || err != nil && !errors.Is(err, pades.ErrBroken) {
			t.Errorf("%s: verdict %d, %v", what, r.Verdict, err)
		}
	}
	const page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 11 0 R/Resources<</Font<</F 5 0 R>>>>/Annots[12 0 R]"
	for what, object := range map[string]string{
		"a key twice":                  strings.Replace(page, "/Contents", "/Contents 90 0 R/Contents", 1) + ">>",
		"the same key by another name": strings.Replace(page, "/Contents", "/Con#74ents 90 0 R/Contents", 1) + ">>",
		"a key with a zero":            page + "/Rotate#00 null>>",
		"a number with an exponent":    strings.Replace(page, "842", "8.42e2", 1) + ">>",
		"a hexadecimal number":         strings.Replace(page, "595", "0x1.298p+9", 1) + ">>",
		"a comment":                    page + "%\n>>",
	} {
		pdf := appendRevision(base, map[int]string{10: object, 90: stream("", "BT /F 40 Tf 80 600 Td (Less pay) Tj ET")})
		r := check(t, pdf, o.trust())
		wantVerdicts(t, r, pades.Changed, pades.Changed, pades.Changed)
		var c *pades.Change
		if !errors.As(r.Signatures[1].Err, &c) || c.Part != pades.Ambiguous {
			t.Errorf("%s: %v", what, r.Signatures[1].Err)
		}
	}
}

func TestARevisionInTheManyLawfulFormsIsNoChange(t *testing.T) {
	o := newOffice(t)
	base := o.concluded(t)
	const object = "90 0 obj\n<</Type/DSS>>\nendobj\n"
	for what, tail := range map[string]string{
		"as this package":     "xref\n90 1\n{new} 00000 n \n{trailer}",
		"CR LF":               "\r\nxref\r\n90 1\r\n{new} 00000 n\r\ntrailer\r\n<</Size 200/Root 1 0 R\r\n/Info 4 0 R/Prev {prev}>>\r\nstartxref\r\n{at2}\r\n%%EOF\r\n",
		"CR":                  "xref\r90 1\r{new} 00000 n \rtrailer\r<</Size 200/Root 1 0 R/Info 4 0 R/Prev {prev}>>\rstartxref\r{at}\r%%EOF\r",
		"a free number":       "xref\n0 1\n0000000000 65535 f \n90 1\n{new} 00000 n \n{trailer}",
		"iText":               "xref\n0 1\n0000000000 65535 f \n90 1\n{new} 00000 n \ntrailer\n<</Size 200/Root 1 0 R/Info 4 0 R/Prev {prev}/ID[<00><01>]>>\n%iText-7.2.5\nstartxref\n{at}\n%%EOF\n",
		"no end of last line": "xref\n90 1\n{new} 00000 n \ntrailer\n<</Size 200/Root 1 0 R/Info 4 0 R/Prev {prev}>>\nstartxref\n{at}\n%%EOF",
	} {
		tail = strings.ReplaceAll(tail, "{at2}", fmt.Sprint(len(base)+len(object)+2))
		wantVerdicts(t, check(t, revisedBy(base, object, tail), o.trust()), pades.Intact, pades.Intact, pades.Intact)
		if t.Failed() {
			t.Fatal(what)
		}
	}
}
