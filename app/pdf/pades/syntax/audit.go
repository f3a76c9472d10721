package syntax

import (
	"fmt"
	"maps"
	"regexp"
	"strconv"
)

// Audit returns nil if f continues older by revisions that all readers read alike (ISO 32000-1, 7.5.4 to 7.5.8): objects, each listed
// at its place by the cross-references of its own revision, those, and white space. Open is as lenient as readers are, but they
// differ in where: an object that Open overlooks may be the one that others show.
func (f *File) Audit(older *File) error {
	a := &audit{parser: parser{b: f.data, pos: len(older.data), inFile: true}, file: f, older: older, start: older.start, size: above(older.entries)}
	for {
		if a.space(); a.pos == len(a.b) {
			return nil
		}
		if err := a.revision(); err != nil {
			return err
		}
	}
}

// An audit stands between the revisions that it reads.
type audit struct {
	parser
	file, older *File
	start       int // of the cross-references of the revision before
	size        int // what the next Size must be at least
}

// A revision is what is found in one: objects by number, and its cross-reference stream.
type revision struct {
	held  map[int]entry
	xref  *Stream
	num   int // of xref
	place int // of xref
}

// The parts of a revision outside its objects, as they must be written. iText puts its name before "startxref".
var (
	header     = regexp.MustCompile(`^([1-9]\d{0,9}) (\d{1,5}) obj\b`)
	tableHead  = regexp.MustCompile(`^xref ?(?:\r\n|\r|\n)`)
	subsection = regexp.MustCompile(`^(\d{1,10}) (\d{1,10}) ?(?:\r\n|\r|\n)`)
	row        = regexp.MustCompile(`^(\d{10}) (\d{5}) ([nf])(?: \r| \n|\r\n)`)
	tableEnd   = regexp.MustCompile(`^trailer\b`)
	ending     = regexp.MustCompile(`^[\r\n ]*(?:%iText[^x\r\n]*(?:\r\n|\r|\n))?startxref ?(?:\r\n|\r|\n)(\d{1,15}) ?(?:\r\n|\r|\n)%%EOF`)
)

// next reads what an expression describes, and returns its groups.
func (p *parser) next(what *regexp.Regexp) [][]byte {
	found := what.FindSubmatch(p.b[p.pos:])
	if found != nil {
		p.pos += len(found[0])
	}
	return found
}

func decimal(digits []byte) int {
	n, _ := strconv.Atoi(string(digits))
	return n
}

// revision reads one, from its first object to its end of file mark.
func (a *audit) revision() error {
	r := revision{held: map[int]entry{}}
	for a.space(); header.Match(a.b[a.pos:]); a.space() {
		if err := a.indirect(&r); err != nil {
			return err
		}
	}
	start, trailer, listed, err := a.section(r)
	if err != nil {
		return err
	}
	end := a.next(ending)
	a.size = max(a.size, above(listed))
	switch size, _ := trailer["Size"].(int); {
	case end == nil || decimal(end[1]) != start || trailer["Prev"] != a.start:
		return a.broken("cross-references out of order")
	case a.odd:
		return a.broken("what readers read in different ways")
	case !maps.Equal(r.held, listed):
		return a.broken("objects other than those listed")
	case size < a.size || size > maxEntries:
		return a.broken("Size")
	}
	a.start = start
	return nil
}

// above is one more than the highest number of an object in use.
func above(entries map[int]entry) (n int) {
	for num, e := range entries {
		if e.kind != 0 {
			n = max(n, num+1)
		}
	}
	return n
}

// indirect reads an object, and those within it.
func (a *audit) indirect(r *revision) error {
	at := a.pos
	head := a.next(header)
	num, gen := decimal(head[1]), decimal(head[2])
	if was := a.older.entries[num]; gen != 0 && (was.kind != 1 || was.extra != gen) {
		return a.broken("generation")
	}
	o, err := a.file.body(&a.parser)
	if err != nil {
		return err
	}
	if err := r.hold(num, entry{1, at, gen}); err != nil {
		return err
	}
	s, ok := o.(*Stream)
	switch {
	case !ok:
		return nil
	case !a.keyword("endobj") || s.Dict["F"] != nil:
		return a.broken("stream")
	case s.Dict["Type"] == Name("ObjStm"):
		return a.unpack(r, num, s)
	case s.Dict["Type"] != Name("XRef"):
		return nil
	case r.xref != nil:
		return a.broken("two cross-reference streams")
	}
	r.xref, r.num, r.place = s, num, at
	return nil
}

func (r *revision) hold(num int, e entry) error {
	if _, twice := r.held[num]; twice {
		return fmt.Errorf("%w: object %d twice in a revision", ErrBroken, num)
	}
	r.held[num] = e
	return nil
}

// unpack reads the objects of an object stream, which lie one behind the other.
func (a *audit) unpack(r *revision, num int, s *Stream) error {
	k, err := a.file.unpack(s)
	if err != nil || len(k.numbers) == 0 {
		return a.broken("object stream")
	}
	p := parser{b: k.body, pos: k.starts[0]}
	for i, inner := range k.numbers {
		if p.space(); p.pos != k.starts[i] {
			return a.broken("objects of a stream out of order")
		}
		if _, err := p.object(); err != nil {
			return err
		}
		if err := r.hold(inner, entry{2, num, i}); err != nil {
			return err
		}
	}
	p.space()
	a.odd = a.odd || p.odd || p.pos != len(p.b)
	return nil
}

// section reads the cross-references: where they begin, the trailer, and what is in use. A table stands for itself: the stream beside it
// in a hybrid file repeats it.
func (a *audit) section(r revision) (start int, trailer Dict, listed map[int]entry, err error) {
	if start = a.pos; tableHead.Match(a.b[a.pos:]) {
		if trailer, listed, err = a.table(); err != nil || trailer["XRefStm"] == nil {
			return start, trailer, listed, err
		}
		if r.xref == nil || trailer["XRefStm"] != r.place {
			return start, nil, nil, a.broken("hybrid cross-references")
		}
		also, err := a.stream(r)
		for num, e := range also {
			if listed[num] != e {
				return start, nil, nil, a.broken("hybrid cross-references")
			}
		}
		return start, trailer, listed, err
	}
	if r.xref == nil {
		return start, nil, nil, a.broken("no cross-references")
	}
	listed, err = a.stream(r)
	if err == nil && listed[r.num] == (entry{}) { // it need not list itself
		listed[r.num] = r.held[r.num]
	}
	return r.place, r.xref.Dict, listed, err
}

// table reads a table and its trailer.
func (a *audit) table() (Dict, map[int]entry, error) {
	listed := list{}
	a.next(tableHead)
	for {
		head := a.next(subsection)
		if head == nil {
			break
		}
		for num, left := decimal(head[1]), decimal(head[2]); left > 0; num, left = num+1, left-1 {
			one := a.next(row)
			if one == nil {
				return nil, nil, a.broken("row of cross-references")
			}
			e := entry{pos: decimal(one[1]), extra: decimal(one[2])}
			if one[3][0] == 'n' {
				e.kind = 1
			}
			if err := listed.put(num, e); err != nil {
				return nil, nil, err
			}
		}
	}
	if a.next(tableEnd) == nil {
		return nil, nil, a.broken("no trailer")
	}
	o, err := a.object()
	trailer, ok := o.(Dict)
	if err != nil || !ok {
		return nil, nil, a.broken("no trailer")
	}
	return trailer, listed.used(), nil
}

// stream reads the revision's cross-reference stream.
func (a *audit) stream(r revision) (map[int]entry, error) {
	body, err := a.file.Decode(r.xref)
	if err != nil {
		return nil, err
	}
	listed := list{}
	if exact, err := rows(r.xref.Dict, body, listed.put); err != nil || !exact {
		return nil, a.broken("cross-reference stream")
	}
	return listed.used(), nil
}

// A list is what cross-references say, of every number once.
type list map[int]entry

func (l list) put(num int, e entry) error {
	if _, twice := l[num]; twice || e.kind > 2 {
		return fmt.Errorf("%w: cross-references of object %d", ErrBroken, num)
	}
	l[num] = e
	return nil
}

// used leaves out what is free.
func (l list) used() map[int]entry {
	maps.DeleteFunc(l, func(_ int, e entry) bool { return e.kind == 0 })
	return l
}
