package stamp

import (
	"fmt"
	"math"

	"laoqi/app"
)

// A ring is the band inside a seal's edge in which the enterprise's name runs,
// clockwise over the top. Lengths are in points.
type ring struct {
	centre    point
	rx, ry    float64                    // outer radii of the band
	tallest   float64                    // height of the letters at best
	shortest  float64                    // and at least
	span      func(band float64) float64 // angle that letters of this height may take, in radians
	narrowest float64                    // width to height below which letters rather become shorter
	widest    float64                    // width to height at best
}

// Letters stand at least crowded and at most airy times their width apart.
const crowded, airy = 1.07, 1.5

// fit chooses height and width of the letters and the width of one em of the
// band at its inner side, where letters come closest: as tall as possible without
// becoming too narrow.
func (r ring) fit(all []letter) (h, w, pitch float64) {
	ems := 0.0
	for _, l := range all {
		ems += l.cell
	}
	for h = r.tallest; ; h -= 0.1 * mm {
		room := r.arc(h).length(r.span(h)) / ems
		w = min(r.widest*h, room/crowded)
		if w >= r.narrowest*h || h <= r.shortest {
			return h, w, min(room, airy*w)
		}
	}
}

// Widths of letters: narrower than clear, a name is better read on two rings; narrower
// than legible, it is not read at all.
const clear, legible = 1.45 * mm, 1.1 * mm

// thin is one of two rings in the place of r, 0 the outer and 1 the inner.
func (r ring) thin(i int, span float64) ring {
	const height, between = 2.4 * mm, 0.5 * mm
	in := float64(i) * (height + between)
	return ring{centre: r.centre, rx: r.rx - in, ry: r.ry - in, tallest: height, shortest: height, narrowest: r.narrowest, widest: r.widest, span: degrees(span)}
}

// name writes an enterprise's name along the ring or, where its letters would become
// too narrow, along the two. The error is an app.Invalid for a name that is legible on neither.
func (p *Picture) name(text, title string, one ring, two [2]ring) error {
	all := letters(text)
	if _, w, _ := one.fit(all); w >= clear {
		p.along(all, one)
		return nil
	}
	at := divide(all, two)
	for i, part := range [][]letter{all[:at], all[at:]} {
		if _, w, _ := two[i].fit(part); w < legible {
			return app.Fail(app.Invalid, fmt.Sprintf("企业名称太长，放进%s后看不清：最多约 %d 个汉字", title, most(two)))
		}
	}
	for i, part := range [][]letter{all[:at], all[at:]} {
		p.along(part, two[i])
	}
	return nil
}

// room is the length on which letters stand on the ring.
func (r ring) room() float64 { return r.arc(r.shortest).length(r.span(r.shortest)) }

// most is how many ideographs are legible on two rings.
func most(two [2]ring) int { return int((two[0].room() + two[1].room()) / (crowded * legible)) }

// divide returns where a name goes on on the inner ring: by the rings' lengths, but at
// a blank or bracket near by, and not after an opening or before a closing bracket.
func divide(all []letter, two [2]ring) int {
	total := 0.0
	for _, l := range all {
		total += l.cell
	}
	share, at := total*two[0].room()/(two[0].room()+two[1].room()), 0
	for ems := 0.0; at < len(all)-1 && ems+all[at].cell <= share; at++ {
		ems += all[at].cell
	}
	const near = 6
	for back := at; back > max(at-near, 1); back-- {
		if all[back].blank() || all[back].opens() {
			return back
		}
	}
	for at > 1 && (all[at].closes() || all[at-1].opens()) {
		at--
	}
	return at
}

// along writes the letters on the ring.
func (p *Picture) along(all []letter, r ring) {
	h, w, pitch := r.fit(all)
	a := r.arc(h)
	total := 0.0
	for _, l := range all {
		total += l.cell * pitch
	}
	at := -total / 2
	for _, l := range all {
		foot, angle := a.at(at + l.cell*pitch/2)
		sin, cos := math.Sincos(angle)
		p.draw(l, point{X: foot.X - sin*h/2, Y: foot.Y + cos*h/2}, w, h, angle)
		at += l.cell * pitch
	}
}

// arc is the ellipse on which letters of height h stand.
func (r ring) arc(h float64) arc { return arc{r.centre, r.rx - h, r.ry - h} }

// An arc is an ellipse measured along its edge from the top, clockwise.
type arc struct {
	centre point
	rx, ry float64
}

// arcStep is the angle by which arcs are measured, in radians.
const arcStep = math.Pi / 2000

// speed is the length of edge for a radian at an angle from the top.
func (a arc) speed(angle float64) float64 {
	sin, cos := math.Sincos(angle)
	return math.Hypot(a.rx*cos, a.ry*sin)
}

// length is the length of edge that an angle about the top takes.
func (a arc) length(span float64) (length float64) {
	for angle := arcStep / 2; angle < span/2; angle += arcStep {
		length += a.speed(angle) * arcStep
	}
	return 2 * length
}

// at returns the place on the edge at a distance from the top and the angle, counter-clockwise,
// by which a letter that stands upright on it is turned.
func (a arc) at(distance float64) (place point, turn float64) {
	angle := 0.0
	for rest := math.Abs(distance); rest > 0; {
		speed := a.speed(angle + arcStep/2)
		step := min(arcStep, rest/speed)
		angle, rest = angle+step, rest-speed*step
		if rest < 1e-9 {
			break
		}
	}
	sin, cos := math.Sincos(math.Copysign(angle, distance))
	normal := math.Atan2(cos/a.ry, sin/a.rx)
	return point{X: a.centre.X + a.rx*sin, Y: a.centre.Y + a.ry*cos}, normal - math.Pi/2
}
