package syntax

import (
	"cmp"
	"fmt"
)

const (
	maxSections = 1024
	maxEntries  = 1 << 20
)

// readSections follows the chain of cross-reference sections from the newest to the oldest; the newest entry of a number holds.
func (f *File) readSections() error {
	seen := map[int]bool{}
	for at := f.start; ; {
		if seen[at] || len(seen) >= maxSections {
			return fmt.Errorf("%w: endless cross-references", ErrBroken)
		}
		seen[at] = true
		trailer, err := f.section(at)
		if err != nil {
			return err
		}
		if f.Trailer == nil {
			f.Trailer = trailer
		}
		prev, ok := trailer["Prev"].(int)
		if !ok {
			return nil
		}
		at = prev
	}
}

// section reads one cross-reference table or stream and returns its trailer.
func (f *File) section(at int) (Dict, error) {
	if at < 0 || at >= len(f.data) {
		return nil, fmt.Errorf("%w: cross-references outside the file", ErrBroken)
	}
	p := &parser{b: f.data, pos: at, inFile: true}
	if !p.keyword("xref") {
		f.stream = f.stream || at == f.start
		return f.xrefStream(at)
	}
	free, err := f.table(p)
	if err := cmp.Or(err, f.spend(p.pos-at)); err != nil {
		return nil, err
	}
	o, err := f.object(p)
	if err != nil {
		return nil, err
	}
	trailer, ok := o.(Dict)
	if !ok {
		return nil, p.broken("no trailer")
	}
	if hybrid, ok := trailer["XRefStm"].(int); ok {
		if _, err := f.xrefStream(hybrid); err != nil {
			return nil, err
		}
	}
	for _, num := range free {
		if err := f.add(num, entry{}); err != nil {
			return nil, err
		}
	}
	return trailer, nil
}

// table reads the subsections of a cross-reference table, up to and including the word "trailer". It returns the
// free numbers rather than entering them: a hybrid file's stream section may still place those objects.
func (f *File) table(p *parser) (free []int, err error) {
	for !p.keyword("trailer") {
		first, ok1 := p.integer()
		count, ok2 := p.integer()
		if !ok1 || !ok2 {
			return nil, p.broken("cross-reference table")
		}
		for num := first; num < first+count; num++ {
			pos, ok1 := p.integer()
			gen, ok2 := p.integer()
			switch used := p.keyword("n"); {
			case !ok1 || !ok2 || !used && !p.keyword("f"):
				return nil, p.broken("cross-reference entry")
			case !used:
				free = append(free, num)
			default:
				err = f.add(num, entry{1, pos, gen})
			}
			if err != nil {
				return nil, err
			}
		}
	}
	return free, nil
}

func (f *File) add(num int, e entry) error {
	if _, newer := f.entries[num]; newer {
		return nil
	}
	if len(f.entries) >= maxEntries {
		return fmt.Errorf("%w: too many objects", ErrBroken)
	}
	f.entries[num] = e
	return nil
}

// xrefStream reads a cross-reference stream (ISO 32000-1, 7.5.8) and returns its dictionary, which is the trailer.
func (f *File) xrefStream(at int) (Dict, error) {
	p := &parser{b: f.data, pos: max(at, 0)}
	num, _ := p.integer()
	o, err := f.indirect(num, at)
	if err != nil {
		return nil, err
	}
	s, ok := o.(*Stream)
	if !ok || s.Dict["Type"] != Name("XRef") {
		return nil, fmt.Errorf("%w: no cross-references at %d", ErrBroken, at)
	}
	body, err := f.Decode(s)
	if err != nil {
		return nil, err
	}
	_, err = rows(s.Dict, body, f.add)
	return s.Dict, err
}

// rows enters the rows of a cross-reference stream. Exact tells that it holds just as many as it says.
func rows(d Dict, body []byte, add func(num int, e entry) error) (exact bool, err error) {
	w, ok := widths(d["W"])
	if !ok {
		return false, fmt.Errorf("%w: widths of cross-references", ErrBroken)
	}
	index, ok := d["Index"].(Array)
	if !ok {
		index = Array{0, d["Size"]}
	}
	exact = len(index)%2 == 0
	for ; len(index) >= 2; index = index[2:] {
		first, ok1 := index[0].(int)
		count, ok2 := index[1].(int)
		if !ok1 || !ok2 || first < 0 || count < 0 {
			return false, fmt.Errorf("%w: index of cross-references", ErrBroken)
		}
		exact = exact && count <= len(body)/(w[0]+w[1]+w[2])
		for i := 0; i < count && len(body) >= w[0]+w[1]+w[2]; i++ {
			e := entry{1, bigEndian(body[w[0]:][:w[1]]), bigEndian(body[w[0]+w[1]:][:w[2]])}
			if w[0] > 0 {
				e.kind = bigEndian(body[:w[0]])
			}
			if err := add(first+i, e); err != nil {
				return false, err
			}
			body = body[w[0]+w[1]+w[2]:]
		}
	}
	return exact && len(body) == 0, nil
}

// widths reads three widths of 0 to 7 bytes, not all zero.
func widths(o Object) (w [3]int, ok bool) {
	a, _ := o.(Array)
	if len(a) != 3 {
		return w, false
	}
	for i := range w {
		if w[i], ok = a[i].(int); !ok || w[i] < 0 || w[i] > 7 {
			return w, false
		}
	}
	return w, w[1] > 0
}

func bigEndian(b []byte) (n int) {
	for _, c := range b {
		n = n<<8 | int(c)
	}
	return n
}
