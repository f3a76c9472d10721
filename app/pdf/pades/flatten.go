package pades

import (
	"fmt"
	"math"
	"regexp"

	"laoqi/app/pdf/pades/syntax"
)

// flatten appends a revision in which each page draws what its form fields show, and which has no form any more: what was
// filled in is seen as before and cannot change. Without a form it returns nil. The errors are ErrSigned, ErrActive for a
// form that is a program of its own (XFA), and ErrForm where a field holds something that it does not show.
func (m *form) flatten(f *syntax.File) ([]byte, error) {
	if m.dict["XFA"] != nil {
		return nil, fmt.Errorf("%w: XFA", ErrActive)
	}
	pages, err := readPages(f, m.catalog)
	if err != nil {
		return nil, err
	}
	a := &flattening{form: m, file: f, update: syntax.NewUpdate(f, 16<<10)}
	for _, p := range pages {
		if err := a.page(p); err != nil {
			return nil, err
		}
	}
	if m.place == nil && !a.found {
		return nil, nil
	}
	catalog := m.catalog.With("AcroForm", nil)
	delete(catalog, "AcroForm")
	a.update.Put(m.root, catalog)
	return a.update.Finish(), nil
}

// A flattening is the revision that draws the fields.
type flattening struct {
	form   *form
	file   *syntax.File
	update *syntax.Update
	found  bool // a widget
}

// A look is what a field shows, and the matrix that puts it into its place.
type look struct {
	stream *syntax.Stream
	ref    syntax.Ref
	matrix [6]float64
}

// page replaces the widgets of a page, if it has any, by what they show.
func (a *flattening) page(p page) error {
	annots, err := a.file.Array(p.dict["Annots"])
	if err != nil {
		return err
	}
	var kept syntax.Array
	var looks []look
	for _, o := range annots {
		d, err := a.file.Dict(o)
		if err != nil {
			return err
		}
		if d["Subtype"] != syntax.Name("Widget") {
			kept = append(kept, o)
			continue
		}
		shown, err := a.look(d)
		if err != nil {
			return err
		}
		if shown != nil {
			looks = append(looks, *shown)
		}
		if ref, ok := o.(syntax.Ref); ok {
			a.update.Put(ref, nil) // the structure of the document may still refer to it
		}
	}
	if len(kept) == len(annots) {
		return nil
	}
	a.found = true
	dict := p.dict.With("Annots", kept)
	if len(looks) > 0 {
		if dict, err = a.draw(dict, looks); err != nil {
			return err
		}
	}
	a.update.Put(p.ref, dict)
	return nil
}

// look returns what a widget shows, nil for nothing.
func (a *flattening) look(widget syntax.Dict) (*look, error) {
	const hidden, noView = 2, 32
	flags, _ := widget["F"].(int)
	kind, err := inherited(a.file, widget, "FT")
	if err != nil {
		return nil, err
	}
	value, err := inherited(a.file, widget, "V")
	if err != nil {
		return nil, err
	}
	if kind == syntax.Name("Sig") && value != nil {
		return nil, ErrSigned
	}
	if flags&(hidden|noView) != 0 {
		return nil, nil
	}
	ref, err := a.appearance(widget)
	if err != nil {
		return nil, err
	}
	stream, err := a.file.Stream(ref)
	if err != nil {
		return nil, err
	}
	if holds(kind, widget, value) && (stream == nil || kind != syntax.Name("Btn") && !a.showsText(stream)) {
		return nil, fmt.Errorf("%w: a value that is not shown", ErrForm)
	}
	if stream == nil {
		return nil, nil
	}
	return a.place(widget, stream, ref)
}

// appearance is the normal appearance of a widget, that of its state where it has several (ISO 32000-1, 12.5.5).
func (a *flattening) appearance(widget syntax.Dict) (syntax.Ref, error) {
	looks, err := a.file.Dict(widget["AP"])
	if err != nil {
		return syntax.Ref{}, err
	}
	normal, err := a.file.Resolve(looks["N"])
	if err != nil {
		return syntax.Ref{}, err
	}
	from := looks["N"]
	if states, ok := normal.(syntax.Dict); ok {
		from = stateOf(widget, states)
	}
	ref, _ := from.(syntax.Ref)
	return ref, nil
}

// stateOf is the appearance of a button's state. LibreOffice calls a tick by one name and its picture by another: a button
// with one picture of a tick shows that.
func stateOf(widget, states syntax.Dict) syntax.Object {
	state, _ := widget["AS"].(syntax.Name)
	if states[state] != nil || !ticked(widget) {
		return states[state]
	}
	var only []syntax.Object
	for name, o := range states {
		if name != "Off" {
			only = append(only, o)
		}
	}
	if len(only) != 1 {
		return nil
	}
	return only[0]
}

// ticked reports whether a button is on.
func ticked(widget syntax.Dict) bool {
	state, _ := widget["AS"].(syntax.Name)
	return state != "" && state != "Off"
}

// holds reports whether somebody filled the field in: a text, a choice, a tick.
func holds(kind syntax.Object, widget syntax.Dict, value syntax.Object) bool {
	switch kind {
	case syntax.Name("Btn"):
		return ticked(widget)
	case syntax.Name("Tx"), syntax.Name("Ch"):
		text, ok := value.(syntax.String)
		return value != nil && !(ok && text.Text() == "")
	}
	return false
}

// showing finds an operator that shows text (ISO 32000-1, 9.4.3) or another form.
var showing = regexp.MustCompile(`(Tj|TJ|Do|'|")\s`)

// showsText reports whether an appearance has any text. What this package cannot decode is taken to have.
func (a *flattening) showsText(s *syntax.Stream) bool {
	content, err := a.file.Decode(s)
	return err != nil || showing.Match(append(content, '\n'))
}

// place makes the matrix that puts the appearance's box, as its own matrix turns it, over the widget's rectangle.
func (a *flattening) place(widget syntax.Dict, s *syntax.Stream, ref syntax.Ref) (*look, error) {
	rect, err := readRect(a.file, widget, "Rect")
	if err != nil {
		return nil, err
	}
	box, err := readRect(a.file, s.Dict, "BBox")
	if err != nil {
		return nil, err
	}
	turned, err := a.turned(box, s.Dict["Matrix"])
	if err != nil || rect.empty() || turned.empty() {
		return nil, err
	}
	x, y := (rect.Right-rect.Left)/(turned.Right-turned.Left), (rect.Top-rect.Bottom)/(turned.Top-turned.Bottom)
	return &look{s, ref, [6]float64{x, 0, 0, y, rect.Left - turned.Left*x, rect.Bottom - turned.Bottom*y}}, nil
}

// turned is the smallest upright box around a box to which a matrix was applied.
func (a *flattening) turned(b Box, matrix syntax.Object) (Box, error) {
	list, err := a.file.Array(matrix)
	if err != nil || len(list) != 6 {
		return b, err
	}
	var m [6]float64
	for i := range m {
		o, err := a.file.Resolve(list[i])
		if err != nil {
			return b, err
		}
		m[i], _ = number(o)
	}
	around := Box{Left: math.Inf(1), Bottom: math.Inf(1), Right: math.Inf(-1), Top: math.Inf(-1)}
	for _, corner := range [4][2]float64{{b.Left, b.Bottom}, {b.Left, b.Top}, {b.Right, b.Bottom}, {b.Right, b.Top}} {
		x, y := m[0]*corner[0]+m[2]*corner[1]+m[4], m[1]*corner[0]+m[3]*corner[1]+m[5]
		around = Box{min(around.Left, x), min(around.Bottom, y), max(around.Right, x), max(around.Top, y), 0}
	}
	return around, nil
}

// draw adds looks to what a page draws itself, which is set between q and Q, whatever state it leaves behind.
func (a *flattening) draw(page syntax.Dict, looks []look) (syntax.Dict, error) {
	o, err := inherited(a.file, page, "Resources")
	if err != nil {
		return nil, err
	}
	resources, _ := o.(syntax.Dict)
	drawn, err := a.file.Dict(resources["XObject"])
	if err != nil {
		return nil, err
	}
	over := []byte("\nQ\n")
	for i, one := range looks {
		name := syntax.Name(fmt.Sprintf("Field%d", i+1))
		for drawn[name] != nil {
			name += "x"
		}
		ref, err := a.xobject(one)
		if err != nil {
			return nil, err
		}
		drawn = drawn.With(name, ref)
		over = append(over, "q "...)
		for _, n := range one.matrix {
			over = fmt.Appendf(over, "%.5f ", n)
		}
		over = append(syntax.Append(append(over, "cm "...), name), " Do Q\n"...)
	}
	old, err := contents(a.file, page["Contents"])
	if err != nil {
		return nil, err
	}
	all := append(syntax.Array{a.update.Add(&syntax.Stream{Raw: []byte("q\n")})}, old...)
	all = append(all, a.update.Add(&syntax.Stream{Raw: over}))
	return page.With("Contents", all).With("Resources", resources.With("XObject", drawn)), nil
}

// xobject is the object that a page draws: the appearance, made whole where its writer relied on readers' leniency.
func (a *flattening) xobject(one look) (syntax.Object, error) {
	fonts, err := a.file.Dict(one.stream.Dict["Resources"])
	if err != nil {
		return nil, err
	}
	if one.stream.Dict["Subtype"] == syntax.Name("Form") && fonts != nil {
		return one.ref, nil
	}
	d := one.stream.Dict.With("Type", syntax.Name("XObject")).With("Subtype", syntax.Name("Form"))
	if fonts == nil && a.form.dict["DR"] != nil {
		d["Resources"] = a.form.dict["DR"]
	}
	return a.update.Add(&syntax.Stream{Dict: d, Raw: one.stream.Raw}), nil
}
