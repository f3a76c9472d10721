package face

import (
	"encoding/json"
	"math"
	"os"
	"testing"
)

// pattern is the input of which TensorFlow.js 4.22.0 computed testdata/reference.json.
func pattern(size int, from, to float64) tensor {
	t := newTensor(size, size, 3)
	for y := range size {
		for x := range size {
			for c := range 3 {
				fx, fy := float64(x), float64(y)
				v := 0.5 + 0.5*math.Sin(0.11*fx*float64(c+1)+0.07*fy)*math.Cos(0.05*fy-0.03*fx)
				t.pixel(y, x)[c] = float32(from + v*(to-from))
			}
		}
	}
	return t
}

// Every 97th number of each output, and the whole descriptor.
type reference struct {
	Blazeface, Facemesh [][]float32
	Descriptor          []float32
}

func TestTheNetworksAgreeWithTensorFlow(t *testing.T) {
	text, err := os.ReadFile("testdata/reference.json")
	if err != nil {
		t.Fatal(err)
	}
	var want reference
	if err := json.Unmarshal(text, &want); err != nil {
		t.Fatal(err)
	}
	var m Model
	if m.load(); m.failed != nil {
		t.Fatal(m.failed)
	}
	for i, o := range m.detector.run(pattern(detectorSide, -1, 1)) {
		near(t, "detector", every97th(o.v), want.Blazeface[i], 1e-3)
	}
	for i, o := range m.mesh.run(pattern(meshSide, 0, 1)) {
		near(t, "mesh", every97th(o.v), want.Facemesh[i], 1e-2)
	}
	near(t, "descriptor", m.describer.describe(pattern(chipSide, 0, 255)), want.Descriptor, 1e-5)
}

func every97th(v []float32) (some []float32) {
	for i := 0; i < len(v); i += 97 {
		some = append(some, v[i])
	}
	return some
}

func near(t *testing.T, what string, got, want []float32, limit float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %d numbers, want %d", what, len(got), len(want))
	}
	worst := 0.0
	for i := range got {
		worst = max(worst, math.Abs(float64(got[i]-want[i])))
	}
	if !(worst < limit) {
		t.Errorf("%s: off by %g", what, worst)
	}
	t.Logf("%s: off by %g", what, worst)
}
