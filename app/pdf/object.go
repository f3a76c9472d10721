package pdf

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"fmt"
	"strconv"
	"sync"
	"unicode/utf16"
)

// An objectFile is a PDF file in the making (ISO 32000-1, 7.5): numbered objects,
// then a classic cross-reference table, to which later signatures append theirs.
type objectFile struct {
	out     bytes.Buffer
	offsets []int // of object i+1
}

func newObjectFile() *objectFile {
	f := &objectFile{}
	f.out.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	return f
}

// reserve gives out the number of an object that is put later.
func (f *objectFile) reserve() int {
	f.offsets = append(f.offsets, 0)
	return len(f.offsets)
}

// put writes the object of a reserved number.
func (f *objectFile) put(number int, body []byte) {
	f.offsets[number-1] = f.out.Len()
	fmt.Fprintf(&f.out, "%d 0 obj\n", number)
	f.out.Write(body)
	f.out.WriteString("\nendobj\n")
}

// putf is put with a format.
func (f *objectFile) putf(number int, format string, args ...any) {
	f.put(number, fmt.Appendf(nil, format, args...))
}

// add writes an object and returns its number.
func (f *objectFile) add(body []byte) int {
	number := f.reserve()
	f.put(number, body)
	return number
}

// stream writes a stream whose data is deflated already; entries go into its dictionary.
func (f *objectFile) stream(number int, entries string, deflated []byte) {
	body := fmt.Appendf(make([]byte, 0, len(deflated)+len(entries)+80), "<<%s/Filter/FlateDecode/Length %d>>\nstream\n", entries, len(deflated))
	f.put(number, append(append(body, deflated...), "\nendstream"...))
}

// finish writes cross-reference table and trailer. The file's identifier is a
// hash of its content, so equal input gives an equal file.
func (f *objectFile) finish(catalog, info int) []byte {
	start := f.out.Len()
	id := sha256.Sum256(f.out.Bytes())
	fmt.Fprintf(&f.out, "xref\n0 %d\n0000000000 65535 f \n", len(f.offsets)+1)
	for _, at := range f.offsets {
		fmt.Fprintf(&f.out, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&f.out, "trailer\n<</Size %d/Root %d 0 R/Info %d 0 R/ID[<%x><%x>]>>\nstartxref\n%d\n%%%%EOF\n",
		len(f.offsets)+1, catalog, info, id[:16], id[:16], start)
	return f.out.Bytes()
}

// compressors are kept, since each takes hundreds of kilobytes.
var compressors = sync.Pool{New: func() any {
	z, _ := zlib.NewWriterLevel(nil, zlib.BestSpeed) // the level is valid
	return z
}}

// deflate compresses what is made for one document: at the fastest level, which
// takes a sixth of the time of the best.
func deflate(data []byte) []byte {
	var b bytes.Buffer
	z := compressors.Get().(*zlib.Writer)
	defer compressors.Put(z)
	z.Reset(&b)
	z.Write(data) // into memory: cannot fail
	z.Close()
	return b.Bytes()
}

// deflateBest compresses what is made once for all documents.
func deflateBest(data []byte) []byte {
	var b bytes.Buffer
	z, _ := zlib.NewWriterLevel(&b, zlib.BestCompression) // the level is valid
	z.Write(data)
	z.Close()
	return b.Bytes()
}

// textString writes a text as a PDF string in UTF-16 (ISO 32000-1, 7.9.2.2).
func textString(s string) string {
	b := []byte("<FEFF")
	for _, u := range utf16.Encode([]rune(s)) {
		b = fmt.Appendf(b, "%04X", u)
	}
	return string(append(b, '>'))
}

// appendNumber writes v to a hundredth of a point and a space.
func appendNumber(b []byte, v float64) []byte {
	return append(strconv.AppendFloat(b, v, 'f', 2, 64), ' ')
}

func appendNumbers(b []byte, all ...float64) []byte {
	for _, v := range all {
		b = appendNumber(b, v)
	}
	return b
}
