package pades

import (
	"fmt"
	"math"

	"laoqi/app/pdf/pades/syntax"
)

// A Box is the visible part of a page, in points of the page's own coordinates.
type Box struct {
	Left, Bottom, Right, Top float64
	// Turn is by how many degrees clockwise a reader turns the page: 0, 90, 180 or 270.
	Turn int
}

// Boxes returns the visible parts of all pages in order.
func Boxes(pdf []byte) ([]Box, error) {
	f, err := syntax.Open(pdf)
	if err != nil {
		return nil, err
	}
	_, catalog, err := f.Root()
	if err != nil {
		return nil, err
	}
	pages, err := readPages(f, catalog)
	boxes := make([]Box, len(pages))
	for i, p := range pages {
		if err == nil {
			boxes[i], err = readBox(f, p.dict)
		}
	}
	return boxes, err
}

// readBox reads CropBox, or MediaBox where there is none or it lies outside, and Rotate (ISO 32000-1, 7.7.3.3).
func readBox(f *syntax.File, page syntax.Dict) (Box, error) {
	media, err := readRect(f, page, "MediaBox")
	if err != nil {
		return Box{}, err
	}
	crop, err := readRect(f, page, "CropBox")
	if err != nil {
		return Box{}, err
	}
	b := media.and(crop)
	if b.empty() {
		b = media
	}
	if b.empty() {
		return Box{}, fmt.Errorf("%w: page without a size", syntax.ErrBroken)
	}
	turn, err := inherited(f, page, "Rotate")
	if degrees, ok := number(turn); ok {
		b.Turn = ((int(degrees)/90)%4 + 4) % 4 * 90
	}
	return b, err
}

func (b Box) empty() bool { return !(b.Right > b.Left && b.Top > b.Bottom) }

// and is what lies in both boxes; an empty other one does not count.
func (b Box) and(other Box) Box {
	if other.empty() {
		return b
	}
	return Box{max(b.Left, other.Left), max(b.Bottom, other.Bottom), min(b.Right, other.Right), min(b.Top, other.Top), b.Turn}
}

func readRect(f *syntax.File, page syntax.Dict, key syntax.Name) (Box, error) {
	o, err := inherited(f, page, key)
	if err != nil || o == nil {
		return Box{}, err
	}
	list, ok := o.(syntax.Array)
	if !ok || len(list) != 4 {
		return Box{}, fmt.Errorf("%w: %s", syntax.ErrBroken, key)
	}
	var side [4]float64
	for i := range side {
		o, err := f.Resolve(list[i])
		if err != nil {
			return Box{}, err
		}
		if side[i], ok = number(o); !ok {
			return Box{}, fmt.Errorf("%w: %s", syntax.ErrBroken, key)
		}
	}
	return Box{min(side[0], side[2]), min(side[1], side[3]), max(side[0], side[2]), max(side[1], side[3]), 0}, nil
}

// inherited looks a page's entry up, in its parents if it has none of its own.
func inherited(f *syntax.File, node syntax.Dict, key syntax.Name) (syntax.Object, error) {
	const deepest = 50
	for range deepest {
		if node[key] != nil {
			return f.Resolve(node[key])
		}
		if node["Parent"] == nil {
			return nil, nil
		}
		parent, err := f.Dict(node["Parent"])
		if err != nil {
			return nil, err
		}
		node = parent
	}
	return nil, fmt.Errorf("%w: page tree", syntax.ErrBroken)
}

func number(o syntax.Object) (float64, bool) {
	switch n := o.(type) {
	case int:
		return float64(n), true
	case float64:
		return n, !math.IsNaN(n) && !math.IsInf(n, 0)
	}
	return 0, false
}

// Size is the width and height of the page as a reader sees it.
func (b Box) Size() (w, h float64) {
	if b.Turn%180 == 0 {
		return b.Right - b.Left, b.Top - b.Bottom
	}
	return b.Top - b.Bottom, b.Right - b.Left
}

// Edge is a field's place of the given width and height, as a reader sees it, in the middle of the page's right edge. On a small
// page it shrinks in proportion.
func (b Box) Edge(width, height float64) [4]float64 {
	w, h := b.Size()
	scale := min(1, w/width, h/height)
	width, height = width*scale, height*scale
	x, y := (b.Left+b.Right)/2, (b.Bottom+b.Top)/2
	switch b.Turn {
	case 90:
		return [4]float64{x - height/2, b.Top - width, x + height/2, b.Top}
	case 180:
		return [4]float64{b.Left, y - height/2, b.Left + width, y + height/2}
	case 270:
		return [4]float64{x - height/2, b.Bottom, x + height/2, b.Bottom + width}
	}
	return [4]float64{b.Right - width, y - height/2, b.Right, y + height/2}
}

// matrix puts a drawing of the given size upright at the top of the page as a reader sees it, in the middle, below a margin. A
// drawing wider than the page shrinks.
func (b Box) matrix(width, height, margin float64) [6]float64 {
	w, h := b.Size()
	s := min(1, w/width)
	x, y := (w-s*width)/2, h-s*(margin+height)
	switch b.Turn {
	case 90:
		return [6]float64{0, s, -s, 0, b.Right - y, b.Bottom + x}
	case 180:
		return [6]float64{-s, 0, 0, -s, b.Right - x, b.Top - y}
	case 270:
		return [6]float64{0, -s, s, 0, b.Left + y, b.Top - x}
	}
	return [6]float64{s, 0, 0, s, b.Left + x, b.Bottom + y}
}
