package pdf

import "laoqi/app/pdf/stamp"

const blankDate = "日期：　　　　年　　　月　　　日"

var (
	signStyle = style{size: 11, leading: 18, bold: true}
	lineStyle = style{size: 10.5, leading: 24}
)

// signatureHeight is the height of the place to sign.
const signatureHeight = 30 + stamp.Side + 40

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
	top := s.y + 26
	s.text(marginSide, top, signStyle, "甲方（盖章）：")
	s.text(secondColumn, top, signStyle, "乙方（签名）：")
	s.signer(d.Enterprise.Name, marginSide, top)
	s.signer(d.Worker.Name, secondColumn, top)
	s.sign(FieldWorker, secondColumn, top+34, stamp.SignatureWidth, stamp.SignatureHeight)
	s.sign(FieldSeal, marginSide+20, top+20, stamp.Side, stamp.Side)
	s.text(marginSide, top+stamp.Side+36, noteStyle, timeNote)
	s.y += signatureHeight
}

// signer names a party below its label, in as many lines as its column needs.
func (s *sheet) signer(name string, x, top float64) {
	const first, leading, width = 17.0, 13.0, textWidth/2 - 10
	for i, line := range breakLines(s.chars([]span{{text: name}}, lineStyle)[0], 0, width, lineStyle.size) {
		s.page().write(line, x, top+first+float64(i)*leading, lineStyle.size)
	}
}

// timeNote says where the date is, which a document made before cannot print.
const timeNote = "签署时间以电子签名所附的时间戳为准。"

// certificateSignature sets the enterprise's place to sign on the right.
func (s *sheet) certificateSignature(enterprise string, paper bool) {
	s.need(signatureHeight)
	top := s.y + 26
	s.text(secondColumn, top, signStyle, "用人单位（盖章）：")
	s.signer(enterprise, secondColumn, top)
	if paper {
		s.text(secondColumn, top+60, lineStyle, blankDate)
		return
	}
	s.sign(FieldSeal, secondColumn+30, top+20, stamp.Side, stamp.Side)
	s.text(secondColumn, top+stamp.Side+36, noteStyle, timeNote)
}

// paperSignatures rules lines for seal, signatures and dates.
func (s *sheet) paperSignatures() {
	left := []string{"甲方（盖章）：", "法定代表人或代理人：", blankDate}
	right := []string{"乙方（签字）：", "", blankDate}
	const gap = signatureHeight / 3.8
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
