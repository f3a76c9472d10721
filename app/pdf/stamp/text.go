package stamp

import "laoqi/app/pdf/font"

// width is the width of a text in em.
func width(text string) (em float64) {
	for _, r := range text {
		if g, ok := font.Find(r, false); ok {
			em += g.Advance
		}
	}
	return em
}

// text writes a line in the regular weight with natural spacing, centred at a
// point, w by h points to the em.
func (p *Picture) text(line string, centre point, w, h float64) {
	x := centre.X - width(line)*w/2
	for _, r := range line {
		g, ok := font.Find(r, false)
		if !ok {
			continue
		}
		if outline := g.Outline(); len(outline) > 0 {
			l := letter{outline: outline, centre: point{Y: 0.38}}
			p.draw(l, point{X: x, Y: centre.Y}, w, h, 0)
		}
		x += g.Advance * w
	}
}
