// Package truetype reads the tables of a TrueType font and writes smaller fonts
// from them (OpenType 1.9, chapters "The OpenType font file", "glyf", "loca").
package truetype

import (
	"encoding/binary"
	"errors"
	"fmt"
)

var be = binary.BigEndian

// Font is a parsed font. It keeps the bytes it was parsed from, changes nothing
// in them, and may be used by many goroutines.
type Font struct {
	tables   map[string][]byte
	hmetrics int
	longLoca bool
}

// needed are the tables that every TrueType font must have, with their least size in bytes.
var needed = map[string]int{"head": 54, "hhea": 36, "maxp": 32, "hmtx": 4, "loca": 4, "glyf": 0}

// Parse reads the table directory of a single TrueType font (not a collection,
// not CFF outlines).
func Parse(b []byte) (*Font, error) {
	if len(b) < 12 || be.Uint32(b) != 0x00010000 {
		return nil, errors.New("truetype: not a TrueType font")
	}
	f := &Font{tables: map[string][]byte{}}
	for i := range int(be.Uint16(b[4:])) {
		entry := b[12+16*i:]
		from, size := int(be.Uint32(entry[8:])), int(be.Uint32(entry[12:]))
		if from+size > len(b) {
			return nil, fmt.Errorf("truetype: table %s lies outside the file", entry[:4])
		}
		f.tables[string(entry[:4])] = b[from : from+size]
	}
	for name, least := range needed {
		if t, ok := f.tables[name]; !ok || len(t) < least {
			return nil, fmt.Errorf("truetype: no sound table %s", name)
		}
	}
	f.longLoca = be.Uint16(f.tables["head"][50:]) == 1
	f.hmetrics = int(be.Uint16(f.tables["hhea"][34:]))
	return f, nil
}

// Table returns the bytes of a table, nil if the font has none. They must not be changed.
func (f *Font) Table(name string) []byte { return f.tables[name] }

// UnitsPerEm is the side of the em square in font units.
func (f *Font) UnitsPerEm() int { return int(be.Uint16(f.tables["head"][18:])) }

// Glyph returns the outline description of a glyph, empty for a blank one.
func (f *Font) Glyph(id uint16) []byte {
	loca, i := f.tables["loca"], int(id)
	if f.longLoca {
		return f.tables["glyf"][be.Uint32(loca[4*i:]):be.Uint32(loca[4*i+4:])]
	}
	return f.tables["glyf"][2*int(be.Uint16(loca[2*i:])) : 2*int(be.Uint16(loca[2*i+2:]))]
}

// Metrics returns the advance width and the left side bearing in font units.
func (f *Font) Metrics(id uint16) (advance, bearing uint16) {
	hmtx, i, n := f.tables["hmtx"], int(id), f.hmetrics
	if i < n {
		return be.Uint16(hmtx[4*i:]), be.Uint16(hmtx[4*i+2:])
	}
	return be.Uint16(hmtx[4*(n-1):]), be.Uint16(hmtx[4*n+2*(i-n):])
}

// IsComposite reports whether the glyph is put together from other glyphs. Subset
// knows simple glyphs only.
func (f *Font) IsComposite(id uint16) bool {
	glyph := f.Glyph(id)
	return len(glyph) > 1 && int16(be.Uint16(glyph)) < 0
}

// Extent returns how far lines reach above and below the base line, in font
// units; the descent is negative.
func (f *Font) Extent() (ascent, descent int16) {
	hhea := f.tables["hhea"]
	return int16(be.Uint16(hhea[4:])), int16(be.Uint16(hhea[6:]))
}
