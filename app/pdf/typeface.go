package pdf

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"strconv"
	"unicode/utf16"

	"laoqi/app/pdf/font"
)

// A typeface is one embedded font of a document: the subset of a face that the
// document uses, numbered in the order of first use.
type typeface struct {
	face     *font.Face
	name     string // in the pages' resources
	glyphs   []uint16
	runes    []rune
	embedded *embedded // ready for use, for a typeface of a stock
}

// A mark is how a document shows one character: a code of one of its typefaces.
type mark struct {
	typeface *typeface
	code     uint16
	advance  float64 // in em
	thicken  bool
}

// A typecase holds the typefaces of one document. Those of its stock come first.
type typecase struct {
	stock     *typecase // nil for a stock itself
	typefaces []*typeface
	own       int              // index of the first typeface beyond the stock
	marks     [2]map[rune]mark // regular and bold
	missing   []rune           // asked for, but in no font
}

func newTypecase(stock *typecase) *typecase {
	t := &typecase{stock: stock, marks: [2]map[rune]mark{make(map[rune]mark, 128), make(map[rune]mark, 64)}}
	if stock != nil {
		t.typefaces = append(t.typefaces, stock.typefaces...)
		t.own = len(t.typefaces)
	}
	return t
}

// newStock prepares the typefaces for a printed wording. They are made once and
// embedded as they are in each document with that wording, which leaves only the
// characters of the values to be made for it.
func newStock(regular, bold string) *typecase {
	t := newTypecase(nil)
	for _, r := range regular {
		t.mark(r, false)
	}
	for _, r := range bold {
		t.mark(r, true)
	}
	for _, f := range t.typefaces {
		f.embedded = f.embed(deflateBest)
	}
	return t
}

// mark finds or adds a character; one that no font has is noted as missing and
// shown as a space.
func (t *typecase) mark(r rune, bold bool) mark {
	weight := 0
	if bold {
		weight = 1
	}
	if t.stock != nil {
		if m, ok := t.stock.marks[weight][r]; ok {
			return m
		}
	}
	if m, ok := t.marks[weight][r]; ok {
		return m
	}
	g, ok := font.Find(r, bold)
	if !ok {
		t.missing = append(t.missing, r)
		return t.mark('　', bold)
	}
	f := t.typeface(g.Face)
	m := mark{f, f.add(r, g.ID), g.Advance, g.Thicken}
	t.marks[weight][r] = m
	return m
}

// typeface finds or adds the document's own typeface of a face.
func (t *typecase) typeface(face *font.Face) *typeface {
	for _, f := range t.typefaces[t.own:] {
		if f.face == face {
			return f
		}
	}
	f := &typeface{face: face, name: "F" + strconv.Itoa(len(t.typefaces)+1), glyphs: []uint16{0}, runes: []rune{0}}
	t.typefaces = append(t.typefaces, f)
	return f
}

func (f *typeface) add(r rune, glyph uint16) (code uint16) {
	f.glyphs = append(f.glyphs, glyph)
	f.runes = append(f.runes, r)
	return uint16(len(f.glyphs) - 1)
}

// embedded is what a file needs of a typeface, with the streams deflated.
type embedded struct {
	name      string // PostScript name with subset tag
	length    int    // of the font file, in bytes
	file      []byte
	toUnicode []byte
	widths    []byte
	glyphs    []byte // the set of the glyphs in it, a bit each
}

const milli = 1000 // the unit of PDF's font metrics: thousandths of an em

func (f *typeface) embed(compress func([]byte) []byte) *embedded {
	data := f.face.Subset(f.glyphs)
	e := &embedded{
		name:   f.tag() + "+" + f.face.Name,
		length: len(data), file: compress(data), toUnicode: compress(f.toUnicode()),
	}
	e.glyphs = compress(allSet(len(f.glyphs)))
	for _, g := range f.glyphs {
		e.widths = fmt.Appendf(e.widths, "%.0f ", f.face.Advance(g)*milli)
	}
	return e
}

// allSet is n bits of 1 from the highest bit on.
func allSet(n int) []byte {
	b := bytes.Repeat([]byte{0xFF}, (n+7)/8)
	b[len(b)-1] <<= len(b)*8 - n
	return b
}

// write puts the font into the file as a composite font of TrueType outlines
// (ISO 32000-1, 9.7.4) and returns its object.
func (f *typeface) write(out *objectFile) int {
	e := f.embedded
	if e == nil {
		e = f.embed(deflate)
	}
	file, set, descriptor, descendant, unicode, whole := out.reserve(), out.reserve(), out.reserve(), out.reserve(), out.reserve(), out.reserve()
	out.stream(set, "", e.glyphs)
	out.stream(file, fmt.Sprintf("/Length1 %d", e.length), e.file)
	out.putf(descriptor, "<</Type/FontDescriptor/FontName/%s/Flags 4/FontBBox[-200 -300 1200 1100]/ItalicAngle 0"+
		"/Ascent %.0f/Descent %.0f/CapHeight 730/StemV 80/FontFile2 %d 0 R/CIDSet %d 0 R>>",
		e.name, f.face.Ascent*milli, f.face.Descent*milli, file, set)
	out.putf(descendant, "<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"+
		"/DW 1000/W[0[%s]]/CIDToGIDMap/Identity/FontDescriptor %d 0 R>>", e.name, e.widths, descriptor)
	out.stream(unicode, "", e.toUnicode)
	out.putf(whole, "<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>",
		e.name, descendant, unicode)
	return whole
}

// tag is the prefix of six letters that tells subsets apart (ISO 32000-1, 9.6.4).
func (f *typeface) tag() string {
	h := sha256.Sum256([]byte(string(f.runes)))
	tag := h[:6]
	for i := range tag {
		tag[i] = 'A' + tag[i]%26
	}
	return string(tag)
}

// toUnicode is the CMap by which readers extract text (ISO 32000-1, 9.10.3).
func (f *typeface) toUnicode() []byte {
	const most = 100 // entries of one bfchar section
	b := []byte("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n" +
		"1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n")
	for from := 1; from < len(f.runes); from += most {
		to := min(from+most, len(f.runes))
		b = fmt.Appendf(b, "%d beginbfchar\n", to-from)
		for code := from; code < to; code++ {
			b = appendCode(append(b, '<'), uint16(code))
			b = append(b, "><"...)
			for _, u := range utf16.AppendRune(nil, f.runes[code]) {
				b = appendCode(b, u)
			}
			b = append(b, ">\n"...)
		}
		b = append(b, "endbfchar\n"...)
	}
	return append(b, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"...)
}

// appendCode writes a 16-bit code as four hexadecimal digits.
func appendCode(b []byte, code uint16) []byte {
	const digits = "0123456789ABCDEF"
	return append(b, digits[code>>12], digits[code>>8&15], digits[code>>4&15], digits[code&15])
}
