package pdf

// A cell is one cell of a table: a label on a tint, or a value. It takes the
// given share of the table's width.
type cell struct {
	text  string
	label bool
	share float64
}

const labelShare = 0.213

// wideRow is a row of one label and its value.
func wideRow(label, value string) []cell {
	return []cell{{label, true, labelShare}, {value, false, 1 - labelShare}}
}

// pairRow is a row of two labels with their values.
func pairRow(label1, value1, label2, value2 string) []cell {
	const valueShare = 0.5 - labelShare
	return []cell{{label1, true, labelShare}, {value1, false, valueShare}, {label2, true, labelShare}, {value2, false, valueShare}}
}

var cellStyle = style{size: 10.5, leading: 15.5}

// table sets rows of cells with rules around them; a row is not divided between pages.
func (s *sheet) table(rows [][]cell) {
	for _, row := range rows {
		lines, height := s.cells(row, cellStyle)
		s.need(height)
		s.band(row, lines, height, cellStyle)
	}
}

// Styles of tables with many columns: fineStyle takes a SHA-256 in one line.
var (
	gridStyle = style{size: 9, leading: 12.5}
	fineStyle = style{size: 7.5, leading: 10.5}
)

// grid sets rows like table, in a style of its own, with the heads on every page.
func (s *sheet) grid(st style, heads []cell, rows [][]cell) {
	titles, high := s.cells(heads, st)
	s.need(high)
	s.band(heads, titles, high, st)
	for _, row := range rows {
		lines, height := s.cells(row, st)
		if s.y+height > s.format.height-marginFoot {
			s.newPage()
			s.band(heads, titles, high, st)
		}
		s.band(row, lines, height, st)
	}
}

// band draws one row between two rules.
func (s *sheet) band(row []cell, lines [][][]char, height float64, st style) {
	s.row(row, lines, height, st)
	s.page().rule(s.format.left(), s.y, s.format.right(), s.y, tableRule)
	s.y += height
	s.page().rule(s.format.left(), s.y, s.format.right(), s.y, tableRule)
}

const (
	tableRule    = 0.6
	cellPadX     = 5.0
	cellPadY     = 4.5
	labelTint    = 0.95
	hairline     = 0.4
	emptyInTable = "—" // what a table shows for a value that is not given
)

// cells breaks the texts of a row and returns the row's height.
func (s *sheet) cells(row []cell, st style) (lines [][][]char, height float64) {
	most := 1
	for _, c := range row {
		text := ownParagraphs(c.text)
		if text == "" {
			text = emptyInTable
		}
		var broken [][]char
		for _, line := range s.chars([]span{{text: text}}, st) {
			broken = append(broken, breakLines(line, 0, c.share*s.format.text-2*cellPadX, st.size)...)
		}
		lines = append(lines, broken)
		most = max(most, len(broken))
	}
	return lines, float64(most)*st.leading + 2*cellPadY
}

// row draws one row, each cell's lines in its vertical middle.
func (s *sheet) row(row []cell, lines [][][]char, height float64, st style) {
	top, x := s.y, s.format.left()
	for i, c := range row {
		w := c.share * s.format.text
		if c.label {
			s.page().box(x, top, w, height, labelTint)
		}
		s.page().rule(x, top, x, top+height, hairline)
		s.y = top + (height-float64(len(lines[i]))*st.leading)/2
		for _, line := range lines[i] {
			s.line(line, x+cellPadX, st)
			s.y += st.leading
		}
		x += w
	}
	s.page().rule(x, top, x, top+height, hairline)
	s.y = top
}
