package face

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// graph runs a TensorFlow.js graph model of one input and batch size 1, as far
// as the detector and the mesh need it.
type graph struct {
	steps   []step
	outputs []int // of the wanted nodes, by their place in steps
}

// step computes one node from earlier ones.
type step struct {
	in   []int
	run  func(in []tensor) tensor
	last []int // of the earlier ones, those that no later step needs
}

// node is an entry of the model's JSON.
type node struct {
	Name  string          `json:"name"`
	Op    string          `json:"op"`
	Input []string        `json:"input"`
	Attr  map[string]attr `json:"attr"`
}

type attr struct {
	S    string `json:"s"` // base64
	List struct {
		I []json.RawMessage `json:"i"` // numbers, in quotes or without
		S []string          `json:"s"` // base64
	} `json:"list"`
}

// loadGraph reads a model and keeps what the wanted nodes depend on.
func loadGraph(name string, wanted ...string) (*graph, error) {
	var m struct {
		Topology struct {
			Node []node `json:"node"`
		} `json:"modelTopology"`
		Manifest manifest `json:"weightsManifest"`
	}
	params, err := readModel(name, &m, func() manifest { return m.Manifest })
	if err != nil {
		return nil, err
	}
	b := builder{nodes: map[string]node{}, params: params, place: map[string]int{}}
	for _, n := range m.Topology.Node {
		b.nodes[n.Name] = n
	}
	for _, w := range wanted {
		place, err := b.build(w)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		b.outputs = append(b.outputs, place)
	}
	b.forget()
	return &b.graph, nil
}

// forget notes after which step each value is needed no more, which halves the
// memory that a run takes.
func (g *graph) forget() {
	needed := map[int]bool{}
	for _, place := range g.outputs {
		needed[place] = true
	}
	for i := len(g.steps) - 1; i >= 0; i-- {
		for _, place := range g.steps[i].in {
			if !needed[place] {
				needed[place] = true
				g.steps[i].last = append(g.steps[i].last, place)
			}
		}
	}
}

// run returns the wanted outputs in their order.
func (g *graph) run(input tensor) []tensor {
	values := make([]tensor, len(g.steps))
	for i, s := range g.steps {
		in := make([]tensor, 0, 2)
		for _, place := range s.in {
			in = append(in, values[place])
		}
		if len(in) == 0 { // the placeholder
			in = append(in, input)
		}
		values[i] = s.run(in)
		for _, place := range s.last {
			values[place] = tensor{}
		}
	}
	outputs := make([]tensor, len(g.outputs))
	for i, place := range g.outputs {
		outputs[i] = values[place]
	}
	return outputs
}

// builder puts nodes in order, each after those it needs.
type builder struct {
	graph
	nodes  map[string]node
	params map[string]param
	place  map[string]int // of the nodes built
}

func (b *builder) build(name string) (place int, err error) {
	if place, ok := b.place[name]; ok {
		return place, nil
	}
	n, ok := b.nodes[name]
	if !ok {
		return 0, fmt.Errorf("no node %q", name)
	}
	var s step
	for _, input := range n.Input {
		if _, ok := b.params[b.name(input)]; ok {
			continue
		}
		from, err := b.build(b.name(input))
		if err != nil {
			return 0, err
		}
		s.in = append(s.in, from)
	}
	if s.run, err = b.operation(n); err != nil {
		return 0, fmt.Errorf("%s: %w", name, err)
	}
	b.steps = append(b.steps, s)
	b.place[name] = len(b.steps) - 1
	return b.place[name], nil
}

// name is an input without the number of its output.
func (b *builder) name(input string) string { name, _, _ := strings.Cut(input, ":"); return name }

func (b *builder) param(n node, i int) param { return b.params[b.name(n.Input[i])] }

func (b *builder) operation(n node) (func([]tensor) tensor, error) {
	switch n.Op {
	case "Placeholder", "Identity":
		return func(in []tensor) tensor { return in[0] }, nil
	case "Reshape": // the outputs are read as plain lists
		return func(in []tensor) tensor { return tensor{1, 1, len(in[0].v), in[0].v} }, nil
	case "AddV2":
		return func(in []tensor) tensor { return add(copied(in[0]), in[1]) }, nil
	case "Relu":
		return func(in []tensor) tensor { return relu(copied(in[0])) }, nil
	case "Prelu":
		slope := b.param(n, 1).v
		return func(in []tensor) tensor { return prelu(copied(in[0]), slope) }, nil
	case "Sigmoid":
		return func(in []tensor) tensor {
			o := copied(in[0])
			for i, v := range o.v {
				o.v[i] = float32(sigmoid(v))
			}
			return o
		}, nil
	case "MaxPool":
		kernel, stride := n.number("ksize"), n.number("strides")
		return func(in []tensor) tensor { return maxPool(in[0], kernel, stride) }, nil
	case "Pad": // of channels alone: [[0 0] [0 0] [0 0] [0 more]]
		more := int(b.param(n, 1).v[7])
		return func(in []tensor) tensor { return widen(in[0], in[0].c+more) }, nil
	case "DepthwiseConv2dNative":
		filter, stride := b.param(n, 1), n.number("strides")
		return func(in []tensor) tensor { return depthwise(in[0], filter, stride) }, nil
	case "_FusedConv2D":
		return b.convolution(n)
	}
	return nil, fmt.Errorf("no operation %q", n.Op)
}

// convolution is a convolution with what is fused to it.
func (b *builder) convolution(n node) (func([]tensor) tensor, error) {
	c, stride, pad := newConv(b.param(n, 1), b.param(n, 2).v, nil), n.number("strides"), padding(valid)
	if n.text("padding") == "SAME" {
		pad = same
	}
	then := func(t tensor) tensor { return t }
	for _, f := range n.Attr["fused_ops"].List.S {
		switch fused := decoded(f); fused {
		case "BiasAdd":
		case "Relu":
			then = relu
		case "Prelu":
			slope := b.param(n, 3).v
			then = func(t tensor) tensor { return prelu(t, slope) }
		default:
			return nil, fmt.Errorf("no fused operation %q", fused)
		}
	}
	return func(in []tensor) tensor { return then(c.run(in[0], stride, pad)) }, nil
}

// number reads the side of a window or stride, [1 n n 1].
func (n node) number(name string) int {
	list := n.Attr[name].List.I
	if len(list) != 4 {
		return 0
	}
	v, _ := strconv.Atoi(strings.Trim(string(list[1]), `"`))
	return v
}

func (n node) text(name string) string { return decoded(n.Attr[name].S) }

func decoded(s string) string {
	b, _ := base64.StdEncoding.DecodeString(s)
	return string(b)
}

func copied(t tensor) tensor { return tensor{t.h, t.w, t.c, slices.Clone(t.v)} }

func sigmoid(v float32) float64 { return 1 / (1 + math.Exp(-float64(v))) }
