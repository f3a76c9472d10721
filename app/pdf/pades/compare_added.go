package pades

import (
	"bytes"
	"slices"

	"laoqi/app/pdf/pades/syntax"
)

// What the field of a timestamp over the file may say, and that of a signature: nothing that acts.
var (
	stampKeys     = []syntax.Name{"Type", "Subtype", "FT", "T", "F", "Ff", "Rect", "P", "V", "AP"}
	signatureKeys = append([]syntax.Name{"TU", "DA", "DR", "MK", "BS", "Border", "NM", "M", "Lock", "SV"}, stampKeys...)
)

// admit lets the field of a timestamp appear, if it is new and shows nothing, or a new one of a signature, which notes where it shows
// something.
func (c *comparer) admit(s *signature) error {
	before, err := c.older.Resolve(s.ref)
	if err != nil || before != nil {
		return err
	}
	field, err := c.newer.Dict(s.ref)
	if err != nil {
		return err
	}
	keys := signatureKeys
	if s.stamping {
		keys = stampKeys
	}
	for key := range field {
		if !slices.Contains(keys, key) {
			return nil
		}
	}
	rect, err := readRect(c.newer, field, "Rect")
	blank := err == nil && (rect.Left == rect.Right || rect.Bottom == rect.Top) && blankLook(c.newer, field["AP"])
	if s.stamping && !blank {
		return nil
	}
	c.added[s.ref] = true
	if !blank {
		s.AddedOn, err = pageOf(c.newer, s.ref)
	}
	return err
}

// pageOf is the number of the page that lists an annotation, 0 if none does.
func pageOf(f *syntax.File, annot syntax.Ref) (int, error) {
	_, catalog, err := f.Root()
	if err != nil {
		return 0, err
	}
	pages, err := readPages(f, catalog)
	if err != nil {
		return 0, err
	}
	for i, p := range pages {
		list, err := f.Array(p.dict["Annots"])
		if err != nil {
			return 0, err
		}
		if slices.Contains(list, syntax.Object(annot)) {
			return i + 1, nil
		}
	}
	return 0, nil
}

// blankLook reports whether a field without states draws nothing.
func blankLook(f *syntax.File, o syntax.Object) bool {
	looks, err := f.Dict(o)
	if err != nil || len(looks) > 1 {
		return false
	}
	if len(looks) == 0 {
		return true
	}
	look, err := f.Stream(looks["N"])
	return err == nil && look != nil && len(bytes.TrimSpace(look.Raw)) == 0
}

// list notes an object of its own that lists fields or annotations.
func (c *comparer) list(o syntax.Object) {
	if ref, ok := o.(syntax.Ref); ok {
		c.lists[ref.Num] = true
	}
}

// unadded returns an object of the newer revision without the fields that were added, wherever one may be listed: in the form,
// be it an object of its own or part of the catalog, and among the annotations of a page.
func (c *comparer) unadded(num int, older, newer syntax.Object) syntax.Object {
	if list, ok := newer.(syntax.Array); ok && c.lists[num] {
		return c.without(list)
	}
	d, ok := newer.(syntax.Dict)
	if !ok {
		return newer
	}
	before, _ := older.(syntax.Dict)
	switch form, inside := d["AcroForm"].(syntax.Dict); {
	case inside && c.roles[num] == catalog:
		was, _ := before["AcroForm"].(syntax.Dict)
		return d.With("AcroForm", c.cutForm(was, form))
	case num == c.form:
		return c.cutForm(before, d)
	case c.places[num].part == Layout:
		return c.cut(before, d, "Annots")
	}
	return d
}

// cutForm is cut for a form, whose flags a signature may raise (ISO 32000-1, 12.7.2).
func (c *comparer) cutForm(before, d syntax.Dict) syntax.Dict {
	was, _ := before["SigFlags"].(int)
	if flags, ok := d["SigFlags"].(int); ok && flags == was|flags&3 {
		d = d.With("SigFlags", before["SigFlags"])
	}
	return c.cut(before, d, "Fields")
}

// cut takes what was added out of a list, which is none again where there was none before.
func (c *comparer) cut(before, d syntax.Dict, key syntax.Name) syntax.Dict {
	list, ok := d[key].(syntax.Array)
	if !ok {
		return d
	}
	left := c.without(list)
	if len(left) == 0 && before[key] == nil {
		return d.With(key, nil)
	}
	return d.With(key, left)
}

func (c *comparer) without(list syntax.Array) syntax.Array {
	return slices.DeleteFunc(slices.Clone(list), func(o syntax.Object) bool {
		ref, ok := o.(syntax.Ref)
		return ok && c.added[ref]
	})
}
