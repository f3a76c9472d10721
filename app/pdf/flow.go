package pdf

import "strings"

// A sheet is a document being typeset from top to bottom: its pages, how far down
// the last one is filled, and the typefaces in use.
type sheet struct {
	format   format
	typecase *typecase
	pages    []*page
	y        float64 // of the next line's top, on the last page
	before   int     // pages of the document that precede this sheet
	fields   []field
	outline  []bookmark
}

// A bookmark is one entry of the document's outline.
type bookmark struct {
	title string
	page  int     // from 0
	y     float64 // from the top of the page
}

// newSheet begins an upright document whose printed wording the stock covers.
func newSheet(stock *typecase) *sheet { return newSheetOf(upright, stock) }

func newSheetOf(f format, stock *typecase) *sheet {
	s := &sheet{format: f, typecase: newTypecase(stock)}
	s.newPage()
	return s
}

func (s *sheet) page() *page { return s.pages[len(s.pages)-1] }

func (s *sheet) newPage() {
	s.pages = append(s.pages, &page{content: make([]byte, 0, 32<<10), height: s.format.height})
	s.y = marginTop
}

// need begins a new page unless this one has room for a height.
func (s *sheet) need(height float64) {
	if s.y+height > s.format.height-marginFoot {
		s.newPage()
	}
}

// A style is how a paragraph looks.
type style struct {
	size    float64
	leading float64 // from base line to base line
	bold    bool
	indent  float64 // of the first line
}

var (
	bodyStyle    = style{size: 12, leading: 19.8, indent: 24}
	headingStyle = style{size: 14, leading: 26, bold: true}
	noteStyle    = style{size: 9, leading: 14}
	smallStyle   = style{size: 9.5, leading: 15, indent: 19}
)

const smallAbove = 5 // white above a small paragraph

// A span is a piece of a paragraph: printed text or a value that was filled in.
type span struct {
	text  string
	field bool
	bold  bool
}

// blankWidth is the room for a value left to be written by hand, in em.
const blankWidth = 7

// chars measures the spans of a paragraph. A line break inside a value divides
// the paragraph.
func (s *sheet) chars(spans []span, st style) (paragraphs [][]char) {
	var line []char
	for _, sp := range spans {
		if sp.field && sp.text == "" {
			line = append(line, char{r: blankRune, width: blankWidth * st.size, field: true})
			continue
		}
		for part, text := range strings.Split(sp.text, "\n") {
			if part > 0 {
				paragraphs = append(paragraphs, line)
				line = nil
			}
			for _, r := range text {
				m := s.typecase.mark(r, sp.bold || st.bold)
				line = append(line, char{mark: m, r: r, width: m.advance * st.size, field: sp.field})
			}
		}
	}
	paragraphs = append(paragraphs, line)
	for _, p := range paragraphs {
		squeeze(p, st.size)
	}
	return paragraphs
}

// paragraph sets a justified paragraph over the width of the text. Neither its
// first nor its last line stands alone on a page.
func (s *sheet) paragraph(st style, spans ...span) {
	for _, text := range s.chars(spans, st) {
		lines := breakLines(text, st.indent, s.format.text, st.size)
		for i, line := range lines {
			x, room := s.format.left(), s.format.text
			if i == 0 {
				x, room = x+st.indent, room-st.indent
			}
			if i < len(lines)-1 {
				justify(line, room, st.size)
			}
			s.need(float64(together(i, len(lines))) * st.leading)
			s.line(line, x, st)
			s.y += st.leading
		}
	}
}

// together counts the lines that must not be parted where line i of n begins: of
// three lines all, else the first two and the last two.
func together(i, n int) int {
	switch {
	case i == 0 && n <= 3:
		return n
	case i == 0, i == n-2:
		return 2
	}
	return 1
}

// height is that of a paragraph.
func (s *sheet) height(st style, spans []span) float64 {
	lines := 0
	for _, text := range s.chars(spans, st) {
		lines += len(breakLines(text, st.indent, s.format.text, st.size))
	}
	return float64(lines) * st.leading
}

// line writes one line at y with the rules under its values.
func (s *sheet) line(line []char, x float64, st style) {
	base := s.y + st.leading/2 + 0.38*st.size
	s.page().write(line, x, base, st.size)
	s.page().underline(line, x, base+0.2*st.size)
}

// underline rules under the values of a line.
func (p *page) underline(line []char, x, y float64) {
	const width = 0.4
	for i := 0; i < len(line); i++ {
		start := x
		for i < len(line) && line[i].field {
			x += line[i].width + line[i].gap
			i++
		}
		if x > start {
			p.rule(start, y, x-line[i-1].gap, y, width)
		}
		if i < len(line) {
			x += line[i].width + line[i].gap
		}
	}
}

// heading sets a heading that stays with at least two lines of what follows, and
// notes it in the outline.
func (s *sheet) heading(text string) {
	const above = 6
	s.need(above + headingStyle.leading + 3*bodyStyle.leading)
	if s.y > marginTop {
		s.y += above
	}
	s.outline = append(s.outline, bookmark{text, len(s.pages) - 1, s.y})
	s.paragraph(headingStyle, span{text: text})
}

// centred writes one line in the middle of the page, its base line at y.
func (s *sheet) centred(text string, st style, y float64) {
	line := s.chars([]span{{text: text}}, st)[0]
	s.page().write(line, (s.format.width-widthOf(line))/2, y, st.size)
}

// text writes one line from x at base line y.
func (s *sheet) text(x, y float64, st style, text string) {
	s.page().write(s.chars([]span{{text: text}}, st)[0], x, y, st.size)
}
