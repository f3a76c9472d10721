package syntax

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
)

// Bounds on arrays and dictionaries within each other, and on all objects within one. An object takes memory, so it costs
// as much work as a number of bytes.
const (
	maxDepth   = 64
	maxWithin  = 1 << 20
	objectCost = 64
)

// A parser reads objects from b. Where b is not the file itself, inFile is false and strings carry no place.
type parser struct {
	b      []byte
	pos    int
	depth  int
	made   int // objects
	inFile bool
	odd    bool // there was something that readers read in different ways
}

// cost is the work of what was read from a place on.
func (p *parser) cost(from int) int { return p.pos - from + p.made*objectCost }

func (p *parser) broken(what string) error {
	return fmt.Errorf("%w: %s at %d", ErrBroken, what, p.pos)
}

// space skips white space and comments.
func (p *parser) space() {
	for p.pos < len(p.b) {
		c := p.b[p.pos]
		if c == '%' {
			p.comment()
		} else if class[c] != white {
			return
		} else {
			p.pos++
		}
	}
}

func (p *parser) comment() {
	p.odd = true // one reader's end of line is another's
	for p.pos < len(p.b) && p.b[p.pos] != '\n' && p.b[p.pos] != '\r' {
		p.pos++
	}
}

// word returns the run of regular characters at the cursor, without copying it.
func (p *parser) word() []byte {
	start := p.pos
	for p.pos < len(p.b) && class[p.b[p.pos]] == regular {
		p.pos++
	}
	return p.b[start:p.pos]
}

// keyword skips space and then exactly the word w.
func (p *parser) keyword(w string) bool {
	p.space()
	at := p.pos
	if string(p.word()) == w {
		return true
	}
	p.pos = at
	return false
}

// integer skips space and reads a decimal integer without a sign.
func (p *parser) integer() (int, bool) {
	p.space()
	at := p.pos
	n, ok := parseInt(p.word())
	if ok = ok && p.b[at] >= '0'; !ok {
		p.pos = at
	}
	return n, ok
}

// parseInt reads at most 15 digits with an optional sign.
func parseInt(w []byte) (int, bool) {
	digits, sign := w, 1
	if len(w) > 0 && (w[0] == '-' || w[0] == '+') {
		digits = w[1:]
		if w[0] == '-' {
			sign = -1
		}
	}
	if len(digits) == 0 || len(digits) > 15 {
		return 0, false
	}
	n := 0
	for _, c := range digits {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return sign * n, true
}

func (p *parser) object() (Object, error) {
	p.space()
	if p.pos >= len(p.b) {
		return nil, p.broken("end of data")
	}
	if p.made++; p.made > maxWithin {
		return nil, p.broken("too many objects")
	}
	switch c := p.b[p.pos]; {
	case c == '/':
		return p.name(), nil
	case c == '(':
		return p.literal()
	case c == '[':
		return p.array()
	case c == '<':
		if bytes.HasPrefix(p.b[p.pos:], []byte("<<")) {
			return p.dict()
		}
		return p.hex()
	case class[c] == regular:
		return p.scalar()
	}
	return nil, p.broken("unexpected delimiter")
}

// scalar reads a number, a reference, true, false or null.
func (p *parser) scalar() (Object, error) {
	w := p.word()
	if n, ok := parseInt(w); ok {
		p.odd = p.odd || w[0] == '+' || n > math.MaxInt32 || n < -math.MaxInt32
		return p.reference(n), nil
	}
	switch string(w) {
	case "true":
		return true, nil
	case "false":
		return false, nil
	case "null":
		return nil, nil
	}
	x, err := strconv.ParseFloat(string(w), 64)
	if err != nil || len(w) > 40 || x != x || x-x != 0 {
		return nil, p.broken("unknown word")
	}
	p.odd = p.odd || !isReal(w)
	return x, nil
}

// isReal reports whether a number is written as ISO 32000-1, 7.3.3 wants it.
func isReal(w []byte) bool {
	digits := bytes.TrimPrefix(w, []byte("-"))
	return bytes.Count(digits, []byte(".")) == 1 && len(bytes.Trim(digits, ".0123456789")) == 0
}

// reference returns Ref{n, gen} if "gen R" follows, otherwise the number n.
func (p *parser) reference(n int) Object {
	at := p.pos
	if gen, ok := p.integer(); ok && n > 0 && p.keyword("R") {
		return Ref{n, gen}
	}
	p.pos = at
	return n
}

func (p *parser) name() Name {
	p.pos++
	w := p.word()
	if bytes.IndexByte(w, '#') < 0 {
		return Name(w)
	}
	out := make([]byte, 0, len(w))
	for i := 0; i < len(w); i++ {
		if w[i] == '#' && i+2 < len(w) && unhex(w[i+1]) >= 0 && unhex(w[i+2]) >= 0 {
			out = append(out, byte(unhex(w[i+1])<<4|unhex(w[i+2])))
			p.odd = p.odd || out[len(out)-1] == 0
			i += 2
			continue
		}
		p.odd = p.odd || w[i] == '#'
		out = append(out, w[i])
	}
	return Name(out)
}

func (p *parser) enter() error {
	if p.depth++; p.depth > maxDepth {
		return p.broken("nested too deep")
	}
	return nil
}

func (p *parser) array() (Object, error) {
	if err := p.enter(); err != nil {
		return nil, err
	}
	p.pos++
	a := Array{}
	for {
		if p.space(); p.pos < len(p.b) && p.b[p.pos] == ']' {
			p.pos++
			p.depth--
			return a, nil
		}
		o, err := p.object()
		if err != nil {
			return nil, err
		}
		a = append(a, o)
	}
}

func (p *parser) dict() (Object, error) {
	if err := p.enter(); err != nil {
		return nil, err
	}
	p.pos += 2
	d := Dict{}
	for {
		if p.space(); bytes.HasPrefix(p.b[p.pos:], []byte(">>")) {
			p.pos += 2
			p.depth--
			return d, nil
		}
		if p.pos >= len(p.b) || p.b[p.pos] != '/' {
			return nil, p.broken("no key")
		}
		key := p.name()
		v, err := p.object()
		if err != nil {
			return nil, err
		}
		if _, twice := d[key]; twice {
			p.odd = true
		}
		d[key] = v
	}
}
