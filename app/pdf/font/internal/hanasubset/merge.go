package main

import (
	"encoding/binary"
	"fmt"
	"unicode/utf16"

	"laoqi/app/pdf/font/internal/truetype"
)

var be = binary.BigEndian

// family names the font: the licence reserves the names of the original, so a
// changed copy must not bear them (SIL OFL 1.1, section 3).
const family = "Laoqi Rare"

// merge writes a font of the wanted characters that one of the fonts has, the
// first font that has it winning, and says how many there are.
func merge(wanted []rune, fonts ...source) (data []byte, kept int, err error) {
	var o truetype.Outlines
	add := func(f source, id uint16) {
		advance, bearing := f.Metrics(id)
		o.Add(f.Glyph(id), advance, bearing)
	}
	add(fonts[0], 0)
	var runes []rune
	for _, r := range wanted {
		for _, f := range fonts {
			id := f.glyph(r)
			if id == 0 {
				continue
			}
			if f.IsComposite(id) {
				return nil, 0, fmt.Errorf("%U is composite", r)
			}
			add(f, id)
			runes = append(runes, r)
			break
		}
	}
	tables := o.Tables(fonts[0].Font)
	for _, f := range fonts {
		raiseLimits(tables["maxp"], f.Table("maxp"))
	}
	tables["cmap"] = cmap(runes)
	tables["name"] = names()
	tables["post"] = be.AppendUint32(nil, 0x00030000) // no glyph names
	tables["post"] = append(tables["post"], make([]byte, 28)...)
	tables["OS/2"] = fonts[0].Table("OS/2")
	return truetype.Assemble(tables), len(runes), nil
}

// raiseLimits makes the limits in maxp (points, contours and so on, all uint16
// after the glyph count) at least those of another font.
func raiseLimits(maxp, other []byte) {
	for at := 6; at+2 <= len(maxp); at += 2 {
		be.PutUint16(maxp[at:], max(be.Uint16(maxp[at:]), be.Uint16(other[at:])))
	}
}

// cmap maps the characters, in order, to the glyphs 1, 2 ... in format 12.
func cmap(runes []rune) []byte {
	var groups []byte
	count := uint32(0)
	for i := 0; i < len(runes); {
		j := i + 1
		for j < len(runes) && runes[j] == runes[j-1]+1 {
			j++
		}
		for _, v := range []uint32{uint32(runes[i]), uint32(runes[j-1]), uint32(i + 1)} {
			groups = be.AppendUint32(groups, v)
		}
		count++
		i = j
	}
	t := be.AppendUint32(nil, 0x0000_0001) // version 0, one encoding
	t = be.AppendUint32(t, 0x0003_000A)    // Windows, full Unicode
	t = be.AppendUint32(t, 12)             // where the subtable begins
	t = be.AppendUint32(t, 0x000C_0000)    // format 12
	t = be.AppendUint32(t, 16+12*count)    // its length
	t = be.AppendUint32(t, 0)              // no language
	return append(be.AppendUint32(t, count), groups...)
}

// names writes the table name: copyright, family, style, unique and full name, licence.
func names() []byte {
	records := []struct {
		id   uint16
		text string
	}{
		{0, "Copyright (c) 2011, GlyphWiki Project. A subset of the Hanazono fonts under the SIL Open Font License 1.1."},
		{1, family}, {2, "Regular"}, {3, family + " Regular"}, {4, family},
		{13, "SIL Open Font License, Version 1.1"},
	}
	t := be.AppendUint16(nil, 0)
	t = be.AppendUint16(t, uint16(len(records)))
	t = be.AppendUint16(t, uint16(6+12*len(records)))
	var strings []byte
	for _, r := range records {
		start := len(strings)
		for _, u := range utf16.Encode([]rune(r.text)) {
			strings = be.AppendUint16(strings, u)
		}
		for _, v := range []int{3, 1, 0x0409, int(r.id), len(strings) - start, start} {
			t = be.AppendUint16(t, uint16(v))
		}
	}
	return append(t, strings...)
}
