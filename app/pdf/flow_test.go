package pdf

import (
	"regexp"
	"strings"
	"testing"

	"laoqi/app/pdf/read"
)

// TestNoHeadingStandsLastOnAPage pushes the contract's text down line by line.
func TestNoHeadingStandsLastOnAPage(t *testing.T) {
	heading := regexp.MustCompile(`^[一二三四五六七八九十]+、`)
	for n := range 24 {
		d := sample()
		d.Own = []string{strings.TrimSuffix(strings.Repeat("一行。\n", n+1), "\n")}
		d.CheckURL, d.CheckCode, d.Demo = "", "", false
		data, err := Contract(d)
		if err != nil {
			t.Fatal(err)
		}
		pages, err := read.Text(data)
		if err != nil {
			t.Fatal(err)
		}
		for i, lines := range pages {
			if last := lines[len(lines)-2]; heading.MatchString(last) { // before the foot
				t.Errorf("%d lines: page %d ends with the heading %q", n+1, i+1, last)
			}
		}
	}
}

func TestNeitherFirstNorLastLineOfAParagraphStandsAlone(t *testing.T) {
	const lines = 7 // of the paragraph
	text := strings.Repeat("字", lines*38-3)
	for above := range 60 {
		s := newSheet(nil)
		for range above {
			s.paragraph(bodyStyle, span{text: "上"})
		}
		before, y := len(s.pages), s.y
		s.paragraph(bodyStyle, span{text: text})
		if len(s.pages) == before {
			continue
		}
		after := int((s.y-marginTop)/bodyStyle.leading + 0.5)
		if room := int((upright.height - marginFoot - y) / bodyStyle.leading); after == 1 || lines-after == 1 {
			t.Errorf("%d lines above, room for %d: %d of %d lines on the next page", above, room, after, lines)
		}
	}
}
