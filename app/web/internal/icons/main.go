// Command icons draws the app's icons into static/icon: the two halves of a tally
// (契) that fit each other, as on favicon.svg and part.Mark.
package main

import (
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"log"
	"os"
	"path/filepath"

	"golang.org/x/image/vector"
)

var (
	blue  = color.RGBA{0x0b, 0x57, 0xb0, 0xff}
	white = color.RGBA{0xff, 0xff, 0xff, 0xff}
	pale  = color.RGBA{0xa9, 0xcb, 0xf5, 0xff}
)

// icon is a file: its side in pixels, and how much of it the mark covers. What a
// launcher cuts off a maskable icon lies outside the middle four fifths.
type icon struct {
	name  string
	side  int
	cover float32
	round float32 // radius of the corners, as a part of the side
}

var icons = []icon{
	{"small", 192, .68, .2},
	{"large", 512, .68, .2},
	{"maskable", 512, .5, 0},
	{"apple", 180, .62, 0},
}

// The halves on a grid of 32 by 32.
var (
	left  = [][2]float32{{7, 4}, {18, 4}, {14, 10}, {19, 16}, {14, 22}, {18, 28}, {7, 28}, {4, 25}, {4, 7}}
	right = [][2]float32{{21.5, 4}, {25, 4}, {28, 7}, {28, 25}, {25, 28}, {21.5, 28}, {17.5, 22}, {22.5, 16}, {17.5, 10}}
)

func main() {
	folder := filepath.Join("..", "..", "static", "icon") // run by go generate in app/web
	for _, i := range icons {
		if err := i.write(folder); err != nil {
			log.Fatal(err)
		}
	}
}

func (i icon) write(folder string) error {
	f, err := os.Create(filepath.Join(folder, i.name+".png"))
	if err != nil {
		return err
	}
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(f, i.picture()); err != nil {
		return err
	}
	return f.Close()
}

func (i icon) picture() image.Image {
	side := float32(i.side)
	m := image.NewRGBA(image.Rect(0, 0, i.side, i.side))
	fill(m, blue, rounded(side, side*i.round))
	scale, shift := side*i.cover/32, side*(1-i.cover)/2
	for half, ink := range map[*[][2]float32]color.Color{&left: white, &right: pale} {
		var path [][2]float32
		for _, p := range *half {
			path = append(path, [2]float32{shift + p[0]*scale, shift + p[1]*scale})
		}
		fill(m, ink, polygon(path))
	}
	return m
}

// drawing adds a closed path to what will be filled.
type drawing func(*vector.Rasterizer)

func fill(m draw.Image, ink color.Color, path drawing) {
	r := vector.NewRasterizer(m.Bounds().Dx(), m.Bounds().Dy())
	path(r)
	r.Draw(m, m.Bounds(), image.NewUniform(ink), image.Point{})
}

func polygon(points [][2]float32) drawing {
	return func(r *vector.Rasterizer) {
		r.MoveTo(points[0][0], points[0][1])
		for _, p := range points[1:] {
			r.LineTo(p[0], p[1])
		}
		r.ClosePath()
	}
}

func rounded(side, radius float32) drawing {
	return func(r *vector.Rasterizer) {
		r.MoveTo(radius, 0)
		r.LineTo(side-radius, 0)
		r.QuadTo(side, 0, side, radius)
		r.LineTo(side, side-radius)
		r.QuadTo(side, side, side-radius, side)
		r.LineTo(radius, side)
		r.QuadTo(0, side, 0, side-radius)
		r.LineTo(0, radius)
		r.QuadTo(0, 0, radius, 0)
		r.ClosePath()
	}
}
