package pdf

import (
	"sync"
	"unicode/utf8"

	"laoqi/app"
)

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

// partiesOf is the table of both parties.
func partiesOf(e Enterprise, w app.Worker) [][]cell {
	sex, birth := w.Told()
	return [][]cell{
		wideRow("甲方（用人单位）", e.Name),
		pairRow("统一社会信用代码", e.USCC, "法定代表人", e.LegalRep),
		wideRow("住所", e.Address),
		wideRow("联系电话", e.Phone),
		pairRow("乙方（劳动者）", w.Name, "联系电话", w.Mobile),
		pairRow("证件类型", w.IDType.Label(), "证件号码", w.IDNumber),
		pairRow("性别", sex, "出生日期", birth.Chinese()),
		wideRow("户籍地址", w.Domicile),
		wideRow("现住地址", w.Address),
	}
}
