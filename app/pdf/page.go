package pdf

import "fmt"

// A4, in points, and the margins of the text, which is 38 characters wide.
const (
	pageWidth  = 595.28
	pageHeight = 841.89
	textWidth  = 38 * 12.0
	marginSide = (pageWidth - textWidth) / 2
	marginTop  = 62.0
	marginFoot = 74.0
)

// A format is how the paper lies, and the width of the text in its middle.
type format struct{ width, height, text float64 }

var (
	upright = format{pageWidth, pageHeight, textWidth}
	lying   = format{pageHeight, pageWidth, pageHeight - 2*48}
)

func (f format) left() float64    { return (f.width - f.text) / 2 }
func (f format) right() float64   { return f.left() + f.text }
func (f format) footTop() float64 { return f.height - 64 } // the rule over the foot

// A page is the content stream of one page. Its methods take y from the top of
// the page downwards.
type page struct {
	content []byte
	height  float64
	grey    float64 // of the next text, 0 is black
}

// rule draws a horizontal or vertical line.
func (p *page) rule(x1, y1, x2, y2, width float64) {
	p.content = appendNumbers(p.content, width)
	p.content = append(p.content, "w "...)
	p.content = appendNumbers(p.content, x1, p.height-y1)
	p.content = append(p.content, "m "...)
	p.content = appendNumbers(p.content, x2, p.height-y2)
	p.content = append(p.content, "l S\n"...)
}

// box fills a rectangle with a grey, 0 being black.
func (p *page) box(x, y, w, h, grey float64) {
	p.content = append(p.content, "q "...)
	p.content = appendNumbers(p.content, grey)
	p.content = append(p.content, "g "...)
	p.content = appendNumbers(p.content, x, p.height-y-h, w, h)
	p.content = append(p.content, "re f Q\n"...)
}

// write shows the characters of one line from x at base line y, each followed by
// its share of white.
func (p *page) write(line []char, x, y, size float64) {
	for i := 0; i < len(line); {
		if line[i].blank() {
			x += line[i].width + line[i].gap
			i++
			continue
		}
		run := runOf(line[i:])
		p.show(line[i:i+run], x, y, size)
		for _, c := range line[i : i+run] {
			x += c.width + c.gap
		}
		i += run
	}
}

// runOf counts the characters at the start that one operator can show: of one
// typeface, spaced by their own advance and one and the same gap. The last may be
// followed by any white, the first preceded by some.
func runOf(line []char) int {
	first := line[0]
	n := 1
	for n < len(line) {
		last, c := line[n-1], line[n]
		if c.blank() || c.typeface != first.typeface || c.thicken != first.thicken ||
			c.shift != 0 || last.squeezed || last.gap != first.gap {
			break
		}
		n++
	}
	return n
}

// show writes one run as a text object (ISO 32000-1, 9.4).
func (p *page) show(run []char, x, y, size float64) {
	b := append(p.content, "BT "...)
	if p.grey > 0 {
		b = fmt.Appendf(b, "%.2f g ", p.grey)
	}
	if run[0].thicken {
		b = fmt.Appendf(b, "2 Tr %.2f w ", size*0.03)
	}
	b = fmt.Appendf(b, "/%s ", run[0].typeface.name)
	b = appendNumbers(b, size)
	b = append(b, "Tf "...)
	if run[0].gap != 0 {
		b = appendNumbers(b, run[0].gap)
		b = append(b, "Tc "...)
	}
	b = appendNumbers(b, x+run[0].shift, p.height-y)
	b = append(b, "Td <"...)
	for _, c := range run {
		b = appendCode(b, c.code)
	}
	b = append(b, "> Tj ET\n"...)
	p.content = p.reset(b, run[0])
}

// reset returns to the state in which every text object begins.
func (p *page) reset(b []byte, c char) []byte {
	if p.grey > 0 {
		b = append(b, "0 g "...)
	}
	if c.thicken {
		b = append(b, "0 Tr "...)
	}
	if c.gap != 0 {
		b = append(b, "0 Tc "...)
	}
	return b
}
