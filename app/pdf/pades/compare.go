package pades

import (
	"bytes"
	"fmt"
	"maps"
	"slices"

	"laoqi/app/pdf/pades/syntax"
)

// A role is why an object may differ between two revisions.
type role int

const (
	plain    role = iota // it may not
	catalog              // DSS may be added, and extensions of PDF that it needs
	info                 // may tell of a signature's time and program
	emptySig             // may receive its signature
	emptyBtn             // may receive its appearance
)

// allowed are the keys in which an object of a role may differ.
var allowed = map[role]map[syntax.Name]bool{
	catalog:  {"DSS": true, "Extensions": true},
	info:     {"ModDate": true, "Producer": true},
	emptySig: {"V": true, "AP": true, "F": true},
	emptyBtn: {"AP": true},
}

// A comparer walks through everything reachable in two revisions of a file side by side.
type comparer struct {
	older, newer *syntax.File
	roles        map[int]role
	places       map[int]place       // of objects that are themselves a part
	at           place               // of the object being compared
	added        map[syntax.Ref]bool // fields of new timestamps over the file, and of signatures
	lists        map[int]bool        // objects that are a list of fields or annotations
	form         int                 // the object that is the form
	seen         map[syntax.Ref]bool
	queue        []located
}

// A located reference is one with the place from which it was reached.
type located struct {
	syntax.Ref
	place
}

// compare returns nil if newer shows and does what older does, apart from data for checking signatures and from what was signed
// between them: a signature and what it draws in fields that were empty, or in a new one of its own, or a timestamp over the file in a
// new field that shows nothing. Otherwise the error is a *Change, the first difference, or ErrBroken.
//
// The walk goes by references, so that an object which nothing uses may differ, and one that was missing may not appear.
func compare(older, newer *syntax.File, between []*signature) error {
	c := &comparer{older: older, newer: newer, added: map[syntax.Ref]bool{}, lists: map[int]bool{}, seen: map[syntax.Ref]bool{}}
	if older.Trailer["Root"] != newer.Trailer["Root"] {
		return c.differs("another catalog")
	}
	signing := false
	for _, s := range between {
		signing = signing || !s.stamping
		if err := c.admit(s); err != nil {
			return err
		}
	}
	if err := c.assign(signing); err != nil {
		return err
	}
	root, _ := older.Trailer["Root"].(syntax.Ref)
	c.queue = []located{{Ref: root}}
	if err := c.visitAll(); err != nil {
		return err
	}
	c.at = place{part: Properties}
	if !c.same(older.Trailer["Info"], newer.Trailer["Info"]) {
		return c.differs("another Info")
	}
	return c.visitAll()
}

// visitAll compares what is queued, and what that leads to.
func (c *comparer) visitAll() error {
	for len(c.queue) > 0 {
		next := c.queue[len(c.queue)-1]
		c.queue = c.queue[:len(c.queue)-1]
		if err := c.visit(next); err != nil {
			return err
		}
	}
	return nil
}

func (c *comparer) differs(what string) error { return &Change{c.at.part, c.at.page, what} }

// assign finds the objects that may differ, in the older revision, and those that tell what a difference means.
func (c *comparer) assign(signing bool) error {
	m, err := readForm(c.older)
	if err != nil {
		return err
	}
	pages, err := readPages(c.older, m.catalog)
	if err != nil {
		return err
	}
	c.roles, c.places = map[int]role{m.root.Num: catalog}, map[int]place{m.root.Num: {}}
	if ref, ok := c.older.Trailer["Info"].(syntax.Ref); ok && signing {
		c.roles[ref.Num] = info
	}
	c.list(m.dict["Fields"])
	if ref, ok := m.place.(syntax.Ref); ok {
		c.form = ref.Num
	}
	for i, p := range pages {
		c.places[p.ref.Num] = place{Layout, i + 1}
		c.list(p.dict["Annots"])
	}
	for _, one := range m.fields {
		c.places[one.ref.Num] = place{part: Fields}
		switch {
		case !signing:
		case one.kind == "Sig" && one.dict["V"] == nil:
			c.roles[one.ref.Num] = emptySig
		case one.kind == "Btn" && one.bare(c.older):
			c.roles[one.ref.Num] = emptyBtn
		}
	}
	return nil
}

// visit compares one object in both revisions.
func (c *comparer) visit(ref located) error {
	if c.seen[ref.Ref] {
		return nil
	}
	c.seen[ref.Ref] = true
	c.at = ref.place
	if own, ok := c.places[ref.Num]; ok {
		c.at = own
	}
	a, err := c.older.Resolve(ref.Ref)
	if err != nil {
		return err
	}
	b, err := c.newer.Resolve(ref.Ref)
	if err != nil {
		return err
	}
	if len(c.added) > 0 {
		b = c.unadded(ref.Num, a, b)
	}
	but := allowed[c.roles[ref.Num]]
	if d, ok := b.(syntax.Dict); ok && c.roles[ref.Num] == emptySig && d["V"] == nil {
		but = nil // a picture of a signature is no signature
	}
	if d, ok := b.(syntax.Dict); ok && c.roles[ref.Num] == catalog && !tame(d["Extensions"]) {
		but = nil
	}
	if !c.sameBut(a, b, but) {
		return c.differs(fmt.Sprintf("object %d differs", ref.Num))
	}
	return nil
}

// tame reports whether an object holds nothing but names, numbers and words.
func tame(o syntax.Object) bool {
	wild := func(o syntax.Object) bool { return !tame(o) }
	switch o := o.(type) {
	case syntax.Ref:
		return false
	case syntax.Array:
		return !slices.ContainsFunc(o, wild)
	case syntax.Dict:
		return !slices.ContainsFunc(slices.Collect(maps.Values(o)), wild)
	}
	return true
}

// sameBut compares two objects; dictionaries without the keys in but.
func (c *comparer) sameBut(a, b syntax.Object, but map[syntax.Name]bool) bool {
	da, ok1 := a.(syntax.Dict)
	db, ok2 := b.(syntax.Dict)
	if !ok1 || !ok2 {
		return c.same(a, b)
	}
	from := c.at
	for k := range db {
		if _, both := da[k]; !both && !but[k] && db[k] != nil {
			c.at = from.below(k)
			return false
		}
	}
	for k := range da {
		if c.at = from.below(k); !but[k] && !c.same(da[k], db[k]) {
			return false
		}
	}
	c.at = from
	return true
}

// same compares two objects and queues the references in them. It recurses only as deep as the parser nests. What stood in another
// object may have become one of its own, as PDFBox writes it.
func (c *comparer) same(a, b syntax.Object) bool {
	if _, apart := a.(syntax.Ref); !apart {
		var err error
		if b, err = c.newer.Resolve(b); err != nil {
			return false
		}
	}
	switch a := a.(type) {
	case syntax.Ref:
		c.queue = append(c.queue, located{a, c.at})
		return a == b
	case syntax.Dict:
		_, ok := b.(syntax.Dict)
		return ok && c.sameBut(a, b, nil)
	case syntax.Array:
		return c.sameArray(a, b)
	case syntax.String:
		b, ok := b.(syntax.String)
		return ok && bytes.Equal(a.Value, b.Value)
	case *syntax.Stream:
		b, ok := b.(*syntax.Stream)
		return ok && c.sameBut(a.Dict, b.Dict, nil) && bytes.Equal(a.Raw, b.Raw)
	}
	return sameScalar(a, b)
}

// sameScalar takes 90 and 90.00 for the same number, as they are written.
func sameScalar(a, b syntax.Object) bool {
	switch b := b.(type) {
	case syntax.Dict, syntax.Array, syntax.String, *syntax.Stream:
		return false
	case float64:
		if n, ok := a.(int); ok {
			return float64(n) == b
		}
	case int:
		if x, ok := a.(float64); ok {
			return x == float64(b)
		}
	}
	return a == b
}

func (c *comparer) sameArray(a syntax.Array, b syntax.Object) bool {
	other, ok := b.(syntax.Array)
	if !ok || len(a) != len(other) {
		return false
	}
	for i := range a {
		if !c.same(a[i], other[i]) {
			return false
		}
	}
	return true
}
