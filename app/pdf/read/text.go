package read

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"sort"
	"strconv"
	"strings"
	"unicode/utf16"

	"laoqi/app/pdf/pades/syntax"
)

// Text returns the paragraphs of each page, in the order of their height and, at
// the same height, from left to right. It reads runs shown in fonts of two-byte codes
// that tell their characters (ToUnicode); other text is left out.
func Text(file []byte) (pages [][]string, err error) {
	d, err := open(file)
	if err != nil {
		return nil, err
	}
	fonts := map[syntax.Object]codes{}
	for _, leaf := range d.leaves {
		named, err := d.fonts(leaf, fonts)
		if err != nil {
			return nil, err
		}
		content, err := d.content(leaf)
		if err != nil {
			return nil, err
		}
		pages = append(pages, paragraphs(lines(runs(content, named))))
	}
	return pages, nil
}

// codes are the characters of a font by code.
type codes map[uint16]string

// fonts returns the fonts of a page by name; known keeps those read before.
func (d *document) fonts(page syntax.Dict, known map[syntax.Object]codes) (map[string]codes, error) {
	resources, err := d.Dict(page["Resources"])
	if err != nil {
		return nil, err
	}
	list, err := d.Dict(resources["Font"])
	if err != nil {
		return nil, err
	}
	named := map[string]codes{}
	for name, ref := range list {
		if _, ok := ref.(syntax.Ref); !ok {
			continue
		}
		if _, ok := known[ref]; !ok {
			if known[ref], err = d.codes(ref); err != nil {
				return nil, err
			}
		}
		named[string(name)] = known[ref]
	}
	return named, nil
}

func (d *document) codes(font syntax.Object) (codes, error) {
	dict, err := d.Dict(font)
	if err != nil {
		return nil, err
	}
	s, err := d.Stream(dict["ToUnicode"])
	if err != nil || s == nil {
		return nil, err
	}
	cmap, err := d.Decode(s)
	if err != nil {
		return nil, err
	}
	return readCodes(cmap), nil
}

// readCodes reads the bfchar lines of a ToUnicode CMap: <code><UTF-16BE>.
func readCodes(cmap []byte) codes {
	all := codes{}
	for line := range bytes.Lines(cmap) {
		from, to, ok := strings.Cut(strings.Trim(string(bytes.TrimSpace(line)), "<>"), "><")
		code, err := strconv.ParseUint(from, 16, 16)
		if !ok || err != nil {
			continue
		}
		if b, err := hex.DecodeString(to); err == nil && len(b)%2 == 0 {
			all[uint16(code)] = utf16Text(b)
		}
	}
	return all
}

func utf16Text(b []byte) string {
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = binary.BigEndian.Uint16(b[2*i:])
	}
	return string(utf16.Decode(units))
}

// A run is text shown by one operator, from x on the base line y.
type run struct {
	x, y, size float64
	text       string
}

// runs reads the text objects of a content stream: Tf, Td from the text object's
// origin, and Tj (ISO 32000-1, 9.4).
func runs(content []byte, fonts map[string]codes) (all []run) {
	var now run
	var font codes
	words := bytes.Fields(content)
	for i, word := range words {
		switch string(word) {
		case "BT":
			now.x, now.y = 0, 0
		case "Tf":
			if i >= 2 {
				font, now.size = fonts[strings.TrimPrefix(string(words[i-2]), "/")], number(words[i-1])
			}
		case "Td":
			if i >= 2 {
				now.x, now.y = now.x+number(words[i-2]), now.y+number(words[i-1])
			}
		case "Tj":
			if now.text = font.decode(words[i-1]); now.text != "" {
				all = append(all, now)
			}
		}
	}
	return all
}

func number(word []byte) float64 {
	v, _ := strconv.ParseFloat(string(word), 64) // a word that is no number counts as 0
	return v
}

// decode reads a hexadecimal string of two-byte codes.
func (c codes) decode(word []byte) string {
	b, err := hex.DecodeString(strings.Trim(string(word), "<>"))
	if err != nil {
		return ""
	}
	var text strings.Builder
	for ; len(b) >= 2; b = b[2:] {
		text.WriteString(c[binary.BigEndian.Uint16(b)])
	}
	return text.String()
}

// A line is the runs on one base line, joined.
type line struct {
	run
	end float64
}

// lines joins the runs that stand on one base line; a wide gap becomes a space.
func lines(all []run) (lines []line) {
	sort.SliceStable(all, func(i, j int) bool {
		if all[i].y != all[j].y {
			return all[i].y > all[j].y
		}
		return all[i].x < all[j].x
	})
	for i, r := range all {
		if i == 0 || all[i-1].y-r.y > 1 {
			lines = append(lines, line{r, r.end()})
			continue
		}
		last := &lines[len(lines)-1]
		if r.x-last.end > r.size/2 {
			last.text += "　"
		}
		last.text, last.end = last.text+r.text, r.end()
	}
	return lines
}

// paragraphs joins lines that continue one another: the first reaches the right
// edge, the next follows closely and does not stand further in.
func paragraphs(lines []line) (texts []string) {
	edge := 0.0
	for _, l := range lines {
		edge = max(edge, l.end)
	}
	for i, l := range lines {
		if i > 0 {
			before := lines[i-1]
			if edge-before.end < 2*before.size && l.x <= before.x && l.size == before.size && before.y-l.y < 2.2*l.size {
				texts[len(texts)-1] += l.text
				continue
			}
		}
		texts = append(texts, l.text)
	}
	return texts
}

// end estimates where a run ends: Chinese characters are as wide as the font is
// high, others half of that.
func (r run) end() float64 {
	x := r.x
	for _, c := range r.text {
		if c > 0xFF {
			x += r.size
		} else {
			x += r.size / 2
		}
	}
	return x
}
