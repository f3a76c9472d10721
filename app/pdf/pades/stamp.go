package pades

import (
	"fmt"
	"slices"

	"laoqi/app/pdf/pades/syntax"
	"laoqi/app/pki/cms"
)

// stampReserve is the room for a token of the built-in time-stamp authority in bytes; it takes about 2,000.
const stampReserve = 4 << 10

// AddTimestamp appends a timestamp over the whole file (ISO 32000-2, 12.8.5; ETSI EN 319 142-1, 5.4.3), in a field of its own that
// shows nothing. Data for checking what the file holds already goes with it and is stamped too (PAdES B-LTA). Room is kept for
// a longer token than those of the built-in authority, in bytes.
func AddTimestamp(pdf []byte, d DSS, tsa cms.TSA, room int) ([]byte, error) {
	f, err := syntax.Open(pdf)
	if err != nil {
		return nil, err
	}
	m, err := readForm(f)
	if err != nil {
		return nil, err
	}
	room += stampReserve
	u := syntax.NewUpdate(f, 2*room+8<<10)
	token := u.Alloc()
	added, err := d.add(f, u, m.catalog)
	if err != nil {
		return nil, err
	}
	m.catalog = m.catalog.With("DSS", added)
	if err := m.extend(f, u, stampField(m.unused(), token, u.Add(nothing))); err != nil {
		return nil, err
	}
	var h hole
	u.PutFunc(token, func(b []byte) []byte {
		b, h = appendHole(append(b, "<</Type/DocTimeStamp/Filter/Adobe.PPKLite/SubFilter/ETSI.RFC3161"...), room)
		return append(b, ">>"...)
	})
	out := u.Finish()
	if err := h.fill(out, room, tsa); err != nil {
		return nil, err
	}
	return out, nil
}

// nothing is what the field shows, since PDF/A wants every field to show something (ISO 19005-1, 6.9).
var nothing = &syntax.Stream{Dict: syntax.Dict{"Type": syntax.Name("XObject"), "Subtype": syntax.Name("Form"), "BBox": syntax.Array{0, 0, 0, 0}}}

// stampField is a signature field without a place on any page.
func stampField(name string, token, look syntax.Ref) syntax.Dict {
	const lockedPrint = 4 | 128
	return syntax.Dict{"Type": syntax.Name("Annot"), "Subtype": syntax.Name("Widget"), "FT": syntax.Name("Sig"), "F": lockedPrint,
		"T": syntax.TextString(name), "Rect": syntax.Array{0, 0, 0, 0}, "AP": syntax.Dict{"N": look}, "V": token}
}

// unused is a name for a timestamp's field that no field has.
func (m *form) unused() string {
	for n := 1; ; n++ {
		name := fmt.Sprintf("stamp%d", n)
		if !slices.ContainsFunc(m.fields, func(one field) bool { return one.name == name }) {
			return name
		}
	}
}

// extend writes the catalog and a form with one more field. What is an object of its own stays one.
func (m *form) extend(f *syntax.File, u *syntax.Update, field syntax.Dict) error {
	old, err := f.Array(m.dict["Fields"])
	if err != nil {
		return err
	}
	fields := slices.Concat(old, syntax.Array{u.Add(field)})
	form := m.dict
	if ref, ok := m.dict["Fields"].(syntax.Ref); ok {
		u.Put(ref, fields)
	} else {
		form = form.With("Fields", fields)
	}
	const signaturesExistAppendOnly = 3
	flags, _ := m.dict["SigFlags"].(int)
	form = form.With("SigFlags", flags|signaturesExistAppendOnly)
	catalog := m.catalog
	if ref, ok := m.place.(syntax.Ref); ok {
		u.Put(ref, form)
	} else {
		catalog = catalog.With("AcroForm", form)
	}
	u.Put(m.root, catalog)
	return nil
}
