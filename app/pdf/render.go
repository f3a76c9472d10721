package pdf

import (
	"fmt"
	"sync"
)

type marked struct {
	notice
	format
}

// watermarks are the same in all documents.
var watermarks = sync.OnceValue(func() map[marked][]byte {
	all := map[marked][]byte{}
	for _, n := range []notice{demoNotice, previewNotice} {
		for _, f := range []format{upright, lying} {
			all[marked{n, f}] = deflateBest(watermark(n, f))
		}
	}
	return all
})

// render writes the sheet as a PDF file.
func (s *sheet) render(title string, r Record) []byte {
	out := newObjectFile()
	catalog, tree, resources := out.reserve(), out.reserve(), out.reserve()
	pages := make([]int, len(s.pages))
	for i := range pages {
		pages[i] = out.reserve()
	}
	form := s.writeForm(out, pages)
	s.writePages(out, pages, form, r.notice(), fmt.Sprintf("/Parent %d 0 R/MediaBox[0 0 %.2f %.2f]/Resources %d 0 R", tree, s.format.width, s.format.height, resources))
	var fonts []byte
	for _, f := range s.typecase.typefaces {
		fonts = fmt.Appendf(fonts, "/%s %d 0 R", f.name, f.write(out))
	}
	out.putf(resources, "<</Font<<%s>>>>", fonts)
	out.putf(tree, "<</Type/Pages/Count %d/Kids[%s]>>", len(pages), references(pages))
	m := metadata{title, r.Author, r.MadeOn}
	out.putf(catalog, "<</Type/Catalog/Pages %d 0 R/Lang(zh-CN)/ViewerPreferences<</DisplayDocTitle true>>/Metadata %d 0 R/OutputIntents[%s]%s%s>>",
		tree, m.writeXMP(out), outputIntent(out), s.writeOutline(out, pages), form.entry())
	return out.finish(catalog, m.writeInfo(out))
}

// writePages writes the pages; common are the entries that all of them have.
func (s *sheet) writePages(out *objectFile, pages []int, form form, n notice, common string) {
	under := ""
	if n != "" {
		object := out.reserve()
		out.stream(object, "", watermarks()[marked{n, s.format}])
		under = fmt.Sprintf("%d 0 R ", object)
	}
	for i, p := range s.pages {
		content := out.reserve()
		out.stream(content, "", deflate(p.content))
		out.putf(pages[i], "<</Type/Page%s/Contents[%s%d 0 R]/Annots[%s]>>", common, under, content, references(form.widgets[i]))
	}
}

// writeOutline writes the headings as bookmarks and returns the catalog's entry.
func (s *sheet) writeOutline(out *objectFile, pages []int) string {
	if len(s.outline) == 0 {
		return ""
	}
	root, first := out.reserve(), len(out.offsets)+1
	for i, b := range s.outline {
		neighbours := ""
		if i > 0 {
			neighbours = fmt.Sprintf("/Prev %d 0 R", first+i-1)
		}
		if i < len(s.outline)-1 {
			neighbours += fmt.Sprintf("/Next %d 0 R", first+i+1)
		}
		out.putf(out.reserve(), "<</Title%s/Parent %d 0 R%s/Dest[%d 0 R/XYZ 0 %.2f null]>>", textString(b.title), root, neighbours, pages[b.page], s.format.height-b.y)
	}
	n := len(s.outline)
	out.putf(root, "<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>", first, first+n-1, n)
	return fmt.Sprintf("/Outlines %d 0 R", root)
}

func references(objects []int) (list []byte) {
	for _, n := range objects {
		list = fmt.Appendf(list, "%d 0 R ", n)
	}
	return list
}
