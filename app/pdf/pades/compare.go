package pades

import (
	"bytes"
	"errors"
	"fmt"

	"laoqi/app/pdf/pades/syntax"
)

// A role is why an object may differ between two revisions.
type role int

const (
	plain    role = iota // it may not
	catalog              // DSS may be added
	emptySig             // may receive its signature
	emptyBtn             // may receive its appearance
)

// allowed are the keys in which an object of a role may differ.
var allowed = map[role]map[syntax.Name]bool{
	catalog:  {"DSS": true},
	emptySig: {"V": true, "AP": true, "F": true},
	emptyBtn: {"AP": true},
}

// A comparer walks through everything reachable in two revisions of a file side by side.
type comparer struct {
	older, newer *syntax.File
	roles        map[int]role
	seen         map[syntax.Ref]bool
	queue        []syntax.Ref
}

// compare returns nil if newer shows and does what older does, apart from data for checking signatures and, if signing is
// allowed, from signature and button fields that were empty. Otherwise the error names the first difference.
//
// The walk goes by references, so that an object which nothing uses may differ, and one that was missing may not appear.
func compare(older, newer *syntax.File, signing bool) error {
	if older.Trailer["Root"] != newer.Trailer["Root"] {
		return errors.New("another catalog")
	}
	c := &comparer{older: older, newer: newer, seen: map[syntax.Ref]bool{}}
	if err := c.assignRoles(signing); err != nil {
		return err
	}
	root, _ := older.Trailer["Root"].(syntax.Ref)
	c.queue = []syntax.Ref{root}
	if !c.same(older.Trailer["Info"], newer.Trailer["Info"]) {
		return errors.New("another Info")
	}
	for len(c.queue) > 0 {
		ref := c.queue[len(c.queue)-1]
		c.queue = c.queue[:len(c.queue)-1]
		if err := c.visit(ref); err != nil {
			return err
		}
	}
	return nil
}

// assignRoles finds the objects that may differ, in the older revision.
func (c *comparer) assignRoles(signing bool) error {
	m, err := readForm(c.older)
	if err != nil {
		return err
	}
	c.roles = map[int]role{m.root.Num: catalog}
	if !signing {
		return nil
	}
	for _, one := range m.fields {
		switch {
		case one.kind == "Sig" && one.dict["V"] == nil:
			c.roles[one.ref.Num] = emptySig
		case one.kind == "Btn" && one.dict["AP"] == nil:
			c.roles[one.ref.Num] = emptyBtn
		}
	}
	return nil
}

// visit compares one object in both revisions.
func (c *comparer) visit(ref syntax.Ref) error {
	if c.seen[ref] {
		return nil
	}
	c.seen[ref] = true
	a, err := c.older.Resolve(ref)
	if err != nil {
		return err
	}
	b, err := c.newer.Resolve(ref)
	if err != nil {
		return err
	}
	but := allowed[c.roles[ref.Num]]
	if d, ok := b.(syntax.Dict); ok && c.roles[ref.Num] == emptySig && d["V"] == nil {
		but = nil // a picture of a signature is no signature
	}
	if !c.sameBut(a, b, but) {
		return fmt.Errorf("object %d differs", ref.Num)
	}
	return nil
}

// sameBut compares two objects; dictionaries without the keys in but.
func (c *comparer) sameBut(a, b syntax.Object, but map[syntax.Name]bool) bool {
	da, ok1 := a.(syntax.Dict)
	db, ok2 := b.(syntax.Dict)
	if !ok1 || !ok2 {
		return c.same(a, b)
	}
	for k := range db {
		if _, both := da[k]; !both && !but[k] && db[k] != nil {
			return false
		}
	}
	for k := range da {
		if !but[k] && !c.same(da[k], db[k]) {
			return false
		}
	}
	return true
}

// same compares two objects and queues the references in them. It recurses only as deep as the parser nests.
func (c *comparer) same(a, b syntax.Object) bool {
	switch a := a.(type) {
	case syntax.Ref:
		c.queue = append(c.queue, a)
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
