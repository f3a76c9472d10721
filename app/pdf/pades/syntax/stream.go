package syntax

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
)

// streamBody reads the bytes after the keyword "stream".
func (f *File) streamBody(p *parser, d Dict) (Object, error) {
	if bytes.HasPrefix(p.b[p.pos:], []byte("\r\n")) {
		p.pos += 2
	} else if bytes.HasPrefix(p.b[p.pos:], []byte("\n")) {
		p.pos++
	} else {
		return nil, p.broken("no line end after stream")
	}
	size, err := f.length(d["Length"])
	if err != nil {
		return nil, err
	}
	if size < 0 || size > len(p.b)-p.pos {
		return nil, p.broken("stream leaves the file")
	}
	raw := p.b[p.pos : p.pos+size]
	p.pos += size
	if !p.keyword("endstream") {
		return nil, p.broken("no endstream")
	}
	return &Stream{Dict: d, Raw: raw}, nil
}

// length reads a stream's Length. A reference must lead to a plain integer in the file, so that reading cannot recurse.
func (f *File) length(o Object) (int, error) {
	if n, ok := o.(int); ok {
		return n, nil
	}
	ref, ok := o.(Ref)
	e := f.entries[ref.Num]
	if ok && e.kind == 1 && e.pos > 0 && e.pos < len(f.data) {
		p := &parser{b: f.data, pos: e.pos}
		n, ok1 := p.integer()
		_, ok2 := p.integer()
		if ok1 && ok2 && n == ref.Num && p.keyword("obj") {
			if size, ok := p.integer(); ok {
				return size, nil
			}
		}
	}
	return 0, fmt.Errorf("%w: stream without length", ErrBroken)
}

// Decode undoes the filters used by object and cross-reference streams: none, or FlateDecode with a PNG predictor.
func (f *File) Decode(s *Stream) ([]byte, error) {
	filter, params := single(s.Dict["Filter"]), single(s.Dict["DecodeParms"])
	if filter == nil {
		return s.Raw, nil
	}
	if filter != Name("FlateDecode") {
		return nil, fmt.Errorf("%w: filter of an object stream", ErrBroken)
	}
	z, err := zlib.NewReader(bytes.NewReader(s.Raw))
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrBroken, err)
	}
	out, err := io.ReadAll(io.LimitReader(z, int64(f.inflate)))
	f.inflate -= len(out)
	if err != nil || f.inflate <= 0 {
		return nil, fmt.Errorf("%w: stream cannot be inflated", ErrBroken)
	}
	d, _ := params.(Dict)
	return unpredict(out, d)
}

// single unwraps an array of one element.
func single(o Object) Object {
	if a, ok := o.(Array); ok && len(a) == 1 {
		return a[0]
	}
	return o
}

// unpredict undoes the PNG predictors (ISO 32000-1, 7.4.4.4) for one byte a sample.
func unpredict(b []byte, params Dict) ([]byte, error) {
	predictor, _ := params["Predictor"].(int)
	if predictor < 2 {
		return b, nil
	}
	columns, ok := params["Columns"].(int)
	if !ok {
		columns = 1
	}
	colors, bits := params["Colors"], params["BitsPerComponent"]
	if colors != nil && colors != 1 || bits != nil && bits != 8 || predictor < 10 || columns < 1 || columns > 1<<16 || len(b)%(columns+1) != 0 {
		return nil, fmt.Errorf("%w: predictor", ErrBroken)
	}
	out, above := make([]byte, 0, len(b)), make([]byte, columns)
	for ; len(b) > 0; b = b[columns+1:] {
		row := append([]byte(nil), b[1:columns+1]...)
		if !unfilter(b[0], row, above) {
			return nil, fmt.Errorf("%w: predictor", ErrBroken)
		}
		out, above = append(out, row...), row
	}
	return out, nil
}

// unfilter undoes one row's PNG filter in place.
func unfilter(kind byte, row, above []byte) bool {
	if kind > 4 {
		return false
	}
	var left, corner byte
	for i := range row {
		switch kind {
		case 1:
			row[i] += left
		case 2:
			row[i] += above[i]
		case 3:
			row[i] += byte((int(left) + int(above[i])) / 2)
		case 4:
			row[i] += paeth(int(left), int(above[i]), int(corner))
		}
		left, corner = row[i], above[i]
	}
	return true
}

func paeth(left, above, corner int) byte {
	distance := func(x int) int { return max(left+above-corner-x, x-left-above+corner) }
	switch l, a, c := distance(left), distance(above), distance(corner); {
	case l <= a && l <= c:
		return byte(left)
	case a <= c:
		return byte(above)
	}
	return byte(corner)
}

// A pack is an inflated object stream: where each of its objects begins, and their numbers.
type pack struct {
	body    []byte
	numbers []int
	starts  []int
}

// packed reads object num as item e.extra of the object stream e.pos (ISO 32000-1, 7.5.7).
func (f *File) packed(num int, e entry) (Object, error) {
	k, err := f.pack(e.pos)
	if err != nil {
		return nil, err
	}
	if e.extra >= len(k.numbers) || k.numbers[e.extra] != num {
		return nil, fmt.Errorf("%w: object stream %d lacks object %d", ErrBroken, e.pos, num)
	}
	return f.object(&parser{b: k.body, pos: k.starts[e.extra]})
}

func (f *File) pack(num int) (*pack, error) {
	if k, ok := f.packs[num]; ok {
		return k, nil
	}
	e := f.entries[num]
	if e.kind != 1 {
		return nil, fmt.Errorf("%w: no object stream %d", ErrBroken, num)
	}
	o, err := f.indirect(num, e.pos)
	if err != nil {
		return nil, err
	}
	s, ok := o.(*Stream)
	if !ok {
		return nil, fmt.Errorf("%w: object stream %d is none", ErrBroken, num)
	}
	k, err := f.unpack(s)
	if err == nil {
		f.packs[num] = k
	}
	return k, err
}

func (f *File) unpack(s *Stream) (*pack, error) {
	body, err := f.Decode(s)
	if err != nil {
		return nil, err
	}
	count, _ := s.Dict["N"].(int)
	first, _ := s.Dict["First"].(int)
	if count > maxEntries {
		return nil, fmt.Errorf("%w: head of an object stream", ErrBroken)
	}
	k, p := &pack{body: body}, &parser{b: body}
	for range count {
		num, ok1 := p.integer()
		at, ok2 := p.integer()
		if !ok1 || !ok2 || first < 0 || first+at > len(body) {
			return nil, fmt.Errorf("%w: head of an object stream", ErrBroken)
		}
		k.numbers, k.starts = append(k.numbers, num), append(k.starts, first+at)
	}
	return k, nil
}
