package pdf

import (
	"fmt"
	"sync"
	"unicode/utf8"

	"laoqi/app"
	"laoqi/app/pdf/pades"
	"laoqi/app/pdf/stamp"
)

// SupplementDoc is what makes an employer's own PDF a document to be signed. Its
// worker's ID number is shown in full.
type SupplementDoc struct {
	Record
	Title      string // 补充条款（1）
	Enterprise Enterprise
	Worker     app.Worker
	Hash       string // SHA-256 of the file as the employer gave it, hexadecimal
}

const supplementTitle = "补充条款签署页"

// Supplement appends a page to sign on to a file that pades.Normalize has passed,
// and gives the document the empty fields of a contract: FieldWorker and
// FieldSeal on that page and, on each page, the button SeamField.
func Supplement(file []byte, d SupplementDoc) ([]byte, error) {
	boxes, err := pades.Boxes(file)
	if err != nil {
		return nil, err
	}
	page, fields, err := supplementSheet(d, len(boxes))
	if err != nil {
		return nil, err
	}
	whole, err := pades.Append(file, page, topNote(d.notice()))
	if err != nil {
		return nil, err
	}
	boxes = append(boxes, pades.Box{Right: pageWidth, Top: pageHeight})
	width := stamp.Side / float64(len(boxes))
	for i, b := range boxes {
		fields = append(fields, pades.Field{Name: SeamField(i + 1), Page: i + 1, Rect: b.Edge(width, stamp.Side), Button: true, Turn: b.Turn})
	}
	return pades.Prepare(whole, fields)
}

// supplementSheet is the page to sign on, as a file of its own, and where its
// signatures go. It follows the given number of pages.
func supplementSheet(d SupplementDoc, pages int) ([]byte, []pades.Field, error) {
	s := newSheet(supplementStock())
	s.before = pages
	s.title(supplementTitle, d.Record)
	s.table(supplementTable(d, pages))
	s.y += 12
	s.articles(supplementWording(), supplementValues(d, pages), signatureHeight)
	s.contractSignatures(ContractDoc{Enterprise: d.Enterprise, Worker: d.Worker})
	places := make([]pades.Field, len(s.fields))
	for i, f := range s.fields {
		bottom := pageHeight - f.y - f.h
		places[i] = pades.Field{Name: f.name, Page: pages + 1, Rect: [4]float64{f.x, bottom, f.x + f.w, bottom + f.h}}
	}
	s.fields = nil
	file, err := s.finish(supplementTitle, d.Record)
	return file, places, err
}

func supplementValues(d SupplementDoc, pages int) values {
	return values{texts: map[string]string{"正文页数": fmt.Sprint(pages), "签署页": fmt.Sprint(pages + 1), "合同编号": d.Number}}
}

func supplementTable(d SupplementDoc, pages int) [][]cell {
	return [][]cell{
		wideRow("甲方（用人单位）", d.Enterprise.Name),
		pairRow("统一社会信用代码", d.Enterprise.USCC, "法定代表人", d.Enterprise.LegalRep),
		pairRow("乙方（劳动者）", d.Worker.Name, "证件类型", d.Worker.IDType.Label()),
		pairRow("证件号码", d.Worker.IDNumber, "劳动合同编号", d.Number),
		pairRow("文件", d.Title, "正文页数", fmt.Sprintf("%d 页", pages)),
		wideRow("正文文件 SHA-256", d.Hash[:len(d.Hash)/2]+" "+d.Hash[len(d.Hash)/2:]),
	}
}

var supplementStock = sync.OnceValue(func() *typecase {
	regular, bold := printed(supplementWording())
	for _, row := range supplementTable(SupplementDoc{Title: "补充条款（）"}, 0) {
		for _, c := range row {
			regular += c.text
		}
	}
	return newStock(regular, bold+supplementTitle)
})

// topNote tells on the employer's own pages, which have no foot of ours, that they
// have no legal effect.
func topNote(n notice) *pades.Mark {
	if n == "" {
		return nil
	}
	const size, grey = 9.0, 0.45
	b := fmt.Appendf(nil, "q %.2f g %.2f 0 0 %.2f 0 0 cm\n", grey, size, size)
	b = append(outlines(b, n.line(), 1, 0, 0.14), "f Q\n"...)
	return &pades.Mark{Content: b, W: size * float64(utf8.RuneCountInString(n.line())), H: size}
}
