package pdf

import (
	"encoding/xml"
	"fmt"
	"strings"
	"sync"

	"laoqi/app"
)

// creator names the program in the files that it makes.
const creator = "劳契 Laoqi"

// metadata is what a file says of itself: once in its information dictionary and
// once, alike, as XMP (ISO 16684-1).
type metadata struct {
	title, author string
	made          app.Date
}

// writeInfo writes the information dictionary (ISO 32000-1, 14.3.3).
func (m metadata) writeInfo(out *objectFile) int {
	author := ""
	if m.author != "" {
		author = "/Author" + textString(m.author)
	}
	return out.add(fmt.Appendf(nil, "<</Title%s%s/Creator%[3]s/Producer%[3]s/CreationDate(D:%[4]s000000+08'00')/ModDate(D:%[4]s000000+08'00')>>",
		textString(m.title), author, textString(creator), m.made.In().Format("20060102")))
}

// xmp calls every file PDF/A-1b (ISO 19005-1), which Apache PDFBox confirms in the
// tests, of signed and sealed ones too.
const xmp = `<?xpacket begin="` + "\uFEFF" + `" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>1</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt></dc:title>
%s<xmp:CreatorTool>%[3]s</xmp:CreatorTool><pdf:Producer>%[3]s</pdf:Producer>
<xmp:CreateDate>%[4]s</xmp:CreateDate><xmp:ModifyDate>%[4]s</xmp:ModifyDate>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`

// writeXMP writes the same as XMP, which must not be compressed to be found.
func (m metadata) writeXMP(out *objectFile) int {
	author := ""
	if m.author != "" {
		author = "<dc:creator><rdf:Seq><rdf:li>" + escaped(m.author) + "</rdf:li></rdf:Seq></dc:creator>\n"
	}
	text := fmt.Sprintf(xmp, escaped(m.title), author, creator, m.made.In().Format("2006-01-02T15:04:05-07:00"))
	return out.add(fmt.Appendf(nil, "<</Type/Metadata/Subtype/XML/Length %d>>\nstream\n%s\nendstream", len(text), text))
}

func escaped(s string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(s)) // into memory: cannot fail
	return b.String()
}

var deflatedICC = sync.OnceValue(func() []byte { return deflateBest(sRGB()) })

// outputIntent says what the file's colours mean (ISO 32000-1, 14.11.5).
func outputIntent(out *objectFile) string {
	profile := out.reserve()
	out.stream(profile, "/N 3", deflatedICC())
	return fmt.Sprintf("<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB IEC61966-2.1)/DestOutputProfile %d 0 R>>", profile)
}
