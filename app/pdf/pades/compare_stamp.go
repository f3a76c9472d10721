package pades

import (
	"bytes"
	"slices"

	"laoqi/app/pdf/pades/syntax"
)

// stampKeys are what the field of a timestamp over the file may say: nothing that acts.
var stampKeys = map[syntax.Name]bool{"Type": true, "Subtype": true, "FT": true, "T": true, "F": true, "Ff": true, "Rect": true, "P": true, "V": true, "AP": true}

// admit lets the field of a timestamp appear, if it is new and shows nothing.
func (c *comparer) admit(ref syntax.Ref) error {
	before, err := c.older.Resolve(ref)
	if err != nil {
		return err
	}
	field, err := c.newer.Dict(ref)
	if err != nil {
		return err
	}
	for key := range field {
		if !stampKeys[key] {
			return nil
		}
	}
	rect, err := readRect(c.newer, field, "Rect")
	if before == nil && err == nil && rect.Left == rect.Right && rect.Bottom == rect.Top && blankLook(c.newer, field["AP"]) {
		c.stamps[ref] = true
	}
	return nil
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

// unstamped returns an object of the newer revision without the fields of timestamps, wherever one may be listed: in the form,
// be it an object of its own or part of the catalog, and among the annotations of a page.
func (c *comparer) unstamped(num int, older, newer syntax.Object) syntax.Object {
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
		return d.With("AcroForm", c.cut(was, form, "Fields"))
	case num == c.form:
		return c.cut(before, d, "Fields")
	case c.places[num].part == Layout:
		return c.cut(before, d, "Annots")
	}
	return d
}

// cut takes the timestamps out of a list, which is none again where there was none before.
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
		return ok && c.stamps[ref]
	})
}
