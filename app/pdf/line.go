package pdf

import (
	"strings"
	"unicode"
)

// A char is one character of a line, measured in points.
type char struct {
	mark
	r        rune
	width    float64 // the room it takes
	gap      float64 // white after it, from justification
	shift    float64 // of the glyph inside its room
	squeezed bool    // takes less room than the font gives it
	field    bool    // filled in: underlined
}

// blankRune stands for the room of a value that is left to be written by hand.
const blankRune = -1

func (c char) blank() bool { return c.r == blankRune }

// Characters that may not begin a line, and that may not end one (避头尾, GB/T 15834).
const (
	noStart = "，。、；：？！）》」』】〕〉”’％%…—～·,.;:?!)]}／/℃"
	noEnd   = "（《「『【〔〈“‘￥$([{"
)

// Full-width marks whose ink lies in the left or in the right half.
const (
	leftHalf  = "，。、；：）》」』】〕〉”’"
	rightHalf = "（《「『【〔〈“‘"
)

// squeeze takes away half of the white between two marks that follow each other,
// such as ）。 or 》《 (标点挤压).
func squeeze(line []char, size float64) {
	for i := range len(line) - 1 {
		a, b := line[i].r, line[i+1].r
		closing, opening := strings.ContainsRune(leftHalf, a), strings.ContainsRune(rightHalf, a)
		next := strings.ContainsRune(leftHalf, b)
		before := strings.ContainsRune(rightHalf, b)
		if closing && (next || before) || opening && before {
			narrow(&line[i], size)
		}
	}
}

// narrow takes half an em from a full-width mark.
func narrow(c *char, size float64) {
	if c.advance == 1 && !c.squeezed {
		c.width -= size / 2
		c.squeezed = true
	}
}

// isWord reports whether the character belongs to a word that is not divided.
func isWord(r rune) bool {
	return r > ' ' && r < 0x2000 && r != '·'
}

// mayBreak reports whether a line may end between two characters.
func mayBreak(a, b char) bool {
	if strings.ContainsRune(noStart, b.r) || strings.ContainsRune(noEnd, a.r) {
		return false
	}
	if unicode.IsDigit(a.r) && strings.ContainsRune("年月日元个", b.r) {
		return false
	}
	return !isWord(a.r) || !isWord(b.r)
}

// breakLines divides a paragraph into lines of a width, of which the first is
// narrower by an indent. A mark at the end of a line takes half its room, and so
// does one at the beginning of a further line.
func breakLines(text []char, indent, width, size float64) (lines [][]char) {
	room := width - indent
	for len(text) > 0 {
		n := accompanied(text, fitting(text, room, width, size))
		line := trimEnd(text[:n], size)
		lines = append(lines, line)
		text = text[n:]
		for len(text) > 0 && text[0].r == ' ' {
			text = text[1:]
		}
		if len(text) > 0 && strings.ContainsRune(rightHalf, text[0].r) && text[0].advance == 1 {
			text[0].width -= size / 2
			text[0].shift -= size / 2
		}
		room = width
	}
	return lines
}

// overlong reports whether the word at the beginning is longer than a whole line,
// and so begins where it stands.
func overlong(text []char, full float64) bool {
	width := 0.0
	for i, c := range text {
		if width += c.width; width > full {
			return true
		}
		if i+1 < len(text) && mayBreak(c, text[i+1]) {
			return false
		}
	}
	return false
}

// fitting counts the characters that make the next line, which has the room, where
// others are full.
func fitting(text []char, room, full, size float64) int {
	used, last := 0.0, 0
	for i, c := range text {
		least := c.width
		if !c.squeezed && c.advance == 1 && strings.ContainsRune(leftHalf, c.r) {
			least -= size / 2
		}
		if used+least > room+0.01 && c.r != ' ' {
			if last > 0 && !overlong(text[last:], full) {
				return last
			}
			return divided(text, i)
		}
		used += c.width
		if i+1 < len(text) && mayBreak(c, text[i+1]) {
			last = i + 1
		}
	}
	return len(text)
}

// accompanied moves the end of a line back where the next and last line would hold
// a single character.
func accompanied(text []char, n int) int {
	const most = 3 // characters that the line may lose: justification hides so much white
	if n < 2*most || n == len(text) || len(text)-n > 2 || len(text)-n == 2 && !strings.ContainsRune(noStart, text[n+1].r) {
		return n
	}
	for m := n - 1; m >= n-most; m-- {
		if mayBreak(text[m-1], text[m]) {
			return m
		}
	}
	return n
}

// divided is where to break a word that is longer than a line: before character n,
// or earlier if that one may not begin a line.
func divided(text []char, n int) int {
	for n > 1 && !isWord(text[n].r) && strings.ContainsRune(noStart, text[n].r) {
		n--
	}
	return max(n, 1)
}

// trimEnd drops spaces at the end of a line and narrows a mark there.
func trimEnd(line []char, size float64) []char {
	for len(line) > 1 && line[len(line)-1].r == ' ' {
		line = line[:len(line)-1]
	}
	if end := &line[len(line)-1]; strings.ContainsRune(leftHalf, end.r) {
		narrow(end, size)
	}
	return line
}

// justify spreads a line over the room by widening the places where it could
// break, unless the gaps would become wider than a quarter of an em.
func justify(line []char, room, size float64) {
	gaps := 0
	for i := range len(line) - 1 {
		if !isWord(line[i].r) || !isWord(line[i+1].r) {
			gaps++
		}
	}
	gap := (room - widthOf(line)) / float64(max(gaps, 1))
	if gap > size/4 || gap < 0 {
		return
	}
	for i := range len(line) - 1 {
		if !isWord(line[i].r) || !isWord(line[i+1].r) {
			line[i].gap = gap
		}
	}
}

func widthOf(line []char) (w float64) {
	for _, c := range line {
		w += c.width + c.gap
	}
	return w
}
