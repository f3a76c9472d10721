package stamp

import (
	"math"
	"strings"

	"laoqi/app"
	"laoqi/app/pdf/font"
)

// Size of a worker's signature in points: a document keeps a box of this size for it.
const (
	SignatureWidth  = 160.0
	SignatureHeight = 72.0
)

// caption is the height at the foot of a signature that name and date take.
const caption = 18.0

// Strokes is what somebody drew with a pen or finger on a canvas of W by H
// pixels, y down.
type Strokes struct {
	W, H  float64
	Lines [][]Point
}

// Point is a place on the canvas.
type Point struct {
	X float64 `json:"x"`
	Y float64 `json:"y"`
}

// Limits of a signature. A fast hand gives some 100 points a second.
const (
	maxLines    = 200
	maxPoints   = 20_000
	leastPoints = 6
	leastLength = 0.15 // of the canvas's width, all strokes together
	leastExtent = 0.05 // of the canvas's width or height, from edge to edge
)

// Problem returns a sentence if the strokes are no signature: broken numbers, too
// many, outside of the canvas, or hardly any ink; "" if they are one.
func (s Strokes) Problem() string {
	const broken = "签名数据不完整，请清除后重新签名"
	if !between(s.W, 50, 10_000) || !between(s.H, 50, 10_000) || len(s.Lines) > maxLines {
		return broken
	}
	points, length := 0, 0.0
	for _, line := range s.Lines {
		for i, p := range line {
			if !between(p.X, -s.W, 2*s.W) || !between(p.Y, -s.H, 2*s.H) {
				return broken
			}
			if i > 0 {
				length += math.Hypot(p.X-line[i-1].X, p.Y-line[i-1].Y)
			}
		}
		points += len(line)
	}
	if points > maxPoints {
		return "签名笔画过多，请清除后重新签名"
	}
	low, high := s.extent()
	if points < leastPoints || length < leastLength*s.W ||
		high.X-low.X < leastExtent*s.W && high.Y-low.Y < leastExtent*s.H {
		return "签名笔画过少，请写下完整的姓名"
	}
	return ""
}

// between is false for NaN and infinities too.
func between(v, low, high float64) bool { return v >= low && v <= high }

// extent returns the corners of the box that the strokes fill.
func (s Strokes) extent() (low, high Point) {
	low, high = Point{math.Inf(1), math.Inf(1)}, Point{math.Inf(-1), math.Inf(-1)}
	for _, line := range s.Lines {
		for _, p := range line {
			low.X, low.Y = min(low.X, p.X), min(low.Y, p.Y)
			high.X, high.Y = max(high.X, p.X), max(high.Y, p.Y)
		}
	}
	return low, high
}

// Handwriting draws a signature with the name in print and the day under it. An
// error is an app.Invalid whose sentence can be shown.
func Handwriting(s Strokes, name string, on app.Date) (*Picture, error) {
	if problem := s.Problem(); problem != "" {
		return nil, app.Fail(app.Invalid, problem)
	}
	p, err := signature(name, name, on)
	if err != nil {
		return nil, err
	}
	const pen, margin = 1.5, 3.0
	field := Window{X: margin, Y: caption + margin, W: SignatureWidth - 2*margin, H: SignatureHeight - caption - 2*margin}
	toField := s.fit(field)
	var ink path
	for _, line := range s.Lines {
		ink.smooth(thin(line, toField))
	}
	p.shapes = append(p.shapes, shape{path: ink, stroke: pen, round: true})
	return p, nil
}

// Typed draws the signature of somebody who types the name: the name on a line,
// and under it that it was typed, and the day. A long name takes two lines.
func Typed(name string, on app.Date) (*Picture, error) {
	p, err := signature(name, "输入姓名签署", on)
	if err != nil {
		return nil, err
	}
	const margin, largest, least, rule = 6.0, 26.0, 13.0, 0.6
	const room, middle = SignatureWidth - 2*margin, caption + (SignatureHeight-caption)/2
	if size := min(largest, room/width(name)); size >= least {
		p.text(name, point{X: SignatureWidth / 2, Y: middle}, size, size)
	} else {
		first, second := halves(name)
		size := min(largest/1.6, room/max(width(first), width(second)))
		p.text(first, point{X: SignatureWidth / 2, Y: middle + .65*size}, size, size)
		p.text(second, point{X: SignatureWidth / 2, Y: middle - .65*size}, size, size)
	}
	var line path
	line.move(point{X: margin, Y: caption + 2})
	line.line(point{X: SignatureWidth - margin, Y: caption + 2})
	p.outline(line, rule)
	return p, nil
}

// halves breaks a long name where it has a dot or a blank, nearest to its middle,
// or in the middle; a dot stays with the first half.
func halves(name string) (first, second string) {
	letters := []rune(name)
	at, half := 0, len(letters)/2
	for i, r := range letters {
		if (r == '·' || r == ' ') && (at == 0 || abs(i+1-half) < abs(at-half)) {
			at = i + 1
		}
	}
	if at == 0 || at == len(letters) {
		at = half
	}
	return strings.TrimSpace(string(letters[:at])), string(letters[at:])
}

func abs(n int) int { return max(n, -n) }

// signature begins a picture with the caption: who or how, and the day.
func signature(name, how string, on app.Date) (*Picture, error) {
	if missing := font.Missing(name); missing != nil || name == "" {
		return nil, app.Fail(app.Invalid, "姓名中的“"+string(missing)+"”无法显示，请核对")
	}
	p := &Picture{Title: name + " 的签名", W: SignatureWidth, H: SignatureHeight, ink: penBlue}
	const size = 9.0
	line := how + "　" + on.Chinese()
	w := min(size, (SignatureWidth-4)/width(line))
	p.text(line, point{X: SignatureWidth / 2, Y: caption / 2}, w, size)
	return p, nil
}

// fit returns the mapping that puts the ink into a field, as large as it can be and centred.
func (s Strokes) fit(field Window) func(Point) point {
	low, high := s.extent()
	scale := min(field.W/max(high.X-low.X, 1), field.H/max(high.Y-low.Y, 1))
	midX, midY := (low.X+high.X)/2, (low.Y+high.Y)/2
	return func(p Point) point {
		return point{X: field.X + field.W/2 + (p.X-midX)*scale, Y: field.Y + field.H/2 - (p.Y-midY)*scale}
	}
}

// thin maps a line and leaves out points so near to the last that they only shake.
func thin(line []Point, to func(Point) point) []point {
	const least = 0.7 // points
	var kept []point
	for i, p := range line {
		q := to(p)
		n := len(kept)
		if n == 0 || math.Hypot(q.X-kept[n-1].X, q.Y-kept[n-1].Y) >= least {
			kept = append(kept, q)
		} else if i == len(line)-1 && n > 1 {
			kept[n-1] = q
		}
	}
	return kept
}

// smooth appends a Catmull-Rom curve through the points; a single point becomes a dot.
func (p *path) smooth(points []point) {
	if len(points) == 0 {
		return
	}
	p.move(points[0])
	if len(points) == 1 {
		p.line(points[0])
	}
	at := func(i int) point { return points[max(0, min(i, len(points)-1))] }
	for i := range len(points) - 1 {
		a, b, c, d := at(i-1), at(i), at(i+1), at(i+2)
		p.curve(point{X: b.X + (c.X-a.X)/6, Y: b.Y + (c.Y-a.Y)/6},
			point{X: c.X - (d.X-b.X)/6, Y: c.Y - (d.Y-b.Y)/6}, c)
	}
}
