package syntax

import (
	"bytes"
	"cmp"
	"fmt"
)

// An entry says where an object lies: in the file at pos, or as item index of the object stream number pos.
type entry struct {
	kind  int // 0 free, 1 in the file, 2 in an object stream
	pos   int
	extra int // generation, or index
}

// A File gives access to the objects of a PDF file. It keeps data, which must not change. Not for concurrent use.
type File struct {
	Trailer Dict
	// Trailing tells that something other than white space follows the last complete revision:
	// the file was cut off, or bytes were added that no reader sees.
	Trailing bool

	data    []byte
	start   int // offset of the newest cross-reference section
	stream  bool
	entries map[int]entry
	objects map[Ref]Object
	packs   map[int]*pack
	inflate int // bytes that may still be inflated
	work    int // bytes that may still be parsed, an object counting as objectCost
}

// Bounds on hostile files: what all streams of one may inflate to, in bytes, and how often on average its bytes may be
// parsed, since objects can be made to overlap.
const (
	maxInflate = 64 << 20
	maxPasses  = 16
)

// Open reads the cross-reference sections of a file. The errors are ErrNotPDF, ErrEncrypted and ErrBroken.
func Open(data []byte) (*File, error) {
	if !bytes.HasPrefix(data, []byte("%PDF-")) {
		return nil, ErrNotPDF
	}
	f := &File{
		data: data, entries: make(map[int]entry, 64), objects: map[Ref]Object{}, packs: map[int]*pack{},
		inflate: maxInflate, work: maxPasses*len(data) + maxInflate,
	}
	if err := f.findStart(); err != nil {
		return nil, err
	}
	if err := f.readSections(); err != nil {
		return nil, err
	}
	if f.Trailer["Encrypt"] != nil {
		return nil, ErrEncrypted
	}
	return f, nil
}

// findStart finds the last "startxref N %%EOF".
func (f *File) findStart() error {
	end := bytes.LastIndex(f.data, []byte("%%EOF"))
	if end < 0 {
		return fmt.Errorf("%w: no end of file mark", ErrBroken)
	}
	f.Trailing = len(bytes.TrimSpace(f.data[end+5:])) > 0
	at := bytes.LastIndex(f.data[max(0, end-64):end], []byte("startxref"))
	if at < 0 {
		return fmt.Errorf("%w: no startxref", ErrBroken)
	}
	p := parser{b: f.data[:end], pos: max(0, end-64) + at + len("startxref")}
	n, ok := p.integer()
	if p.space(); !ok || p.pos != end || n >= end {
		return fmt.Errorf("%w: bad startxref", ErrBroken)
	}
	f.start = n
	return nil
}

// Root returns the catalog and its reference.
func (f *File) Root() (Ref, Dict, error) {
	ref, ok := f.Trailer["Root"].(Ref)
	if !ok {
		return ref, nil, fmt.Errorf("%w: no catalog", ErrBroken)
	}
	d, err := f.Dict(ref)
	if err == nil && d == nil {
		err = fmt.Errorf("%w: no catalog", ErrBroken)
	}
	return ref, d, err
}

// Resolve returns what o stands for: the object behind a reference (nil if there is none), or o itself.
func (f *File) Resolve(o Object) (Object, error) {
	ref, ok := o.(Ref)
	if !ok {
		return o, nil
	}
	if got, ok := f.objects[ref]; ok {
		return got, nil
	}
	got, err := f.load(ref)
	if err != nil {
		return nil, fmt.Errorf("object %d: %w", ref.Num, err)
	}
	if _, again := got.(Ref); again {
		return nil, fmt.Errorf("%w: object %d is a reference", ErrBroken, ref.Num)
	}
	f.objects[ref] = got
	return got, nil
}

func (f *File) load(ref Ref) (Object, error) {
	e := f.entries[ref.Num]
	switch {
	case e.kind == 1 && e.extra == ref.Gen:
		return f.indirect(ref.Num, e.pos)
	case e.kind == 2 && ref.Gen == 0:
		return f.packed(ref.Num, e)
	}
	return nil, nil
}

// Dict resolves o to a dictionary; nil if o is null.
func (f *File) Dict(o Object) (Dict, error) {
	return as[Dict](f, o)
}

// Array resolves o to an array; nil if o is null.
func (f *File) Array(o Object) (Array, error) {
	return as[Array](f, o)
}

// Stream resolves o to a stream; nil if o is null.
func (f *File) Stream(o Object) (*Stream, error) {
	return as[*Stream](f, o)
}

func as[T any](f *File, o Object) (t T, err error) {
	got, err := f.Resolve(o)
	if err != nil || got == nil {
		return t, err
	}
	t, ok := got.(T)
	if !ok {
		return t, fmt.Errorf("%w: %T instead of %T", ErrBroken, got, t)
	}
	return t, nil
}

// object reads an object as far as the bounds on the whole file allow.
func (f *File) object(p *parser) (Object, error) {
	if err := f.spend(0); err != nil {
		return nil, err
	}
	from := p.pos
	p.made = 0
	o, err := p.object()
	return o, cmp.Or(err, f.spend(p.cost(from)))
}

// spend counts n bytes as parsed.
func (f *File) spend(n int) error {
	if f.work -= n; f.work < 0 {
		return fmt.Errorf("%w: objects overlap", ErrBroken)
	}
	return nil
}

// indirect reads "num gen obj ..." at pos.
func (f *File) indirect(num, pos int) (Object, error) {
	if pos <= 0 || pos >= len(f.data) {
		return nil, fmt.Errorf("%w: offset outside the file", ErrBroken)
	}
	p := &parser{b: f.data, pos: pos, inFile: true}
	n, ok := p.integer()
	if _, gen := p.integer(); !ok || !gen || n != num || !p.keyword("obj") {
		return nil, p.broken("no object")
	}
	return f.body(p)
}

// body reads an object after the word "obj".
func (f *File) body(p *parser) (Object, error) {
	o, err := f.object(p)
	if err != nil {
		return nil, err
	}
	d, isDict := o.(Dict)
	if isDict && p.keyword("stream") {
		return f.streamBody(p, d)
	}
	if !p.keyword("endobj") {
		return nil, p.broken("no endobj")
	}
	return o, nil
}
