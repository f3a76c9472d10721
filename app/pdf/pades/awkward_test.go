package pades_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"

	"laoqi/app/apptest/upload"
	"laoqi/app/pdf/pades"
)

func (b bench) read(name string) []byte {
	b.t.Helper()
	content, err := os.ReadFile(filepath.Join(b.dir, name))
	if err != nil {
		b.t.Fatal(err)
	}
	return content
}

// written are letters as the programs of an office write and rewrite them.
func (b bench) written() map[string][]byte {
	b.t.Helper()
	b.write("letter.html", []byte("<!DOCTYPE html><meta charset=utf-8><title>补充条款</title><h1>补充条款</h1><p>第一条　每月交通补贴 300 元。<a href='https://example.com'>说明</a></p><p style='page-break-before:always'>第二条</p>"))
	b.must("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--user-data-dir="+b.dir+"/profile", "--print-to-pdf=chromium.pdf", "letter.html")
	b.must("soffice", "-env:UserInstallation=file://"+b.dir+"/office", "--headless", "--convert-to", "pdf:writer_web_pdf_Export", "letter.html")
	b.must("qpdf", "--object-streams=generate", "chromium.pdf", "streams.pdf")
	b.must("qpdf", "--linearize", "--object-streams=disable", "letter.pdf", "linearized.pdf")
	b.must("qpdf", "--linearize", "--object-streams=generate", "chromium.pdf", "linearized-streams.pdf")
	b.must("qpdf", "--qdf", "letter.pdf", "qdf.pdf")
	b.must("qpdf", "--force-version=1.3", "--object-streams=disable", "chromium.pdf", "old.pdf")
	b.must("qpdf", "--force-version=2.0", "letter.pdf", "new.pdf")
	b.must("mutool", "clean", "-gggg", "-z", "chromium.pdf", "mutool.pdf")
	b.must("gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=pdfwrite", "-o", "gs.pdf", "chromium.pdf")
	b.must("gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=pdfwrite", "-dCompatibilityLevel=1.3", "-o", "gs-old.pdf", "letter.pdf")
	b.must("pdftocairo", "-pdf", "letter.pdf", "cairo.pdf")
	b.must("pdfunite", "chromium.pdf", "letter.pdf", "cairo.pdf", "united.pdf")
	all := map[string][]byte{"pdfcpu": b.optimized("chromium.pdf")}
	for program, name := range map[string]string{
		"Chromium": "chromium", "LibreOffice": "letter", "MuPDF": "mutool", "cairo": "cairo", "poppler, united": "united",
		"Ghostscript": "gs", "Ghostscript, PDF 1.3": "gs-old", "qpdf, object streams": "streams", "qpdf, linearized": "linearized",
		"qpdf, linearized with object streams": "linearized-streams", "qpdf, to be edited": "qdf", "qpdf, PDF 1.3": "old", "qpdf, PDF 2.0": "new",
	} {
		all[program] = b.read(name + ".pdf")
	}
	return all
}

// optimized is a file as pdfcpu writes it, with streams of objects and cross-references.
func (b bench) optimized(name string) []byte {
	b.t.Helper()
	c := model.NewDefaultConfiguration()
	c.WriteObjectStream, c.WriteXRefStream = true, true
	var out bytes.Buffer
	if err := api.Optimize(bytes.NewReader(b.read(name)), &out, c); err != nil {
		b.t.Fatal(err)
	}
	return out.Bytes()
}

// handmade are files that are rare but lawful, or damaged in ways that readers mend.
func handmade() map[string][]byte {
	plain := upload.Plain(2)
	sized := []upload.Page{{}, {Rotate: 90}, {Rotate: 180}, {Rotate: 270}, {Rotate: -90, Box: "-50 -60 700 300"},
		{Box: "0 0 300 200", Extra: "/CropBox[40 40 260 160]"}, {Box: "0 0 2384 3370"}, {Box: "0 0 72 72"}, {Extra: "/UserUnit 2"}}
	return map[string][]byte{
		"fifty pages":                   upload.Plain(50),
		"turned and odd pages":          upload.PDF(sized, ""),
		"a deep page tree":              deep(12),
		"a hybrid file":                 hybrid(),
		"old revisions":                 revised(plain, 3),
		"many object streams":           upload.Swelling(40, 60<<10, "ObjStm"),
		"lines that end in CR":          ended(plain, "\r"),
		"lines that end in CR LF":       ended(plain, "\r\n"),
		"a wrong Length":                bytes.Replace(plain, []byte("/Length "), []byte("/Length 9"), 1),
		"a wrong startxref":             bytes.Replace(plain, []byte("startxref\n"), []byte("startxref\n9"), 1),
		"no cross-references":           plain[:bytes.LastIndex(plain, []byte("xref\n0"))],
		"bytes after the end":           append(bytes.Clone(plain), "\x00\x00\r\n<!-- scanner -->\r\n"...),
		"bytes before the beginning":    append([]byte("\xEF\xBB\xBF\r\n"), plain...),
		"a form without fields":         upload.PDF(make([]upload.Page, 1), "/AcroForm<</Fields[]/DA(/F 12 Tf)/NeedAppearances true>>"),
		"notes and links":               upload.PDF([]upload.Page{{Extra: "/Annots[<</Type/Annot/Subtype/Link/Rect[9 9 99 99]/A<</S/URI/URI(https://example.com)>>>><</Type/Annot/Subtype/Highlight/Rect[9 9 99 99]/QuadPoints[9 99 99 99 9 9 99 9]/F 4/AP<</N 4 0 R>>>>]"}}, "", stream("/Subtype/Form/BBox[9 9 99 99]", "1 1 0 rg 9 9 90 90 re f")),
		"a tree of structure and a tab": upload.PDF(make([]upload.Page, 1), "/StructTreeRoot 4 0 R/MarkInfo<</Marked true>>/ViewerPreferences<</DisplayDocTitle true>>/Lang(zh-CN)", "<</Type/StructTreeRoot/K[]>>"),
	}
}

// deep hangs one page below many nodes, which give it size and resources.
func deep(levels int) []byte {
	objects := []string{"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]/MediaBox[0 0 595 842]/Resources<<>>>>"}
	for i := range levels {
		objects = append(objects, fmt.Sprintf("<</Type/Pages/Parent %d 0 R/Count 1/Kids[%d 0 R]>>", i+2, i+4))
	}
	objects = append(objects, fmt.Sprintf("<</Type/Page/Parent %d 0 R/Contents %d 0 R>>", levels+2, levels+4), stream("", "100 100 m 300 300 l S"))
	return assemble(objects, "")
}

// hybrid has its page in a stream of objects that only the newer readers know (ISO 32000-1, 7.5.8.4).
func hybrid() []byte {
	var b, rows bytes.Buffer
	b.WriteString("%PDF-1.5\n")
	put := func(num int, object string) {
		fmt.Fprintf(&rows, "%d 1\n%010d 00000 n \n", num, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", num, object)
	}
	put(1, "<</Type/Catalog/Pages 2 0 R>>")
	put(2, "<</Type/Pages/Count 1/Kids[3 0 R]>>")
	put(4, stream("", "100 100 m 300 300 l S"))
	pack := b.Len()
	put(5, stream("/Type/ObjStm/N 1/First 4", "3 0 <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>/Contents 4 0 R>>"))
	hidden := b.Len()
	table := "\x02\x00\x05\x00" + "\x01" + string([]byte{byte(pack >> 8), byte(pack)}) + "\x00"
	put(6, stream("/Type/XRef/Size 7/W[1 2 1]/Index[3 1 5 1]/Root 1 0 R", table))
	at := b.Len()
	fmt.Fprintf(&b, "xref\n0 1\n0000000000 65535 f \n%strailer\n<</Size 7/Root 1 0 R/XRefStm %d>>\nstartxref\n%d\n%%%%EOF\n", rows.Bytes(), hidden, at)
	return b.Bytes()
}

// revised has a page rewritten in one revision after another.
func revised(pdf []byte, times int) []byte {
	for i := range times {
		text := fmt.Sprintf("BT /F 18 Tf 60 60 Td (Revision %d) Tj ET", i+1)
		pdf = appendRevision(pdf, map[int]string{5: stream("", text)})
	}
	return pdf
}

// ended writes a file with other ends of lines, its offsets in order.
func ended(pdf []byte, end string) []byte {
	var b bytes.Buffer
	at := map[string]int{}
	lines := strings.SplitAfter(string(pdf), "\n")
	for _, l := range lines {
		if num, ok := strings.CutSuffix(l, " 0 obj\n"); ok {
			at[num] = b.Len()
		}
		if l == "xref\n" {
			at["xref"] = b.Len()
		}
		b.WriteString(strings.TrimSuffix(l, "\n") + end)
	}
	out := b.String()
	for i := 1; i < len(at); i++ {
		old := fmt.Sprintf("%010d 00000 n", bytes.Index(pdf, fmt.Appendf(nil, "\n%d 0 obj", i))+1)
		out = strings.Replace(out, old, fmt.Sprintf("%010d 00000 n", at[fmt.Sprint(i)]), 1)
	}
	if len(end) == 2 { // a row has 20 bytes
		out = strings.ReplaceAll(strings.ReplaceAll(out, " n \r\n", " n\r\n"), " f \r\n", " f\r\n")
	}
	_, tail, _ := strings.Cut(string(pdf), "startxref\n")
	number, _, _ := strings.Cut(tail, "\n")
	return []byte(strings.Replace(out, "startxref"+end+number, fmt.Sprintf("startxref%s%d", end, at["xref"]), 1))
}

func TestSupplementsOfEveryOfficeProgramAreSignedAndSealed(t *testing.T) {
	o := newOffice(t)
	b := newCourt(t, o, "chromium", "soffice", "gs", "pdftocairo", "pdfunite", "pdftotext")
	for program, file := range b.written() {
		b.write("upload.pdf", file)
		b.accept(o, "done.pdf", o.concludedSupplement(t, file))
		before, _, _ := strings.Cut(b.must("pdftotext", "upload.pdf", "-"), "\n")
		if text := b.must("pdftotext", "done.pdf", "-"); !strings.HasPrefix(text, before) || !strings.Contains(text, "补充条款签署页") {
			t.Errorf("%s: the text reads\n%s", program, text)
		}
		if t.Failed() {
			t.Fatalf("%s failed", program)
		}
	}
}

func TestSupplementsOfEveryAwkwardFormAreSignedAndSealed(t *testing.T) {
	o := newOffice(t)
	b := newCourt(t, o)
	for form, file := range handmade() {
		if b.accept(o, "done.pdf", o.concludedSupplement(t, file)); t.Failed() {
			t.Fatalf("%s failed", form)
		}
	}
}

func TestFilesThatMustNotBeSignedAreRefusedByTheirCause(t *testing.T) {
	b, o := newBench(t, "qpdf"), newOffice(t)
	b.write("plain.pdf", upload.Plain(1))
	b.write("a.txt", []byte("attached"))
	encrypted := map[string][]string{}
	for _, bits := range []string{"40", "128", "256"} {
		weak := "--allow-weak-crypto"
		encrypted["opens by itself, "+bits+" bits"] = []string{weak, "--encrypt", "", "owner", bits, "--"}
		encrypted["with object streams, "+bits+" bits"] = []string{weak, "--object-streams=generate", "--encrypt", "", "owner", bits, "--"}
		encrypted["asks for a password, "+bits+" bits"] = []string{weak, "--encrypt", "user", "owner", bits, "--"}
	}
	for what, options := range encrypted {
		b.must("qpdf", append(options, "plain.pdf", "out.pdf")...)
		if _, err := pades.Normalize(b.read("out.pdf")); !errors.Is(err, pades.ErrEncrypted) {
			t.Errorf("%s: %v", what, err)
		}
	}
	b.must("qpdf", "plain.pdf", "--add-attachment", "a.txt", "--", "out.pdf")
	for _, test := range []struct {
		what string
		file []byte
		want error
	}{
		{"an attachment", b.read("out.pdf"), pades.ErrActive},
		{"a signature", o.concluded(t), pades.ErrSigned},
		{"a text that only readers draw", formed("/FT/Tx/V(300)"), pades.ErrForm},
		{"a text whose look is empty", formed("/FT/Tx/V(300)/AP<</N 5 0 R>>", stream("/Subtype/Form/BBox[0 0 40 20]", "/Tx BMC EMC")), pades.ErrForm},
		{"a tick that only readers draw", formed("/FT/Btn/AS/Yes"), pades.ErrForm},
		{"a signature outside the form", upload.PDF([]upload.Page{{Extra: "/Annots[4 0 R]"}}, "", "<</Type/Annot/Subtype/Widget/FT/Sig/V 5 0 R/Rect[0 0 9 9]>>", "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/Contents<00>/ByteRange[0 1 2 3]>>"), pades.ErrSigned},
		{"a form of Adobe's", upload.PDF(make([]upload.Page, 1), "/AcroForm<</Fields[]/XFA 4 0 R>>", stream("", "<xdp/>")), pades.ErrActive},
		{"megabytes in some kilobytes", upload.Swelling(5, 4<<20, "ObjStm"), pades.ErrBroken},
		{"the same by another name", upload.Swelling(5, 4<<20, "Obj#53tm"), pades.ErrBroken},
		{"an object of an endless number", bytes.Replace(upload.Plain(1), []byte("\nxref\n0"), []byte("\n44444444444444444 0 obj\nnull\nendobj\nxreff\n0"), 1), pades.ErrBroken},
		{"half a file", upload.Plain(1)[:120], pades.ErrBroken},
		{"no pages", assemble([]string{"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 0/Kids[]>>"}, ""), pades.ErrBroken},
	} {
		if _, err := pades.Normalize(test.file); !errors.Is(err, test.want) {
			t.Errorf("%s: want %v, got %v", test.what, test.want, err)
		}
	}
}

func TestAFileThatTeemsWithObjectsIsRefusedBeforeItFillsTheMemory(t *testing.T) {
	for n, want := range map[int]error{100_000: pades.ErrUnsigned, 2_000_000: pades.ErrBroken} {
		if _, err := pades.Check(upload.Teeming(n), pades.Trust{}); !errors.Is(err, want) {
			t.Errorf("%d objects: want %v, got %v", n, want, err)
		}
	}
}
