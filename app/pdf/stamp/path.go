package stamp

import (
	"math"
	"strconv"

	"laoqi/app/pdf/font"
)

// mm is a millimetre in points.
const mm = 72 / 25.4

type point = font.Point

// A path is a list of contours in points, y up.
type path []font.Segment

func (p *path) move(to point) { *p = append(*p, font.Segment{Verb: 'M', P: [3]point{to}}) }
func (p *path) line(to point) { *p = append(*p, font.Segment{Verb: 'L', P: [3]point{to}}) }
func (p *path) curve(a, b, to point) {
	*p = append(*p, font.Segment{Verb: 'C', P: [3]point{a, b, to}})
}
func (p *path) close() { *p = append(*p, font.Segment{Verb: 'Z'}) }

// polygon appends a closed contour through the points.
func (p *path) polygon(points ...point) {
	p.move(points[0])
	for _, q := range points[1:] {
		p.line(q)
	}
	p.close()
}

// ellipse appends an ellipse as four Bézier curves, which deviate by less than 0.03 %.
func (p *path) ellipse(c point, rx, ry float64) {
	const k = 0.5522847498
	at := func(x, y float64) point { return point{X: c.X + x*rx, Y: c.Y + y*ry} }
	p.move(at(1, 0))
	p.curve(at(1, k), at(k, 1), at(0, 1))
	p.curve(at(-k, 1), at(-1, k), at(-1, 0))
	p.curve(at(-1, -k), at(-k, -1), at(0, -1))
	p.curve(at(k, -1), at(1, -k), at(1, 0))
	p.close()
}

// star appends a five-pointed star with one point up.
func (p *path) star(c point, r float64) {
	inner := r * math.Sin(math.Pi/10) / math.Sin(math.Pi*3/10)
	points := make([]point, 10)
	for i := range points {
		radius := r
		if i%2 == 1 {
			radius = inner
		}
		sin, cos := math.Sincos(math.Pi/2 + float64(i)*math.Pi/5)
		points[i] = point{X: c.X + radius*cos, Y: c.Y + radius*sin}
	}
	p.polygon(points...)
}

// appendSegments writes a path with the given letter or operator for each verb, the
// numbers before it (PDF) or after it (SVG).
func appendSegments(b []byte, p path, names map[byte]string, numbersFirst bool) []byte {
	for _, s := range p {
		if !numbersFirst {
			b = append(b, names[s.Verb]...)
		}
		for _, q := range s.P[:pointsOf(s.Verb)] {
			b = appendNumber(b, q.X)
			b = appendNumber(b, q.Y)
		}
		if numbersFirst {
			b = append(b, names[s.Verb]...)
			b = append(b, '\n')
		}
	}
	return b
}

// pointsOf is the number of points that a verb uses.
func pointsOf(verb byte) int {
	switch verb {
	case 'C':
		return 3
	case 'Z':
		return 0
	}
	return 1
}

// appendNumber writes v to a hundredth of a point (3.5 µm) and a space.
func appendNumber(b []byte, v float64) []byte {
	return append(strconv.AppendFloat(b, math.Round(v*100)/100, 'f', -1, 64), ' ')
}
