package pdf

import "sync"

// ReportDoc is a report to read: what it is about, then sections of text and tables.
type ReportDoc struct {
	Record
	Title    string
	Facts    [][2]string // label and value
	Sections []ReportSection
}

// ReportSection is a headed part of a report. Its table, if it has heads, repeats
// them on every page; Shares are the columns' parts of the width and make 1.
type ReportSection struct {
	Heading    string
	Paragraphs []string
	Heads      []string
	Shares     []float64
	Rows       [][]string
}

// Report sets a report. It has no fields to sign.
func Report(d ReportDoc) ([]byte, error) {
	s := newSheet(reportStock())
	s.title(d.Title, d.Record)
	facts := make([][]cell, len(d.Facts))
	for i, f := range d.Facts {
		facts[i] = wideRow(f[0], f[1])
	}
	s.table(facts)
	for _, section := range d.Sections {
		s.section(section)
	}
	return s.finish(d.Title, d.Record)
}

var reportStock = sync.OnceValue(func() *typecase { return newStock(printed(nil)) })

func (s *sheet) section(d ReportSection) {
	s.y += 8
	s.heading(d.Heading)
	for _, text := range d.Paragraphs {
		s.paragraph(bodyStyle, span{text: text})
	}
	if len(d.Heads) == 0 {
		return
	}
	s.y += 4
	rows := make([][]cell, len(d.Rows))
	for i, texts := range d.Rows {
		rows[i] = columns(texts, d.Shares, false)
	}
	s.grid(fineStyle, columns(d.Heads, d.Shares, true), rows)
}

func columns(texts []string, shares []float64, head bool) []cell {
	cells := make([]cell, len(texts))
	for i, text := range texts {
		cells[i] = cell{text, head, shares[i]}
	}
	return cells
}
