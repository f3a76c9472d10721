package font

import (
	"sync"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// Point is a place in em, x to the right and y up, from the glyph's origin on
// the base line.
type Point struct{ X, Y float64 }

// Segment is one step of an outline: Verb 'M' begins a contour at P[0], 'L'
// draws a line to P[0], 'C' a cubic Bézier curve over P[0] and P[1] to P[2]. A
// contour closes where the next begins, and is filled by the nonzero rule.
type Segment struct {
	Verb byte
	P    [3]Point
}

// buffers gives every goroutine its own scratch space, which sfnt asks for.
var buffers = sync.Pool{New: func() any { return new(sfnt.Buffer) }}

// Outline returns the glyph's contours in em.
func (g Glyph) Outline() []Segment {
	b := buffers.Get().(*sfnt.Buffer)
	defer buffers.Put(b)
	// At one pixel per font unit nothing is rounded.
	raw, err := g.Face.cmap.LoadGlyph(b, sfnt.GlyphIndex(g.ID), fixed.I(int(g.Face.unitsPerEm)), nil)
	if err != nil {
		panic("font " + g.Face.Name + ": " + err.Error())
	}
	scale := 1 / (64 * g.Face.unitsPerEm)
	em := func(p fixed.Point26_6) Point { return Point{float64(p.X) * scale, -float64(p.Y) * scale} }
	segments := make([]Segment, len(raw))
	var last Point
	for i, s := range raw {
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			segments[i] = Segment{'M', [3]Point{em(s.Args[0])}}
			last = em(s.Args[0])
		case sfnt.SegmentOpLineTo:
			segments[i] = Segment{'L', [3]Point{em(s.Args[0])}}
			last = em(s.Args[0])
		case sfnt.SegmentOpQuadTo:
			segments[i] = cubic(last, em(s.Args[0]), em(s.Args[1]))
			last = em(s.Args[1])
		}
	}
	return segments
}

// cubic raises a quadratic curve to the same curve of third degree.
func cubic(from, control, to Point) Segment {
	near := func(end Point) Point {
		return Point{end.X + (control.X-end.X)*2/3, end.Y + (control.Y-end.Y)*2/3}
	}
	return Segment{'C', [3]Point{near(from), near(to), to}}
}
