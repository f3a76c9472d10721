package contract

import (
	"encoding/json"

	"laoqi/app"
	"laoqi/app/pdf/pades"
	"laoqi/app/pdf/stamp"
)

// Fields of the signing form.
const (
	FieldDocument   = "document" // a Reading, once for each document
	FieldWay        = "way"
	FieldStrokes    = "strokes"
	FieldTyped      = "typed"
	FieldPassphrase = "passphrase"
	FieldCode       = "code"
	FieldConsent    = "consent"
)

// Way is how a worker made the look of the signature; both weigh the same.
type Way string

const (
	Drawn Way = "drawn" // by hand on the screen
	Typed Way = "typed" // the name
)

// Ways are the choices of the form.
var Ways = []app.Option{{Value: string(Drawn), Label: Drawn.Label()}, {Value: string(Typed), Label: Typed.Label()}}

// Label says it on the check page and in the evidence.
func (w Way) Label() string {
	return map[Way]string{Drawn: "手写签名", Typed: "输入姓名"}[w]
}

func (f Signing) way() Way {
	if f.Strokes == "" {
		return Typed
	}
	return Drawn
}

// hand is a signature's look: drawn, or the typed name.
type hand struct {
	chosen         Way
	strokes, typed string
}

// picture draws the signature of the person, or adds what is wrong with it.
func (h hand) picture(name string, on app.Date, faults *app.Faults) *stamp.Picture {
	if h.strokes == "" {
		return h.print(name, on, faults)
	}
	strokes, err := readStrokes(h.strokes)
	if err != nil {
		faults.Add(FieldStrokes, "签名数据不完整，请清除后重新签名。")
		return nil
	}
	return drawn(faults, FieldStrokes)(stamp.Handwriting(strokes, name, on))
}

func (h hand) print(name string, on app.Date, faults *app.Faults) *stamp.Picture {
	typed, _ := app.CheckName(h.typed)
	switch {
	case h.typed == "" && h.chosen == Typed:
		faults.Add(FieldTyped, "请输入您的姓名，或改选“手写签名”。")
	case h.typed == "":
		faults.Add(FieldStrokes, "请在框内手写签名，或改选“输入姓名”。")
	case typed != name:
		faults.Add(FieldTyped, "输入的姓名与您核验的姓名不一致，请核对。")
	default:
		return drawn(faults, FieldTyped)(stamp.Typed(name, on))
	}
	return nil
}

// drawn turns the drawing's complaint into a fault of the field.
func drawn(faults *app.Faults, field string) func(*stamp.Picture, error) *stamp.Picture {
	return func(p *stamp.Picture, err error) *stamp.Picture {
		if err != nil {
			faults.Add(field, err.Error()+"。")
		}
		return p
	}
}

// readStrokes reads what the signature pad posts: {"w":358,"h":200,"strokes":[[[x,y,ms],…],…]}.
func readStrokes(text string) (stamp.Strokes, error) {
	var pad struct {
		W, H    float64
		Strokes [][][3]float64
	}
	if err := json.Unmarshal([]byte(text), &pad); err != nil {
		return stamp.Strokes{}, err
	}
	s := stamp.Strokes{W: pad.W, H: pad.H, Lines: make([][]stamp.Point, len(pad.Strokes))}
	for i, line := range pad.Strokes {
		for _, p := range line {
			s.Lines[i] = append(s.Lines[i], stamp.Point{X: p[0], Y: p[1]})
		}
	}
	return s, nil
}

// whole is the picture as the look of one field.
func whole(p *stamp.Picture, d *pades.Drawing) pades.Appearance {
	return window(d, p.Whole())
}

func window(d *pades.Drawing, w stamp.Window) pades.Appearance {
	return pades.Appearance{Drawing: d, X: w.X, Y: w.Y, W: w.W, H: w.H}
}
