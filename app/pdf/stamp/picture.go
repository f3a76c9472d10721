// Package stamp draws seals (电子印章) and handwritten signatures as paths. One
// geometry gives the SVG of a page and the appearance in a PDF, so that both look
// the same in every viewer and neither needs a font. It does no input or output.
package stamp

import (
	"fmt"
	"html"
)

// Picture is a drawing of one colour. It does not change once drawn and may be
// used by many goroutines.
type Picture struct {
	Title  string  // what a screen reader says
	W, H   float64 // in points
	ink    ink
	shapes []shape
}

type ink struct{ R, G, B uint8 }

var (
	sealRed = ink{0xD2, 0x14, 0x1E}
	penBlue = ink{0x14, 0x1E, 0x5A}
)

// A shape is a path that is filled, stroked, or both.
type shape struct {
	path   path
	filled bool
	stroke float64 // width in points, 0 for none
	round  bool    // round ends and corners
}

func (p *Picture) fill(s path) { p.shapes = append(p.shapes, shape{path: s, filled: true}) }
func (p *Picture) outline(s path, width float64) {
	p.shapes = append(p.shapes, shape{path: s, stroke: width})
}

// Content is a PDF content stream that draws the picture in the box from 0, 0 to
// W, H. It needs no resources.
func (p *Picture) Content() []byte {
	r, g, b := float64(p.ink.R)/255, float64(p.ink.G)/255, float64(p.ink.B)/255
	out := fmt.Appendf(nil, "%.3f %.3f %.3f rg %.3f %.3f %.3f RG\n", r, g, b, r, g, b)
	for _, s := range p.shapes {
		if s.stroke > 0 {
			style := 0
			if s.round {
				style = 1
			}
			out = fmt.Appendf(out, "%.3f w %d J %d j\n", s.stroke, style, style)
		}
		out = appendSegments(out, s.path, pdfOperators, true)
		switch {
		case s.filled && s.stroke > 0:
			out = append(out, "B\n"...)
		case s.filled:
			out = append(out, "f\n"...)
		default:
			out = append(out, "S\n"...)
		}
	}
	return out
}

var (
	pdfOperators = map[byte]string{'M': "m", 'L': "l", 'C': "c", 'Z': "h"}
	svgCommands  = map[byte]string{'M': "M", 'L': "L", 'C': "C", 'Z': "Z"}
)

// SVG is the picture for use inside a page: with role and title, its size in
// millimetres, and presentation attributes only, which a strict content security
// policy allows and a style sheet can override.
func (p *Picture) SVG() string {
	colour := fmt.Sprintf("#%02x%02x%02x", p.ink.R, p.ink.G, p.ink.B)
	out := fmt.Appendf(nil, `<svg xmlns="http://www.w3.org/2000/svg" role="img" width="%.1fmm" height="%.1fmm" viewBox="0 0 %.2f %.2f">`,
		p.W/mm, p.H/mm, p.W, p.H)
	out = fmt.Appendf(out, `<title>%s</title><g transform="matrix(1 0 0 -1 0 %.2f)" fill="%s" stroke="%s">`,
		html.EscapeString(p.Title), p.H, colour, colour)
	for _, s := range p.shapes {
		out = append(out, `<path d="`...)
		out = appendSegments(out, s.path, svgCommands, false)
		out = append(out, '"')
		if !s.filled {
			out = append(out, ` fill="none"`...)
		}
		if s.stroke > 0 {
			out = fmt.Appendf(out, ` stroke-width="%.3f"`, s.stroke)
		} else {
			out = append(out, ` stroke="none"`...)
		}
		if s.round {
			out = append(out, ` stroke-linecap="round" stroke-linejoin="round"`...)
		}
		out = append(out, "/>"...)
	}
	return string(append(out, "</g></svg>"...))
}

// Window is a rectangle of a picture, in points, with its lower left corner at X, Y.
type Window struct{ X, Y, W, H float64 }

// Whole is the window that shows all of the picture.
func (p *Picture) Whole() Window { return Window{W: p.W, H: p.H} }

// Slice is what page i of n (counted from 1) shows of a 骑缝章, a seal put across
// the fanned edges of all pages: together the slices show the whole seal.
func (p *Picture) Slice(i, n int) Window {
	w := p.W / float64(n)
	return Window{X: float64(i-1) * w, W: w, H: p.H}
}
