package truetype

import (
	"maps"
	"slices"
)

// Outlines collects glyphs in the order of a new font: the tables glyf, loca and
// hmtx grow together.
type Outlines struct {
	glyf, loca, hmtx []byte
	count            int
}

// Add appends a simple glyph.
func (o *Outlines) Add(glyph []byte, advance, bearing uint16) {
	o.loca = be.AppendUint32(o.loca, uint32(len(o.glyf)))
	o.glyf = pad(append(o.glyf, glyph...))
	o.hmtx = be.AppendUint16(o.hmtx, advance)
	o.hmtx = be.AppendUint16(o.hmtx, bearing)
	o.count++
}

// Tables returns the tables of a font with these glyphs; head, hhea and maxp are
// those of the font that the glyphs come from, corrected.
func (o *Outlines) Tables(from *Font) map[string][]byte {
	head := slices.Clone(from.tables["head"])
	be.PutUint16(head[50:], 1) // long loca
	hhea := slices.Clone(from.tables["hhea"])
	be.PutUint16(hhea[34:], uint16(o.count))
	maxp := slices.Clone(from.tables["maxp"])
	be.PutUint16(maxp[4:], uint16(o.count))
	return map[string][]byte{
		"head": head, "hhea": hhea, "maxp": maxp, "hmtx": o.hmtx,
		"loca": be.AppendUint32(o.loca, uint32(len(o.glyf))), "glyf": o.glyf,
	}
}

// Subset writes a font whose glyph i is ids[i], for embedding in a PDF: it has
// no cmap. ids[0] must be 0, the glyph for missing characters; all must be simple.
func (f *Font) Subset(ids []uint16) []byte {
	var o Outlines
	for _, id := range ids {
		advance, bearing := f.Metrics(id)
		o.Add(f.Glyph(id), advance, bearing)
	}
	tables := o.Tables(f)
	for _, hints := range []string{"cvt ", "fpgm", "prep"} {
		if t := f.tables[hints]; t != nil {
			tables[hints] = t
		}
	}
	return Assemble(tables)
}

// Assemble writes a font file from its tables, with directory and check sums.
func Assemble(tables map[string][]byte) []byte {
	names := slices.Sorted(maps.Keys(tables))
	n := len(names)
	power, log := 1, 0
	for 2*power <= n {
		power, log = 2*power, log+1
	}
	out := be.AppendUint32(nil, 0x00010000)
	for _, v := range []int{n, 16 * power, log, 16 * (n - power)} {
		out = be.AppendUint16(out, uint16(v))
	}
	be.PutUint32(tables["head"][8:], 0)
	at, sum := 12+16*n, uint32(0)
	for _, name := range names {
		t := tables[name]
		out = append(out, name...)
		for _, v := range []uint32{checksum(t), uint32(at), uint32(len(t))} {
			out = be.AppendUint32(out, v)
		}
		at += (len(t) + 3) &^ 3
		sum += checksum(t)
	}
	sum += checksum(out)
	be.PutUint32(tables["head"][8:], 0xB1B0AFBA-sum)
	out = slices.Grow(out, at-len(out))
	for _, name := range names {
		out = pad(append(out, tables[name]...))
	}
	return out
}

func pad(b []byte) []byte {
	for len(b)%4 != 0 {
		b = append(b, 0)
	}
	return b
}

func checksum(b []byte) (sum uint32) {
	for ; len(b) >= 4; b = b[4:] {
		sum += be.Uint32(b)
	}
	var rest [4]byte
	copy(rest[:], b)
	return sum + be.Uint32(rest[:])
}
