package journey

import (
	"context"
	"fmt"
	"image"
	"image/color"
	"os"
	"path/filepath"
	"testing"
	"time"

	"laoqi/app/apptest/head"

	"github.com/chromedp/chromedp"
)

// camera is the fake camera of a second browser: a video of two frames that is
// rewritten while it plays, so that a person who does not exist can follow what
// the page asks for.
type camera struct {
	t       *testing.T
	browser context.Context
	file    *os.File
	shown   string
	looks   map[string][]byte // frames drawn so far
}

const (
	cameraWidth, cameraHeight = 640, 480
	videoHead                 = "YUV4MPEG2 W640 H480 F20:1 Ip A1:1 C420jpeg\n"
	frameHead                 = "FRAME\n"
)

// beforeCamera starts the browser that has the camera.
func beforeCamera(t *testing.T) *camera {
	t.Helper()
	folder := browserFolder(t)
	path := filepath.Join(folder, "camera.y4m")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	c := &camera{t: t, file: file, looks: map[string][]byte{}}
	fmt.Fprint(file, videoHead)
	c.show(head.Li, 0)
	browser, end, err := startChromium(filepath.Join(folder, "profile"), chromedp.Flag("use-fake-device-for-media-stream", true), chromedp.Flag("use-fake-ui-for-media-stream", true),
		chromedp.Flag("use-file-for-fake-video-capture", path))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { end(); file.Close() })
	c.browser = browser
	return c
}

// show puts the person before the camera, the head turned by degrees to its own left.
func (c *camera) show(p head.Person, degrees float64) {
	c.t.Helper()
	key := fmt.Sprint(p, degrees)
	if key == c.shown {
		return
	}
	if c.looks[key] == nil {
		c.looks[key] = append([]byte(frameHead), yuv(p.Frame(cameraWidth, cameraHeight, degrees))...)
	}
	c.shown = key
	for i := range 2 {
		if _, err := c.file.WriteAt(c.looks[key], int64(len(videoHead)+i*len(c.looks[key]))); err != nil {
			c.t.Fatal(err)
		}
	}
}

// yuv is the planes of a picture, the colours at half the size.
func yuv(m *image.RGBA) []byte {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	y, u, v := make([]byte, w*h), make([]byte, w*h/4), make([]byte, w*h/4)
	for i := range w * h {
		r := m.Pix[4*i:]
		a, b, c := color.RGBToYCbCr(r[0], r[1], r[2])
		y[i] = a
		if x, row := i%w, i/w; x%2 == 0 && row%2 == 0 {
			u[row/2*w/2+x/2], v[row/2*w/2+x/2] = b, c
		}
	}
	return append(append(y, u...), v...)
}

// degrees is how far a head turns that follows.
var degrees = map[string]float64{"left": 30, "right": -30, "straight": 0}

// passes does what the page asks until the person is recognised. A machine too slow
// for a turn is given another try, as a person would.
func (c *camera) passes(w *window, p head.Person) {
	c.t.Helper()
	if c.poses(w, p, follows) {
		return
	}
	w.sees("没有在规定时间内完成动作")
	w.click("再试一次")
	if !c.poses(w, p, follows) {
		w.fatal("the face is not recognised")
	}
}

// fails makes something else of what the page asks, until the attempt has failed.
func (c *camera) fails(w *window, p head.Person, act func(turn string) float64) {
	c.t.Helper()
	if c.poses(w, p, act) {
		w.fatal("the face is recognised")
	}
}

// poses shows the person as act makes of what the page asks, until the page is left
// or the attempt has ended.
func (c *camera) poses(w *window, p head.Person, act func(turn string) float64) (passed bool) {
	c.t.Helper()
	const asked = `(() => { const f = document.querySelector('[data-face-check]'); return f ? [f.dataset.turn || '', f.dataset.state || ''] : ['', 'left'] })()`
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(glances) {
		var now []string
		if err := chromedp.Run(w.ctx, chromedp.Evaluate(asked, &now)); err != nil {
			continue // the page is being left
		}
		switch now[1] {
		case "left", "failed", "passed":
			c.show(p, 0)
			return now[1] != "failed"
		}
		if now[0] != "" {
			c.show(p, act(now[0]))
		}
	}
	w.fatal("the face check does not end")
	return false
}

func follows(turn string) float64 { return degrees[turn] }

func stares(string) float64 { return 0 }
