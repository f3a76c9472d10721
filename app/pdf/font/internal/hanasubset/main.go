// Command hanasubset makes the font for rare characters: from HanaMin A and B it
// keeps those beyond the Basic Multilingual Plane that Noto Serif SC lacks and
// that occur in names or places. Go generate in package font runs it; it needs
// the Debian packages fonts-hanazono and unicode-data.
package main

import (
	"bufio"
	"compress/bzip2"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/image/font/sfnt"

	"laoqi/app/pdf/font/internal/truetype"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("hanasubset: ")
	sources := flag.String("sources", "/usr/share/unicode/Unihan_IRGSources.txt.bz2", "Unihan's table of `sources`")
	hana := flag.String("hana", "/usr/share/fonts/truetype/hanazono", "`directory` of HanaMinA.ttf and HanaMinB.ttf")
	have := flag.String("have", "NotoSerifSC-Regular.ttf", "`font` whose characters are left out")
	out := flag.String("out", "LaoqiRare.ttf", "`file` to write")
	flag.Parse()
	if err := run(*sources, *hana, *have, *out); err != nil {
		log.Fatal(err)
	}
}

func run(sources, hana, have, out string) error {
	wanted, err := readWanted(sources)
	if err != nil {
		return err
	}
	noto, err := open(have)
	if err != nil {
		return err
	}
	a, err := open(hana + "/HanaMinA.ttf")
	if err != nil {
		return err
	}
	b, err := open(hana + "/HanaMinB.ttf")
	if err != nil {
		return err
	}
	wanted = slices.DeleteFunc(wanted, func(r rune) bool { return noto.glyph(r) != 0 })
	data, kept, err := merge(wanted, a, b)
	if err != nil {
		return err
	}
	fmt.Printf("%s: %d characters, %d bytes\n", out, kept, len(data))
	return os.WriteFile(out, data, 0o644)
}

type source struct {
	*truetype.Font
	cmap *sfnt.Font
}

func open(path string) (source, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return source{}, err
	}
	cmap, err := sfnt.Parse(b)
	if err != nil {
		return source{}, fmt.Errorf("%s: %w", path, err)
	}
	f, err := truetype.Parse(b)
	return source{f, cmap}, err
}

// glyph returns the glyph of a character, 0 if the font has none.
func (s source) glyph(r rune) uint16 {
	g, err := s.cmap.GlyphIndex(nil, r)
	if err != nil {
		return 0
	}
	return uint16(g)
}

// readWanted lists the wanted characters of Unihan's table, in order.
func readWanted(path string) ([]rune, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(path, ".bz2") {
		r = bzip2.NewReader(f)
	}
	var wanted []rune
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		field := strings.Split(lines.Text(), "\t")
		if len(field) != 3 || !strings.HasPrefix(field[0], "U+") {
			continue
		}
		code, err := strconv.ParseInt(field[0][2:], 16, 32)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		if code > 0xFFFF && inNames(rune(code), field[1], field[2]) {
			wanted = append(wanted, rune(code))
		}
	}
	slices.Sort(wanted)
	return slices.Compact(wanted), lines.Err()
}

// inNames reports whether one line of Unihan (character, property, value) speaks
// for the character's use in names. Extensions C, D and E come whole: they hold
// the police's identity cards (GIDC), the gazetteers and the Taiwanese household
// registers. Of B, F and the compatibility supplement, mostly taken from old
// dictionaries, only those that a standard for general use names, and the simple
// ones, often variants of everyday characters such as 𠮷.
func inNames(r rune, property, value string) bool {
	if 0x2A700 <= r && r <= 0x2CEAF {
		return true
	}
	origin, _, _ := strings.Cut(value, "-")
	switch property {
	case "kIRG_GSource":
		return !slices.Contains([]string{"GKX", "GHZ", "GHC"}, origin)
	case "kIRG_HSource", "kIRG_MSource":
		return true
	case "kIRG_TSource":
		return slices.Contains([]string{"T3", "T4", "TA", "TB"}, origin)
	case "kIRG_JSource":
		return origin == "J3" || origin == "J3A" || origin == "J4"
	case "kTotalStrokes":
		strokes, err := strconv.Atoi(strings.Fields(value)[0])
		return err == nil && strokes <= 8
	}
	return false
}
