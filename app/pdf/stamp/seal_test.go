package stamp

import (
	"encoding/xml"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"laoqi/app"
	"laoqi/app/apptest/tool"
)

// Names of 4 to 60 characters on one ring and on two, with brackets, Latin words and rare characters.
var enterprises = []string{
	"云栖茶社",
	"杭州云栖智造科技有限公司",
	"上海（浦东）ABC国际贸易股份有限公司",
	"北京𠮷𬎆（集团）二十一世纪文化传播有限责任公司",
	"中国（上海）自由贸易试验区临港新片区海洋高端装备智能制造技术创新研究有限责任公司",
	"Shanghai Laoqi (China) International Trading & Consulting Company Limited",
	"中国（上海）自由贸易试验区临港新片区海洋高端装备智能制造技术创新（长三角一体化示范区）联合研究院及成果转化促进中心有限责任公司",
}

var legalReps = []string{"王伟", "李建国", "欧阳建国", "阿依古丽·买买提江", "John Quincy Smith", "迪丽热巴·迪力木拉提", "李某某·阿卜杜热合曼·买买提艾力"}

// longest has as many characters as an enterprise's name may have.
var longest = strings.Repeat("中国上海自由贸易试验区临港新片区高端装备", 5)

// everySeal draws each kind with each name.
func everySeal(t *testing.T, see func(kind app.SealKind, name string, p *Picture)) {
	t.Helper()
	for _, kind := range app.SealKinds() {
		for i, name := range enterprises {
			p, err := Seal{Kind: kind, Enterprise: name, USCC: "91330106MA2XXXXX0Q", LegalRep: legalReps[i]}.Draw()
			if err != nil {
				t.Fatalf("%s, %s: %v", kind.Label(), name, err)
			}
			see(kind, name, p)
		}
	}
}

// dots samples the edges of a shape, in points.
func dots(s shape) (all []point) {
	var last point
	for _, seg := range s.path {
		end := seg.P[max(pointsOf(seg.Verb)-1, 0)]
		for k := 1; k <= 6; k++ {
			t := float64(k) / 6
			switch u := 1 - t; seg.Verb {
			case 'L':
				all = append(all, point{X: last.X*u + end.X*t, Y: last.Y*u + end.Y*t})
			case 'C':
				a, b := seg.P[0], seg.P[1]
				all = append(all, point{
					X: u*u*u*last.X + 3*u*u*t*a.X + 3*u*t*t*b.X + t*t*t*end.X,
					Y: u*u*u*last.Y + 3*u*u*t*a.Y + 3*u*t*t*b.Y + t*t*t*end.Y,
				})
			}
		}
		if seg.Verb != 'Z' {
			last = end
		}
	}
	return all
}

// apart is the least distance between two sets of dots, in points, or far if
// their boxes are further apart than that.
func apart(a, b []point, far float64) float64 {
	box := func(all []point) (l, r point) {
		l, r = point{X: math.Inf(1), Y: math.Inf(1)}, point{X: math.Inf(-1), Y: math.Inf(-1)}
		for _, p := range all {
			l, r = point{X: min(l.X, p.X), Y: min(l.Y, p.Y)}, point{X: max(r.X, p.X), Y: max(r.Y, p.Y)}
		}
		return l, r
	}
	al, ar := box(a)
	bl, br := box(b)
	if bl.X-ar.X > far || al.X-br.X > far || bl.Y-ar.Y > far || al.Y-br.Y > far {
		return far
	}
	for _, p := range a {
		for _, q := range b {
			far = min(far, math.Hypot(p.X-q.X, p.Y-q.Y))
		}
	}
	return far
}

func TestNoLetterOfASealTouchesAnotherOrTheEdge(t *testing.T) {
	everySeal(t, func(kind app.SealKind, name string, p *Picture) { keepsApart(t, kind, name, p) })
	for _, kind := range app.SealKinds() {
		if kind == app.SealInvoice || kind == app.SealLegalRep {
			continue
		}
		p, err := Seal{Kind: kind, Enterprise: longest}.Draw()
		if err != nil {
			t.Fatal(err)
		}
		keepsApart(t, kind, longest, p)
	}
}

// keepsApart finds letters, stars and figures that touch each other or the edge.
func keepsApart(t *testing.T, kind app.SealKind, name string, p *Picture) {
	t.Helper()
	const least = 0.07 * mm
	rim, letters := dots(p.shapes[0]), [][]point{}
	for _, s := range p.shapes[1:] {
		letters = append(letters, dots(s))
	}
	for i, a := range letters {
		if d := apart(a, rim, mm) - p.shapes[0].stroke/2; d < least {
			t.Errorf("%s, %s: shape %d is %.2f mm from the edge", kind.Label(), name, i, d/mm)
		}
		for k, b := range letters[:i] {
			if d := apart(a, b, mm); d < least {
				t.Errorf("%s, %s: shapes %d and %d are %.2f mm apart", kind.Label(), name, k, i, d/mm)
			}
		}
	}
}

func TestSealsHaveTheirPrescribedSizes(t *testing.T) {
	sizes := map[app.SealKind][2]float64{app.SealInvoice: {40, 30}, app.SealLegalRep: {18, 18}}
	everySeal(t, func(kind app.SealKind, _ string, p *Picture) {
		want, ok := sizes[kind]
		if !ok {
			want = [2]float64{40, 40}
		}
		if math.Abs(p.W/mm-want[0]) > 0.01 || math.Abs(p.H/mm-want[1]) > 0.01 {
			t.Errorf("%s is %.1f by %.1f mm", kind.Label(), p.W/mm, p.H/mm)
		}
	})
}

func TestTheSVGNeedsNoStyleAndNamesItself(t *testing.T) {
	inline := regexp.MustCompile(`style=|<style|<script|href`)
	everySeal(t, func(kind app.SealKind, _ string, p *Picture) {
		svg := p.SVG()
		var read struct {
			Role  string `xml:"role,attr"`
			Title string `xml:"title"`
		}
		if err := xml.Unmarshal([]byte(svg), &read); err != nil {
			t.Fatal(err)
		}
		if read.Role != "img" || !strings.HasSuffix(read.Title, kind.Label()) || inline.MatchString(svg) {
			t.Errorf("%s: role %q, title %q", kind.Label(), read.Role, read.Title)
		}
	})
}

// rendered turns a window of a picture into pixels and counts the coloured ones,
// by way of a PDF of one page.
func rendered(t *testing.T, p *Picture, w Window) (coloured int) {
	t.Helper()
	tool.Need(t, "pdftoppm")
	content := p.Content()
	file := fmt.Sprintf("%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"+
		"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[%f %f %f %f]/Contents 4 0 R>>endobj\n4 0 obj<</Length %d>>stream\n%s\nendstream endobj\ntrailer<</Root 1 0 R>>\n",
		w.X, w.Y, w.X+w.W, w.Y+w.H, len(content), content)
	path := filepath.Join(t.TempDir(), "seal.pdf")
	if err := os.WriteFile(path, []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	ppm, err := exec.Command("pdftoppm", "-r", "150", path).Output()
	if err != nil {
		t.Fatal(err)
	}
	pixels := ppm[len(ppm)-3*pixelCount(t, ppm):]
	for i := 0; i < len(pixels); i += 3 {
		if int(pixels[i])+int(pixels[i+1])+int(pixels[i+2]) < 3*200 {
			coloured++
		}
	}
	return coloured
}

func pixelCount(t *testing.T, ppm []byte) int {
	t.Helper()
	var w, h int
	if _, err := fmt.Sscanf(string(ppm[:20]), "P6\n%d %d", &w, &h); err != nil {
		t.Fatal(err)
	}
	return w * h
}

func TestEveryKindOfSealIsDrawnInAPDF(t *testing.T) {
	everySeal(t, func(kind app.SealKind, name string, p *Picture) {
		share := float64(rendered(t, p, p.Whole())) / (p.W * p.H * 150 / 72 * 150 / 72)
		if share < 0.08 || share > 0.6 {
			t.Errorf("%s, %s: %.0f %% of the area is inked", kind.Label(), name, 100*share)
		}
	})
}

func TestTheSlicesOfAllPagesTogetherShowTheSeal(t *testing.T) {
	p, err := Seal{Kind: app.SealContract, Enterprise: enterprises[1]}.Draw()
	if err != nil {
		t.Fatal(err)
	}
	whole := rendered(t, p, p.Whole())
	for n := 2; n <= 5; n++ {
		sum, next := 0, 0.0
		for i := 1; i <= n; i++ {
			w := p.Slice(i, n)
			if math.Abs(w.X-next) > 1e-9 || w.H != p.H {
				t.Errorf("slice %d of %d: %+v", i, n, w)
			}
			next = w.X + w.W
			sum += rendered(t, p, w)
		}
		if math.Abs(next-p.W) > 1e-9 || math.Abs(float64(sum-whole)) > 0.04*float64(whole) {
			t.Errorf("%d slices end at %.2f of %.2f and show %d of %d pixels", n, next, p.W, sum, whole)
		}
	}
}

func TestWordsThatASealCannotShowAreRefused(t *testing.T) {
	for name, s := range map[string]Seal{
		"no kind":      {Enterprise: enterprises[0]},
		"short name":   {Kind: app.SealName, Enterprise: "云栖"},
		"long name":    {Kind: app.SealName, Enterprise: strings.Repeat("云", 101)},
		"small oval":   {Kind: app.SealInvoice, Enterprise: longest, USCC: "91330106MA2XXXXX0Q"},
		"no USCC":      {Kind: app.SealInvoice, Enterprise: enterprises[0]},
		"emoji":        {Kind: app.SealHR, Enterprise: "云栖🙂茶社"},
		"no legal rep": {Kind: app.SealLegalRep, Enterprise: enterprises[0]},
	} {
		if _, err := s.Draw(); app.KindOf(err) != app.Invalid {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

func TestALongNameGoesOnOnASecondRingAndIsDividedBetweenWords(t *testing.T) {
	for _, name := range []string{enterprises[5], enterprises[6], longest} {
		all := letters(name)
		two := [2]ring{{rx: 50, ry: 50, shortest: 7, span: degrees(290)}, {rx: 42, ry: 42, shortest: 7, span: degrees(256)}}
		cut := divide(all, two)
		if cut < len(all)/2 || cut > len(all)*3/4 || all[cut].closes() || all[cut-1].opens() {
			t.Errorf("%s: divided after %d of %d", name, cut, len(all))
		}
	}
}

func BenchmarkDrawSeal(b *testing.B) {
	for b.Loop() {
		p, err := Seal{Kind: app.SealContract, Enterprise: enterprises[1]}.Draw()
		if err != nil {
			b.Fatal(err)
		}
		p.Content()
	}
}
