package qr

import (
	"image"
	"image/color"
)

// reduced is the picture in grey with the longer side of at most side pixels;
// each pixel is the mean of those that it covers.
func reduced(m image.Image, side int) *image.Gray {
	b := m.Bounds()
	w, h := b.Dx(), b.Dy()
	long := max(w, h)
	out := image.NewGray(image.Rect(0, 0, max(1, w*side/long), max(1, h*side/long)))
	ow, oh := out.Rect.Dx(), out.Rect.Dy()
	line, sums := make([]byte, w), make([]int, ow)
	luma := lines(m)
	for y := range oh {
		clear(sums)
		top, bottom := y*h/oh, (y+1)*h/oh
		for from := top; from < bottom; from++ {
			luma(from, line)
			for x := range ow {
				for _, v := range line[x*w/ow : (x+1)*w/ow] {
					sums[x] += int(v)
				}
			}
		}
		for x, sum := range sums {
			out.Pix[y*out.Stride+x] = byte(sum / ((bottom - top) * ((x+1)*w/ow - x*w/ow)))
		}
	}
	return out
}

// lines reads a picture's brightness line by line, fast for the kinds that photos
// and screenshots decode to.
func lines(m image.Image) func(y int, to []byte) {
	b := m.Bounds()
	switch m := m.(type) {
	case *image.YCbCr:
		return func(y int, to []byte) { copy(to, m.Y[m.YOffset(b.Min.X, b.Min.Y+y):]) }
	case *image.Gray:
		return func(y int, to []byte) { copy(to, m.Pix[m.PixOffset(b.Min.X, b.Min.Y+y):]) }
	case *image.NRGBA:
		return func(y int, to []byte) { mix(m.Pix[m.PixOffset(b.Min.X, b.Min.Y+y):], to) }
	case *image.RGBA:
		return func(y int, to []byte) { mix(m.Pix[m.PixOffset(b.Min.X, b.Min.Y+y):], to) }
	}
	return func(y int, to []byte) {
		for x := range to {
			to[x] = color.GrayModel.Convert(m.At(b.Min.X+x, b.Min.Y+y)).(color.Gray).Y
		}
	}
}

// mix gives the brightness of a line of four bytes a pixel; what is transparent
// stands on white.
func mix(pix, to []byte) {
	for x := range to {
		p := pix[4*x : 4*x+4]
		v := (299*int(p[0]) + 587*int(p[1]) + 114*int(p[2])) / 1000
		to[x] = byte((v*int(p[3]) + 255*(255-int(p[3]))) / 255)
	}
}

// stretch spreads the brightness over the whole range; the darkest and the
// lightest hundredth are specks and glare.
func stretch(g *image.Gray) {
	var count [256]int
	for _, v := range g.Pix {
		count[v]++
	}
	few := len(g.Pix) / 100
	low, high := 0, 255
	for n := count[low]; n <= few && low < 255; n += count[low] {
		low++
	}
	for n := count[high]; n <= few && high > 0; n += count[high] {
		high--
	}
	if high <= low {
		return
	}
	for i, v := range g.Pix {
		g.Pix[i] = byte(min(255, max(0, (int(v)-low)*255/(high-low))))
	}
}

func invert(g *image.Gray) {
	for i, v := range g.Pix {
		g.Pix[i] = 255 - v
	}
}
