package pdf

import (
	"fmt"

	qrcode "github.com/skip2/go-qrcode"

	"laoqi/app/pdf/font"
)

const footY = pageHeight - 36 // base line of the foot

var footStyle = style{size: 8.5, leading: 12}

// demoNote is what every page of the demo says.
const demoNote = "【演示】本文件由演示系统生成，不具有法律效力"

// number puts page numbers, document number and, in the demo, its name on every page.
func (s *sheet) number(r Record) {
	right := ""
	if r.CheckCode != "" {
		right = "核验码：" + r.CheckCode
	}
	total := s.before + len(s.pages)
	for i, p := range s.pages {
		s.on(p, func() {
			p.grey = 0.35
			s.text(marginSide, footY, footStyle, "编号："+r.Number)
			s.centred(fmt.Sprintf("第 %d 页　共 %d 页", s.before+i+1, total), footStyle, footY)
			line := s.chars([]span{{text: right}}, footStyle)[0]
			p.write(line, pageWidth-marginSide-widthOf(line), footY, footStyle.size)
			if r.Demo {
				s.centred(demoNote, footStyle, 34)
			}
			p.grey = 0
		})
		p.rule(marginSide, footY-14, pageWidth-marginSide, footY-14, hairline)
	}
}

// on lets the sheet write on an earlier page.
func (s *sheet) on(p *page, write func()) {
	pages := s.pages
	s.pages = []*page{p}
	write()
	s.pages = pages
}

// qr draws the QR code of a text with its upper left corner at x, y, as squares
// joined along each row. A text too long for a QR code is an error.
func (p *page) qr(text string, x, y, side float64) error {
	code, err := qrcode.New(text, qrcode.Medium)
	if err != nil {
		return fmt.Errorf("check address: %w", err)
	}
	code.DisableBorder = true
	rows := code.Bitmap()
	module := side / float64(len(rows))
	for i, row := range rows {
		for from := 0; from < len(row); {
			to := from
			for to < len(row) && row[to] {
				to++
			}
			if to > from {
				p.content = appendNumbers(p.content, x+float64(from)*module,
					pageHeight-y-float64(i+1)*module, float64(to-from)*module, module)
				p.content = append(p.content, "re\n"...)
			}
			from = to + 1
		}
	}
	p.content = append(p.content, "f\n"...)
	return nil
}

// watermark draws 演示 across a page in a light grey, as outlines, so that it does
// not get into the extracted text.
func watermark() []byte {
	const size, grey = 160, 0.94
	b := fmt.Appendf(nil, "q %.2f g %.4f %.4f %.4f %.4f %.2f %.2f cm\n", grey,
		0.8192*size, 0.5736*size, -0.5736*size, 0.8192*size, pageWidth/2, pageHeight/2) // turned by 35°
	return append(outlines(b, "演示", 1.2, -1.1, -0.38), "f Q\n"...)
}

// outlines appends the paths of a bold text whose characters are an em of 1 high
// and follow each other at the given step, the first one from x at base line y.
func outlines(b []byte, text string, step, x, y float64) []byte {
	for _, r := range text {
		g, _ := font.Find(r, true)
		for _, s := range g.Outline() {
			points := 1
			if s.Verb == 'C' {
				points = 3
			}
			for _, q := range s.P[:points] {
				b = fmt.Appendf(b, "%.4f %.4f ", q.X+x, q.Y+y)
			}
			b = append(b, s.Verb|0x20, '\n')
		}
		x += step
	}
	return b
}
