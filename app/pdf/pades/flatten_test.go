package pades_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"

	"laoqi/app/apptest/upload"
	"laoqi/app/pdf/pades"
)

// formed is a page with one field, of these entries, in the middle of nothing; further objects are numbered from 5 on.
func formed(entries string, more ...string) []byte {
	widget := "<</Type/Annot/Subtype/Widget/T(pay)/Rect[100 500 180 540]/F 4/DA(/F 12 Tf)" + entries + ">>"
	return upload.PDF([]upload.Page{{Extra: "/Annots[4 0 R]"}}, "/AcroForm<</Fields[4 0 R]/DA(/F 12 Tf)/DR<</Font<</F 3 0 R>>>>>>", append([]string{widget}, more...)...)
}

// fillScript has MuPDF fill in all texts and turn all ticks.
const fillScript = `var doc = new Document("office.pdf")
for (var i = 0; i < doc.countPages(); i++) {
	var page = doc.loadPage(i)
	page.getWidgets().forEach(function (w) {
		if (w.getFieldType() == "text") w.setTextValue("Filled 每月")
		if (w.getFieldType() == "checkbox") w.toggle()
		if (w.getFieldType() == "combobox") w.setChoiceValue("三年")
		w.update()
	})
}
doc.save("mupdf.pdf", "")`

const formHTML = `<!DOCTYPE html><meta charset=utf-8><h1>补充条款</h1><form><p>交通补贴 <input name=pay></p>
<p><input type=checkbox name=a checked> 同意 <input type=checkbox name=b> 不同意</p><select name=s><option>一年<option selected>三年</select>
<p><textarea name=t rows=3 cols=30></textarea></p></form><p style='page-break-before:always'>第二页</p>`

const formJSON = `{"paper": "A4", "origin": "LowerLeft", "fonts": {"input": {"name": "Helvetica", "size": 12}, "label": {"name": "Helvetica", "size": 12}}, "pages": {"1": {"content": {
"textfield": [{"id": "pay", "value": "300 yuan", "pos": [60, 700], "width": 200, "font": {"name": "$input"}},
	{"id": "notes", "value": "one\ntwo", "pos": [60, 500], "width": 200, "height": 60, "multiline": true, "font": {"name": "$input"}}],
"datefield": [{"id": "day", "value": "2026-11-26", "pos": [60, 450], "width": 100, "font": {"name": "$input"}}],
"checkbox": [{"id": "yes", "value": true, "pos": [60, 650], "width": 12}, {"id": "no", "value": false, "pos": [160, 650], "width": 12}],
"radiobuttongroup": [{"id": "r", "buttons": {"values": ["x", "y"], "label": {"value": "label", "width": 40, "gap": 5, "pos": "right"}}, "value": "y", "pos": [60, 420], "width": 12}],
"listbox": [{"id": "l", "options": ["aa", "bb"], "values": ["bb"], "pos": [260, 600], "width": 100, "height": 50, "font": {"name": "$input"}}]}}}}`

// filledForms are forms that programs wrote and filled in, each with a text in it.
func (b bench) filledForms() map[string]string {
	b.t.Helper()
	b.write("office.html", []byte(formHTML))
	b.must("soffice", "-env:UserInstallation=file://"+b.dir+"/office", "--headless", "--convert-to", "pdf:writer_web_pdf_Export", "office.html")
	b.write("fill.js", []byte(fillScript))
	b.must("mutool", "run", "fill.js")
	b.must("qpdf", "--object-streams=generate", "--linearize", "mupdf.pdf", "qpdf.pdf")
	var made bytes.Buffer
	if err := api.Create(nil, strings.NewReader(formJSON), &made, model.NewDefaultConfiguration()); err != nil {
		b.t.Fatal(err)
	}
	b.write("pdfcpu.pdf", made.Bytes())
	b.must("gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=pdfwrite", "-o", "gs.pdf", "pdfcpu.pdf")
	b.write("chromium.html", []byte(strings.Replace(formHTML, "name=pay", "name=pay value='Filled 每月'", 1)))
	b.must("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--user-data-dir="+b.dir+"/profile", "--print-to-pdf=chromium.pdf", "chromium.html")
	return map[string]string{"mupdf": "Filled 每月", "qpdf": "Filled 每月", "pdfcpu": "2026-11-26", "gs": "300 yuan", "chromium": "Filled 每月"}
}

func TestWhatWasFilledInIsSeenAsBeforeAndFixed(t *testing.T) {
	o := newOffice(t)
	b := newCourt(t, o, "soffice", "gs", "chromium", "pdftotext")
	for program, typed := range b.filledForms() {
		normal, err := pades.Normalize(b.read(program + ".pdf"))
		if err != nil {
			t.Errorf("%s: %v", program, err)
			continue
		}
		b.write("flat.pdf", normal)
		if text := b.must("pdftotext", "flat.pdf", "-"); !strings.Contains(text, typed) {
			t.Errorf("%s: the text reads\n%s", program, text)
		}
		if out := b.must("qpdf", "--json", "--json-key=acroform", "flat.pdf"); !strings.Contains(out, `"fields": []`) {
			t.Errorf("%s: there are still fields: %s", program, out)
		}
		if before, after := b.drawn(program+".pdf"), b.drawn("flat.pdf"); apart(before, after) > 0 {
			t.Errorf("%s: %d dots differ", program, apart(before, after))
		}
		b.accept(o, program+"-done.pdf", o.concludedSupplement(t, b.read(program+".pdf")))
	}
}

// drawn is the first page as MuPDF draws it.
func (b bench) drawn(name string) image.Image {
	b.t.Helper()
	b.must("mutool", "draw", "-r", "72", "-o", "page.png", name, "1")
	picture, err := png.Decode(bytes.NewReader(b.read("page.png")))
	if err != nil {
		b.t.Fatal(err)
	}
	return picture
}

// apart counts the dots in which two pictures differ clearly.
func apart(a, b image.Image) (n int) {
	if a.Bounds() != b.Bounds() {
		return 1 << 30
	}
	for y := range a.Bounds().Dy() {
		for x := range a.Bounds().Dx() {
			p, _, _, _ := a.At(x, y).RGBA()
			q, _, _, _ := b.At(x, y).RGBA()
			if max(p, q)-min(p, q) > 0x6000 {
				n++
			}
		}
	}
	return n
}

func TestAFieldIsDrawnWhereItStandsHoweverItsLookIsTurned(t *testing.T) {
	b := newBench(t, "mutool")
	const red = "1 0 0 rg 0 0 40 20 re f"
	for what, test := range map[string]struct {
		file   []byte
		inside bool
	}{
		"as large as its look":   {formed("/FT/Btn/AP<</N 5 0 R>>", stream("/Subtype/Form/BBox[0 0 40 20]", red)), true},
		"turned, away from 0 0":  {formed("/FT/Btn/AP<</N 5 0 R>>", stream("/Subtype/Form/BBox[0 0 40 20]/Matrix[0 1 -1 0 7 9]", red)), true},
		"one of two states":      {formed("/FT/Btn/AS/Yes/AP<</N<</Yes 5 0 R/Off 6 0 R>>>>", stream("/Subtype/Form/BBox[0 0 40 20]", red), stream("/Subtype/Form/BBox[0 0 1 1]", "")), true},
		"hidden":                 {formed("/FT/Tx/V(300)/F 2/AP<</N 5 0 R>>", stream("/Subtype/Form/BBox[0 0 40 20]", red)), false},
		"without a type of form": {formed("/FT/Tx/V(300)/AP<</N 5 0 R>>", stream("/BBox[0 0 40 20]", red+" BT /F 9 Tf (300) Tj ET")), true},
		"empty":                  {formed("/FT/Tx"), false},
	} {
		normal, err := pades.Normalize(test.file)
		if err != nil {
			t.Errorf("%s: %v", what, err)
			continue
		}
		b.write("flat.pdf", normal)
		page := b.drawn("flat.pdf")
		// the field lies between 100 and 180 across, 302 and 342 down
		for dot, want := range map[image.Point]bool{{X: 104, Y: 306}: test.inside, {X: 176, Y: 338}: test.inside, {X: 96, Y: 320}: false, {X: 184, Y: 320}: false, {X: 140, Y: 298}: false} {
			r, g, _, _ := page.At(dot.X, dot.Y).RGBA()
			if got := r > 0xC000 && g < 0x4000; got != want {
				t.Errorf("%s: red at %v is %v", what, dot, got)
			}
		}
	}
}

func TestNothingOfAFormIsLeftThatActs(t *testing.T) {
	normal, err := pades.Normalize(formed("/FT/Tx/V(300)/AP<</N 5 0 R>>/AA<</K<</S/JavaScript/JS(app.alert\\(1\\))>>>>",
		stream("/Subtype/Form/BBox[0 0 40 20]", fmt.Sprintf("BT /F 9 Tf (%s) Tj ET", "300"))))
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"JavaScript", "Widget", "AcroForm"} {
		if bytes.Contains(normal, []byte(word)) {
			t.Errorf("the file contains %s", word)
		}
	}
}
