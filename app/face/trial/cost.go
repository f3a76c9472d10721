package trial

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/jpeg"
	_ "image/png" // pictures of the folder
	"io/fs"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"laoqi/app/face"
)

// Frames of a verification, and those among them of which a template is made:
// two straight looks and three turns.
const (
	Frames    = 13
	Described = 5
)

// Verify does for one frame after another what a verification does.
func Verify(ctx context.Context, m *face.Model, frame []byte) error {
	var near face.Box
	for i := range Frames {
		f, err := m.Read(ctx, frame, near)
		if err == nil && i%3 == 0 {
			_, err = f.Describe(ctx)
		}
		if err != nil {
			return err
		}
		near = f.Box
	}
	return nil
}

// Cost is what a verification costs on this machine.
type Cost struct {
	Parts  face.Times
	Whole  time.Duration
	Memory int64 // bytes that the process took at most; 0 where the system does not tell
}

// Measure takes the cost with the first picture of the folder that shows one face.
func Measure(ctx context.Context, m *face.Model, folder fs.FS) (c Cost, err error) {
	found := false
	err = each(ctx, folder, func(name string) error {
		picture, err := fs.ReadFile(folder, name)
		if err != nil {
			return err
		}
		frame := frameOf(picture)
		if _, err := m.Measure(ctx, frame); err != nil { // it also loads the model
			return nil
		}
		if c, err = measure(ctx, m, frame); err != nil {
			return nil
		}
		found = true
		return fs.SkipAll
	})
	if err == nil && !found {
		err = errors.New("子文件夹里没有一张只有一张人脸的照片（一人一个子文件夹，JPG 或 PNG）")
	}
	return c, err
}

func measure(ctx context.Context, m *face.Model, frame []byte) (c Cost, err error) {
	if c.Parts, err = m.Measure(ctx, frame); err != nil {
		return c, err
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	Forget()
	start := time.Now()
	err = Verify(ctx, m, frame)
	c.Whole, c.Memory = time.Since(start), Memory()
	return c, err
}

// frameOf is the picture as the capture page would send it.
func frameOf(picture []byte) []byte {
	m, _, err := image.Decode(bytes.NewReader(picture))
	if err != nil {
		return nil
	}
	b := m.Bounds()
	f := (max(b.Dx(), b.Dy()) + frameSide - 1) / frameSide
	o := image.NewRGBA(image.Rect(0, 0, b.Dx()/f, b.Dy()/f))
	for y := range o.Rect.Dy() {
		for x := range o.Rect.Dx() {
			o.Set(x, y, m.At(b.Min.X+f*x, b.Min.Y+f*y))
		}
	}
	var frame bytes.Buffer
	if err := jpeg.Encode(&frame, o, &jpeg.Options{Quality: 85}); err != nil {
		return nil
	}
	return frame.Bytes()
}

const frameSide = 640

// Forget gives back what is not used and begins to count the memory anew, where
// the system can.
func Forget() {
	debug.FreeOSMemory()
	_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0)
}

// Memory is the most that the process has held since Forget, in bytes; 0 where
// the system does not tell.
func Memory() int64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kilobytes, _ := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(rest), " kB"), 10, 64)
			return kilobytes << 10
		}
	}
	return 0
}
