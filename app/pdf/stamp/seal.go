package stamp

import (
	"math"
	"strings"
	"unicode/utf8"

	"laoqi/app"
	"laoqi/app/pdf/font"
)

// Side is the height and width of the seals that go on contracts, in points: a
// document keeps a square of this size for them.
const Side = 40 * mm

// Seal says what a seal shows. Which of the words a kind needs: the round ones
// and the invoice seal the enterprise, the invoice seal its USCC too, and
// 法定代表人名章 the legal rep alone.
type Seal struct {
	Kind       app.SealKind
	Enterprise string // full name, 4 to 100 characters
	USCC       string
	LegalRep   string // 2 to 50 characters
}

// Draw draws the seal. An error is an app.Invalid whose sentence can be shown.
func (s Seal) Draw() (*Picture, error) {
	if problem := s.problem(); problem != "" {
		return nil, app.Fail(app.Invalid, problem)
	}
	switch s.Kind {
	case app.SealInvoice:
		return s.oval()
	case app.SealLegalRep:
		return s.square(), nil
	default:
		return s.round()
	}
}

// problem returns a sentence on the first word that cannot be drawn, "" if all can.
func (s Seal) problem() string {
	if s.Kind.Label() == "" {
		return "请选择印章类型"
	}
	text, what, least, most := s.Enterprise, "企业名称", 4, 100
	if s.Kind == app.SealLegalRep {
		text, what, least, most = s.LegalRep, "法定代表人姓名", 2, 50
	}
	if n := utf8.RuneCountInString(strings.TrimSpace(text)); n < least || n > most {
		return what + "的字数不在印章能容纳的范围内（" + span(least, most) + "）"
	}
	if s.Kind == app.SealInvoice && len(s.USCC) != 18 {
		return "发票专用章需要 18 位统一社会信用代码"
	}
	if missing := font.Missing(text + s.USCC); missing != nil {
		return what + "中的“" + string(missing) + "”无法显示，请核对"
	}
	return ""
}

// title is what a picture says to those who do not see it.
func (s Seal) title() string {
	if s.Kind == app.SealLegalRep {
		return s.LegalRep + " " + s.Kind.Label()
	}
	return s.Enterprise + " " + s.Kind.Label()
}

// round draws the seals of 40 mm with a star: the name alone on 电子法定名称章,
// where the star is 14 mm across, or with the kind's title under a smaller one.
func (s Seal) round() (*Picture, error) {
	const edge, gap = 1.2 * mm, 0.9 * mm
	p := &Picture{Title: s.title(), W: Side, H: Side, ink: sealRed}
	centre := point{X: Side / 2, Y: Side / 2}
	var rim, star path
	rim.ellipse(centre, (Side-edge)/2, (Side-edge)/2)
	p.outline(rim, edge)
	r := ring{
		centre: centre, rx: Side/2 - edge - gap, ry: Side/2 - edge - gap,
		tallest: 5.4 * mm, shortest: 3.3 * mm, narrowest: 0.56, widest: 0.84,
		span: degrees(290),
	}
	double := [2]ring{r.thin(0, 290), r.thin(1, 290)}
	if s.Kind == app.SealName {
		star.star(centre, 7*mm)
	} else {
		star.star(point{X: centre.X, Y: centre.Y + 0.6*mm}, 5.8*mm)
		p.row(s.Kind.Label(), point{X: centre.X, Y: centre.Y - 9.8*mm}, 3.3*mm, 4.4*mm, 0.3*mm)
		r.span = besideTitle(r.rx)
		double[1].span = degrees(256) // ends above the title, outside of which the outer ring runs on
	}
	p.fill(star)
	return p, p.name(s.Enterprise, s.Kind.Label(), r, double)
}

// besideTitle keeps the ends of the ring clear of the title: tall letters end
// above its corners, short ones may run on outside them.
func besideTitle(radius float64) func(band float64) float64 {
	return func(band float64) float64 {
		if radius-band > 14*mm {
			return radians(262)
		}
		return radians(244)
	}
}

// oval draws 发票专用章 as 国家税务总局公告2011年第7号 describes it: 40 by 30 mm, edge
// 1 mm, the name in letters of 4.2 mm 0.5 mm from the edge, the tax number in figures of
// 3.7 by 1.3 mm over 26 mm, the title in letters of 4.6 by 3 mm.
func (s Seal) oval() (*Picture, error) {
	const w, h, edge, gap = 40 * mm, 30 * mm, 1 * mm, 0.5 * mm
	p := &Picture{Title: s.title(), W: w, H: h, ink: sealRed}
	centre := point{X: w / 2, Y: h / 2}
	var rim path
	rim.ellipse(centre, (w-edge)/2, (h-edge)/2)
	p.outline(rim, edge)
	r := ring{
		centre: centre, rx: w/2 - edge - gap, ry: h/2 - edge - gap,
		tallest: 4.2 * mm, shortest: 3.2 * mm, narrowest: 0.5, widest: 0.72,
		span: degrees(252),
	}
	p.figures(s.USCC, point{X: centre.X, Y: centre.Y - 0.4*mm}, 26*mm, 1.3*mm, 3.7*mm)
	p.row(s.Kind.Label(), point{X: centre.X, Y: centre.Y - 8.2*mm}, 3*mm, 4.6*mm, 0.25*mm)
	const aboveNumber = 140
	return p, p.name(s.Enterprise, s.Kind.Label(), r, [2]ring{r.thin(0, 252), r.thin(1, aboveNumber)})
}

// figures writes a number in cells of equal width, each figure w by h points.
func (p *Picture) figures(text string, centre point, width, w, h float64) {
	const capHeight, middle = 0.73, 0.365 // of the font, in em
	all := letters(text)
	pitch := width / float64(len(all))
	for i, l := range all {
		l.centre.Y = middle
		x := centre.X + (float64(i)-float64(len(all)-1)/2)*pitch
		p.draw(l, point{X: x, Y: centre.Y}, w/(l.cell-besideInk), h/capHeight, 0)
	}
}

// degrees is a span that does not depend on the letters' height.
func degrees(d float64) func(float64) float64 { return func(float64) float64 { return radians(d) } }

func radians(degrees float64) float64 { return degrees * math.Pi / 180 }
