package pdf

import (
	"math"
	"strings"
	"testing"
)

const prose = "根据《中华人民共和国劳动法》《中华人民共和国劳动合同法》（以下简称“法律”）等规定，甲方（Laoqi International Co., Ltd.）与乙方订立合同，" +
	"自2026年12月1日起；工资每月12000元，其中：基本工资、绩效工资（按季度考核），共计100%。详见https://example.cn/a/very/long/address/without/any/space！"

// TestLinesKeepTheRulesOfChineseSetting breaks a text into lines of many widths.
func TestLinesKeepTheRulesOfChineseSetting(t *testing.T) {
	s := newSheet(nil)
	for width := 120.0; width < 460; width += 3.7 {
		text := s.chars([]span{{text: prose}}, bodyStyle)[0]
		lines := breakLines(text, bodyStyle.indent, width, bodyStyle.size)
		joined := ""
		for i, line := range lines {
			room := width
			if i == 0 {
				room -= bodyStyle.indent
			}
			first, last := line[0].r, line[len(line)-1].r
			if i > 0 && strings.ContainsRune(noStart, first) && !isWord(first) {
				t.Errorf("width %.0f: a line begins with %c", width, first)
			}
			if i < len(lines)-1 && strings.ContainsRune(noEnd, last) {
				t.Errorf("width %.0f: a line ends with %c", width, last)
			}
			if w := widthOf(line); w > room+0.02 {
				t.Errorf("width %.0f: a line is %.2f points too wide", width, w-room)
			}
			for _, c := range line {
				joined += string(c.r)
			}
		}
		if strings.ReplaceAll(joined, " ", "") != strings.ReplaceAll(prose, " ", "") {
			t.Errorf("width %.0f: the lines read %q", width, joined)
		}
	}
}

func TestAWordLongerThanALineBeginsWhereItStands(t *testing.T) {
	s := newSheet(nil)
	lines := breakLines(s.chars([]span{{text: "乙方从事" + strings.Repeat("W", 60) + "岗位"}}, bodyStyle)[0], bodyStyle.indent, textWidth, bodyStyle.size)
	if len(lines) != 2 || widthOf(lines[0]) < textWidth-bodyStyle.indent-bodyStyle.size {
		t.Errorf("%d lines, the first %.0f points wide", len(lines), widthOf(lines[0]))
	}
}

func TestTheLastLineOfAParagraphNeverHoldsASingleCharacter(t *testing.T) {
	s := newSheet(nil)
	for n := 30; n < 90; n++ {
		lines := breakLines(s.chars([]span{{text: strings.Repeat("字", n) + "。"}}, bodyStyle)[0], bodyStyle.indent, textWidth, bodyStyle.size)
		if last := lines[len(lines)-1]; len(last) < 3 {
			t.Errorf("%d characters: the last line holds %d", n, len(last))
		}
	}
}

func TestAJustifiedLineFillsItsRoomWithoutStretchingWords(t *testing.T) {
	s := newSheet(nil)
	line := s.chars([]span{{text: "甲方（Laoqi Ltd.）与乙方订立合同，自2026年起"}}, bodyStyle)[0]
	room := widthOf(line) + 30
	justify(line, room, bodyStyle.size)
	if w := widthOf(line); math.Abs(w-room) > 0.01 {
		t.Errorf("the line is %.2f of %.2f points wide", w, room)
	}
	for i, c := range line[:len(line)-1] {
		if isWord(c.r) && isWord(line[i+1].r) && c.gap != 0 {
			t.Errorf("white inside of a word, after %c", c.r)
		}
	}
}

func TestALineThatWouldBecomeTooLooseStaysAsItIs(t *testing.T) {
	s := newSheet(nil)
	line := s.chars([]span{{text: "甲方"}}, bodyStyle)[0]
	justify(line, 200, bodyStyle.size)
	if w := widthOf(line); w != 2*bodyStyle.size {
		t.Errorf("the line is %.2f points wide", w)
	}
}

func TestMarksThatFollowEachOtherShareTheirWhite(t *testing.T) {
	s := newSheet(nil)
	for text, ems := range map[string]float64{"》《": 1.5, "）。": 1.5, "：“": 1.5, "（《": 1.5, "（甲": 2, "《》": 2} {
		line := s.chars([]span{{text: text}}, style{size: 10})[0]
		if w := widthOf(line); math.Abs(w-10*ems) > 0.01 {
			t.Errorf("%s takes %.2f em, want %.2f", text, w/10, ems)
		}
	}
}
