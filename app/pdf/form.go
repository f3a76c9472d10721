package pdf

import (
	"fmt"

	"laoqi/app/pdf/pades"
	"laoqi/app/pdf/stamp"
)

// Names of the fields that a document carries before it is signed. All are made
// with the document, since readers call a file changed to which a field was added
// after a signature.
const (
	FieldWorker = "worker" // the worker's signature
	FieldSeal   = "seal"   // the enterprise's signature, shown as its seal
	fieldSeam   = "seam"   // parent of the slices of the 骑缝章, see SeamField
)

// SeamField is the name of the button that shows the slice of the 骑缝章 on page
// i, counted from 1. A document of a single page has none.
func SeamField(i int) string { return fmt.Sprintf("%s.%d", fieldSeam, i) }

// A field is an empty form field with one widget, in points from the top left corner.
type field struct {
	name       string
	page       int // from 0
	x, y, w, h float64
}

// sign keeps room for a signature on the last page.
func (s *sheet) sign(name string, x, y, w, h float64) {
	s.fields = append(s.fields, field{name, len(s.pages) - 1, x, y, w, h})
}

// seamField is where page i of n shows its slice of the seal: at the right edge,
// in the middle of its height.
func seamField(i, n int) field {
	w := stamp.Side / float64(n)
	return field{fmt.Sprint(i + 1), i, pageWidth - w, (pageHeight - stamp.Side) / 2, w, stamp.Side}
}

// rect is the field's place as a PDF array, from the lower left corner of the page.
func (f field) rect() []byte {
	return appendNumbers(nil, f.x, pageHeight-f.y-f.h, f.x+f.w, pageHeight-f.y)
}

// A form is the fields written to a file: the AcroForm and each page's widgets.
type form struct {
	object  int     // 0 for a document without fields
	widgets [][]int // by page
}

// entry is the catalog's entry of the form.
func (f form) entry() string {
	if f.object == 0 {
		return ""
	}
	return fmt.Sprintf("/AcroForm %d 0 R", f.object)
}

// writeForm writes the fields of a document whose pages have these objects.
func (s *sheet) writeForm(out *objectFile, pages []int) form {
	const printLocked, readOnlyButton = 4 | 128, 1 | 1<<16 // flags F and Ff (ISO 32000-1, 12.5.3, 12.7.4.2)
	form := form{widgets: make([][]int, len(pages))}
	if len(s.fields) == 0 {
		return form
	}
	form.object = out.reserve()
	blank := out.add([]byte("<</Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<<>>/Length 0>>\nstream\n\nendstream")) // what an empty field shows
	var top []byte
	for _, f := range s.fields {
		widget := out.reserve()
		out.putf(widget, "<</Type/Annot/Subtype/Widget/FT/Sig/T(%s)/F %d/P %d 0 R/Rect[%s]/AP<</N %d 0 R>>>>", f.name, printLocked, pages[f.page], f.rect(), blank)
		form.widgets[f.page] = append(form.widgets[f.page], widget)
		top = fmt.Appendf(top, "%d 0 R ", widget)
	}
	if n := len(pages); n > 1 {
		seam := out.reserve()
		top = fmt.Appendf(top, "%d 0 R ", seam)
		var kids []byte
		for i := range n {
			f, widget := seamField(i, n), out.reserve()
			out.putf(widget, "<</Type/Annot/Subtype/Widget/T(%s)/Parent %d 0 R/F %d/P %d 0 R/Rect[%s]/AP<</N<</%s %d 0 R>>>>/AS/%[6]s>>",
				f.name, seam, printLocked, pages[i], f.rect(), pades.ButtonState, blank)
			form.widgets[i] = append(form.widgets[i], widget)
			kids = fmt.Appendf(kids, "%d 0 R ", widget)
		}
		out.putf(seam, "<</FT/Btn/Ff %d/T(%s)/Kids[%s]>>", readOnlyButton, fieldSeam, kids)
	}
	const existAppendOnly = 3 // SigFlags: the signatures to come need not change the form
	out.putf(form.object, "<</Fields[%s]/SigFlags %d>>", top, existAppendOnly)
	return form
}
