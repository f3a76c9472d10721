package pades

import (
	"bytes"
	"compress/zlib"

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
}

func (a Appearance) dict(resources syntax.Dict) syntax.Dict {
	return syntax.Dict{
		"Type": syntax.Name("XObject"), "Subtype": syntax.Name("Form"),
		"BBox":      syntax.Array{a.X, a.Y, a.X + a.W, a.Y + a.H},
		"Resources": resources,
	}
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

// add writes an appearance as a Form XObject. A drawing used once lies in it; one used several times is an object of its own.
func (g *gallery) add(a Appearance) syntax.Ref {
	if g.uses[a.Drawing] == 1 {
		d := a.dict(syntax.Dict{}).With("Filter", syntax.Name("FlateDecode"))
		return g.update.Add(&syntax.Stream{Dict: d, Raw: a.Drawing.deflated})
	}
	resources := syntax.Dict{"XObject": syntax.Dict{"D": g.whole(a.Drawing)}}
	return g.update.Add(&syntax.Stream{Dict: a.dict(resources), Raw: []byte("/D Do")})
}

// everything is a box larger than any page, for a drawing that its users clip.
var everything = Appearance{X: -15000, Y: -15000, W: 30000, H: 30000}

func (g *gallery) whole(d *Drawing) syntax.Ref {
	ref, ok := g.shared[d]
	if !ok {
		dict := everything.dict(syntax.Dict{}).With("Filter", syntax.Name("FlateDecode"))
		ref = g.update.Add(&syntax.Stream{Dict: dict, Raw: d.deflated})
		g.shared[d] = ref
	}
	return ref
}
