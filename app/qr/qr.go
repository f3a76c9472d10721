// Package qr reads the QR code in a photo. Whoever photographs a screen by hand
// gets it small, skewed, dim or inverted, so each picture is tried at several
// sizes and in several ways; how it is turned does not matter to a QR code.
package qr

import (
	"bytes"
	"context"
	"errors"
	"image"
	_ "image/jpeg" // what phones and screenshots are made of
	_ "image/png"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
)

// Limits of a photo.
const (
	MaxBytes  = 20 << 20
	maxPixels = 26_000_000
)

// What can be wrong with a photo.
var (
	ErrNone    = errors.New("qr: no code in the picture")
	ErrPicture = errors.New("qr: neither JPEG nor PNG, or damaged")
	ErrLarge   = errors.New("qr: too many pixels")
	ErrBusy    = errors.New("qr: other pictures are at work")
)

// sides are the longer sides, in pixels, at which a picture is tried: at the
// first most codes are found and noise is gone, the last shows a code that fills
// little of the picture.
var sides = []int{640, 1280, 2200}

// Reader reads one picture at a time, since a large one takes 100 MB and a second.
type Reader struct{ turn chan struct{} }

// NewReader makes a Reader.
func NewReader() *Reader { return &Reader{make(chan struct{}, 1)} }

// Read returns the text of the code in a JPEG or PNG file. It waits for its turn
// until ctx ends, then with ErrBusy.
func (r *Reader) Read(ctx context.Context, file []byte) (string, error) {
	select {
	case r.turn <- struct{}{}:
		defer func() { <-r.turn }()
	case <-ctx.Done():
		return "", ErrBusy
	}
	size, _, err := image.DecodeConfig(bytes.NewReader(file))
	if err != nil || size.Width < 1 || size.Height < 1 {
		return "", ErrPicture
	}
	if size.Width > maxPixels/size.Height {
		return "", ErrLarge
	}
	picture, _, err := image.Decode(bytes.NewReader(file))
	if err != nil {
		return "", ErrPicture
	}
	return find(ctx, picture)
}

func find(ctx context.Context, picture image.Image) (string, error) {
	b := picture.Bounds()
	long := max(b.Dx(), b.Dy())
	for i, side := range sides {
		if i > 0 && sides[i-1] >= long {
			break
		}
		g := reduced(picture, min(side, long))
		stretch(g)
		for range 2 {
			if ctx.Err() != nil {
				return "", ErrBusy
			}
			if text := decode(g); text != "" {
				return text, nil
			}
			invert(g)
		}
	}
	return "", ErrNone
}

// decode tries both ways to tell black from white. The decoder is not ours and a
// hostile picture may bring it to panic, which then counts as no code.
func decode(g *image.Gray) (text string) {
	defer func() {
		if recover() != nil {
			text = ""
		}
	}()
	source := gozxing.NewLuminanceSourceFromImage(g)
	hints := map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true}
	for _, b := range []gozxing.Binarizer{gozxing.NewHybridBinarizer(source), gozxing.NewGlobalHistgramBinarizer(source)} {
		bitmap, err := gozxing.NewBinaryBitmap(b)
		if err != nil {
			continue
		}
		if found, err := qrcode.NewQRCodeReader().Decode(bitmap, hints); err == nil {
			return found.GetText()
		}
	}
	return ""
}
