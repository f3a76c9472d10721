// Package font holds the embedded fonts of every document and seal: Noto Serif
// SC in two weights for the Basic Multilingual Plane, and a subset of the
// Hanazono fonts for rare characters of names beyond it. It uses no font of the
// system. Everything in it may be used by many goroutines.
package font

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"golang.org/x/image/font/sfnt"

	"laoqi/app/pdf/font/internal/truetype"
)

//go:generate go run ./internal/hanasubset

var (
	//go:embed NotoSerifSC-Regular.ttf
	notoRegular []byte
	//go:embed NotoSerifSC-Bold.ttf
	notoBold []byte
	//go:embed LaoqiRare.ttf
	laoqiRare []byte
)

// Face is one embedded font.
type Face struct {
	Name            string  // PostScript name
	Ascent, Descent float64 // in em; Descent is negative
	cmap            *sfnt.Font
	file            *truetype.Font
	unitsPerEm      float64
}

// faces parses the embedded fonts at first use; they are part of the program, so
// a fault in them is a fault of the build.
var faces = sync.OnceValue(func() (f struct{ regular, bold, rare *Face }) {
	f.regular = parse("NotoSerifSC-Regular", notoRegular)
	f.bold = parse("NotoSerifSC-Bold", notoBold)
	f.rare = parse("LaoqiRare", laoqiRare)
	return f
})

func parse(name string, data []byte) *Face {
	cmap, err := sfnt.Parse(data)
	if err != nil {
		panic("font " + name + ": " + err.Error())
	}
	file, err := truetype.Parse(data)
	if err != nil {
		panic("font " + name + ": " + err.Error())
	}
	em := float64(file.UnitsPerEm())
	ascent, descent := file.Extent()
	return &Face{name, float64(ascent) / em, float64(descent) / em, cmap, file, em}
}

// Glyph is how one character is drawn.
type Glyph struct {
	Face    *Face
	ID      uint16
	Advance float64 // in em
	Thicken bool    // bold was asked for and the face has none: stroke the outline too
}

// Find returns the glyph of a character: of Noto Serif SC if it has one, else of
// the rare characters. ok is false if no font can draw it.
func Find(r rune, bold bool) (g Glyph, ok bool) {
	f := faces()
	face := f.regular
	if bold {
		face = f.bold
	}
	if g, ok := face.find(r); ok {
		return g, true
	}
	g, ok = f.rare.find(r)
	g.Thicken = bold
	return g, ok
}

func (f *Face) find(r rune) (Glyph, bool) {
	id, err := f.cmap.GlyphIndex(nil, r)
	if err != nil || id == 0 {
		return Glyph{}, false
	}
	return Glyph{Face: f, ID: uint16(id), Advance: f.Advance(uint16(id))}, true
}

// Advance returns the advance width of a glyph in em.
func (f *Face) Advance(id uint16) float64 {
	advance, _ := f.file.Metrics(id)
	return float64(advance) / f.unitsPerEm
}

// Subset writes a TrueType font for embedding whose glyph i is ids[i]; ids[0]
// must be 0, the glyph for missing characters.
func (f *Face) Subset(ids []uint16) []byte { return f.file.Subset(ids) }

// Missing lists the characters of a text that no font can draw, each once, so
// that the input field can refuse them by name. Line breaks and tabs are layout,
// not characters.
func Missing(s string) (missing []rune) {
	for _, r := range s {
		if strings.ContainsRune("\r\n\t", r) {
			continue
		}
		if _, ok := Find(r, false); !ok && !strings.ContainsRune(string(missing), r) {
			missing = append(missing, r)
		}
	}
	return missing
}

// Refusal says of what stands in an input field, known by its label, which
// characters no document could show; "" if there are none.
func Refusal(label, s string) string {
	missing := Missing(s)
	if missing == nil {
		return ""
	}
	var list strings.Builder
	for _, r := range missing {
		fmt.Fprintf(&list, "“%c”（%U）", r, r) // one that cannot be seen is known by its code point
	}
	return label + "中的字符" + list.String() + "无法印在合同上，请核对后换用其他写法；确为姓名、地名用字的，请联系系统管理员补充字体。"
}
