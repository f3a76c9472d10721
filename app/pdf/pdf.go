// Package pdf makes the documents of an employment: labour contracts, their
// renewals and the certificates of their ending, as A4 files with embedded fonts,
// text that can be extracted, and empty fields for the signatures to come. It
// needs no system font, no network and no database.
//
// What the documents say is data in the folder wording, apart from the layout.
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
	Author    string   // who issues the document, may be empty
	Demo      bool     // every page says 演示
	Preview   bool     // every page says 预览
}

// A notice is what the pages of a document say that has no legal effect.
type notice string

const (
	demoNotice    notice = "演示"
	previewNotice notice = "预览"
)

// notice is "" for a real document.
func (r Record) notice() notice {
	switch {
	case r.Preview:
		return previewNotice
	case r.Demo:
		return demoNotice
	}
	return ""
}

// line stands on top of every page.
func (n notice) line() string {
	return map[notice]string{
		demoNotice:    "【演示】本文件由演示系统生成，不具有法律效力",
		previewNotice: "【预览】本文件仅供核对版式和文字，不具有法律效力",
	}[n]
}

// finish numbers the pages and writes the file.
func (s *sheet) finish(title string, r Record) ([]byte, error) {
	if err := s.number(r); err != nil {
		return nil, err
	}
	if s.typecase.missing != nil {
		return nil, fmt.Errorf("pdf: no font draws %q", string(s.typecase.missing))
	}
	return s.render(title+" "+r.Number, r), nil
}

// title sets the document's title with its number under it.
func (s *sheet) title(text string, r Record) {
	s.centred(spaced(text), style{size: 22, bold: true}, s.y+22)
	s.centred("编号："+r.Number, noteStyle, s.y+44)
	s.y += 62
}

// spaced widens a short title.
func spaced(title string) string {
	if utf8.RuneCountInString(title) > 4 {
		return title
	}
	return strings.Join(strings.Split(title, ""), " ")
}
