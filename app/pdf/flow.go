package pdf

import "strings"

// A sheet is a document being typeset from top to bottom: its pages, how far down
// the last one is filled, and the typefaces in use.
type sheet struct {
	typecase *typecase
	pages    []*page
	y        float64 // of the next line's top, on the last page
	before   int     // pages of the document that precede this sheet
	fields   []field
}

// newSheet begins a document whose printed wording the stock covers.
func newSheet(stock *typecase) *sheet {
	s := &sheet{typecase: newTypecase(stock)}
	s.newPage()
	return s
}

func (s *sheet) page() *page { return s.pages[len(s.pages)-1] }

func (s *sheet) newPage() {
	s.pages = append(s.pages, &page{content: make([]byte, 0, 32<<10)})
	s.y = marginTop
}

// need begins a new page unless this one has room for a height.
func (s *sheet) need(height float64) {
	if s.y+height > pageHeight-marginFoot {
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
	bodyStyle    = style{size: 10.5, leading: 17.2, indent: 21}
	headingStyle = style{size: 12, leading: 22, bold: true}
	noteStyle    = style{size: 9, leading: 14}
)

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

// paragraph sets a justified paragraph over the width of the text.
func (s *sheet) paragraph(st style, spans ...span) {
	for _, text := range s.chars(spans, st) {
		lines := breakLines(text, st.indent, textWidth, st.size)
		for i, line := range lines {
			x, room := marginSide, textWidth
			if i == 0 {
				x, room = x+st.indent, room-st.indent
			}
			if i < len(lines)-1 {
				justify(line, room, st.size)
			}
			if i == 0 && len(lines) > 1 {
				s.need(2 * st.leading) // no single first line at the foot of a page
			}
			s.need(st.leading)
			s.line(line, x, st)
			s.y += st.leading
		}
	}
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

// heading sets a heading that stays with at least two lines of what follows.
func (s *sheet) heading(text string) {
	const above = 5
	s.need(above + headingStyle.leading + 2*bodyStyle.leading)
	if s.y > marginTop {
		s.y += above
	}
	s.paragraph(headingStyle, span{text: text})
}

// centred writes one line in the middle of the page, its base line at y.
func (s *sheet) centred(text string, st style, y float64) {
	line := s.chars([]span{{text: text}}, st)[0]
	s.page().write(line, (pageWidth-widthOf(line))/2, y, st.size)
}

// text writes one line from x at base line y.
func (s *sheet) text(x, y float64, st style, text string) {
	s.page().write(s.chars([]span{{text: text}}, st)[0], x, y, st.size)
}
