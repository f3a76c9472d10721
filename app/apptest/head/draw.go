package head

import (
	"image"
	"image/color"
	"math"
)

// canvas is a picture with the depth of each pixel.
type canvas struct {
	picture *image.RGBA
	depth   []float64
	scale   float64 // pixels a centimetre
}

var wall = color.RGBA{176, 190, 197, 255}

func newCanvas(w, h int) *canvas {
	c := &canvas{image.NewRGBA(image.Rect(0, 0, w, h)), make([]float64, w*h), float64(h) / 36}
	for i := range c.depth {
		c.depth[i] = math.Inf(-1)
		c.picture.SetRGBA(i%w, i/w, wall)
	}
	return c
}

// light comes from above and a little from the side.
var light = vec{0.25, 0.45, 0.9}.unit()

// draw turns the shape and paints each pixel by the place of the unturned shape.
func (c *canvas) draw(s shape, angle float64, paint func(vec) color.RGBA) {
	for _, t := range s.triangles {
		var at, normal, place [3]vec
		for k, i := range t {
			place[k] = s.points[i]
			at[k] = s.points[i].turned(angle)
			normal[k] = s.normals[i].plus(vec{0, 0, -axis}).turned(angle).plus(vec{0, 0, axis})
		}
		c.triangle(at, normal, place, paint)
	}
}

func (c *canvas) project(p vec) (x, y float64) {
	b := c.picture.Bounds()
	away := 60 / (60 - p.z) // a camera 60 cm before the face
	return float64(b.Dx())/2 + p.x*c.scale*away, float64(b.Dy())/2 - p.y*c.scale*away
}

//go:norace
func (c *canvas) triangle(at, normal, place [3]vec, paint func(vec) color.RGBA) {
	var x, y [3]float64
	for k, p := range at {
		x[k], y[k] = c.project(p)
	}
	area := (x[1]-x[0])*(y[2]-y[0]) - (x[2]-x[0])*(y[1]-y[0])
	if area == 0 {
		return
	}
	b := c.picture.Bounds()
	for py := max(0, int(min(y[0], y[1], y[2]))); py <= min(b.Dy()-1, int(max(y[0], y[1], y[2]))+1); py++ {
		for px := max(0, int(min(x[0], x[1], x[2]))); px <= min(b.Dx()-1, int(max(x[0], x[1], x[2]))+1); px++ {
			fx, fy := float64(px)+.5, float64(py)+.5
			w1 := ((fx-x[0])*(y[2]-y[0]) - (x[2]-x[0])*(fy-y[0])) / area
			w2 := ((x[1]-x[0])*(fy-y[0]) - (fx-x[0])*(y[1]-y[0])) / area
			if w1 < 0 || w2 < 0 || w1+w2 > 1 {
				continue
			}
			mix := func(v [3]vec) vec { return v[0].times(1 - w1 - w2).plus(v[1].times(w1)).plus(v[2].times(w2)) }
			z := mix(at).z
			if i := py*b.Dx() + px; z > c.depth[i] {
				c.depth[i] = z
				c.picture.SetRGBA(px, py, shade(paint(mix(place)), mix(normal).unit()))
			}
		}
	}
}

func shade(c color.RGBA, normal vec) color.RGBA {
	f := 0.42 + 0.62*max(0, normal.dot(light))
	return color.RGBA{scaled(c.R, f), scaled(c.G, f), scaled(c.B, f), 255}
}

func scaled(v uint8, f float64) uint8 { return uint8(max(0, min(255, float64(v)*f))) }

// halved smooths the edges: each pixel is the mean of four.
//
//go:norace
func (c *canvas) halved() *image.RGBA {
	b := c.picture.Bounds()
	o := image.NewRGBA(image.Rect(0, 0, b.Dx()/2, b.Dy()/2))
	for y := range b.Dy() / 2 {
		for x := range b.Dx() / 2 {
			for k := range 3 {
				sum := 0
				for _, d := range [4][2]int{{0, 0}, {0, 1}, {1, 0}, {1, 1}} {
					sum += int(c.picture.Pix[c.picture.PixOffset(2*x+d[0], 2*y+d[1])+k])
				}
				o.Pix[o.PixOffset(x, y)+k] = uint8(sum / 4)
			}
			o.Pix[o.PixOffset(x, y)+3] = 255
		}
	}
	return o
}
