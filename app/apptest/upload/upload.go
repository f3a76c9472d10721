// Package upload makes PDF files as employers upload them, by hand and by the
// programs that they use.
package upload

import (
	"bytes"
	"fmt"
)

// Page is one page of a file.
type Page struct {
	Box    string // MediaBox, "" for A4
	Rotate int
	Extra  string // more entries of the page's dictionary
	Text   string // in Latin letters
}

// PDF is a file of the pages, with further entries of its catalog and further
// objects, which are numbered from 4 on.
func PDF(pages []Page, catalog string, objects ...string) []byte {
	first := 4 + len(objects)
	kids := ""
	for i := range pages {
		kids += fmt.Sprintf("%d 0 R ", first+2*i)
	}
	all := append([]string{
		fmt.Sprintf("<</Type/Catalog/Pages 2 0 R%s>>", catalog),
		fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]>>", len(pages), kids),
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
	}, objects...)
	for i, p := range pages {
		box := p.Box
		if box == "" {
			box = "0 0 595 842"
		}
		content := fmt.Sprintf("BT /F 18 Tf 60 60 Td (%s, page %d) Tj ET", p.Text, i+1)
		all = append(all,
			fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[%s]/Rotate %d/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R%s>>", box, p.Rotate, first+2*i+1, p.Extra),
			fmt.Sprintf("<</Length %d>>\nstream\n%s\nendstream", len(content), content))
	}
	return assemble(all)
}

// Plain is a file of n A4 pages.
func Plain(n int) []byte { return PDF(make([]Page, n), "") }

// assemble numbers the objects from 1 on, the first being the catalog.
func assemble(objects []string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	at := make([]int, len(objects))
	for i, o := range objects {
		at[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return b.Bytes()
}
