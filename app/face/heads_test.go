package face_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"math"
	"testing"
	"time"

	"laoqi/app/apptest/head"
	"laoqi/app/face"
)

// model is loaded once for all tests.
var model face.Model

func look(t testing.TB, frame []byte) face.Face {
	t.Helper()
	f, err := model.Read(t.Context(), frame, face.Box{})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func describe(t testing.TB, f face.Face) face.Template {
	t.Helper()
	d, err := f.Describe(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestOnePersonIsKnownAgainAndAnotherIsNot(t *testing.T) {
	li := describe(t, look(t, head.Li.JPEG(640, 480, 0)))
	if d := describe(t, look(t, head.Li.JPEG(800, 600, 6))).Distance(li); d > 0.2 {
		t.Errorf("the same face lies %.2f from itself", d)
	}
	if d := describe(t, look(t, head.Wang.JPEG(640, 480, 0))).Distance(li); d < 0.42 {
		t.Errorf("another face lies only %.2f away", d)
	}
	if d := li.Distance(li[:64]); !math.IsInf(d, 1) {
		t.Errorf("a template of another model lies %.2f away", d)
	}
}

func TestTheYawFollowsTheHead(t *testing.T) {
	for _, degrees := range []float64{-35, -20, 0, 20, 35} {
		if yaw := look(t, head.Li.JPEG(640, 480, degrees)).Yaw; math.Abs(yaw-degrees) > 8 {
			t.Errorf("turned by %v degrees, read as %.1f", degrees, yaw)
		}
	}
}

func TestAFaceIsFollowedFromFrameToFrame(t *testing.T) {
	first := look(t, head.Li.JPEG(640, 480, 0))
	next, err := model.Read(t.Context(), head.Li.JPEG(640, 480, 12), first.Box)
	if err != nil || math.Abs(next.Yaw-12) > 8 {
		t.Fatal(next.Yaw, err)
	}
	lost, err := model.Read(t.Context(), head.Li.JPEG(640, 480, 0), face.Box{X: 60, Y: 60, Side: 90})
	if err != nil || math.Abs(lost.Box.X-first.Box.X) > 5 {
		t.Fatalf("a lost face is not found again: %+v %v", lost.Box, err)
	}
}

func encoded(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestPicturesWithoutOneFaceAreRefused(t *testing.T) {
	for what, x := range map[string]struct {
		frame []byte
		want  error
	}{
		"no face":   {encoded(t, image.NewGray(image.Rect(0, 0, 640, 480))), face.ErrNone},
		"two faces": {beside(t, 200), face.ErrSeveral},
		"no bytes":  {nil, face.ErrPicture},
		"text":      {[]byte("hello"), face.ErrPicture},
		"too large": {encoded(t, image.NewGray(image.Rect(0, 0, 4000, 4000))), face.ErrPicture},
		"too small": {encoded(t, image.NewGray(image.Rect(0, 0, 20, 20))), face.ErrPicture},
		"cut off":   {head.Li.JPEG(640, 480, 0)[:2000], face.ErrPicture},
	} {
		if _, err := model.Read(t.Context(), x.frame, face.Box{}); !errors.Is(err, x.want) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestADocumentMayLieOnItsSide(t *testing.T) {
	upright := head.Li.Frame(640, 480, 0)
	side := image.NewRGBA(image.Rect(0, 0, 480, 640))
	for y := range 480 {
		for x := range 640 {
			side.Set(y, 639-x, upright.At(x, y))
		}
	}
	f, err := model.ReadDocument(t.Context(), encoded(t, side))
	if err != nil {
		t.Fatal(err)
	}
	if d := describe(t, f).Distance(describe(t, look(t, head.Li.JPEG(640, 480, 0)))); d > 0.3 {
		t.Errorf("the face on the document lies %.2f away", d)
	}
}

func TestWhoeverGivesUpWaitingReadsNothing(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	frame := head.Li.JPEG(640, 480, 0)
	refused := 0
	for range 20 { // a free turn may be taken even so
		if _, err := model.Read(ctx, frame[:100], face.Box{}); errors.Is(err, face.ErrBusy) {
			refused++
		}
	}
	if refused == 0 {
		t.Error("nobody was refused")
	}
}

// beside is one picture of two people, the second of so many pixels.
func beside(t testing.TB, side int) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 640, 480))
	draw.Draw(m, m.Rect, image.NewUniform(color.Gray{Y: 180}), image.Point{}, draw.Src)
	draw.Draw(m, image.Rect(0, 0, 400, 480), head.Li.Frame(400, 480, 0), image.Point{}, draw.Src)
	draw.Draw(m, image.Rect(640-side, 480-side, 640, 480), head.Wang.Frame(side, side, 0), image.Point{}, draw.Src)
	return encoded(t, m)
}

func TestSomebodyElseBesideAFollowedFaceIsSeenOnceTheFrameCounts(t *testing.T) {
	alone := look(t, beside(t, 0))
	f, err := model.Read(t.Context(), beside(t, 200), alone.Box)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Describe(t.Context()); !errors.Is(err, face.ErrSeveral) {
		t.Error(err)
	}
}

// tilted is the picture as a flat photo held before the camera and turned about
// its middle line.
func tilted(t testing.TB, m *image.RGBA, degrees float64) []byte {
	t.Helper()
	const away = 1.6 // distance of the camera, in widths of the picture
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	b := m.Bounds()
	w, h := float64(b.Dx()), float64(b.Dy())
	o := image.NewRGBA(b)
	for y := range b.Dy() {
		for x := range b.Dx() {
			u, v := float64(x)/w-.5, float64(y)/h-.5
			s := u * away / (away*cos + u*sin) // where the ray through the pixel meets the photo
			px, py := (s+.5)*w, (v*(away-s*sin)/away+.5)*h
			if px >= 0 && py >= 0 && px < w && py < h {
				o.SetRGBA(x, y, m.RGBAAt(int(px), int(py)))
			}
		}
	}
	return encoded(t, o)
}

func TestAFlatPhotoDoesNotTurnItsHeadHoweverItIsTilted(t *testing.T) {
	photo := head.Li.Frame(640, 480, 0)
	straight := look(t, encoded(t, photo)).Yaw
	for _, degrees := range []float64{-50, 30, 50} {
		yaw := look(t, tilted(t, photo, degrees)).Yaw - straight
		t.Logf("tilted by %v degrees: %.1f", degrees, yaw)
		if math.Abs(yaw) > 12 { // a turn takes 18
			t.Errorf("tilted by %v degrees, the head seems to turn by %.1f", degrees, yaw)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(head.Li.JPEG(160, 120, 0))
	f.Add([]byte("\xff\xd8\xff"))
	f.Fuzz(func(t *testing.T, frame []byte) {
		start := time.Now()
		_, _ = model.Read(t.Context(), frame, face.Box{})
		if d := time.Since(start); d > 10*time.Second {
			t.Fatalf("took %v", d)
		}
	})
}
