// Package head draws heads of people who do not exist, for tests of the face
// check: each has a face of its own and looks wherever it is told.
package head

import (
	"bytes"
	_ "embed"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"strings"
	"sync"
)

//go:embed face.obj
var faceFile string

// vec is a place or direction: x to the right, y up, z towards the viewer, in
// centimetres from the middle of the face.
type vec struct{ x, y, z float64 }

func (a vec) minus(b vec) vec     { return vec{a.x - b.x, a.y - b.y, a.z - b.z} }
func (a vec) dot(b vec) float64   { return a.x*b.x + a.y*b.y + a.z*b.z }
func (a vec) times(f float64) vec { return vec{a.x * f, a.y * f, a.z * f} }
func (a vec) plus(b vec) vec      { return vec{a.x + b.x, a.y + b.y, a.z + b.z} }
func (a vec) unit() vec           { return a.times(1 / math.Sqrt(a.dot(a))) }
func (a vec) cross(b vec) vec     { return vec{a.y*b.z - a.z*b.y, a.z*b.x - a.x*b.z, a.x*b.y - a.y*b.x} }
func (a vec) turned(angle float64) vec { // about the vertical axis behind the face
	sin, cos := math.Sincos(angle)
	z := a.z + axis
	return vec{a.x*cos + z*sin, a.y, z*cos - a.x*sin - axis}
}

// axis is how far behind the face's middle the head turns.
const axis = 6

// shape is a surface: points, the direction it faces there, and triangles.
type shape struct {
	points, normals []vec
	triangles       [][3]int
}

// face is the surface of a face without colours.
var face = sync.OnceValue(func() shape {
	var s shape
	for line := range strings.Lines(faceFile) {
		var p vec
		var t [3]int
		if n, _ := fmt.Sscanf(line, "v %g %g %g", &p.x, &p.y, &p.z); n == 3 {
			s.points = append(s.points, p)
		}
		if n, _ := fmt.Sscanf(line, "f %d %d %d", &t[0], &t[1], &t[2]); n == 3 {
			s.triangles = append(s.triangles, [3]int{t[0] - 1, t[1] - 1, t[2] - 1})
		}
	}
	s.smooth()
	return s
})

// smooth gives each point the mean direction of its triangles.
func (s *shape) smooth() {
	s.normals = make([]vec, len(s.points))
	for _, t := range s.triangles {
		a, b, c := s.points[t[0]], s.points[t[1]], s.points[t[2]]
		n := b.minus(a).cross(c.minus(a))
		for _, i := range t {
			s.normals[i] = s.normals[i].plus(n)
		}
	}
	for i, n := range s.normals {
		s.normals[i] = n.unit()
	}
}

// Person is somebody who does not exist.
type Person struct {
	Skin, Hair, Lips, Iris color.RGBA
	Wide, Long, Deep       float64 // how the face differs from the common one, about 1
	Jaw                    float64 // width of the jaw, about 1
	Brow                   float64 // thickness of the eyebrows
	Nose                   float64 // length of the nose, about 1
	Eyes                   float64 // size of the eyes, about 1
}

// Frame is a picture of the person, the head turned to its own left by degrees.
func (p Person) Frame(width, height int, degrees float64) *image.RGBA {
	c := newCanvas(2*width, 2*height)
	angle := degrees * math.Pi / 180
	for _, s := range []struct {
		shape shape
		paint func(vec) color.RGBA
	}{{p.skull(), p.paintSkull}, {p.neck(), p.paintNeck}, {p.faceOf(), p.paintFace}} {
		c.draw(s.shape, angle, s.paint)
	}
	return c.halved()
}

// taken keeps the frames of JPEG: drawing one takes longer than reading it.
var taken sync.Map

// JPEG is Frame as a camera sends it.
func (p Person) JPEG(width, height int, degrees float64) []byte {
	key := fmt.Sprint(p, width, height, degrees)
	if b, ok := taken.Load(key); ok {
		return bytes.Clone(b.([]byte))
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, p.Frame(width, height, degrees), &jpeg.Options{Quality: 90}); err != nil {
		panic(err)
	}
	taken.Store(key, bytes.Clone(b.Bytes()))
	return b.Bytes()
}
