// Package pades signs PDF files and checks their signatures (PAdES, ETSI EN 319 142-1; ISO 32000-1, 12.8). A signature is a
// revision appended to the file: what was there before stays byte for byte.
package pades

import (
	"bytes"
	"crypto"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"laoqi/app/pdf/pades/syntax"
	"laoqi/app/pki/cms"
)

var (
	// ErrSigned means that the field already holds a signature.
	ErrSigned = errors.New("pades: field is already signed")
	// ErrReserve means that the signature is longer than the room kept for it.
	ErrReserve = errors.New("pades: signature longer than its reserve")
)

// reserve is the room for a signature's DER without its certificates, in bytes; with RSA of 4,096 bits and a token of the
// built-in time-stamp authority it takes about 3,000.
const reserve = 4 << 10

// reserve is the room for the request's signature.
func (r Request) reserve() int {
	n := reserve + r.Room
	for _, c := range r.Chain {
		n += len(c.Raw)
	}
	return n
}

// A Request says how to sign.
type Request struct {
	// Field is the name of an empty signature field of the file.
	Field string
	// Signer's Chain begins with its own certificate; TSA may be nil.
	Signer crypto.Signer
	Chain  []*x509.Certificate
	TSA    cms.TSA
	// Room is kept for a longer token than those of the built-in authority, in bytes.
	Room int
	// Name, Reason and Location are shown by PDF readers, as is Time, which is only claimed; empty ones are left out.
	Name, Reason, Location string
	Time                   time.Time
	// Appearance is what the field shows, nil for nothing. Fill does the same for empty button fields, by name (骑缝章).
	Appearance *Appearance
	Fill       map[string]Appearance
}

// Sign returns pdf with one more signature, which covers the whole of it.
func Sign(pdf []byte, r Request) ([]byte, error) {
	f, err := syntax.Open(pdf)
	if err != nil {
		return nil, err
	}
	m, err := readForm(f)
	if err != nil {
		return nil, err
	}
	u := syntax.NewUpdate(f, r.room())
	signature := u.Alloc()
	if err := r.fill(u, m, signature); err != nil {
		return nil, err
	}
	m.flag(u)
	var h hole
	u.PutFunc(signature, func(b []byte) []byte { b, h = r.appendSignature(b); return b })
	out := u.Finish()
	err = h.fill(out, r.reserve(), func(digest []byte) ([]byte, error) {
		return cms.SignDigest(digest, cms.Signer{Key: r.Signer, Chain: r.Chain}, r.TSA)
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// appearances lists everything that the request draws.
func (r Request) appearances() []Appearance {
	all := slices.Collect(maps.Values(r.Fill))
	if r.Appearance != nil {
		all = append(all, *r.Appearance)
	}
	return all
}

// room estimates the size of the revision in bytes.
func (r Request) room() int {
	room, seen := 2*r.reserve()+4096, map[*Drawing]bool{}
	for _, a := range r.appearances() {
		if room += 768; !seen[a.Drawing] {
			seen[a.Drawing] = true
			room += len(a.Drawing.deflated)
		}
	}
	return room
}

// fill rewrites the signature field and the button fields.
func (r Request) fill(u *syntax.Update, m *form, signature syntax.Ref) error {
	target, err := m.find(r.Field, "Sig")
	if err != nil {
		return err
	}
	if target.dict["V"] != nil {
		return fmt.Errorf("%w: %s", ErrSigned, r.Field)
	}
	g := newGallery(u, r.appearances())
	const lockedPrint = 4 | 128
	d := target.dict.With("V", signature).With("F", lockedPrint)
	if r.Appearance != nil {
		d["AP"] = syntax.Dict{"N": g.add(*r.Appearance)}
	}
	u.Put(target.ref, d)
	for _, name := range slices.Sorted(maps.Keys(r.Fill)) {
		button, err := m.find(name, "Btn")
		if err != nil {
			return err
		}
		slice := r.Fill[name]
		slice.turn = button.turn()
		u.Put(button.ref, button.dict.With("AP", syntax.Dict{"N": button.look(g.add(slice))}))
	}
	return nil
}

// flag sets SignaturesExist and AppendOnly (ISO 32000-1, 12.7.2) where the form lacks them.
func (m *form) flag(u *syntax.Update) {
	flags, _ := m.dict["SigFlags"].(int)
	if flags&3 == 3 {
		return
	}
	flagged := m.dict.With("SigFlags", flags|3)
	if ref, ok := m.place.(syntax.Ref); ok {
		u.Put(ref, flagged)
		return
	}
	u.Put(m.root, m.catalog.With("AcroForm", flagged))
}

// A hole is where the file waits for its ByteRange and for the signature between start and end, angle brackets included.
type hole struct {
	byteRange, start, end int
}

// blank is as long as the longest ByteRange.
const blank = "[                                              ]"

// appendSignature writes the signature dictionary with the hole still empty.
func (r Request) appendSignature(b []byte) ([]byte, hole) {
	b, h := appendHole(append(b, "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached"...), r.reserve())
	b = append(b, "/M"...)
	b = r.Time.UTC().AppendFormat(b, "(D:20060102150405+00'00')")
	for _, entry := range []struct{ key, text string }{{"Name", r.Name}, {"Reason", r.Reason}, {"Location", r.Location}} {
		if entry.text != "" {
			b = append(b, "/"+entry.key...)
			b = syntax.Append(b, syntax.TextString(entry.text))
		}
	}
	return append(b, ">>"...), h
}

// appendHole writes ByteRange and Contents, with room for so many bytes.
func appendHole(b []byte, room int) ([]byte, hole) {
	b = append(b, "/ByteRange"...)
	h := hole{byteRange: len(b)}
	b = append(append(b, blank...), "/Contents"...)
	h.start = len(b)
	b = append(append(b, '<'), bytes.Repeat([]byte("0"), 2*room)...)
	b = append(b, '>')
	h.end = len(b)
	return b, h
}

// fill hashes all around the hole and puts in what sign makes of the digest.
func (h hole) fill(out []byte, room int, sign func(digest []byte) ([]byte, error)) error {
	span := fmt.Sprintf("[0 %d %d %d", h.start, h.end, len(out)-h.end)
	copy(out[h.byteRange:], span)
	digest := sha256.New()
	digest.Write(out[:h.start])
	digest.Write(out[h.end:])
	der, err := sign(digest.Sum(nil))
	if err != nil {
		return err
	}
	if len(der) > room {
		return fmt.Errorf("%w: %d bytes", ErrReserve, len(der))
	}
	hex.Encode(out[h.start+1:], der)
	return nil
}
