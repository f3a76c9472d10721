package pades

import (
	"fmt"
	"slices"

	"laoqi/app/pdf/pades/syntax"
)

// passive walks through everything that the catalog reaches and refuses what acts, and what a page may show on paper alone.
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
			if err := has(o.Dict, streamKeys); err != nil {
				return err
			}
			queue = append(queue, o.Dict)
		case syntax.Dict:
			if err := refused(f, o); err != nil {
				return err
			}
			for _, v := range o {
				queue = append(queue, v)
			}
		}
	}
	return nil
}

// Keys of any dictionary and of streams, and kinds of pictures and annotations (Subtype), that do more than show a page
// (ISO 32000-1, 7.11.4, 12.5.6), or show it differently on paper: layers (8.11), a page's part to be printed (12.2), pictures
// for printing, PostScript (8.8 to 8.10).
var (
	refusedKeys = map[syntax.Name]error{
		"AA": ErrActive, "JS": ErrActive, "JavaScript": ErrActive, "XFA": ErrActive, "EmbeddedFiles": ErrActive, "EF": ErrActive, "RichMediaContent": ErrActive,
		"OCProperties": ErrHidden, "PrintArea": ErrHidden, "PrintClip": ErrHidden, "ViewArea": ErrHidden, "ViewClip": ErrHidden,
	}
	streamKeys = map[syntax.Name]error{"F": ErrActive, "Ref": ErrActive, "Alternates": ErrHidden, "OPI": ErrHidden, "PS": ErrHidden}
	subtypes   = map[syntax.Name]error{
		"FileAttachment": ErrActive, "RichMedia": ErrActive, "Screen": ErrActive, "Movie": ErrActive, "Sound": ErrActive, "3D": ErrActive,
		"PS": ErrHidden, "Watermark": ErrHidden, "PrinterMark": ErrHidden, "TrapNet": ErrHidden,
	}
	// actions are those that are let be, by what leads to them; a link may also leave the document.
	actions = map[syntax.Name][]syntax.Name{"OpenAction": {"GoTo"}, "A": {"GoTo", "URI"}, "PA": {"GoTo", "URI"}, "Next": {"GoTo", "URI"}}
)

// refused is why a dictionary must not be in the file, nil if it may.
func refused(f *syntax.File, d syntax.Dict) error {
	if err := has(d, refusedKeys); err != nil {
		return err
	}
	if kind, _ := d["Subtype"].(syntax.Name); subtypes[kind] != nil {
		return fmt.Errorf("%w: %s", subtypes[kind], kind)
	}
	for key, allowed := range actions {
		o, err := f.Resolve(d[key])
		if err != nil {
			return err
		}
		list, ok := o.(syntax.Array)
		if !ok {
			list = syntax.Array{o}
		}
		for _, one := range list {
			if err := admitted(f, one, allowed); err != nil {
				return err
			}
		}
	}
	return nil
}

// admitted returns nil unless an object is an action of another kind than those.
func admitted(f *syntax.File, o syntax.Object, kinds []syntax.Name) error {
	o, err := f.Resolve(o)
	if err != nil {
		return err
	}
	d, _ := o.(syntax.Dict)
	if kind, ok := d["S"].(syntax.Name); ok && !slices.Contains(kinds, kind) {
		return fmt.Errorf("%w: %s", ErrActive, kind)
	}
	return nil
}

func has(d syntax.Dict, keys map[syntax.Name]error) error {
	for key, err := range keys {
		if d[key] != nil {
			return fmt.Errorf("%w: %s", err, key)
		}
	}
	return nil
}

// visible refuses annotations that are printed but not shown, and those that each reader draws by its own lights.
func visible(f *syntax.File, pages []page) error {
	const hidden, print, noView, toggleNoView = 2, 4, 32, 256
	for _, p := range pages {
		annots, err := f.Array(p.dict["Annots"])
		if err != nil {
			return err
		}
		for _, o := range annots {
			d, err := f.Dict(o)
			if err != nil {
				return err
			}
			flags, _ := d["F"].(int)
			looks, err := f.Dict(d["AP"])
			if err != nil {
				return err
			}
			drawn := looks["N"] != nil || d["Subtype"] == syntax.Name("Link") || d["Subtype"] == syntax.Name("Popup")
			if !drawn || flags&(noView|toggleNoView) != 0 || flags&(hidden|print) == hidden|print {
				return fmt.Errorf("%w: annotation %v", ErrHidden, d["Subtype"])
			}
		}
	}
	return nil
}
