package head

import (
	"image/color"
	"math"
)

// faceOf is the common face, formed as the person's own.
func (p Person) faceOf() shape {
	common := face()
	s := shape{triangles: common.triangles, points: make([]vec, len(common.points))}
	for i, v := range common.points {
		wide := p.Wide * (1 + (p.Jaw-1)*step(0, -7, v.y))
		nose := (p.Nose - 1) * bump(v.x, 0, 1.8) * bump(v.y, -1, 3)
		s.points[i] = vec{v.x * wide, v.y * p.Long, v.z*p.Deep + 4*nose}
	}
	s.smooth()
	return s
}

func (p Person) skull() shape {
	return ellipsoid(vec{0, 1.5 * p.Long, -5 - 12*(1-p.Deep)}, vec{7.9 * p.Wide, 10.5 * p.Long, 8.5})
}

func (p Person) neck() shape { return ellipsoid(vec{0, -13, -6}, vec{5, 9, 5}) }

func (p Person) paintSkull(vec) color.RGBA { return p.Hair }

func (p Person) paintNeck(vec) color.RGBA { return p.Skin }

var (
	white = color.RGBA{236, 232, 226, 255}
	black = color.RGBA{24, 18, 16, 255}
)

// paintFace knows where the features of the common face lie.
func (p Person) paintFace(v vec) color.RGBA {
	x, y := v.x/p.Wide, v.y/p.Long
	side := math.Abs(x)
	eye := math.Hypot((side-3.1)/(1.35*p.Eyes), (y-2)/(0.52*p.Eyes))
	iris := math.Hypot(side-3.1, y-2)
	c := p.Skin
	switch {
	case eye < 1 && iris < 0.27*p.Eyes:
		c = black
	case eye < 1 && iris < 0.6*p.Eyes:
		c = p.Iris
	case eye < 1:
		c = white
	case eye < 1.25 && y > 2:
		c = black
	case math.Abs(y-browLine(side)) < 0.35*p.Brow && side > 1.3 && side < 5.2:
		c = p.Hair
	case side < 2.6 && math.Abs(y+4.15) < 0.09:
		c = mixed(p.Lips, black, 0.55)
	case math.Hypot(x/2.6, (y+4.25)/0.95) < 1:
		c = p.Lips
	case math.Hypot(side-0.75, y+2.35) < 0.32:
		c = mixed(p.Skin, black, 0.6)
	}
	return mixed(c, p.Lips, 0.18*bump(side, 4.4, 1.6)*bump(y, -1.6, 1.8))
}

// browLine is the height of the eyebrow at a distance from the middle.
func browLine(side float64) float64 { return 3.75 - 0.09*(side-3)*(side-3) }

// step runs smoothly from 0 at a to 1 at b.
func step(a, b, v float64) float64 {
	t := max(0, min(1, (v-a)/(b-a)))
	return t * t * (3 - 2*t)
}

// bump is 1 in the middle and falls off over the width.
func bump(v, middle, width float64) float64 {
	return math.Exp(-(v - middle) * (v - middle) / (width * width))
}

func mixed(a, b color.RGBA, share float64) color.RGBA {
	m := func(a, b uint8) uint8 { return uint8(float64(a)*(1-share) + float64(b)*share) }
	return color.RGBA{m(a.R, b.R), m(a.G, b.G), m(a.B, b.B), 255}
}

// ellipsoid is a closed surface.
func ellipsoid(centre, radius vec) (s shape) {
	const rings, parts = 24, 32
	for i := range rings + 1 {
		for j := range parts {
			sin, cos := math.Sincos(math.Pi * float64(i) / rings)
			across, ahead := math.Sincos(2 * math.Pi * float64(j) / parts)
			u := vec{sin * across, cos, sin * ahead}
			s.points = append(s.points, vec{centre.x + radius.x*u.x, centre.y + radius.y*u.y, centre.z + radius.z*u.z})
			s.normals = append(s.normals, vec{u.x / radius.x, u.y / radius.y, u.z / radius.z}.unit())
		}
	}
	for i := range rings {
		for j := range parts {
			a, b := i*parts+j, i*parts+(j+1)%parts
			s.triangles = append(s.triangles, [3]int{a, a + parts, b}, [3]int{b, a + parts, b + parts})
		}
	}
	return s
}

// Li, Wang and Zhao are three people. Drawn faces lie close together; Wang and
// Zhao are as far from each other as strangers are.
var (
	Li = Person{Skin: color.RGBA{228, 184, 156, 255}, Hair: color.RGBA{34, 27, 25, 255}, Lips: color.RGBA{176, 96, 90, 255}, Iris: color.RGBA{70, 46, 32, 255},
		Wide: 1, Long: 1, Deep: 1, Jaw: 1, Brow: 1, Nose: 1, Eyes: 1}
	Wang = Person{Skin: color.RGBA{245, 214, 196, 255}, Hair: color.RGBA{150, 90, 40, 255}, Lips: color.RGBA{210, 60, 70, 255}, Iris: color.RGBA{60, 90, 120, 255},
		Wide: .9, Long: 1.02, Deep: .8, Jaw: .8, Brow: .4, Nose: .4, Eyes: 1.35}
	Zhao = Person{Skin: color.RGBA{110, 75, 58, 255}, Hair: color.RGBA{200, 200, 205, 255}, Lips: color.RGBA{120, 60, 60, 255}, Iris: color.RGBA{40, 30, 30, 255},
		Wide: 1.12, Long: .92, Deep: 1.1, Jaw: 1.2, Brow: 2, Nose: 1.8, Eyes: .65}
)
