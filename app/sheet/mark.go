package sheet

import (
	"io"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Fault is what is wrong in a row: at the column of the title, or "" for the row as
// a whole.
type Fault struct{ Title, Text string }

// Mark writes the workbook again with the column 错误说明 at its end, in which each
// row's faults stand, and with the faulty cells in colour. Faults are by row number.
func Mark(w io.Writer, content []byte, faults map[int][]Fault) (err error) {
	defer func() {
		if recover() != nil {
			err = refuse(brokenFile)
		}
	}()
	f, err := open(content)
	if err != nil {
		return err
	}
	defer f.Close()
	t := &template{File: f}
	m := marker{template: t, table: tableOf(f), faulty: t.style(excelize.Style{Fill: fill("FFD6D6"), NumFmt: textFormat}),
		text: t.style(excelize.Style{Font: &excelize.Font{Color: "B42318"}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})}
	m.find()
	m.forget()
	for row, list := range faults {
		m.mark(row, list)
	}
	t.do(func() error { _, err := f.WriteTo(w); return err })
	return t.err
}

type marker struct {
	*template
	table        string
	headings     []string
	last         int // column of 错误说明
	rows         int
	faulty, text int // styles
}

// find reads the headings and makes room for 错误说明, where it stood before if the
// workbook was marked already.
func (m *marker) find() {
	var rows [][]string
	m.do(func() (err error) { rows, err = m.GetRows(m.table); return err })
	if len(rows) == 0 {
		return
	}
	m.rows = len(rows)
	for _, h := range rows[0] {
		m.headings = append(m.headings, titleOf(h))
	}
	m.last = slices.Index(m.headings, faultTitle) + 1
	if m.last == 0 {
		m.last = len(m.headings) + 1
	}
	name, head := columnName(m.last), cell(m.last, 1)
	style := m.style(headed)
	m.do(func() error { return m.SetCellStr(m.table, head, faultTitle) })
	m.do(func() error { return m.SetCellStyle(m.table, head, head, style) })
	m.do(func() error { return m.SetColWidth(m.table, name, name, 60) })
}

// forget empties what an earlier marking left in the column.
func (m *marker) forget() {
	for row := 2; row <= m.rows; row++ {
		var old string
		at := cell(m.last, row)
		m.do(func() (err error) { old, err = m.GetCellValue(m.table, at); return err })
		if old != "" {
			m.do(func() error { return m.SetCellStr(m.table, at, "") })
		}
	}
}

func (m *marker) mark(row int, faults []Fault) {
	var lines []string
	for _, fault := range faults {
		line := fault.Text
		if fault.Title != "" {
			line = fault.Title + "：" + line
		}
		lines = append(lines, line)
		if i := slices.Index(m.headings, titleOf(fault.Title)); i >= 0 && fault.Title != "" {
			at := cell(i+1, row)
			m.do(func() error { return m.SetCellStyle(m.table, at, at, m.faulty) })
		}
	}
	at := cell(m.last, row)
	m.do(func() error { return m.SetCellStr(m.table, at, strings.Join(lines, "\n")) })
	m.do(func() error { return m.SetCellStyle(m.table, at, at, m.text) })
}
