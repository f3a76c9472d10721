package pdf

import (
	"fmt"
	"sync"

	"laoqi/app"
)

// deflatedWatermark is the same in all documents.
var deflatedWatermark = sync.OnceValue(func() []byte { return deflateBest(watermark()) })

// render writes the sheet as a PDF file.
func (s *sheet) render(title string, demo bool, made app.Date) []byte {
	out := newObjectFile()
	catalog, tree, resources := out.reserve(), out.reserve(), out.reserve()
	pages := make([]int, len(s.pages))
	for i := range pages {
		pages[i] = out.reserve()
	}
	form := s.writeForm(out, pages)
	under := ""
	if demo {
		mark := out.reserve()
		out.stream(mark, "", deflatedWatermark())
		under = fmt.Sprintf("%d 0 R ", mark)
	}
	var kids []byte
	for i, p := range s.pages {
		content := out.reserve()
		out.stream(content, "", deflate(p.content))
		out.putf(pages[i], "<</Type/Page/Parent %d 0 R/MediaBox[0 0 %.2f %.2f]/Resources %d 0 R/Contents[%s%d 0 R]/Annots[%s]>>",
			tree, pageWidth, pageHeight, resources, under, content, references(form.widgets[i]))
		kids = fmt.Appendf(kids, "%d 0 R ", pages[i])
	}
	var fonts []byte
	for _, f := range s.typecase.typefaces {
		fonts = fmt.Appendf(fonts, "/%s %d 0 R", f.name, f.write(out))
	}
	out.putf(resources, "<</Font<<%s>>>>", fonts)
	out.putf(tree, "<</Type/Pages/Count %d/Kids[%s]>>", len(pages), kids)
	fields := ""
	if form.object > 0 {
		fields = fmt.Sprintf("/AcroForm %d 0 R", form.object)
	}
	out.putf(catalog, "<</Type/Catalog/Pages %d 0 R/Lang(zh-CN)%s/ViewerPreferences<</DisplayDocTitle true>>>>", tree, fields)
	info := out.add(fmt.Appendf(nil, "<</Title%s/Creator%s/CreationDate(D:%s000000+08'00')>>",
		textString(title), textString("劳契 Laoqi"), made.In().Format("20060102")))
	return out.finish(catalog, info)
}

func references(objects []int) (list []byte) {
	for _, n := range objects {
		list = fmt.Appendf(list, "%d 0 R ", n)
	}
	return list
}
