package pades

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"laoqi/app/pdf/pades/syntax"
)

// ErrActive means that a file does more than show pages: scripts, other files, actions that leave the document.
var ErrActive = errors.New("pades: file has active content")

// ErrHidden means that a file may show something else when printed than on a screen: layers, notes that are not to be seen.
var ErrHidden = errors.New("pades: file may print what it does not show")

// ErrForm means that a field holds a value which readers show by their own lights, since the file does not say how it looks.
var ErrForm = errors.New("pades: form does not show its values")

// Normalize rewrites an uploaded PDF so that it can be prepared and signed: one revision, a plain cross-reference table, damage
// repaired where possible, form fields made part of what the pages draw. It refuses what must not be signed: ErrNotPDF,
// ErrEncrypted, ErrBroken, ErrSigned, ErrForm, ErrActive, ErrHidden.
func Normalize(pdf []byte) ([]byte, error) {
	at := bytes.Index(pdf[:min(len(pdf), maxPreamble)], []byte("%PDF-"))
	if at < 0 {
		return nil, ErrNotPDF
	}
	out, err := rewrite(pdf[at:])
	if err != nil {
		return nil, err
	}
	f, m, err := openForm(out)
	if err != nil {
		return nil, err
	}
	flat, err := m.flatten(f)
	if err != nil {
		return nil, err
	}
	if flat != nil { // without what only the form reached
		if out, err = rewrite(flat); err != nil {
			return nil, err
		}
		if f, m, err = openForm(out); err != nil {
			return nil, err
		}
	}
	pages, err := readPages(f, m.catalog)
	if err != nil || len(pages) == 0 {
		return nil, cmp.Or(err, fmt.Errorf("%w: no pages", ErrBroken))
	}
	return out, cmp.Or(passive(f, m.root), visible(f, pages))
}

// openForm opens a file that has no signature yet.
func openForm(pdf []byte) (*syntax.File, *form, error) {
	f, err := syntax.Open(pdf)
	if err != nil {
		return nil, nil, err
	}
	m, err := readForm(f)
	if err != nil {
		return nil, nil, err
	}
	return f, m, m.admit(nil)
}

// maxPreamble is within how many bytes a file must begin; scanners and mail programs put some before it, and all readers bear that.
const maxPreamble = 1024

// init keeps pdfcpu from writing its configuration into the user's home.
func init() { model.ConfigPath = "disable" }

// maxDecoded bounds what the streams of a hostile file may inflate to that pdfcpu decodes and keeps, in bytes. It takes some
// twenty times that for the objects in them. A supplement of 50 pages has less than one megabyte of them.
const maxDecoded = 16 << 20

// maxObjects bounds the numbers of objects, all of which pdfcpu counts through, used or not.
const maxObjects = 1 << 20

func configuration() *model.Configuration {
	c := model.NewDefaultConfiguration()
	c.ValidationMode = model.ValidationRelaxed
	c.WriteObjectStream, c.WriteXRefStream, c.Offline = false, false, true
	c.Limits.MaxDecodeBytes = maxDecoded
	return c
}

// rewrite reads and writes the file by pdfcpu, which repairs more than this package reads. Should a hostile file make it panic,
// the file is at fault, not the server.
func rewrite(pdf []byte) (out []byte, err error) {
	defer func() {
		if p := recover(); p != nil {
			out, err = nil, fmt.Errorf("%w: %v", ErrBroken, p)
		}
	}()
	if err := syntax.BoundPacks(pdf, maxDecoded); err != nil {
		return nil, err
	}
	ctx, err := api.ReadContext(bytes.NewReader(pdf), configuration())
	if ctx != nil && ctx.Encrypt != nil || errors.Is(err, pdfcpu.ErrWrongPassword) {
		return nil, ErrEncrypted
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrBroken, err)
	}
	if ctx.Size == nil || *ctx.Size > maxObjects {
		return nil, fmt.Errorf("%w: too many objects", ErrBroken)
	}
	if err := unpackAll(ctx); err != nil {
		return nil, fmt.Errorf("%w: %v", ErrBroken, err)
	}
	var b bytes.Buffer
	if err := api.WriteContext(ctx, &b); err != nil {
		return nil, fmt.Errorf("%w: %v", ErrBroken, err)
	}
	return b.Bytes(), nil
}

// unpackAll decodes what lies in object streams. pdfcpu would copy such objects as they are and forget what they refer to: fonts
// and whole pages.
func unpackAll(ctx *model.Context) error {
	for n := range ctx.Table {
		if _, err := ctx.Dereference(*types.NewIndirectRef(n, 0)); err != nil {
			return err
		}
	}
	return nil
}
