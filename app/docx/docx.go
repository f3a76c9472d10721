// Package docx writes the template of a supplement (补充条款) as a Word file that
// the employer completes (ECMA-376, WordprocessingML). Word, WPS and LibreOffice
// open it.
package docx

import (
	"archive/zip"
	"bytes"
	"embed"
	"encoding/xml"
	"fmt"
	"strings"
	"text/template"
)

// Supplement is what the template already says. Every text may hold any character.
type Supplement struct {
	Contract                       string // number
	Enterprise, USCC, LegalRep     string
	Worker, IDType, IDNumber, Post string
	Period                         string // of the contract's term, such as 2026-05-01 至 2027-04-30
	On                             string // the day of the download, in Chinese
}

//go:embed parts
var parts embed.FS

var templates = template.Must(template.New("").Funcs(template.FuncMap{"text": escape}).ParseFS(parts, "parts/*.xml"))

// places are the files of the package, the content types first as some readers expect.
var places = []struct{ name, part string }{
	{"[Content_Types].xml", "types.xml"},
	{"_rels/.rels", "rels.xml"},
	{"docProps/core.xml", "core.xml"},
	{"word/document.xml", "document.xml"},
	{"word/_rels/document.xml.rels", "document_rels.xml"},
	{"word/styles.xml", "styles.xml"},
	{"word/numbering.xml", "numbering.xml"},
}

// File makes the .docx.
func (s Supplement) File() ([]byte, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, p := range places {
		w, err := z.Create(p.name)
		if err == nil {
			err = templates.ExecuteTemplate(w, p.part, s)
		}
		if err != nil {
			return nil, fmt.Errorf("docx: %s: %w", p.name, err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// escape writes a text into XML; what XML cannot hold becomes a replacement character.
func escape(s string) (string, error) {
	var b strings.Builder
	err := xml.EscapeText(&b, []byte(s))
	return b.String(), err
}
