package pades_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"laoqi/app/apptest/upload"
	"laoqi/app/pdf/pades"
)

// letter is a PDF of two pages as an employer might upload it: no form, content as given.
func letter(catalog, page string) []byte {
	objects := []string{
		"<</Type/Catalog/Pages 2 0 R" + catalog + ">>",
		"<</Type/Pages/Count 2/Kids[3 0 R 4 0 R]>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>/Contents 5 0 R" + page + ">>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>/Contents 5 0 R>>",
		stream("", "0 0 1 RG 100 100 m 300 300 l S"),
	}
	return assemble(objects, "")
}

var supplementFields = []pades.Field{
	{Name: "worker", Page: 2, Rect: [4]float64{330, 400, 460, 470}},
	{Name: "seal", Page: 2, Rect: [4]float64{130, 390, 243, 503}},
	{Name: "seam.1", Page: 1, Rect: [4]float64{538, 360, 595, 473}, Button: true},
	{Name: "seam.2", Page: 2, Rect: [4]float64{538, 360, 595, 473}, Button: true},
}

// supplement normalizes and prepares an upload.
func supplement(t *testing.T, upload []byte) []byte {
	t.Helper()
	normal, err := pades.Normalize(upload)
	if err != nil {
		t.Fatal(err)
	}
	prepared, err := pades.Prepare(normal, supplementFields)
	if err != nil {
		t.Fatal(err)
	}
	return prepared
}

func (o *office) supplementSealRequest() pades.Request {
	r := o.sealRequest()
	r.Fill = map[string]pades.Appearance{
		"seam.1": {Drawing: ring, W: 56.5, H: 113},
		"seam.2": {Drawing: ring, X: 56.5, W: 56.5, H: 113},
	}
	return r
}

// uploads are the same letter in the forms in which office programs write it.
func uploads(t *testing.T) map[string][]byte {
	t.Helper()
	b := newBench(t, "qpdf")
	b.write("plain.pdf", letter("", ""))
	all := map[string][]byte{
		"plain":            letter("", ""),
		"without its xref": bytes.Replace(letter("", ""), []byte("startxref\n"), []byte("startxref\n9"), 1),
	}
	for name, option := range map[string]string{"object streams": "--object-streams=generate", "linearized": "--linearize"} {
		b.must("qpdf", option, "plain.pdf", "out.pdf")
		pdf, err := os.ReadFile(filepath.Join(b.dir, "out.pdf"))
		if err != nil {
			t.Fatal(err)
		}
		all[name] = pdf
	}
	return all
}

func TestAnUploadedSupplementIsSignedAndSealedLikeAContract(t *testing.T) {
	o := newOffice(t)
	for name, upload := range uploads(t) {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, "qpdf", "pdfsig", "certutil")
			pdf := sign(t, supplement(t, upload), o.workerRequest(), o.supplementSealRequest())
			wantVerdicts(t, check(t, pdf, o.trust()), pades.Intact, pades.Intact, pades.Intact)
			b.trust(o)
			b.write("supplement.pdf", pdf)
			b.must("qpdf", "--check", "supplement.pdf")
			if out := b.must("pdfsig", "-nssdir", "sql:nss", "supplement.pdf"); bytes.Count([]byte(out), []byte("Certificate is Trusted.")) != 2 {
				t.Errorf("pdfsig says:\n%s", out)
			}
		})
	}
}

func TestAnUploadWithActiveContentIsRefused(t *testing.T) {
	for name, upload := range map[string][]byte{
		"a script at opening": letter("/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>", ""),
		"named scripts":       letter("/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(1)>>]>>>>", ""),
		"a program to launch": letter("", "/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/Launch/F(calc.exe)>>>>]"),
		"actions of a page":   letter("", "/AA<</O<</S/Named/N/Print>>>>"),
		"an attached file":    letter("", "/Annots[<</Type/Annot/Subtype/FileAttachment/Rect[0 0 9 9]/FS<</Type/Filespec/F(a.exe)>>>>]"),
	} {
		if _, err := pades.Normalize(upload); !errors.Is(err, pades.ErrActive) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The words on paper would not be those that the worker saw.
func TestAnUploadThatMayPrintWhatItDoesNotShowIsRefused(t *testing.T) {
	drawn := stream("/Subtype/Form/BBox[0 0 9 9]", "0 0 9 9 re f")
	annotated := func(annot string) []byte {
		return upload.PDF([]upload.Page{{Extra: "/Annots[<</Type/Annot/Rect[0 0 9 9]" + annot + ">>]"}}, "", drawn)
	}
	drawing := func(object string) []byte {
		return upload.PDF([]upload.Page{{Extra: "/Resources<</XObject<</I 4 0 R>>>>"}}, "", object)
	}
	const dot = "/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray"
	for what, c := range map[string]struct {
		file []byte
		want error
	}{
		"a note for printing alone":   {annotated("/Subtype/Stamp/F 36/AP<</N 4 0 R>>"), pades.ErrHidden},
		"a hidden note":               {annotated("/Subtype/Stamp/F 6/AP<</N 4 0 R>>"), pades.ErrHidden},
		"a link that hides something": {annotated("/Subtype/Link/F 36/AP<</N 4 0 R>>"), pades.ErrHidden},
		"a note without a look":       {annotated("/Subtype/FreeText/F 4/DA(/F 24 Tf)/Contents(Less pay)"), pades.ErrHidden},
		"a note with a look":          {annotated("/Subtype/Stamp/F 4/AP<</N 4 0 R>>"), nil},
		"layers":                      {upload.PDF(make([]upload.Page, 1), "/OCProperties<</OCGs[4 0 R]/D<</OFF[4 0 R]>>>>", "<</Type/OCG/Name(x)/Usage<</Print<</PrintState/ON>>>>>>"), pades.ErrHidden},
		"a part to print":             {upload.PDF(make([]upload.Page, 1), "/ViewerPreferences<</PrintArea/MediaBox>>"), pades.ErrHidden},
		"another picture for paper":   {drawing(stream(dot+"/Alternates[<</Image 5 0 R/DefaultForPrinting true>>]", "0")), pades.ErrHidden},
		"PostScript":                  {drawing(stream("/Subtype/PS", "showpage")), pades.ErrHidden},
		"a picture elsewhere":         {drawing(stream(dot+"/F(a.jpg)", "0")), pades.ErrActive},
		"an action that hides":        {annotated("/Subtype/Link/A<</S/Hide/T(x)>>"), pades.ErrActive},
		"one behind another":          {annotated("/Subtype/Link/A<</S/GoTo/D[1/Fit]/Next[<</S/SetOCGState/State[]>>]>>"), pades.ErrActive},
		"a page of the web, opened":   {upload.PDF(make([]upload.Page, 1), "/OpenAction<</S/URI/URI(https://example.com)>>"), pades.ErrActive},
		"a place, opened":             {upload.PDF(make([]upload.Page, 1), "/OpenAction<</S/GoTo/D[0/Fit]>>"), nil},
		"a place, opened shortly":     {upload.PDF(make([]upload.Page, 1), "/OpenAction[0/Fit]"), nil},
		"a link":                      {annotated("/Subtype/Link/A<</S/URI/URI(https://example.com)>>"), nil},
	} {
		if _, err := pades.Normalize(c.file); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestAnUploadThatCannotBeSignedSaysWhy(t *testing.T) {
	b, o := newBench(t, "qpdf"), newOffice(t)
	b.write("plain.pdf", letter("", ""))
	b.must("qpdf", "--encrypt", "", "owner", "256", "--", "plain.pdf", "owner.pdf")
	b.must("qpdf", "--encrypt", "user", "owner", "256", "--", "plain.pdf", "user.pdf")
	read := func(name string) []byte {
		pdf, err := os.ReadFile(filepath.Join(b.dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return pdf
	}
	for _, test := range []struct {
		what   string
		upload []byte
		want   error
	}{
		{"a Word file", []byte("PK\x03\x04"), pades.ErrNotPDF},
		{"half a file", letter("", "")[:200], pades.ErrBroken},
		{"an owner's password", read("owner.pdf"), pades.ErrEncrypted},
		{"a user's password", read("user.pdf"), pades.ErrEncrypted},
		{"a signed file", o.concluded(t), pades.ErrSigned},
	} {
		if _, err := pades.Normalize(test.upload); !errors.Is(err, test.want) {
			t.Errorf("%s: want %v, got %v", test.what, test.want, err)
		}
	}
}

func TestFieldsThatCannotBeAddedAreRefused(t *testing.T) {
	prepared := supplement(t, letter("", ""))
	if _, err := pades.Prepare(prepared, supplementFields[:1]); err == nil {
		t.Error("a field was added twice")
	}
	if _, err := pades.Prepare(letter("", ""), []pades.Field{{Name: "worker", Page: 3}}); !errors.Is(err, pades.ErrNoPage) {
		t.Error(err)
	}
	if _, err := pades.Prepare(newOffice(t).concluded(t), []pades.Field{{Name: "witness", Page: 1}}); !errors.Is(err, pades.ErrSigned) {
		t.Error(err)
	}
}

// assemble numbers objects from 1 and adds cross-references.
func assemble(objects []string, trailer string) []byte {
	var b, rows bytes.Buffer
	b.WriteString("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")
	for i, o := range objects {
		fmt.Fprintf(&rows, "%010d 00000 n \n", b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	at := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n%s", len(objects)+1, rows.Bytes())
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, trailer, at)
	return b.Bytes()
}
