package face

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	_ "image/jpeg" // frames of a camera
	_ "image/png"  // pictures of documents
	"math"
)

// Limits of what is read.
const (
	MaxFrame    = 512 << 10 // bytes of a frame from the camera
	MaxDocument = 8 << 20   // bytes of a picture of an identity document
	framePixels = 2 << 20
	docPixels   = 12_500_000 // what phones take
	maxSide     = 1280       // larger pictures are made smaller first
)

// ErrPicture says that the content is no picture that is taken here.
var ErrPicture = errors.New("face: no picture, or one too large")

// decode reads a JPEG or PNG of at most so many bytes and pixels.
func decode(content []byte, maxBytes, maxPixels int) (tensor, error) {
	if len(content) > maxBytes {
		return tensor{}, ErrPicture
	}
	c, _, err := image.DecodeConfig(bytes.NewReader(content))
	if err != nil || c.Width < 32 || c.Height < 32 || c.Width > maxPixels/c.Height {
		return tensor{}, ErrPicture
	}
	m, _, err := image.Decode(bytes.NewReader(content))
	if err != nil {
		return tensor{}, ErrPicture
	}
	return shrunk(m), nil
}

// shrunk is the picture with red, green and blue from 0 to 255, no side longer than maxSide.
//
//go:norace
func shrunk(m image.Image) tensor {
	b, at := m.Bounds(), colors(m)
	f := (max(b.Dx(), b.Dy()) + maxSide - 1) / maxSide
	o := newTensor(b.Dy()/f, b.Dx()/f, 3)
	for y := range o.h {
		for x := range o.w {
			p := o.pixel(y, x)
			for k := range f * f {
				c := at(b.Min.X+x*f+k%f, b.Min.Y+y*f+k/f)
				for i := range p {
					p[i] += c[i] / float32(f*f)
				}
			}
		}
	}
	return o
}

// colors reads a picture without an allocation for each pixel where it can.
func colors(m image.Image) func(x, y int) [3]float32 {
	if m, ok := m.(*image.YCbCr); ok {
		return func(x, y int) [3]float32 {
			l, c := m.YOffset(x, y), m.COffset(x, y)
			r, g, b := color.YCbCrToRGB(m.Y[l], m.Cb[c], m.Cr[c])
			return [3]float32{float32(r), float32(g), float32(b)}
		}
	}
	return func(x, y int) [3]float32 {
		r, g, b, _ := m.At(x, y).RGBA()
		return [3]float32{float32(r >> 8), float32(g >> 8), float32(b >> 8)}
	}
}

// turned is the picture turned clockwise by 90 degrees.
func turned(t tensor) tensor {
	o := newTensor(t.w, t.h, t.c)
	for y := range t.h {
		for x := range t.w {
			copy(o.pixel(x, t.h-1-y), t.pixel(y, x))
		}
	}
	return o
}

// point is a place in a picture, in pixels.
type point struct{ x, y float64 }

// similarity maps a place of a crop to one of the picture: turned, scaled, moved.
type similarity struct{ cos, sin, x, y float64 }

func (s similarity) to(p point) point {
	return point{s.cos*p.x - s.sin*p.y + s.x, s.sin*p.x + s.cos*p.y + s.y}
}

// around is the similarity of a square crop of size pixels to the square of the
// side about the centre, turned by the angle.
func around(centre point, side, angle float64, size int) similarity {
	scale, half := side/float64(size), float64(size)/2
	s := similarity{cos: math.Cos(angle) * scale, sin: math.Sin(angle) * scale}
	o := s.to(point{half, half})
	s.x, s.y = centre.x-o.x, centre.y-o.y
	return s
}

// fitted is the similarity that maps the places from to the places to with least squares.
func fitted(from, to []point) similarity {
	var f, t point
	n := float64(len(from))
	for i := range from {
		f, t = point{f.x + from[i].x/n, f.y + from[i].y/n}, point{t.x + to[i].x/n, t.y + to[i].y/n}
	}
	var s similarity
	size := 0.0
	for i := range from {
		fx, fy, tx, ty := from[i].x-f.x, from[i].y-f.y, to[i].x-t.x, to[i].y-t.y
		s.cos += fx*tx + fy*ty
		s.sin += fx*ty - fy*tx
		size += fx*fx + fy*fy
	}
	s.cos, s.sin = s.cos/size, s.sin/size
	o := s.to(f)
	s.x, s.y = t.x-o.x, t.y-o.y
	return s
}

// crop samples a square of size pixels; outside the picture all is black. Where
// it makes smaller, several samples a pixel are averaged.
//
//go:norace
func crop(t tensor, size int, s similarity) tensor {
	n := max(1, min(6, int(math.Ceil(math.Hypot(s.cos, s.sin)))))
	o, share := newTensor(size, size, 3), 1/float32(n*n)
	for y := range size {
		for x := range size {
			p := o.pixel(y, x)
			for k := range n * n {
				at := s.to(point{float64(x) + (float64(k%n)+.5)/float64(n), float64(y) + (float64(k/n)+.5)/float64(n)})
				sample(p, t, at.x-.5, at.y-.5, share)
			}
		}
	}
	return o
}

// sample adds the share of the colour between four pixels.
//
//go:norace
func sample(p []float32, t tensor, x, y float64, share float32) {
	x0, y0 := int(math.Floor(x)), int(math.Floor(y))
	if x0 < -1 || y0 < -1 || x0 >= t.w || y0 >= t.h {
		return
	}
	dx, dy := float32(x-float64(x0)), float32(y-float64(y0))
	xa, xb, ya, yb := max(x0, 0), min(x0+1, t.w-1), max(y0, 0), min(y0+1, t.h-1)
	a, b, c, d := t.pixel(ya, xa), t.pixel(ya, xb), t.pixel(yb, xa), t.pixel(yb, xb)
	for i := range p {
		p[i] += ((a[i]*(1-dx)+b[i]*dx)*(1-dy) + (c[i]*(1-dx)+d[i]*dx)*dy) * share
	}
}
