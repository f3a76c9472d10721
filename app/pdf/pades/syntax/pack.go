package syntax

import (
	"bytes"
	"compress/flate"
	"fmt"
	"io"
	"regexp"
	"strings"
)

// Names that mark object streams and encrypted files.
var packName, encryptName = spelled("ObjStm"), spelled("Encrypt")

// spelled finds a name however it is written: any letter may be given by its number.
func spelled(name string) *regexp.Regexp {
	var b strings.Builder
	for _, c := range []byte(name) {
		fmt.Fprintf(&b, "(?:%c|(?i:#%02x))", c, c)
	}
	return regexp.MustCompile("/" + b.String())
}

// Bounds on the search for object streams.
const (
	maxPacks = 1 << 14
	maxHead  = 64 << 10 // bytes of one's dictionary
)

// BoundPacks returns ErrBroken if the object streams of a file inflate to more than limit bytes in all, and ErrEncrypted if
// they cannot be measured for that reason. It looks for them
// everywhere in the file, as a reader does that mends broken cross-references, for which this protects: such a reader may keep
// all of them in memory, and some megabytes can inflate to gigabytes.
func BoundPacks(data []byte, limit int) error {
	found := packName.FindAllIndex(data, maxPacks+1)
	if len(found) > maxPacks {
		return fmt.Errorf("%w: too many object streams", ErrBroken)
	}
	if len(found) > 0 && encryptName.Match(data) {
		return ErrEncrypted
	}
	f := &File{data: data, work: maxPasses*len(data) + maxInflate}
	for _, at := range found {
		d, body, err := f.around(at[0])
		if err != nil {
			return err
		}
		if body < 0 || d["Filter"] == nil {
			continue
		}
		n, err := inflatedSize(d, data[body:], limit)
		if limit -= n; err != nil || limit < 0 {
			return fmt.Errorf("%w: object streams of this size", ErrBroken)
		}
	}
	return nil
}

// around finds the dictionary of an object in which a place lies, and where its stream begins: -1 if it has none.
func (f *File) around(at int) (d Dict, body int, err error) {
	const tries = 8 // the word may also be within a string of the dictionary
	from := max(0, at-maxHead)
	for end, n := at, 0; n < tries; n++ {
		i := bytes.LastIndex(f.data[from:end], []byte("obj"))
		if i < 0 {
			break
		}
		end = from + i
		p := &parser{b: f.data, pos: end + len("obj")}
		o, err := p.object()
		if err := f.spend(p.cost(end)); err != nil {
			return nil, 0, err
		}
		d, ok := o.(Dict)
		if err != nil || !ok || p.pos <= at {
			continue
		}
		if !p.keyword("stream") {
			return d, -1, nil
		}
		if bytes.HasPrefix(f.data[p.pos:], []byte("\r")) {
			p.pos++
		}
		if bytes.HasPrefix(f.data[p.pos:], []byte("\n")) {
			p.pos++
		}
		return d, p.pos, nil
	}
	return nil, 0, fmt.Errorf("%w: an object stream without a dictionary", ErrBroken)
}

// inflatedSize counts what a stream inflates to, up to one byte more than limit. Its Length may lie, so it is not asked.
func inflatedSize(d Dict, body []byte, limit int) (int, error) {
	const header = 2 // of zlib (RFC 1950): deflated
	if single(d["Filter"]) != Name("FlateDecode") || len(body) < header || body[0]&0x0F != 8 {
		return 0, ErrBroken
	}
	n, _ := io.Copy(io.Discard, io.LimitReader(flate.NewReader(bytes.NewReader(body[header:])), int64(limit)+1)) // where it breaks off, so will the reader
	return int(n), nil
}
