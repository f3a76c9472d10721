package qr

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/skip2/go-qrcode"
)

const address = "https://192.168.1.20:8443/m/a/7F3C9A1EXYZ7F3C9A1EXYZ7F3C"

// code is the QR code as the hall shows it, on a screen of its size.
func code(t testing.TB, size int) *image.Gray {
	t.Helper()
	c, err := qrcode.New(address, qrcode.Medium)
	if err != nil {
		t.Fatal(err)
	}
	return grey(c.Image(size))
}

func grey(m image.Image) *image.Gray {
	b := m.Bounds()
	g := image.NewGray(image.Rect(0, 0, b.Dx(), b.Dy()))
	for y := range b.Dy() {
		for x := range b.Dx() {
			g.Set(x, y, m.At(b.Min.X+x, b.Min.Y+y))
		}
	}
	return g
}

// photo draws the code as a camera may see it: at maps a point of the photo to
// one of the code, light changes the brightness found there.
func photo(c *image.Gray, w, h int, at func(x, y float64) (float64, float64), light func(x, y, v float64) float64) *image.Gray {
	g := image.NewGray(image.Rect(0, 0, w, h))
	dice := rand.New(rand.NewPCG(1, 2))
	for y := range h {
		for x := range w {
			cx, cy := at(float64(x), float64(y))
			v := 150.0 // the wall behind the screen
			if p := image.Pt(int(cx), int(cy)); cx >= 0 && cy >= 0 && p.In(c.Rect) {
				v = float64(c.GrayAt(p.X, p.Y).Y)
			}
			v = light(float64(x)/float64(w), float64(y)/float64(h), v) + dice.NormFloat64()*4
			g.SetGray(x, y, color.Gray{Y: byte(min(255, max(0, v)))})
		}
	}
	return g
}

func turned(degrees, scale, cx, cy, size float64) func(x, y float64) (float64, float64) {
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	return func(x, y float64) (float64, float64) {
		dx, dy := (x-cx)/scale, (y-cy)/scale
		return dx*cos + dy*sin + size/2, dy*cos - dx*sin + size/2
	}
}

func blurred(g *image.Gray, radius int) *image.Gray {
	out := image.NewGray(g.Rect)
	for y := range g.Rect.Dy() {
		for x := range g.Rect.Dx() {
			sum, n := 0, 0
			for dy := -radius; dy <= radius; dy++ {
				for dx := -radius; dx <= radius; dx++ {
					if p := image.Pt(x+dx, y+dy); p.In(g.Rect) {
						sum, n = sum+int(g.GrayAt(p.X, p.Y).Y), n+1
					}
				}
			}
			out.SetGray(x, y, color.Gray{Y: byte(sum / n)})
		}
	}
	return out
}

func asJPEG(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 70}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asPNG(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func plainly(_, _, v float64) float64 { return v }

// awkward is what people hand in.
func awkward(t testing.TB) map[string][]byte {
	const side = 512
	c := code(t, side)
	middle := func(degrees float64) func(x, y float64) (float64, float64) {
		return turned(degrees, 1, 450, 600, side)
	}
	inverse := image.NewGray(c.Rect)
	for i, v := range c.Pix {
		inverse.Pix[i] = 255 - v
	}
	return map[string][]byte{
		"a screenshot":     asPNG(t, c),
		"straight":         asJPEG(t, photo(c, 900, 1200, middle(0), plainly)),
		"turned by 30":     asJPEG(t, photo(c, 900, 1200, middle(30), plainly)),
		"turned by 45":     asJPEG(t, photo(c, 900, 1200, middle(45), plainly)),
		"lying":            asJPEG(t, photo(c, 900, 1200, middle(90), plainly)),
		"upside down":      asJPEG(t, photo(c, 900, 1200, middle(180), plainly)),
		"mirrored":         asJPEG(t, photo(c, 900, 1200, func(x, y float64) (float64, float64) { return middle(0)(900-x, y) }, plainly)),
		"from the side":    asJPEG(t, photo(c, 900, 1200, aslant(middle(8)), plainly)),
		"out of focus":     asJPEG(t, blurred(photo(c, 900, 1200, middle(5), plainly), 4)),
		"in a dim room":    asJPEG(t, photo(c, 900, 1200, middle(3), func(_, _, v float64) float64 { return 60 + v*0.16 })),
		"with glare":       asJPEG(t, photo(c, 900, 1200, middle(3), func(x, y, v float64) float64 { return v*0.6 + 140*x*y })),
		"half in shadow":   asJPEG(t, photo(c, 900, 1200, middle(3), func(x, _, v float64) float64 { return v * (0.35 + 0.65*x) })),
		"inverted":         asJPEG(t, photo(inverse, 900, 1200, middle(10), plainly)),
		"of 12 megapixels": asJPEG(t, photo(c, 3000, 4000, turned(12, 3, 1500, 2000, side), plainly)),
		"small in it":      asJPEG(t, photo(c, 3000, 4000, turned(-7, 0.55, 2100, 1200, side), plainly)),
	}
}

// aslant narrows the code towards the right, as seen from the left.
func aslant(at func(x, y float64) (float64, float64)) func(x, y float64) (float64, float64) {
	return func(x, y float64) (float64, float64) {
		depth := 1 - (x-450)*0.0004
		return at(450+(x-450)*1.2/depth, 600+(y-600)/depth)
	}
}

func TestAwkwardPhotosAreRead(t *testing.T) {
	r := NewReader()
	pictures := awkward(t)
	hits := 0
	for name, file := range pictures {
		if text, err := r.Read(t.Context(), file); err != nil || text != address {
			t.Errorf("%s: %q, %v", name, text, err)
			continue
		}
		hits++
	}
	t.Logf("%d of %d awkward pictures were read", hits, len(pictures))
}

func TestWhatIsNoPhotoOfACodeIsNamed(t *testing.T) {
	large := asPNG(t, image.NewGray(image.Rect(0, 0, 10, 10)))
	copy(large[16:24], []byte{0, 0, 0x40, 0, 0, 0, 0x40, 0}) // says 16384 by 16384
	binary.BigEndian.PutUint32(large[29:], crc32.ChecksumIEEE(large[12:29]))
	wall := photo(image.NewGray(image.Rect(0, 0, 0, 0)), 700, 500, turned(0, 1, 0, 0, 0), plainly)
	half := asJPEG(t, wall)
	for name, c := range map[string]struct {
		file []byte
		want error
	}{
		"nothing":       {nil, ErrPicture},
		"text":          {[]byte("<svg onload=alert(1)>"), ErrPicture},
		"a cut file":    {half[:len(half)/2], ErrPicture},
		"a bare wall":   {asJPEG(t, wall), ErrNone},
		"one pixel":     {asPNG(t, image.NewGray(image.Rect(0, 0, 1, 1))), ErrNone},
		"a thin line":   {asPNG(t, image.NewGray(image.Rect(0, 0, 5000, 1))), ErrNone},
		"a bomb of PNG": {large, ErrLarge},
	} {
		if text, err := NewReader().Read(t.Context(), c.file); !errors.Is(err, c.want) || text != "" {
			t.Errorf("%s: %q, %v, want %v", name, text, err, c.want)
		}
	}
}

func TestWhoWaitsTooLongIsToldSo(t *testing.T) {
	r := NewReader()
	r.turn <- struct{}{}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := r.Read(ctx, nil); !errors.Is(err, ErrBusy) {
		t.Error(err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(asPNG(f, code(f, 200)))
	f.Add(asJPEG(f, code(f, 200)))
	f.Fuzz(func(t *testing.T, file []byte) {
		if size, _, err := image.DecodeConfig(bytes.NewReader(file)); err == nil && size.Width*size.Height > 1<<20 {
			t.Skip("slow, not wrong")
		}
		_, _ = NewReader().Read(t.Context(), file)
	})
}
