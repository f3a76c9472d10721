package pades

import "laoqi/app/pdf/pades/syntax"

// A Part of a document is where something was changed after a signature.
type Part int

const (
	Other       Part = iota
	Content          // what a page shows
	Annotations      // notes, stamps and links on a page
	Layout           // a page's size, turn or visible part
	Pages            // pages added, taken away or put in another order
	Fields           // of the form, signatures among them
	Actions          // scripts and what happens on opening
	Properties       // title, author and other data about the document
	Ambiguous        // added in a form that readers read in different ways
)

// A Change is a difference after a signature that it does not allow.
type Change struct {
	Part Part
	// Page counts from 1; 0 is unknown or none.
	Page int
	what string
}

func (c *Change) Error() string { return c.what }

// A place is the part, and the page, in which a comparison stands.
type place struct {
	part Part
	page int
}

// below is the place of the value of a key.
func (p place) below(key syntax.Name) place {
	switch key {
	case "Contents", "Resources":
		return place{Content, p.page}
	case "Annots":
		return place{Annotations, p.page}
	case "OpenAction", "AA", "A", "Names":
		return place{Actions, p.page}
	case "AcroForm":
		return place{part: Fields}
	case "Metadata", "Info", "Lang":
		return place{part: Properties}
	case "Pages", "Kids", "Count":
		if p.part == Other || p.part == Pages {
			return place{part: Pages}
		}
	case "Parent":
		if p.part == Layout { // the page tree
			return place{part: Pages}
		}
	}
	return p
}
