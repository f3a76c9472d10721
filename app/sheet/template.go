package sheet

import (
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Template writes an empty table with drop-down lists, a note at each heading, an
// example row that Read leaves out, and a sheet with the lines of the guide.
func Template(w io.Writer, columns []Column, example, guide []string) error {
	t := &template{File: excelize.NewFile(), columns: columns}
	defer t.Close()
	t.do(func() error { return t.SetSheetName("Sheet1", tableSheet) })
	t.headings()
	t.examples(example)
	t.choices()
	t.guide(guide)
	t.do(func() error { _, err := t.WriteTo(w); return err })
	return t.err
}

// template is a workbook being made; after the first error it stays as it is.
type template struct {
	*excelize.File
	columns []Column
	err     error
}

func (t *template) do(step func() error) {
	if t.err == nil {
		t.err = step()
	}
}

// cell names a cell; columns and rows count from 1.
func cell(column, row int) string {
	name, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		panic(err) // the columns are ours
	}
	return name
}

func columnName(column int) string { return strings.TrimSuffix(cell(column, 1), "1") }

func (t *template) style(s excelize.Style) (id int) {
	t.do(func() (err error) { id, err = t.NewStyle(&s); return err })
	return id
}

var (
	border   = []excelize.Border{{Type: "left", Color: "D0D5DD", Style: 1}, {Type: "right", Color: "D0D5DD", Style: 1}, {Type: "top", Color: "D0D5DD", Style: 1}, {Type: "bottom", Color: "D0D5DD", Style: 1}}
	headed   = excelize.Style{Font: &excelize.Font{Bold: true}, Fill: fill("E8EEF9"), Border: border, Alignment: &excelize.Alignment{WrapText: true, Vertical: "center", Horizontal: "center"}}
	optional = excelize.Style{Fill: fill("F3F4F6"), Border: border, Alignment: &excelize.Alignment{WrapText: true, Vertical: "center", Horizontal: "center"}}
	faint    = excelize.Style{Font: &excelize.Font{Italic: true, Color: "667085"}, Fill: fill("FFF8E1"), Border: border, NumFmt: textFormat}
)

func fill(color string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}
}

// textFormat is the built-in number format that keeps what is typed (@).
const textFormat = 49

func (t *template) headings() {
	must, may := t.style(headed), t.style(optional)
	t.column(1, Column{Title: noteTitle, Note: "可以不填。以“示例”开头的行不会导入。", Width: 18}, may)
	for i, c := range t.columns {
		style := may
		if c.Required {
			style = must
		}
		t.column(i+1+reservedColumns, c, style)
	}
	t.do(func() error { return t.SetRowHeight(tableSheet, 1, 36) })
	t.do(func() error {
		return t.SetPanes(tableSheet, &excelize.Panes{Freeze: true, XSplit: 2, YSplit: 1, TopLeftCell: "C2", ActivePane: "bottomRight"})
	})
}

func (t *template) column(place int, c Column, style int) {
	name, head := columnName(place), cell(place, 1)
	width := c.Width
	if width == 0 {
		width = 16
	}
	format := textFormat
	if c.Kind == Number {
		format = 0 // general
	}
	body := t.style(excelize.Style{NumFmt: format})
	t.do(func() error { return t.SetColWidth(tableSheet, name, name, width) })
	t.do(func() error { return t.SetColStyle(tableSheet, name, body) })
	t.do(func() error { return t.SetCellStr(tableSheet, head, c.heading()) })
	t.do(func() error { return t.SetCellStyle(tableSheet, head, head, style) })
	t.do(func() error {
		return t.AddComment(tableSheet, excelize.Comment{Cell: head, Author: "填写说明", Width: 220, Height: 90, Paragraph: []excelize.RichTextRun{{Text: c.Note}}})
	})
}

func (t *template) examples(example []string) {
	style := t.style(faint)
	for i, text := range append([]string{exampleMark + "（此行不导入）"}, example...) {
		t.do(func() error { return t.SetCellStr(tableSheet, cell(i+1, 2), text) })
	}
	t.do(func() error {
		return t.SetCellStyle(tableSheet, "A2", cell(len(t.columns)+reservedColumns, 2), style)
	})
}

// choices puts each list into a column of a hidden sheet: a list written into the
// rule itself must not be longer than 255 characters.
func (t *template) choices() {
	t.do(func() error { _, err := t.NewSheet(choiceSheet); return err })
	lists := 0
	for i, c := range t.columns {
		if len(c.Choices) > 0 {
			lists++
			t.list(lists, i+1+reservedColumns, c)
		}
	}
	t.do(func() error { return t.SetSheetVisible(choiceSheet, false) })
}

func (t *template) list(list, place int, c Column) {
	for i, choice := range c.Choices {
		t.do(func() error { return t.SetCellStr(choiceSheet, cell(list, i+1), choice) })
	}
	from := columnName(list)
	rule := excelize.NewDataValidation(true)
	rule.Sqref = fmt.Sprintf("%s:%s", cell(place, 2), cell(place, MaxRows+2))
	rule.SetSqrefDropList(fmt.Sprintf("%s!$%s$1:$%s$%d", choiceSheet, from, from, len(c.Choices)))
	if !c.Loose {
		rule.SetError(excelize.DataValidationErrorStyleStop, c.Title, "请从下拉列表中选择。")
	}
	t.do(func() error { return t.AddDataValidation(tableSheet, rule) })
}

func (t *template) guide(lines []string) {
	t.do(func() error { _, err := t.NewSheet(guideSheet); return err })
	wrap := t.style(excelize.Style{Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	t.do(func() error { return t.SetColWidth(guideSheet, "A", "A", 100) })
	t.do(func() error { return t.SetColStyle(guideSheet, "A", wrap) })
	for i, line := range lines {
		t.do(func() error { return t.SetCellStr(guideSheet, cell(1, i+1), line) })
	}
	t.SetActiveSheet(0)
}
