package pades

import (
	"fmt"

	"laoqi/app/pdf/pades/syntax"
)

// A page is a page with its reference.
type page struct {
	ref  syntax.Ref
	dict syntax.Dict
}

// readPages returns the pages in order.
func readPages(f *syntax.File, catalog syntax.Dict) ([]page, error) {
	var pages []page
	seen := map[syntax.Ref]bool{}
	stack := []syntax.Object{catalog["Pages"]}
	for len(stack) > 0 {
		ref, ok := stack[len(stack)-1].(syntax.Ref)
		stack = stack[:len(stack)-1]
		if !ok || seen[ref] {
			return nil, fmt.Errorf("%w: page tree", syntax.ErrBroken)
		}
		seen[ref] = true
		d, err := f.Dict(ref)
		if err != nil {
			return nil, err
		}
		kids, err := f.Array(d["Kids"])
		if err != nil {
			return nil, err
		}
		if d["Type"] == syntax.Name("Page") {
			pages = append(pages, page{ref, d})
			continue
		}
		for i := range kids {
			stack = append(stack, kids[len(kids)-1-i])
		}
	}
	return pages, nil
}
