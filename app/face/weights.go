package face

import (
	"embed"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
)

// The models of models/NOTICE.md, as TensorFlow.js ships them.
//
//go:embed models
var models embed.FS

// param is one array of trained numbers.
type param struct {
	shape []int
	v     []float32
}

// manifest lists the arrays of a model's .bin in their order.
type manifest []struct {
	Weights []weight `json:"weights"`
}

type weight struct {
	Name         string `json:"name"`
	Shape        []int  `json:"shape"`
	Dtype        string `json:"dtype"`
	Quantization *struct {
		Dtype string  `json:"dtype"`
		Scale float64 `json:"scale"`
		Min   float64 `json:"min"`
	} `json:"quantization"`
}

// readModel reads models/name.json into description and returns its parameters.
func readModel(name string, description any, list func() manifest) (map[string]param, error) {
	text, err := models.ReadFile("models/" + name + ".json")
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(text, description); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	data, err := models.ReadFile("models/" + name + ".bin")
	if err != nil {
		return nil, err
	}
	params := map[string]param{}
	for _, group := range list() {
		for _, w := range group.Weights {
			p, rest, err := w.read(data)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			params[w.Name], data = p, rest
		}
	}
	if len(data) > 0 {
		return nil, fmt.Errorf("%s: %d bytes left over", name, len(data))
	}
	return params, nil
}

// read takes the array from the front of data.
func (w weight) read(data []byte) (p param, rest []byte, err error) {
	size, number, err := w.coding()
	if err != nil {
		return p, nil, err
	}
	n := 1
	for _, d := range w.Shape {
		n *= d
	}
	if len(data) < n*size {
		return p, nil, fmt.Errorf("%s ends early", w.Name)
	}
	p = param{w.Shape, make([]float32, n)}
	for i := range p.v {
		p.v[i] = number(data[i*size:])
	}
	return p, data[n*size:], nil
}

// coding tells how many bytes a number takes, and how to read it.
func (w weight) coding() (size int, number func([]byte) float32, err error) {
	stored := w.Dtype
	if w.Quantization != nil {
		stored = w.Quantization.Dtype
	}
	switch stored {
	case "float32":
		return 4, func(b []byte) float32 { return math.Float32frombits(binary.LittleEndian.Uint32(b)) }, nil
	case "int32":
		return 4, func(b []byte) float32 { return float32(int32(binary.LittleEndian.Uint32(b))) }, nil
	case "float16":
		return 2, func(b []byte) float32 { return half(binary.LittleEndian.Uint16(b)) }, nil
	case "uint8":
		scale, least := w.Quantization.Scale, w.Quantization.Min
		return 1, func(b []byte) float32 { return float32(float64(b[0])*scale + least) }, nil
	}
	return 0, nil, fmt.Errorf("%s: no coding %q", w.Name, stored)
}

// half reads an IEEE 754 half-precision number; the models hold no infinity.
func half(h uint16) float32 {
	sign, exponent, fraction := uint32(h>>15)<<31, uint32(h>>10)&31, uint32(h)&1023
	if exponent == 0 {
		v := float32(fraction) / (1 << 24)
		return math.Float32frombits(math.Float32bits(v) | sign)
	}
	return math.Float32frombits(sign | (exponent+112)<<23 | fraction<<13)
}
