package pades

import (
	"bytes"
	"errors"
	"fmt"

	"laoqi/app/pdf/pades/syntax"
)

// Bounds on the fields of a form.
const (
	maxFields     = 10000
	maxFieldDepth = 8
)

var errTooManyFields = fmt.Errorf("%w: too many fields", syntax.ErrBroken)

// A field is a terminal field of the file's form with the name that its parents and it make up, such as seam.2.
type field struct {
	name string
	kind syntax.Name // FT: Sig, Btn ...
	ref  syntax.Ref
	dict syntax.Dict
}

// A form is the catalog's AcroForm.
type form struct {
	root    syntax.Ref
	catalog syntax.Dict
	place   syntax.Object // the catalog's AcroForm: a reference or the dictionary itself
	dict    syntax.Dict
	fields  []field
}

// readForm reads the form and all its terminal fields. A file without a form has an empty one.
func readForm(f *syntax.File) (*form, error) {
	root, catalog, err := f.Root()
	if err != nil {
		return nil, err
	}
	m := &form{root: root, catalog: catalog, place: catalog["AcroForm"]}
	if m.dict, err = f.Dict(m.place); err != nil {
		return nil, err
	}
	list, err := f.Array(m.dict["Fields"])
	if err != nil {
		return nil, err
	}
	return m, m.walk(f, list, field{}, 0)
}

// walk collects the terminal fields below parent.
func (m *form) walk(f *syntax.File, list syntax.Array, parent field, depth int) error {
	if depth > maxFieldDepth {
		return errTooManyFields
	}
	for _, o := range list {
		ref, ok := o.(syntax.Ref)
		if !ok {
			continue
		}
		dict, err := f.Dict(ref)
		if err != nil {
			return err
		}
		one := parent.child(ref, dict)
		kids, err := f.Array(dict["Kids"])
		if err != nil {
			return err
		}
		if len(kids) > 0 && dict["Subtype"] != syntax.Name("Widget") {
			err = m.walk(f, kids, one, depth+1)
		} else if m.fields = append(m.fields, one); len(m.fields) > maxFields {
			err = errTooManyFields
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// child is the field of dict, which inherits the type of its parent (ISO 32000-1, 12.7.3).
func (parent field) child(ref syntax.Ref, dict syntax.Dict) field {
	one := field{name: parent.name, kind: parent.kind, ref: ref, dict: dict}
	if t, ok := dict["T"].(syntax.String); ok {
		if one.name != "" {
			one.name += "."
		}
		one.name += t.Text()
	}
	if kind, ok := dict["FT"].(syntax.Name); ok {
		one.kind = kind
	}
	return one
}

// turn is by how much a button's look is turned counterclockwise (ISO 32000-1, 12.5.6.19), as Prepare noted it.
func (one field) turn() int {
	looks, _ := one.dict["MK"].(syntax.Dict)
	degrees, _ := looks["R"].(int)
	return degrees
}

// ErrNoField means that the file has no field of that name and type.
var ErrNoField = errors.New("pades: no such field")

// find returns the field of a name and type.
func (m *form) find(name string, kind syntax.Name) (field, error) {
	for _, one := range m.fields {
		if one.name == name && one.kind == kind {
			return one, nil
		}
	}
	return field{}, fmt.Errorf("%w: %s %s", ErrNoField, kind, name)
}

// ButtonState is the one state of a button that a document of the product has.
const ButtonState = "On"

// look is a button's normal appearance: a stream or, where it has a state, the stream
// of that state, as PDF/A demands (ISO 19005-1, 6.5.3).
func (one field) look(stream syntax.Ref) syntax.Object {
	if state, ok := one.dict["AS"].(syntax.Name); ok {
		return syntax.Dict{state: stream}
	}
	return stream
}

// bare reports whether a button shows nothing: it has no appearance, or an empty one
// in its one state.
func (one field) bare(f *syntax.File) bool {
	if one.dict["AP"] == nil {
		return true
	}
	looks, err := f.Dict(one.dict["AP"])
	if err != nil || len(looks) != 1 {
		return false
	}
	states, err := f.Dict(looks["N"])
	if err != nil || len(states) != 1 {
		return false
	}
	look, err := f.Resolve(states[ButtonState])
	if err != nil {
		return false
	}
	stream, ok := look.(*syntax.Stream)
	return ok && len(bytes.TrimSpace(stream.Raw)) == 0
}
