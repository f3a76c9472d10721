package pades

import (
	"fmt"
	"slices"

	"laoqi/app/pdf/pades/syntax"
)

// A Mark is to be seen at the top of every page of a file: painting operators that need no resources, upright in the box from
// 0, 0 to W, H.
type Mark struct {
	Content []byte
	W, H    float64
}

// Append adds the pages of another file after those of a file that has no signature yet. What the other file's pages do not
// reach is left out, its form too. A mark, unless nil, is put over the pages that were there before.
func Append(pdf, more []byte, mark *Mark) ([]byte, error) {
	f, m, err := openForm(pdf)
	if err != nil {
		return nil, err
	}
	u := syntax.NewUpdate(f, len(more)+16<<10)
	if mark != nil {
		if err := mark.put(f, u, m.catalog); err != nil {
			return nil, err
		}
	}
	root, ok := m.catalog["Pages"].(syntax.Ref)
	if !ok {
		return nil, fmt.Errorf("%w: page tree", syntax.ErrBroken)
	}
	added, err := copyPages(u, more, root)
	if err != nil {
		return nil, err
	}
	if err := extend(f, u, root, added); err != nil {
		return nil, err
	}
	return u.Finish(), nil
}

// extend appends pages to the root of the page tree.
func extend(f *syntax.File, u *syntax.Update, root syntax.Ref, added syntax.Array) error {
	tree, err := f.Dict(root)
	if err != nil {
		return err
	}
	kids, err := f.Array(tree["Kids"])
	if err != nil {
		return err
	}
	count, err := f.Resolve(tree["Count"])
	if err != nil {
		return err
	}
	n, ok := count.(int)
	if !ok || tree["Type"] != syntax.Name("Pages") {
		return fmt.Errorf("%w: page tree", syntax.ErrBroken)
	}
	u.Put(root, tree.With("Kids", slices.Concat(kids, added)).With("Count", n+len(added)))
	return nil
}

// put draws the mark on all pages. What a page draws itself is set between q and Q, whatever state it leaves behind.
func (m *Mark) put(f *syntax.File, u *syntax.Update, catalog syntax.Dict) error {
	const margin = 12
	pages, err := readPages(f, catalog)
	if err != nil {
		return err
	}
	begin := u.Add(&syntax.Stream{Dict: syntax.Dict{}, Raw: []byte("q\n")})
	for _, p := range pages {
		box, err := readBox(f, p.dict)
		if err != nil {
			return err
		}
		old, err := contents(f, p.dict["Contents"])
		if err != nil {
			return err
		}
		end := []byte("\nQ q\n")
		for _, n := range box.matrix(m.W, m.H, margin) {
			end = fmt.Appendf(end, "%.4f ", n)
		}
		end = append(append(append(end, "cm\n"...), m.Content...), "\nQ\n"...)
		all := slices.Concat(syntax.Array{begin}, old, syntax.Array{u.Add(&syntax.Stream{Dict: syntax.Dict{}, Raw: end})})
		u.Put(p.ref, p.dict.With("Contents", all))
	}
	return nil
}

// contents lists a page's content streams, of which there may be none, one or several.
func contents(f *syntax.File, o syntax.Object) (syntax.Array, error) {
	resolved, err := f.Resolve(o)
	if err != nil || resolved == nil {
		return nil, err
	}
	if list, ok := resolved.(syntax.Array); ok {
		return list, nil
	}
	return syntax.Array{o}, nil
}

// A copier takes objects over from another file.
type copier struct {
	from *syntax.File
	to   *syntax.Update
	refs map[syntax.Ref]syntax.Ref
}

// copyPages copies all pages of a file and what they reach. They inherit nothing from their new parent.
func copyPages(u *syntax.Update, more []byte, parent syntax.Ref) (added syntax.Array, err error) {
	f, err := syntax.Open(more)
	if err != nil {
		return nil, err
	}
	_, catalog, err := f.Root()
	if err != nil {
		return nil, err
	}
	pages, err := readPages(f, catalog)
	if err != nil {
		return nil, err
	}
	c := &copier{from: f, to: u, refs: map[syntax.Ref]syntax.Ref{}}
	for _, p := range pages {
		box, err := readBox(f, p.dict)
		if err != nil {
			return nil, err
		}
		visible := syntax.Array{box.Left, box.Bottom, box.Right, box.Top}
		page, err := c.copy(p.dict.With("Parent", nil).With("Annots", nil))
		if err != nil {
			return nil, err
		}
		own := page.(syntax.Dict).With("Parent", parent).With("MediaBox", visible).With("CropBox", visible).With("Rotate", box.Turn)
		delete(own, "Annots")
		added = append(added, u.Add(own))
	}
	return added, nil
}

// copy returns the object as it reads in the new file; what it refers to is written there.
func (c *copier) copy(o syntax.Object) (syntax.Object, error) {
	switch o := o.(type) {
	case syntax.Ref:
		return c.refer(o)
	case syntax.Array:
		list := make(syntax.Array, len(o))
		for i, v := range o {
			var err error
			if list[i], err = c.copy(v); err != nil {
				return nil, err
			}
		}
		return list, nil
	case syntax.Dict:
		return c.dict(o)
	case *syntax.Stream:
		d, err := c.dict(o.Dict)
		return &syntax.Stream{Dict: d, Raw: o.Raw}, err
	}
	return o, nil
}

func (c *copier) dict(d syntax.Dict) (syntax.Dict, error) {
	made := make(syntax.Dict, len(d))
	for k, v := range d {
		copied, err := c.copy(v)
		if err != nil {
			return nil, err
		}
		made[k] = copied
	}
	return made, nil
}

func (c *copier) refer(ref syntax.Ref) (syntax.Object, error) {
	if known, ok := c.refs[ref]; ok {
		return known, nil
	}
	made := c.to.Alloc()
	c.refs[ref] = made
	o, err := c.from.Resolve(ref)
	if err != nil {
		return nil, err
	}
	copied, err := c.copy(o)
	if err != nil {
		return nil, err
	}
	c.to.Put(made, copied)
	return made, nil
}
