package pdf

import "laoqi/app/pdf/stamp"

var (
	signStyle = style{size: 11, leading: 18, bold: true}
	lineStyle = style{size: 10.5, leading: 24}
)

// signatureHeight is the height of the place to sign.
const signatureHeight = 24 + stamp.Side + 26

// secondColumn is where the worker's half of the signature block begins.
const secondColumn = marginSide + textWidth/2 + 10

// contractSignatures sets the place to sign: two fields beside each other, or lines
// to write on.
func (s *sheet) contractSignatures(d ContractDoc) {
	if d.Paper {
		s.paperSignatures()
		return
	}
	s.need(signatureHeight)
	top := s.y + 24
	s.text(marginSide, top, signStyle, "甲方（盖章）：")
	s.text(secondColumn, top, signStyle, "乙方（签名）：")
	s.text(marginSide, top+17, lineStyle, d.Enterprise.Name)
	s.text(secondColumn, top+17, lineStyle, d.Worker.Name)
	s.sign(FieldWorker, secondColumn, top+28, stamp.SignatureWidth, stamp.SignatureHeight)
	s.sign(FieldSeal, marginSide+20, top+8, stamp.Side, stamp.Side)
	s.text(marginSide, top+stamp.Side+22, noteStyle, "签署时间以电子签名所附的时间戳为准。")
	s.y += signatureHeight
}

// paperSignatures rules lines for seal, signatures and dates.
func (s *sheet) paperSignatures() {
	left := []string{"甲方（盖章）：", "法定代表人或代理人：", "日期：　　　　年　　　月　　　日"}
	right := []string{"乙方（签字）：", "", "日期：　　　　年　　　月　　　日"}
	const gap = signatureHeight / 3.5
	s.need(signatureHeight)
	for i := range left {
		s.y += gap
		s.signLine(left[i], marginSide, marginSide+textWidth/2-10)
		s.signLine(right[i], secondColumn, pageWidth-marginSide)
	}
}

// signLine writes a label with a line after it up to x2, unless it is a date with room of its own.
func (s *sheet) signLine(label string, x1, x2 float64) {
	if label == "" {
		return
	}
	line := s.chars([]span{{text: label}}, lineStyle)[0]
	s.page().write(line, x1, s.y, lineStyle.size)
	if end := x1 + widthOf(line) + 4; end < x2-30 && line[len(line)-1].r == '：' {
		s.page().rule(end, s.y+3, x2, s.y+3, hairline)
	}
}
