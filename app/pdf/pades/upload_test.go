package pades_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"laoqi/app"
	"laoqi/app/apptest/upload"
	"laoqi/app/pdf"
	"laoqi/app/pdf/pades"
	"laoqi/app/pdf/read"
	"laoqi/app/pdf/stamp"
)

// supplemented makes an upload a document to sign, in the demo, and counts its pages.
func supplemented(t *testing.T, file []byte) ([]byte, int) {
	t.Helper()
	normal, err := pades.Normalize(file)
	if err != nil {
		t.Fatal(err)
	}
	made, err := pdf.Supplement(normal, pdf.SupplementDoc{
		Record: pdf.Record{Number: "HT-2026-000042", CheckURL: "https://hr.example.cn/check/7F3K", CheckCode: "7F3K", MadeOn: app.Date{Year: 2026, Month: 11, Day: 23}, Demo: true},
		Title:  "补充条款（1）", Enterprise: pdf.Enterprise{Name: "杭州云栖智造科技有限公司", USCC: "91330106MA2CFLDG4T", LegalRep: "欧阳建国"},
		Worker: app.Worker{Name: "张𠮷𬎆", IDType: app.IDResident, IDNumber: "330106199203154417"}, Hash: strings.Repeat("0123456789abcdef", 4)})
	if err != nil {
		t.Fatal(err)
	}
	pages, err := read.Pages(made)
	if err != nil {
		t.Fatal(err)
	}
	return made, pages
}

// concludedSupplement is signed by the worker and sealed, with a slice on each page.
func (o *office) concludedSupplement(t *testing.T, file []byte) []byte {
	t.Helper()
	made, pages := supplemented(t, file)
	seal, err := stamp.Seal{Kind: app.SealContract, Enterprise: "杭州云栖智造科技有限公司"}.Draw()
	if err != nil {
		t.Fatal(err)
	}
	r, drawing := o.sealRequest(), pades.NewDrawing(seal.Content())
	r.Appearance, r.Fill = whole(seal, drawing), map[string]pades.Appearance{}
	for i := 1; i <= pages; i++ {
		w := seal.Slice(i, pages)
		r.Fill[pdf.SeamField(i)] = pades.Appearance{Drawing: drawing, X: w.X, Y: w.Y, W: w.W, H: w.H}
	}
	return sign(t, made, o.workerRequest(), r)
}

func TestTheSliceOfTheSealStandsAtTheRightEdgeOfEveryPageAsItIsSeen(t *testing.T) {
	b, o := newBench(t, "pdftoppm"), newOffice(t)
	pages := []upload.Page{{}, {Rotate: 90}, {Rotate: 180}, {Rotate: 270}, {Rotate: -90, Box: "-50 -60 700 300"}, {Box: "0 0 300 200", Extra: "/CropBox[40 40 260 160]"}}
	b.write("done.pdf", o.concludedSupplement(t, upload.PDF(pages, "")))
	b.must("pdftoppm", "-cropbox", "-r", "72", "done.pdf", "page")
	for i := range pages {
		name := fmt.Sprintf("page-%d.ppm", i+1)
		b.must("pdftoppm", "-cropbox", "-r", "72", "-f", fmt.Sprint(i+1), "-l", fmt.Sprint(i+1), "-x", "0", "-y", "0", "-W", "100", "-H", "4000", "done.pdf", "left")
		left, err := filepath.Glob(filepath.Join(b.dir, "left-*.ppm"))
		if err != nil || len(left) != 1 {
			t.Fatal(left, err)
		}
		if whole, astray := b.red(name), b.red(filepath.Base(left[0])); whole == 0 || astray != 0 {
			t.Errorf("page %d: %d red dots, %d of them at the left", i+1, whole, astray)
		}
		if err := os.Remove(left[0]); err != nil {
			t.Fatal(err)
		}
	}
}

func TestFiftyPagesShareOneDrawingOfTheSeal(t *testing.T) {
	b, o := newBench(t, "pdftoppm"), newOffice(t)
	for _, n := range []int{1, 3, 49} {
		made, _ := supplemented(t, upload.Plain(n))
		done := o.concludedSupplement(t, upload.Plain(n)) // and a page for the signatures
		seal, err := stamp.Seal{Kind: app.SealContract, Enterprise: "杭州云栖智造科技有限公司"}.Draw()
		if err != nil {
			t.Fatal(err)
		}
		if grown, once := len(done)-len(made), len(seal.Content()); grown > once+40<<10+n<<10 {
			t.Errorf("%d pages: the seal, %d bytes once, made the file grow by %d", n+1, once, grown)
		}
		b.write("done.pdf", done)
		for _, page := range []int{1, (n + 2) / 2, n + 1} {
			b.must("pdftoppm", "-r", "72", "-f", fmt.Sprint(page), "-l", fmt.Sprint(page), "-singlefile", "done.pdf", "page")
			if b.red("page.ppm") == 0 {
				t.Errorf("page %d of %d has no slice of the seal", page, n+1)
			}
		}
	}
}

func TestThePlaceAtTheEdgeFollowsTheTurnOfThePage(t *testing.T) {
	for turn, want := range map[int][4]float64{0: {280, 150, 300, 250}, 90: {100, 380, 200, 400}, 180: {0, 150, 20, 250}, 270: {100, 0, 200, 20}} {
		if got := (pades.Box{Right: 300, Top: 400, Turn: turn}).Edge(20, 100); got != want {
			t.Errorf("turned by %d: %v, want %v", turn, got, want)
		}
	}
	if got, want := (pades.Box{Right: 300, Top: 50}).Edge(20, 100), [4]float64{290, 0, 300, 50}; got != want {
		t.Errorf("on a low page: %v, want %v", got, want)
	}
}

func TestThePagesOfASupplementKeepTheirOwnSizeBesideThoseAdded(t *testing.T) {
	made, _ := supplemented(t, assemble([]string{
		"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]/MediaBox[0 0 400 300]/CropBox[10 10 390 290]/Rotate 90>>",
		"<</Type/Page/Parent 2 0 R/Resources<<>>>>"}, ""))
	boxes, err := pades.Boxes(made)
	if err != nil {
		t.Fatal(err)
	}
	want := []pades.Box{{Left: 10, Bottom: 10, Right: 390, Top: 290, Turn: 90}, {Right: 595.28, Top: 841.89}}
	if len(boxes) != 2 || boxes[0] != want[0] || boxes[1] != want[1] {
		t.Errorf("boxes %v, want %v", boxes, want)
	}
}

func TestAPageWithoutASizeIsBroken(t *testing.T) {
	for _, box := range []string{"", "/MediaBox[0 0 0 0]", "/MediaBox[0 0 1]", "/MediaBox[0 0 (a) 1]"} {
		file := assemble([]string{"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>", "<</Type/Page/Parent 2 0 R" + box + ">>"}, "")
		if _, err := pades.Boxes(file); err == nil {
			t.Errorf("%q has a size", box)
		}
	}
}

func TestNothingIsAppendedToASignedFile(t *testing.T) {
	if _, err := pades.Append(newOffice(t).concluded(t), upload.Plain(1), nil); err == nil {
		t.Error("pages were added to a signed file")
	}
}
