package syntax

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
)

// The classes of characters of ISO 32000-1, 7.2.2.
const (
	regular = iota
	white
	delimiter
)

var class = func() (t [256]byte) {
	for _, c := range "\x00\t\n\f\r " {
		t[c] = white
	}
	for _, c := range "()<>[]{}/%" {
		t[c] = delimiter
	}
	return t
}()

func unhex(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// place makes the String of a token that began at start and ended at the cursor.
func (p *parser) place(value []byte, start int) String {
	if !p.inFile {
		return String{Value: value}
	}
	return String{Value: value, Start: start, End: p.pos}
}

// hex reads <48656C6C6F>; an odd last digit counts as its high half.
func (p *parser) hex() (Object, error) {
	start := p.pos
	size := bytes.IndexByte(p.b[start:], '>')
	if size < 0 {
		return nil, p.broken("open string")
	}
	out, high := make([]byte, 0, size/2), -1
	for _, c := range p.b[start+1 : start+size] {
		d := unhex(c)
		switch {
		case d < 0 && class[c] != white:
			return nil, p.broken("not a hexadecimal digit")
		case d < 0:
		case high < 0:
			high = d
		default:
			out, high = append(out, byte(high<<4|d)), -1
		}
	}
	if high >= 0 {
		out = append(out, byte(high<<4))
	}
	p.pos = start + size + 1
	return p.place(out, start), nil
}

// literal reads (Hello (nested) \(escaped\)).
func (p *parser) literal() (Object, error) {
	start, depth, out := p.pos, 0, []byte{}
	for p.pos < len(p.b) {
		c := p.b[p.pos]
		p.pos++
		switch c {
		case '\\':
			out = p.escape(out)
			continue
		case '(':
			if depth++; depth == 1 {
				continue
			}
		case ')':
			if depth--; depth == 0 {
				return p.place(out, start), nil
			}
		}
		out = append(out, c)
	}
	return nil, p.broken("open string")
}

var escapes = map[byte]byte{'n': '\n', 'r': '\r', 't': '\t', 'b': '\b', 'f': '\f'}

// escape reads what follows a backslash and appends the character meant.
func (p *parser) escape(out []byte) []byte {
	if p.pos >= len(p.b) {
		return out
	}
	c := p.b[p.pos]
	p.pos++
	if '0' <= c && c <= '7' {
		return append(out, p.octal(c))
	}
	if c == '\r' && p.pos < len(p.b) && p.b[p.pos] == '\n' {
		p.pos++
	}
	if c == '\r' || c == '\n' {
		return out
	}
	if e, ok := escapes[c]; ok {
		c = e
	}
	return append(out, c)
}

// octal reads up to two more octal digits after the first.
func (p *parser) octal(first byte) byte {
	n := int(first - '0')
	for range 2 {
		if p.pos >= len(p.b) || p.b[p.pos] < '0' || p.b[p.pos] > '7' {
			break
		}
		n = n*8 + int(p.b[p.pos]-'0')
		p.pos++
	}
	return byte(n)
}

// Text decodes a text string (ISO 32000-2, 7.9.2.2): UTF-16BE or UTF-8 by its mark, else one byte a character.
func (s String) Text() string {
	b := s.Value
	switch {
	case bytes.HasPrefix(b, []byte{0xFE, 0xFF}):
		units := make([]uint16, 0, len(b)/2)
		for b = b[2:]; len(b) >= 2; b = b[2:] {
			units = append(units, binary.BigEndian.Uint16(b))
		}
		return string(utf16.Decode(units))
	case bytes.HasPrefix(b, []byte{0xEF, 0xBB, 0xBF}):
		return string(bytes.ToValidUTF8(b[3:], []byte("\uFFFD")))
	}
	runes := make([]rune, len(b))
	for i, c := range b {
		runes[i] = rune(c)
	}
	return string(runes)
}

// TextString encodes s as a text string in UTF-16BE.
func TextString(s string) String {
	out := []byte{0xFE, 0xFF}
	for _, u := range utf16.Encode([]rune(s)) {
		out = binary.BigEndian.AppendUint16(out, u)
	}
	return String{Value: out}
}
