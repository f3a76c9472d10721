package upload

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"strings"
)

// drawn is a page that draws /F, the first of the objects, which are numbered from 4 on.
func drawn(objects []string) []byte {
	own := fmt.Sprintf("/Contents %d 0 R/Resources<</XObject<</F 4 0 R>>>>", 4+len(objects))
	return PDF([]Page{{Extra: own}}, "", append(objects, "<</Length 5>>\nstream\n/F Do\nendstream")...)
}

// form is a Form XObject as large as a page.
func form(entries, content string) string {
	return fmt.Sprintf("<</Type/XObject/Subtype/Form/BBox[0 0 595 842]%s/Length %d>>\nstream\n%s\nendstream", entries, len(content), content)
}

// Nested is a page with n transparent groups within each other, each of which takes a page's memory while it is drawn.
func Nested(n int) []byte {
	objects := make([]string, n)
	for i := range objects {
		objects[i] = form(fmt.Sprintf("/Group<</S/Transparency/I true>>/Resources<</XObject<</F %d 0 R>>>>", 5+i), "/F Do")
	}
	return drawn(append(objects, form("", "0 0 100 100 re f")))
}

// Endless is a page that draws a square a billion times.
func Endless() []byte {
	objects := make([]string, 9)
	for i := range objects {
		objects[i] = form(fmt.Sprintf("/Resources<</XObject<</F %d 0 R>>>>", 5+i), strings.Repeat("/F Do ", 10))
	}
	return drawn(append(objects, form("", "0 0 100 100 re f")))
}

// Swelling is a small file whose n object streams inflate to a number of bytes each, which a reader keeps in memory. They
// are typed by a name of the caller's: a name may be written in many ways.
func Swelling(n, size int, name string) []byte {
	return packed("", name, n, func(head string) string { return deflate(head+"null", size) })
}

// Teeming is a small file whose form lists n empty arrays, each of which a reader keeps in memory.
func Teeming(n int) []byte {
	return packed("/AcroForm 5 0 R", "ObjStm", 1, func(head string) string {
		return deflate(head+"<</Fields["+strings.Repeat("[]", n)+"]>>", 0)
	})
}

// packed is a file with n object streams, each of one object, numbered from 4+n on.
func packed(catalog, name string, n int, content func(head string) string) []byte {
	var b, rows bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	row := func(kind byte, place, extra int) {
		rows.WriteByte(kind)
		binary.Write(&rows, binary.BigEndian, uint32(place))
		binary.Write(&rows, binary.BigEndian, uint16(extra))
	}
	row(0, 0, 0)
	put := func(num int, object string) {
		row(1, b.Len(), 0)
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", num, object)
	}
	put(1, "<</Type/Catalog/Pages 2 0 R"+catalog+">>")
	put(2, "<</Type/Pages/Count 1/Kids[3 0 R]>>")
	put(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>")
	for i := range n {
		head := fmt.Sprintf("%d 0 ", 4+n+i)
		put(4+i, stream(fmt.Sprintf("/Type/%s/N 1/First %d/Filter/FlateDecode", name, len(head)), content(head)))
	}
	for i := range n {
		row(2, 4+i, 0)
	}
	last, start := 4+2*n, b.Len()
	row(1, start, 0)
	fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n", last, stream(fmt.Sprintf("/Type/XRef/Size %d/W[1 4 2]/Root 1 0 R", last+1), rows.String()), start)
	return b.Bytes()
}

func stream(entries, content string) string {
	return fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", entries, len(content), content)
}

// deflate packs a text followed by blanks.
func deflate(text string, blanks int) string {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	z.Write([]byte(text))
	for range blanks >> 10 {
		z.Write(bytes.Repeat([]byte(" "), 1<<10))
	}
	z.Close()
	return b.String()
}
