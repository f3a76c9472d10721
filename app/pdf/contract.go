package pdf

import (
	"sync"

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
	Previous     string   // number of the contract that a renewal follows, may be empty
	Own          []string // the enterprise's own clauses, as CheckOwn passes them
	Paper        bool     // lines to sign on by hand instead of signature fields
}

// Contract makes a labour contract, for a renewal with another title and
// preamble. Unless it is for paper, it has the empty signature fields FieldWorker
// and FieldSeal and, on each page, the button SeamField. A character that no font
// has is an error: the input fields refuse them, see font.Missing.
func Contract(d ContractDoc) ([]byte, error) {
	s := newSheet(contractStock())
	s.title(contractTitle(d), d.Record)
	s.table(partiesOf(d.Enterprise, d.Worker))
	s.y += 10
	s.articles(contractWording(), contractValues(d), signatureHeight)
	s.contractSignatures(d)
	d.Author = d.Enterprise.Name
	return s.finish(contractTitle(d), d.Record)
}

// contractStock covers the printed words of every contract.
var contractStock = sync.OnceValue(func() *typecase {
	regular, bold := printed(contractWording())
	for _, kind := range []app.FilingKind{app.FilingNew, app.FilingRenewal} {
		bold += contractTitle(ContractDoc{Kind: kind})
	}
	for _, row := range partiesOf(Enterprise{}, app.Worker{}) {
		for _, c := range row {
			regular += c.text
		}
	}
	return newStock(regular, bold)
})

// articles sets a wording: paragraphs, then headed parts with articles that are
// numbered through. The last one goes to the same page as what needs the height of
// the tail, so that nobody signs a page without words.
func (s *sheet) articles(wording []part, v values, tail float64) {
	article, headed := 0, 0
	parts := chosen(wording, v)
	for i, p := range parts {
		if p.heading != "" {
			headed++
			s.heading(chinese(headed) + "、" + p.heading)
		}
		for k, c := range p.clauses {
			text := spans(c.text, v)
			if p.heading != "" {
				article++
				text = append([]span{{text: "第" + chinese(article) + "条　", bold: true}}, text...)
			}
			if c.small {
				s.y += smallAbove
			}
			if i == len(parts)-1 && k == len(p.clauses)-1 {
				s.need(s.height(c.style(), text) + tail)
			}
			s.paragraph(c.style(), text...)
		}
	}
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
