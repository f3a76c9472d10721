package stamp

import (
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// square draws 法定代表人名章: 18 mm, Chinese names in columns from the right, Latin
// ones in lines.
func (s Seal) square() *Picture {
	const side, edge, margin = 18 * mm, 0.9 * mm, 0.9 * mm
	p := &Picture{Title: s.title(), W: side, H: side, ink: sealRed}
	var frame path
	frame.polygon(point{X: edge / 2, Y: edge / 2}, point{X: side - edge/2, Y: edge / 2},
		point{X: side - edge/2, Y: side - edge/2}, point{X: edge / 2, Y: side - edge/2})
	p.outline(frame, edge)
	field := Window{X: edge + margin, Y: edge + margin, W: side - 2*(edge+margin), H: side - 2*(edge+margin)}
	if strings.ContainsFunc(s.LegalRep, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		p.columns(carved(s.LegalRep), field)
	} else {
		p.lines(strings.Fields(s.LegalRep), field)
	}
	return p
}

// carved completes a short name to four characters, as name seals do.
func carved(name string) string {
	switch utf8.RuneCountInString(name) {
	case 2:
		return name + "之印"
	case 3:
		return name + "印"
	}
	return name
}

// columns fills a field with columns of letters, the first column at the right.
func (p *Picture) columns(text string, field Window) {
	all := letters(text)
	count := int(math.Round(math.Sqrt(float64(len(all)))))
	rows := (len(all) + count - 1) / count
	w := field.W / float64(count)
	for c := 0; c < count; c++ {
		column := all[min(c*rows, len(all)):min((c+1)*rows, len(all))]
		weight := 0.0
		for _, l := range column {
			weight += l.cell
		}
		top, x := field.Y+field.H, field.X+field.W-(float64(c)+0.5)*w
		for _, l := range column {
			h := field.H * l.cell / weight
			p.draw(l, point{X: x, Y: top - h/2}, 0.97*w, 0.97*min(h/l.cell, 2*w), 0)
			top -= h
		}
	}
}

// lines fills a field with words, one to a line, each as wide as the field.
func (p *Picture) lines(words []string, field Window) {
	h := field.H / float64(len(words))
	for i, word := range words {
		ems := 0.0
		for _, l := range letters(word) {
			ems += l.cell
		}
		w := min(field.W/ems, h)
		p.row(word, point{X: field.X + field.W/2, Y: field.Y + field.H - (float64(i)+0.5)*h}, w, min(0.86*h, 2.2*w), 0)
	}
}

func span(least, most int) string {
	return strconv.Itoa(least) + " 至 " + strconv.Itoa(most) + " 个字"
}
