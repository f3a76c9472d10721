package sheet

import (
	"archive/zip"
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

// Stream writes a workbook of one table row by row, in constant memory and without
// a temporary file: what it holds may be personal.
type Stream struct {
	zip  *zip.Writer
	body *bufio.Writer
	row  int
	err  error
}

// The parts of a workbook besides its table (ISO/IEC 29500-1, 12; 18).
const (
	xmlHead      = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	contentTypes = xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>` +
		`<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>` +
		`<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`
	packageLinks = xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	workbookLinks = xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>` +
		`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`
	workbook = xmlHead + `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">` +
		`<sheets><sheet name="%s" sheetId="1" r:id="rId1"/></sheets></workbook>`
	styles = xmlHead + `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` +
		`<fonts count="2"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font></fonts>` +
		`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
		`<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>` +
		`<cellXfs count="2"><xf numFmtId="49" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" applyNumberFormat="1" applyFont="1"/></cellXfs></styleSheet>`
	sheetHead = xmlHead + `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` +
		`<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>` +
		`<cols><col min="1" max="%d" width="18" customWidth="1"/></cols><sheetData>`
	sheetFoot = `</sheetData></worksheet>`
)

// NewStream begins a workbook whose table has the title and the headings.
func NewStream(w io.Writer, title string, headings []string) *Stream {
	s := &Stream{zip: zip.NewWriter(w)}
	for _, part := range [][2]string{{"[Content_Types].xml", contentTypes}, {"_rels/.rels", packageLinks}, {"xl/_rels/workbook.xml.rels", workbookLinks},
		{"xl/workbook.xml", fmt.Sprintf(workbook, escape(title))}, {"xl/styles.xml", styles}} {
		s.part(part[0], part[1])
	}
	s.part("xl/worksheets/sheet1.xml", fmt.Sprintf(sheetHead, len(headings)))
	s.write(headings, 1)
	return s
}

// part begins a part of the workbook with the text.
func (s *Stream) part(name, text string) {
	if s.err != nil {
		return
	}
	w, err := s.zip.Create(name)
	if s.err = err; err == nil {
		s.body = bufio.NewWriter(w)
		_, s.err = s.body.WriteString(text)
	}
	if s.err == nil && name != "xl/worksheets/sheet1.xml" {
		s.err = s.body.Flush()
	}
}

// Add writes a row of texts; no cell is ever taken for a formula.
func (s *Stream) Add(cells []string) { s.write(cells, 0) }

func (s *Stream) write(cells []string, style int) {
	if s.err != nil {
		return
	}
	s.row++
	fmt.Fprintf(s.body, `<row r="%d">`, s.row)
	for i, c := range cells {
		fmt.Fprintf(s.body, `<c r="%s" t="inlineStr" s="%d"><is><t xml:space="preserve">`, cell(i+1, s.row), style)
		xml.EscapeText(s.body, []byte(c))
		s.body.WriteString(`</t></is></c>`)
	}
	_, s.err = s.body.WriteString(`</row>`)
}

// Close ends the workbook and gives the first error; the writer below stays open.
func (s *Stream) Close() error {
	if s.err == nil {
		_, s.err = s.body.WriteString(sheetFoot)
	}
	if s.err == nil {
		s.err = s.body.Flush()
	}
	if s.err != nil {
		return s.err
	}
	return s.zip.Close()
}

func escape(text string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(text))
	return b.String()
}
