// Package sheet reads and writes workbooks (.xlsx, ISO/IEC 29500). What it reads was
// made by strangers: it refuses, with a sentence for the user, what could harm or
// what it would misread. It knows columns and rows, not what they mean.
package sheet

import (
	"strings"

	"laoqi/app"
)

// Kind says how the cells of a column are written.
type Kind int

const (
	Text   Kind = iota
	Day         // a date, read as 2006-01-02
	Number      // digits and a decimal point
)

// Column is one column of a table.
type Column struct {
	Title    string
	Required bool
	Note     string // shown at the heading
	Kind     Kind
	Choices  []string // offered as a drop-down list
	Loose    bool     // other texts than the choices are possible
	Width    float64  // in characters, 0 for the usual
}

// Row is one row of a table: its number in the workbook and its cells in the order
// of the columns, "" where there is none.
type Row struct {
	Number int
	Cells  []string
}

// Limits of a workbook that is read.
const (
	MaxBytes = 10 << 20
	MaxRows  = 5000
)

const (
	tableSheet  = "备案"   // holds the table, headings in its first row
	guideSheet  = "填写说明" // how to fill it in
	choiceSheet = "选项"   // hidden, the drop-down lists
	noteTitle   = "备注"   // the clerk's own column; what begins with the mark is no row
	exampleMark = "示例"
	faultTitle  = "错误说明"
)

const reservedColumns = 1 // before those of the caller: noteTitle

// heading is a column's title as it is printed, with a star if it must be filled in.
func (c Column) heading() string {
	if c.Required {
		return "*" + c.Title
	}
	return c.Title
}

// titleOf reads a heading back, whatever blanks and stars stand in it.
func titleOf(heading string) string {
	title := strings.NewReplacer("*", "", "＊", "", "(", "（", ")", "）").Replace(heading)
	return strings.Join(strings.Fields(title), "")
}

func refuse(text string) error { return app.Fail(app.Invalid, text) }
