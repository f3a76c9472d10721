package stamp

import (
	"math"
	"strings"
	"unicode"

	"laoqi/app/pdf/font"
)

// A letter is one character of a seal, as an outline in em.
type letter struct {
	char    rune
	outline []font.Segment
	centre  point   // of the place it takes, in em
	cell    float64 // width it takes beside others, in em
	thicken bool
}

// besideInk is the white on both sides of brackets, Latin letters and figures, in em.
const besideInk = 0.16

// besideWord is the blank between Latin words, in em.
const besideWord = 0.3

func (l letter) blank() bool  { return l.char == ' ' }
func (l letter) opens() bool  { return strings.ContainsRune("（([《“", l.char) }
func (l letter) closes() bool { return strings.ContainsRune("）)]》”.,", l.char) }

// letters looks the characters of a text up. Spaces part Latin words, and are left
// out elsewhere. Characters that no font has were refused before (see Seal.Draw).
func letters(text string) []letter {
	var all []letter
	for _, r := range strings.Join(strings.Fields(text), " ") {
		if r == ' ' {
			if n := len(all); n > 0 && !unicode.Is(unicode.Han, all[n-1].char) {
				all = append(all, letter{char: ' ', cell: besideWord})
			}
			continue
		}
		if n := len(all); n > 0 && all[n-1].blank() && unicode.Is(unicode.Han, r) {
			all = all[:n-1]
		}
		g, ok := font.Find(r, true)
		if !ok {
			continue
		}
		all = append(all, newLetter(r, g))
	}
	return all
}

// newLetter gives an ideograph its em square, and everything else (brackets,
// Latin letters, digits) the width of its ink.
func newLetter(r rune, g font.Glyph) letter {
	const middle = 0.38 // of the em square above the base line, in em
	l := letter{char: r, outline: g.Outline(), centre: point{X: g.Advance / 2, Y: middle}, cell: g.Advance, thicken: g.Thicken}
	if !unicode.Is(unicode.Han, r) {
		left, right := inkRange(l.outline)
		l.centre.X = (left + right) / 2
		l.cell = right - left + besideInk
	}
	return l
}

// inkRange returns the leftmost and rightmost points of an outline, in em.
func inkRange(outline []font.Segment) (left, right float64) {
	left, right = math.Inf(1), math.Inf(-1)
	for _, s := range outline {
		for _, p := range s.P[:pointsOf(s.Verb)] {
			left, right = min(left, p.X), max(right, p.X)
		}
	}
	return left, right
}

// draw puts the letter's centre at a point, w and h points to the em, turned by
// an angle counter-clockwise.
func (p *Picture) draw(l letter, at point, w, h, angle float64) {
	if l.blank() {
		return
	}
	sin, cos := math.Sincos(angle)
	place := func(q point) point {
		x, y := (q.X-l.centre.X)*w, (q.Y-l.centre.Y)*h
		return point{X: at.X + x*cos - y*sin, Y: at.Y + x*sin + y*cos}
	}
	contours := make(path, 0, len(l.outline)+8)
	for i, s := range l.outline {
		if s.Verb == 'M' && i > 0 {
			contours.close()
		}
		for k := range s.P[:pointsOf(s.Verb)] {
			s.P[k] = place(s.P[k])
		}
		contours = append(contours, s)
	}
	contours.close()
	if !l.thicken {
		p.fill(contours)
		return
	}
	p.shapes = append(p.shapes, shape{path: contours, filled: true, stroke: 0.03 * min(w, h), round: true})
}

// row writes a text centred at a point, in letters w by h points, with a gap between them.
func (p *Picture) row(text string, centre point, w, h, gap float64) {
	all := letters(text)
	total := -gap
	for _, l := range all {
		total += l.cell*w + gap
	}
	x := centre.X - total/2
	for _, l := range all {
		p.draw(l, point{X: x + l.cell*w/2, Y: centre.Y}, w, h, 0)
		x += l.cell*w + gap
	}
}
