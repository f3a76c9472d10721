package font

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"laoqi/app/pdf/font/internal/truetype"
)

func TestEveryCharacterOfTheNationalListHasAnOutlineInBothWeights(t *testing.T) {
	list, err := os.ReadFile("testdata/通用规范汉字表.txt")
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for _, r := range strings.ReplaceAll(string(list), "\n", "") {
		count++
		for _, bold := range []bool{false, true} {
			g, ok := Find(r, bold)
			if !ok || len(g.Outline()) < 4 || g.Advance != 1 {
				t.Errorf("%c %U (bold %v): found %v, advance %v", r, r, bold, ok, g.Advance)
			}
		}
	}
	if count != 8105 {
		t.Errorf("the list holds %d characters, want 8105", count)
	}
}

func TestEveryCharacterOfCJKExtensionAHasAnOutlineInBothWeights(t *testing.T) {
	for r := rune(0x3400); r <= 0x4DBF; r++ {
		for _, bold := range []bool{false, true} {
			if g, ok := Find(r, bold); !ok || len(g.Outline()) < 4 || g.Advance != 1 {
				t.Errorf("%c %U (bold %v): found %v, advance %v", r, r, bold, ok, g.Advance)
			}
		}
	}
}

func TestTheFontsTakeAtMost40MegabytesOfTheProgram(t *testing.T) {
	if size := len(notoRegular) + len(notoBold) + len(laoqiRare); size > 40_000_000 {
		t.Errorf("%d bytes", size)
	}
}

func TestRareNamesFallBackToTheFontForRareCharacters(t *testing.T) {
	for _, r := range "𠮷𬎆" {
		g, ok := Find(r, true)
		if !ok || g.Face.Name != "LaoqiRare" || !g.Thicken {
			t.Errorf("%c: %+v, %v", r, g, ok)
		}
	}
	if g, _ := Find('王', true); g.Thicken || g.Face.Name != "NotoSerifSC-Bold" {
		t.Errorf("王: %+v", g)
	}
}

func TestOnlyCharactersThatNoFontDrawsAreMissing(t *testing.T) {
	if m := Missing("欧阳·买买提 José 𠮷𬎆\r\n，第 2 行\t（甲）"); m != nil {
		t.Errorf("missing %q", m)
	}
	if m := Missing("张🙂三🙂\u200b"); !slices.Equal(m, []rune{'🙂', '\u200b'}) {
		t.Errorf("missing %q", m)
	}
}

func TestNoGlyphOfTheEmbeddedFontsIsComposite(t *testing.T) {
	f := faces()
	for _, face := range []*Face{f.regular, f.bold, f.rare} {
		for id := range face.cmap.NumGlyphs() {
			if face.file.IsComposite(uint16(id)) {
				t.Fatalf("%s: glyph %d is composite, which Subset cannot copy", face.Name, id)
			}
		}
	}
}

func TestASubsetIsAFontWithTheChosenGlyphsInOrder(t *testing.T) {
	ids := []uint16{0}
	for _, r := range "é劳契A" {
		g, _ := Find(r, false)
		ids = append(ids, g.ID)
	}
	whole := faces().regular.file
	subset, err := truetype.Parse(faces().regular.Subset(ids))
	if err != nil {
		t.Fatal(err)
	}
	for i, id := range ids {
		small, wide := subset.Glyph(uint16(i)), whole.Glyph(id)
		if !bytes.HasPrefix(small, wide) {
			t.Errorf("glyph %d differs from glyph %d of the whole font", i, id)
		}
		advance, _ := subset.Metrics(uint16(i))
		if want, _ := whole.Metrics(id); advance != want {
			t.Errorf("glyph %d advances by %d, want %d", i, advance, want)
		}
	}
}

func TestGlyphsCanBeDrawnByManyAtOnce(t *testing.T) {
	want, _ := Find('章', true)
	outline := want.Outline()
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 50 {
				if g, _ := Find('章', true); !slices.Equal(g.Outline(), outline) {
					t.Error("another outline")
				}
			}
		})
	}
	all.Wait()
}
