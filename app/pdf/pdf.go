// Package pdf makes the documents of an employment: labour contracts, their
// renewals and the certificates of their ending, as A4 files with embedded fonts,
// text that can be extracted, and empty fields for the signatures to come. It
// needs no system font, no network and no database.
//
// The wording lies apart from the layout, in the files wording_*.go.
package pdf

import (
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"

	"laoqi/app"
)

// Enterprise is the employer (甲方) as a document names it. Empty values are
// shown as not given.
type Enterprise struct {
	Name, USCC, Address, LegalRep, Phone string
}

// Record is what identifies a document and ties it to the check page.
type Record struct {
	Number    string   // of the document
	CheckURL  string   // in the QR code; "" for no QR code
	CheckCode string   // printed on every page
	MadeOn    app.Date // day the document is made
	Demo      bool     // every page says 演示
}

// ContractDoc is what a labour contract states. Its worker's ID number is shown in full.
type ContractDoc struct {
	Record
	Enterprise   Enterprise
	Worker       app.Worker
	Terms        app.Terms
	ProbationEnd app.Date // last day of the probation, if the terms have one
	Kind         app.FilingKind
	Previous     string // number of the contract that a renewal follows, may be empty
	Paper        bool   // lines to sign on by hand instead of signature fields
}

// Contract makes a labour contract, for a renewal with another title and
// preamble. Unless it is for paper, it has the empty signature fields FieldWorker
// and FieldSeal and, on each page, the button SeamField. A character that no font
// has is an error: the input fields refuse them, see font.Missing.
func Contract(d ContractDoc) ([]byte, error) {
	s := newSheet(contractStock())
	if err := s.title(contractTitle(d), d.Record); err != nil {
		return nil, err
	}
	s.table(partiesOf(d.Enterprise, d.Worker))
	s.y += 10
	values := contractValues(d)
	s.paragraph(bodyStyle, spans(contractPreamble(d), values)...)
	s.articles(chosen(contractWording, values), values)
	s.contractSignatures(d)
	return s.finish(contractTitle(d), d.Record)
}

// contractStock covers the printed words of every contract.
var contractStock = sync.OnceValue(func() *typecase {
	regular, bold := printed(contractWording)
	for _, kind := range []app.FilingKind{app.FilingNew, app.FilingRenewal} {
		d := ContractDoc{Kind: kind, Previous: "1"}
		regular += contractPreamble(d)
		bold += contractTitle(d)
	}
	for _, row := range partiesOf(Enterprise{}, app.Worker{}) {
		for _, c := range row {
			regular += c.text
		}
	}
	return newStock(regular, bold)
})

// articles sets numbered articles under their headings. The last one goes to the
// same page as the signatures, so that nobody signs a page without words.
func (s *sheet) articles(parts []part, v values) {
	n := 0
	for i, p := range parts {
		s.heading(p.heading)
		for k, c := range p.clauses {
			if i == len(parts)-1 && k == len(p.clauses)-1 {
				s.need(roughHeight(c.text) + signatureHeight)
			}
			n++
			number := span{text: "第" + chinese(n) + "条　", bold: true}
			s.paragraph(bodyStyle, append([]span{number}, spans(c.text, v)...)...)
		}
	}
}

// roughHeight estimates the height of an article.
func roughHeight(text string) float64 {
	const number = 8 // characters before the text, with the indent
	perLine := int(textWidth / bodyStyle.size)
	lines := (utf8.RuneCountInString(text)+number)/perLine + 1
	return float64(lines) * bodyStyle.leading
}

// finish numbers the pages and writes the file.
func (s *sheet) finish(title string, r Record) ([]byte, error) {
	s.number(r)
	if s.typecase.missing != nil {
		return nil, fmt.Errorf("pdf: no font draws %q", string(s.typecase.missing))
	}
	return s.render(title+" "+r.Number, r.Demo, r.MadeOn), nil
}

// title sets the document's title with its number under it, and the QR code of the check page beside it.
func (s *sheet) title(text string, r Record) error {
	const qrSide = 58.0
	s.centred(spaced(text), style{size: 22, bold: true}, s.y+22)
	s.centred("编号："+r.Number, noteStyle, s.y+44)
	if r.CheckURL != "" {
		x := pageWidth - marginSide - qrSide
		if err := s.page().qr(r.CheckURL, x, s.y-14, qrSide); err != nil {
			return err
		}
		caption := s.chars([]span{{text: "扫码核验"}}, footStyle)[0]
		s.page().write(caption, x+(qrSide-widthOf(caption))/2, s.y+qrSide-3, footStyle.size)
	}
	s.y += 66
	return nil
}

// spaced widens a short title.
func spaced(title string) string {
	if utf8.RuneCountInString(title) > 4 {
		return title
	}
	return strings.Join(strings.Split(title, ""), " ")
}

// partiesOf is the table of both parties.
func partiesOf(e Enterprise, w app.Worker) [][]cell {
	const label, value = 0.19, 0.31
	pair := func(a, b, c, d string) []cell {
		return []cell{{a, true, label}, {b, false, value}, {c, true, label}, {d, false, value}}
	}
	wide := func(a, b string) []cell { return []cell{{a, true, label}, {b, false, 1 - label}} }
	return [][]cell{
		wide("甲方（用人单位）", e.Name),
		pair("统一社会信用代码", e.USCC, "法定代表人", e.LegalRep),
		wide("住所", e.Address),
		wide("联系电话", e.Phone),
		pair("乙方（劳动者）", w.Name, "联系电话", w.Mobile),
		pair("证件类型", w.IDType.Label(), "证件号码", w.IDNumber),
		wide("户籍地址", w.Domicile),
		wide("现住地址", w.Address),
	}
}
