package pdf

import (
	"fmt"

	qrcode "github.com/skip2/go-qrcode"

	"laoqi/app/pdf/font"
)

const qrSide = 40.0

var footStyle = style{size: 8.5, leading: 12}

// number puts the foot on every page: document number, page number, check code and
// QR code of the check page; and the notice over a document without legal effect.
func (s *sheet) number(r Record) error {
	f, right, code := s.format, "", []byte(nil)
	edge, base := f.right(), f.footTop()+24
	if r.CheckCode != "" {
		right = "核验码：" + r.CheckCode
	}
	if r.CheckURL != "" {
		var err error
		if code, err = qr(r.CheckURL, f.right()-qrSide, f.height-f.footTop()-5, qrSide); err != nil {
			return err
		}
		edge -= qrSide + 8
	}
	total := s.before + len(s.pages)
	for i, p := range s.pages {
		s.on(p, func() {
			p.grey = 0.35
			s.text(f.left(), base, footStyle, "编号："+r.Number)
			s.centred(fmt.Sprintf("第 %d 页　共 %d 页", s.before+i+1, total), footStyle, base)
			line := s.chars([]span{{text: right}}, footStyle)[0]
			p.write(line, edge-widthOf(line), base, footStyle.size)
			s.centred(r.notice().line(), footStyle, 34)
			p.grey = 0
		})
		p.rule(f.left(), f.footTop(), f.right(), f.footTop(), hairline)
		p.content = append(p.content, code...)
	}
	return nil
}

// on lets the sheet write on an earlier page.
func (s *sheet) on(p *page, write func()) {
	pages := s.pages
	s.pages = []*page{p}
	write()
	s.pages = pages
}

// qr draws the QR code of a text with its upper left corner at x and, from the foot
// of the page, top: as squares joined along each row. A text too long for a QR code
// is an error.
func qr(text string, x, top, side float64) (content []byte, err error) {
	code, err := qrcode.New(text, qrcode.Medium)
	if err != nil {
		return nil, fmt.Errorf("check address: %w", err)
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
				content = appendNumbers(content, x+float64(from)*module, top-float64(i+1)*module, float64(to-from)*module, module)
				content = append(content, "re\n"...)
			}
			from = to + 1
		}
	}
	return append(content, "f\n"...), nil
}

// watermark draws a notice across a page in a light grey, as outlines, so that it
// does not get into the extracted text.
func watermark(n notice, f format) []byte {
	const size, grey = 160, 0.94
	b := fmt.Appendf(nil, "q %.2f g %.4f %.4f %.4f %.4f %.2f %.2f cm\n", grey,
		0.8192*size, 0.5736*size, -0.5736*size, 0.8192*size, f.width/2, f.height/2) // turned by 35°
	return append(outlines(b, string(n), 1.2, -1.1, -0.38), "f Q\n"...)
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
