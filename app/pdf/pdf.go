// Package pdf makes the documents of an employment: labour contracts, their
// renewals and the certificates of their ending, as A4 files with embedded fonts,
// text that can be extracted, and empty fields for the signatures to come. It
// needs no system font, no network and no database.
//
// The wording lies apart from the layout, in the files wording_*.go.
package pdf

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"laoqi/app"
)

// Enterprise is the employer (甲方) as a document names it. Empty values are
// shown as not given.
type Enterprise struct {
	Name, USCC, Address, LegalRep, Phone string
}

// Record is what identifies a document and ties it to the check page.
type Record struct {
	Number    string   // of the document
	CheckURL  string   // in the QR code; "" for no QR code
	CheckCode string   // printed on every page
	MadeOn    app.Date // day the document is made
	Demo      bool     // every page says 演示
}

// finish numbers the pages and writes the file.
func (s *sheet) finish(title string, r Record) ([]byte, error) {
	s.number(r)
	if s.typecase.missing != nil {
		return nil, fmt.Errorf("pdf: no font draws %q", string(s.typecase.missing))
	}
	return s.render(title+" "+r.Number, r.Demo, r.MadeOn), nil
}

// title sets the document's title with its number under it, and the QR code of the check page beside it.
func (s *sheet) title(text string, r Record) error {
	const qrSide = 58.0
	s.centred(spaced(text), style{size: 22, bold: true}, s.y+22)
	s.centred("编号："+r.Number, noteStyle, s.y+44)
	if r.CheckURL != "" {
		x := pageWidth - marginSide - qrSide
		if err := s.page().qr(r.CheckURL, x, s.y-14, qrSide); err != nil {
			return err
		}
		caption := s.chars([]span{{text: "扫码核验"}}, footStyle)[0]
		s.page().write(caption, x+(qrSide-widthOf(caption))/2, s.y+qrSide+1, footStyle.size)
	}
	s.y += 66
	return nil
}

// spaced widens a short title.
func spaced(title string) string {
	if utf8.RuneCountInString(title) > 4 {
		return title
	}
	return strings.Join(strings.Split(title, ""), " ")
}
