package pades

import (
	"bytes"
	"compress/zlib"
	"fmt"

	"laoqi/app/pdf/pades/syntax"
)

// A Drawing is a picture made of paths: a seal or a handwritten signature. Make it once and use it often; it is safe for
// concurrent use.
type Drawing struct {
	deflated []byte
}

// NewDrawing takes PDF painting operators that need no resources: paths, colours, transformations.
func NewDrawing(content []byte) *Drawing {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	z.Write(content) // into memory: cannot fail
	z.Close()
	return &Drawing{b.Bytes()}
}

// An Appearance is what a field shows: the rectangle of a drawing with its lower left corner at X, Y, in points of
// the drawing's own coordinates. It is scaled to the field. A slice of a 骑缝章 is a narrow rectangle of the whole seal.
type Appearance struct {
	Drawing    *Drawing
	X, Y, W, H float64
	turn       int // degrees counterclockwise, as the field's page is turned clockwise
}

// turns are the rotations as entries of a form (ISO 32000-1, 12.5.5).
var turns = map[int]string{90: "/Matrix[0 1 -1 0 0 0]", 180: "/Matrix[-1 0 0 -1 0 0]", 270: "/Matrix[0 -1 1 0 0 0]"}

// appendForm writes the appearance as a Form XObject; entries are added to its dictionary.
func (a Appearance) appendForm(b []byte, entries string, body []byte) []byte {
	b = append(b, "<</Type/XObject/Subtype/Form/BBox"...)
	b = syntax.Append(b, syntax.Array{a.X, a.Y, a.X + a.W, a.Y + a.H})
	b = fmt.Appendf(b, "%s%s/Length %d>>\nstream\n", turns[a.turn], entries, len(body))
	return append(append(b, body...), "\nendstream"...)
}

// A gallery writes the appearances of one revision, each drawing once.
type gallery struct {
	update *syntax.Update
	uses   map[*Drawing]int
	shared map[*Drawing]syntax.Ref
}

// newGallery counts how often each drawing will be used.
func newGallery(u *syntax.Update, all []Appearance) *gallery {
	g := &gallery{update: u, uses: map[*Drawing]int{}, shared: map[*Drawing]syntax.Ref{}}
	for _, a := range all {
		g.uses[a.Drawing]++
	}
	return g
}

// deflated are the entries of a form whose body is a drawing.
const deflated = "/Resources<<>>/Filter/FlateDecode"

// add writes an appearance. A drawing used once lies in it; one used several times is an object of its own.
func (g *gallery) add(a Appearance) syntax.Ref {
	if g.uses[a.Drawing] == 1 {
		return g.form(a, deflated, a.Drawing.deflated)
	}
	return g.form(a, fmt.Sprintf("/Resources<</XObject<</D %d 0 R>>>>", g.whole(a.Drawing).Num), []byte("/D Do"))
}

func (g *gallery) form(a Appearance, entries string, body []byte) syntax.Ref {
	ref := g.update.Alloc()
	g.update.PutFunc(ref, func(b []byte) []byte { return a.appendForm(b, entries, body) })
	return ref
}

// whole writes a drawing once, in a box larger than any page; its users clip it.
func (g *gallery) whole(d *Drawing) syntax.Ref {
	ref, ok := g.shared[d]
	if !ok {
		ref = g.form(Appearance{X: -15000, Y: -15000, W: 30000, H: 30000}, deflated, d.deflated)
		g.shared[d] = ref
	}
	return ref
}
