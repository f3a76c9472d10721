package journey

import (
	"bytes"
	"context"
	"image"
	"image/jpeg"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
)

// withCamera starts a browser whose camera shows the pictures in turn, and which
// lets pages use it. A browser has one such film for its whole life.
func withCamera(t *testing.T, film ...image.Image) context.Context {
	t.Helper()
	var mjpeg bytes.Buffer
	for _, frame := range film {
		if err := jpeg.Encode(&mjpeg, frame, &jpeg.Options{Quality: 90}); err != nil {
			t.Fatal(err)
		}
	}
	folder := browserFolder(t)
	file := filepath.Join(folder, "camera.mjpeg")
	if err := os.WriteFile(file, mjpeg.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	browser, end, err := startChromium(filepath.Join(folder, "profile"), chromedp.Flag("use-fake-device-for-media-stream", true),
		chromedp.Flag("use-fake-ui-for-media-stream", true), chromedp.Flag("use-file-for-fake-video-capture", file))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(end)
	return browser
}
