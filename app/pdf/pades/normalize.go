package pades

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"laoqi/app/pdf/pades/syntax"
)

// ErrActive means that a file does more than show pages: scripts, other files, actions that leave the document.
var ErrActive = errors.New("pades: file has active content")

// ErrForm means that a field holds a value which readers show by their own lights, since the file does not say how it looks.
var ErrForm = errors.New("pades: form does not show its values")

// Normalize rewrites an uploaded PDF so that it can be prepared and signed: one revision, a plain cross-reference table, damage
// repaired where possible, form fields made part of what the pages draw. It refuses what must not be signed: ErrNotPDF,
// ErrEncrypted, ErrBroken, ErrSigned, ErrForm, ErrActive.
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
	if pages, err := readPages(f, m.catalog); err != nil || len(pages) == 0 {
		return nil, cmp.Or(err, fmt.Errorf("%w: no pages", ErrBroken))
	}
	return out, passive(f, m.root)
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

// passive walks through everything that the catalog reaches and refuses what acts.
func passive(f *syntax.File, root syntax.Ref) error {
	seen, queue := map[syntax.Ref]bool{}, []syntax.Object{root}
	for len(queue) > 0 {
		o := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		if ref, ok := o.(syntax.Ref); ok {
			if seen[ref] {
				continue
			}
			seen[ref] = true
		}
		o, err := f.Resolve(o)
		if err != nil {
			return err
		}
		switch o := o.(type) {
		case syntax.Array:
			queue = append(queue, o...)
		case *syntax.Stream:
			queue = append(queue, o.Dict)
		case syntax.Dict:
			if what := acts(o); what != "" {
				return fmt.Errorf("%w: %s", ErrActive, what)
			}
			for _, v := range o {
				queue = append(queue, v)
			}
		}
	}
	return nil
}

// Keys, actions (S) and annotations (Subtype) that do more than show a page or follow a link (ISO 32000-1, 12.6.4, 12.5.6, 7.11.4).
var (
	activeKeys    = []syntax.Name{"AA", "JS", "JavaScript", "XFA", "EmbeddedFiles", "EF", "RichMediaContent"}
	activeActions = []syntax.Name{
		"JavaScript", "Launch", "ImportData", "SubmitForm", "ResetForm",
		"Rendition", "Movie", "Sound", "GoToE", "GoToR",
	}
	activeAnnotations = []syntax.Name{
		"FileAttachment", "RichMedia", "Screen", "Movie", "Sound", "3D",
	}
)

// acts names what makes a dictionary active, "" if nothing does.
func acts(d syntax.Dict) syntax.Name {
	for _, key := range activeKeys {
		if d[key] != nil {
			return key
		}
	}
	for key, banned := range map[syntax.Name][]syntax.Name{"S": activeActions, "Subtype": activeAnnotations} {
		if name, ok := d[key].(syntax.Name); ok && slices.Contains(banned, name) {
			return name
		}
	}
	return ""
}
