// Package read reads the pages of a PDF file: how many there are, and the text
// on each. It is made for the documents that package pdf makes and copes with
// others as far as they are built alike.
package read

import (
	"fmt"

	"laoqi/app/pdf/pades/syntax"
)

// maxPages bounds the work on a file; a page tree in a circle ends here too.
const maxPages = 500

// Pages counts the pages of a file.
func Pages(file []byte) (int, error) {
	pages, err := open(file)
	return len(pages.leaves), err
}

// document is a file with its pages in reading order.
type document struct {
	*syntax.File
	leaves []syntax.Dict
}

func open(file []byte) (d document, err error) {
	if d.File, err = syntax.Open(file); err != nil {
		return d, err
	}
	_, catalog, err := d.Root()
	if err != nil {
		return d, err
	}
	tree, err := d.Dict(catalog["Pages"])
	if err != nil {
		return d, err
	}
	err = d.walk(tree, nil, 0)
	return d, err
}

// walk appends the pages below a node of the page tree (ISO 32000-1, 7.7.3).
func (d *document) walk(node syntax.Dict, resources syntax.Object, depth int) error {
	if own := node["Resources"]; own != nil {
		resources = own
	}
	kids, err := d.Array(node["Kids"])
	if err != nil {
		return err
	}
	if node["Kids"] == nil {
		d.leaves = append(d.leaves, node.With("Resources", resources))
		return nil
	}
	for _, kid := range kids {
		if depth > 20 || len(d.leaves) >= maxPages {
			return fmt.Errorf("%w: too many pages", syntax.ErrBroken)
		}
		child, err := d.Dict(kid)
		if err != nil {
			return err
		}
		if err := d.walk(child, resources, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// content joins the content streams of a page.
func (d *document) content(page syntax.Dict) (all []byte, err error) {
	o, err := d.Resolve(page["Contents"])
	if err != nil {
		return nil, err
	}
	parts, ok := o.(syntax.Array)
	if !ok {
		parts = syntax.Array{o}
	}
	for _, part := range parts {
		s, err := d.Stream(part)
		if err != nil {
			return nil, err
		}
		if s == nil {
			continue
		}
		body, err := d.Decode(s)
		if err != nil {
			return nil, err
		}
		all = append(append(all, body...), '\n')
	}
	return all, nil
}
