package pades

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"laoqi/app/pdf/pades/syntax"
)

// ErrNoPage means that a field was to lie on a page that the file does not have.
var ErrNoPage = errors.New("pades: no such page")

// A Field is to be added to a file before its first signature.
type Field struct {
	// Name may have one dot, as seam.2.
	Name string
	// Page counts from 1.
	Page int
	// Rect is left, bottom, right, top in points.
	Rect [4]float64
	// Button makes a blank button, for a slice of a 骑缝章, rather than a signature field.
	Button bool
	// Turn is that of the page's Box; it keeps what a button will show upright.
	Turn int
}

// Prepare appends empty fields to a file that has no signature yet.
func Prepare(pdf []byte, fields []Field) ([]byte, error) {
	f, err := syntax.Open(pdf)
	if err != nil {
		return nil, err
	}
	m, err := readForm(f)
	if err != nil {
		return nil, err
	}
	if err := m.admit(fields); err != nil {
		return nil, err
	}
	pages, err := readPages(f, m.catalog)
	if err != nil {
		return nil, err
	}
	p := &preparation{file: f, update: syntax.NewUpdate(f, 16<<10), pages: pages, annots: map[int]syntax.Array{}}
	for _, one := range fields {
		if err := p.add(one); err != nil {
			return nil, err
		}
	}
	return p.finish(m)
}

// admit refuses fields of a name that is taken, and files with a signature.
func (m *form) admit(fields []Field) error {
	for _, old := range m.fields {
		if old.kind == "Sig" && old.dict["V"] != nil {
			return fmt.Errorf("%w: %s", ErrSigned, old.name)
		}
		for _, f := range fields {
			if f.Name == old.name {
				return fmt.Errorf("pades: field %s exists", f.Name)
			}
		}
	}
	return nil
}

// A preparation is the revision that adds fields.
type preparation struct {
	file   *syntax.File
	update *syntax.Update
	pages  []page
	annots map[int]syntax.Array // new annotations by index of the page
	top    syntax.Array         // new fields without parent
	groups []*group
}

// A group is the parent of the fields whose names begin alike.
type group struct {
	ref  syntax.Ref
	name string
	kids syntax.Array
}

func (p *preparation) add(f Field) error {
	if f.Page < 1 || f.Page > len(p.pages) {
		return fmt.Errorf("%w: %d", ErrNoPage, f.Page)
	}
	parent, name, dotted := strings.Cut(f.Name, ".")
	if !dotted {
		name = f.Name
	}
	d := f.widget(name, p.pages[f.Page-1].ref)
	ref := p.update.Alloc()
	if dotted {
		g := p.group(parent)
		d["Parent"] = g.ref
		g.kids = append(g.kids, ref)
	} else {
		p.top = append(p.top, ref)
	}
	p.update.Put(ref, d)
	p.annots[f.Page-1] = append(p.annots[f.Page-1], ref)
	return nil
}

func (p *preparation) group(name string) *group {
	for _, g := range p.groups {
		if g.name == name {
			return g
		}
	}
	g := &group{ref: p.update.Alloc(), name: name}
	p.groups = append(p.groups, g)
	p.top = append(p.top, g.ref)
	return g
}

// finish writes parents, pages and form.
func (p *preparation) finish(m *form) ([]byte, error) {
	for _, g := range p.groups {
		p.update.Put(g.ref, syntax.Dict{"T": syntax.TextString(g.name), "Kids": g.kids})
	}
	for i, added := range p.annots {
		old, err := p.file.Array(p.pages[i].dict["Annots"])
		if err != nil {
			return nil, err
		}
		p.update.Put(p.pages[i].ref, p.pages[i].dict.With("Annots", slices.Concat(old, added)))
	}
	old, err := p.file.Array(m.dict["Fields"])
	if err != nil {
		return nil, err
	}
	const signaturesExistAppendOnly = 3
	form := m.dict.With("Fields", slices.Concat(old, p.top)).With("SigFlags", signaturesExistAppendOnly)
	p.update.Put(m.root, m.catalog.With("AcroForm", p.update.Add(form)))
	return p.update.Finish(), nil
}

// widget is a field that is its own only annotation (ISO 32000-1, 12.5.6.19).
func (f Field) widget(name string, page syntax.Ref) syntax.Dict {
	const print, readOnlyPushButton = 4, 1 | 1<<16
	d := syntax.Dict{
		"Type": syntax.Name("Annot"), "Subtype": syntax.Name("Widget"), "FT": syntax.Name("Sig"), "F": print,
		"T": syntax.TextString(name), "P": page, "Rect": syntax.Array{f.Rect[0], f.Rect[1], f.Rect[2], f.Rect[3]},
	}
	if f.Button {
		d["FT"], d["Ff"], d["MK"] = syntax.Name("Btn"), readOnlyPushButton, syntax.Dict{}
		if f.Turn != 0 {
			d["MK"] = syntax.Dict{"R": f.Turn}
		}
	}
	return d
}
