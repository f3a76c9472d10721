package syntax

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
)

func parse(t *testing.T, source string) Object {
	t.Helper()
	o, err := (&parser{b: []byte(source)}).object()
	if err != nil {
		t.Fatalf("%q: %v", source, err)
	}
	return o
}

func TestObjectsAreReadAsTheStandardWritesThem(t *testing.T) {
	for source, want := range map[string]Object{
		"null":                               nil,
		"true":                               true,
		"-17":                                -17,
		"+3.5":                               3.5,
		"-.002":                              -0.002,
		"/A#20B":                             Name("A B"),
		"/A#4":                               Name("A#4"),
		"12 0 R":                             Ref{12, 0},
		"[1 2 R 3 0 R]":                      Array{Ref{1, 2}, Ref{3, 0}},
		"[1 2 3]":                            Array{1, 2, 3},
		"<48 65 6C6C6F>":                     String{Value: []byte("Hello")},
		"<4>":                                String{Value: []byte("@")},
		`(a\(b\)(c)\n\101\7\\)`:              String{Value: []byte("a(b)(c)\nA\a\\")},
		"(a\\\r\nb)":                         String{Value: []byte("ab")},
		"<</A 1/B[/C]/D<</E(f)>>>>":          Dict{"A": 1, "B": Array{Name("C")}, "D": Dict{"E": String{Value: []byte("f")}}},
		"<< /A % a comment >>\n 1 % end\n>>": Dict{"A": 1},
	} {
		if got := parse(t, source); !reflect.DeepEqual(got, want) {
			t.Errorf("%q: got %#v, want %#v", source, got, want)
		}
	}
}

func TestWhatIsWrittenIsReadBackTheSame(t *testing.T) {
	o := Dict{
		"A B#": Array{1, -2.5, nil, true, Ref{7, 1}}, "Empty": Dict{}, "Text": TextString("张䶮 𬎆"),
		"Bytes": String{Value: []byte{0, '(', ')', '\\', 255}},
	}
	source := Append(nil, o)
	if got := parse(t, string(source)); !reflect.DeepEqual(got, o) {
		t.Errorf("%s\n%#v", source, got)
	}
}

func TestTextStringsOfEveryEncodingAreDecoded(t *testing.T) {
	for want, s := range map[string]String{
		"张䶮𬎆":   TextString("张䶮𬎆"),
		"seal":  {Value: []byte("seal")},
		"UTF-八": {Value: []byte("\xEF\xBB\xBFUTF-八")},
		"é":     {Value: []byte{0xE9}},
	} {
		if got := s.Text(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestMalformedObjectsAreErrors(t *testing.T) {
	for _, source := range []string{
		"", "(open", "<48", "<4X>", "[1 2", "<</A 1", "<</A>>", "<<1 2>>", ")", "]", "{}", "nul", "1e999999", "--1", "0x10",
		strings.Repeat("[", 100000), strings.Repeat("<</A", 100000),
	} {
		if o, err := (&parser{b: []byte(source)}).object(); !errors.Is(err, ErrBroken) {
			t.Errorf("%.20q: %#v, %v", source, o, err)
		}
	}
}

// compressed is a file whose objects 1 and 2 lie in object stream 4, found by cross-reference stream 5 with a PNG predictor.
func compressed(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	b.WriteString("%PDF-1.5\n")
	three := b.Len()
	b.WriteString("3 0 obj\n(plain)\nendobj\n")
	four := b.Len()
	pack := deflate("1 0 2 29 <</Type/Catalog/Pages 2 0 R>><</Type/Pages>>")
	fmt.Fprintf(&b, "4 0 obj\n<</Type/ObjStm/N 2/First 9/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream\nendobj\n", len(pack), pack)
	five := b.Len()
	rows := [][]byte{{0, 0, 0, 0}, {2, 0, 4, 0}, {2, 0, 4, 1}, {1, 0, byte(three), 0}, {1, byte(four >> 8), byte(four), 0}, {1, byte(five >> 8), byte(five), 0}}
	var up []byte
	above := make([]byte, 4)
	for _, row := range rows {
		up = append(up, 2)
		for i := range row {
			up = append(up, row[i]-above[i])
		}
		above = row
	}
	xref := deflate(string(up))
	fmt.Fprintf(&b, "5 0 obj\n<</Type/XRef/Size 6/W[1 2 1]/Root 1 0 R/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 4>>/Length %d>>\nstream\n%s\nendstream\nendobj\n", len(xref), xref)
	fmt.Fprintf(&b, "startxref\n%d\n%%%%EOF\n", five)
	return b.Bytes()
}

func deflate(s string) string {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	z.Write([]byte(s))
	z.Close()
	return b.String()
}

func TestObjectsInStreamsAreFound(t *testing.T) {
	f, err := Open(compressed(t))
	if err != nil {
		t.Fatal(err)
	}
	_, catalog, err := f.Root()
	if err != nil || catalog["Pages"] != (Ref{2, 0}) {
		t.Errorf("catalog %v, %v", catalog, err)
	}
	if pages, err := f.Dict(catalog["Pages"]); err != nil || pages["Type"] != Name("Pages") {
		t.Errorf("pages %v, %v", pages, err)
	}
	if plain, err := f.Resolve(Ref{3, 0}); err != nil || string(plain.(String).Value) != "plain" {
		t.Errorf("object 3 %v, %v", plain, err)
	}
	for _, missing := range []Ref{{9, 0}, {3, 1}, {1, 1}} {
		if o, err := f.Resolve(missing); o != nil || err != nil {
			t.Errorf("%v: %v, %v", missing, o, err)
		}
	}
}

func TestARevisionOfAFileWithStreamsIsReadBack(t *testing.T) {
	f, err := Open(compressed(t))
	if err != nil {
		t.Fatal(err)
	}
	u := NewUpdate(f, 100)
	u.Put(Ref{3, 0}, TextString("changed"))
	added := u.Add(Array{1, 2})
	newer, err := Open(u.Finish())
	if err != nil {
		t.Fatal(err)
	}
	changed, _ := newer.Resolve(Ref{3, 0})
	array, _ := newer.Array(added)
	if s, ok := changed.(String); !ok || s.Text() != "changed" || len(array) != 2 {
		t.Errorf("%v, %v", changed, array)
	}
	if f.Trailing || newer.Trailing || !newer.stream {
		t.Error("the revision is not like the file")
	}
}

func TestEndlessCrossReferencesAreAnError(t *testing.T) {
	pdf := "%PDF-1.7\nxref\n0 0\ntrailer\n<</Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF\n"
	if _, err := Open([]byte(pdf)); !errors.Is(err, ErrBroken) {
		t.Error(err)
	}
}

func TestAStreamThatInflatesWithoutEndIsAnError(t *testing.T) {
	bomb := deflate(strings.Repeat("\x00", maxInflate+1))
	var b bytes.Buffer
	fmt.Fprintf(&b, "%%PDF-1.5\n1 0 obj\n<</Type/XRef/W[1 2 1]/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream\nendobj\nstartxref\n9\n%%%%EOF\n", len(bomb), bomb)
	if _, err := Open(b.Bytes()); !errors.Is(err, ErrBroken) {
		t.Error(err)
	}
}

func FuzzOpen(f *testing.F) {
	f.Add([]byte("%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\nxref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer\n<</Size 2/Root 1 0 R>>\nstartxref\n43\n%%EOF\n"))
	f.Add(compressed(&testing.T{}))
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := Open(data)
		if err != nil {
			return
		}
		for num := range file.entries {
			if o, err := file.Resolve(Ref{num, 0}); err == nil {
				Append(nil, o)
			}
		}
	})
}
