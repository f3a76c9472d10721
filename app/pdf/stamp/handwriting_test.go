package stamp

import (
	"math"
	"strings"
	"testing"

	"laoqi/app"
)

var today = app.Date{Year: 2026, Month: 11, Day: 23}

// wave is a soft line across a canvas of 360 by 180 pixels.
func wave() Strokes {
	line := make([]Point, 60)
	for i := range line {
		t := float64(i) / 59
		line[i] = Point{X: 40 + 280*t, Y: 90 + 50*math.Sin(12*t)}
	}
	return Strokes{W: 360, H: 180, Lines: [][]Point{line, {{X: 330, Y: 60}}}}
}

func TestHandwritingLiesInItsBoxAndHasNameAndDate(t *testing.T) {
	p, err := Handwriting(wave(), "张𠮷𬎆", today)
	if err != nil {
		t.Fatal(err)
	}
	if p.W != SignatureWidth || p.H != SignatureHeight {
		t.Errorf("%.0f by %.0f points", p.W, p.H)
	}
	letters := 0
	for _, s := range p.shapes {
		low := math.Inf(1)
		for _, d := range dots(s) {
			low = min(low, d.Y)
			if d.X < 0 || d.X > p.W || d.Y < 0 || d.Y > p.H {
				t.Fatalf("a point lies outside of the box: %v", d)
			}
		}
		if s.round && low < caption {
			t.Errorf("the ink reaches into the caption: %.1f", low)
		}
		if !s.round {
			letters++
		}
	}
	if want := len([]rune("张𠮷𬎆2026年11月23日")); letters != want {
		t.Errorf("the caption has %d letters, want %d", letters, want)
	}
	if rendered(t, p, Window{Y: caption, W: p.W, H: p.H - caption}) < 300 {
		t.Error("hardly any ink")
	}
}

func TestATypedNameFitsItsBox(t *testing.T) {
	for _, name := range []string{"王伟", "欧阳·买买提", "Alexander Maximilian Montgomery von Hohenstaufen", strings.Repeat("张", 50)} {
		p, err := Typed(name, today)
		if err != nil {
			t.Fatal(err)
		}
		letters := 0
		for _, s := range p.shapes {
			if letters++; s.stroke > 0 {
				letters--
			}
			for _, d := range dots(s) {
				if d.X < 0 || d.X > p.W || d.Y < 0 || d.Y > p.H {
					t.Fatalf("%s: a point lies outside of the box: %v", name, d)
				}
			}
		}
		if want := len([]rune(strings.ReplaceAll(name, " ", "") + "输入姓名签署2026年11月23日")); letters != want {
			t.Errorf("%s: %d letters, want %d", name, letters, want)
		}
	}
}

func TestALongNameBreaksWhereItsPartsMeet(t *testing.T) {
	for name, want := range map[string][2]string{
		"阿卜杜热合曼·买买提吐尔逊江":                        {"阿卜杜热合曼·", "买买提吐尔逊江"},
		"Alexander Maximilian von Hohenstaufen": {"Alexander Maximilian", "von Hohenstaufen"},
		"一二三四":                                  {"一二", "三四"},
	} {
		if first, second := halves(name); first != want[0] || second != want[1] {
			t.Errorf("%s: %q and %q", name, first, second)
		}
	}
}

func TestStrokesThatAreNoSignatureAreRefused(t *testing.T) {
	change := func(f func(*Strokes)) Strokes {
		s := wave()
		f(&s)
		return s
	}
	for name, s := range map[string]Strokes{
		"nothing":         {W: 360, H: 180},
		"no canvas":       change(func(s *Strokes) { s.W = 0 }),
		"not a number":    change(func(s *Strokes) { s.Lines[0][3].X = math.NaN() }),
		"infinite":        change(func(s *Strokes) { s.Lines[0][3].Y = math.Inf(-1) }),
		"infinite canvas": change(func(s *Strokes) { s.H = math.Inf(1) }),
		"far outside":     change(func(s *Strokes) { s.Lines[0][3].X = 1e9 }),
		"a dot":           change(func(s *Strokes) { s.Lines = s.Lines[1:] }),
		"a short line":    change(func(s *Strokes) { s.Lines = [][]Point{s.Lines[0][:6]} }),
		"too many lines":  change(func(s *Strokes) { s.Lines = make([][]Point, 201) }),
		"too many points": change(func(s *Strokes) { s.Lines[0] = append(s.Lines[0], make([]Point, 20_000)...) }),
	} {
		if s.Problem() == "" {
			t.Errorf("%s: accepted", name)
		}
		if _, err := Handwriting(s, "王伟", today); app.KindOf(err) != app.Invalid {
			t.Errorf("%s: error %v", name, err)
		}
	}
	if problem := wave().Problem(); problem != "" {
		t.Error(problem)
	}
	if _, err := Handwriting(wave(), "王🙂", today); app.KindOf(err) != app.Invalid {
		t.Errorf("emoji: error %v", err)
	}
}
