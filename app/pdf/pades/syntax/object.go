// Package syntax reads the objects of a PDF file and appends revisions to it (ISO 32000-1, 7.2 to 7.5).
// It looks up only the objects asked for, and treats every file as hostile: nesting, chains and inflated
// sizes are bounded, and no input makes it panic.
package syntax

import "errors"

var (
	// ErrNotPDF means that the bytes do not begin as a PDF file does.
	ErrNotPDF = errors.New("not a PDF file")
	// ErrEncrypted means that the file is encrypted; its objects cannot be read or signed.
	ErrEncrypted = errors.New("PDF file is encrypted")
	// ErrBroken means that the file ends early or contradicts the PDF syntax.
	ErrBroken = errors.New("PDF file is incomplete or damaged")
)

// An Object is nil (null), bool, int, float64, Name, String, Array, Dict, Ref or *Stream.
type Object any

// Name is a PDF name without its slash, escapes resolved.
type Name string

// Ref points at an indirect object.
type Ref struct{ Num, Gen int }

// Array is a PDF array.
type Array []Object

// Dict is a PDF dictionary. A key given twice keeps its last value.
type Dict map[Name]Object

// String is a PDF string. Start and End are the place of its token in the file, brackets included;
// both are zero if the string came out of an object stream.
type String struct {
	Value      []byte
	Start, End int
}

// Stream is a PDF stream; Raw is still encoded by the filters that Dict names.
type Stream struct {
	Dict Dict
	Raw  []byte
}

// With returns a copy of d in which key is v.
func (d Dict) With(key Name, v Object) Dict {
	size := len(d)
	if _, known := d[key]; !known {
		size++
	}
	c := make(Dict, size)
	for k, old := range d {
		c[k] = old
	}
	c[key] = v
	return c
}
