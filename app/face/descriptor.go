package face

import (
	"slices"
	"strings"
)

// describer is dlib's ResNet, which turns a chip into a Template.
type describer struct {
	first  conv
	blocks []block
	last   param // [256 128]
}

// block is two convolutions and the way around them; down halves the size.
type block struct {
	a, b conv
	down bool
}

func loadDescriber() (*describer, error) {
	var m manifest
	params, err := readModel("facerecognition", &m, func() manifest { return m })
	if err != nil {
		return nil, err
	}
	// Each convolution is followed by a scale and a shift, folded into it here.
	layer := func(name string) conv {
		scale, shift := params[name+"/scale/weights"].v, slices.Clone(params[name+"/scale/biases"].v)
		for i, b := range params[name+"/conv/bias"].v {
			shift[i] += b * scale[i]
		}
		return newConv(params[name+"/conv/filters"], shift, scale)
	}
	d := &describer{first: layer("conv32_down"), last: params["fc"]}
	for _, name := range []string{"conv32_1", "conv32_2", "conv32_3", "conv64_down", "conv64_1", "conv64_2", "conv64_3",
		"conv128_down", "conv128_1", "conv128_2", "conv256_down", "conv256_1", "conv256_2", "conv256_down_out"} {
		down := strings.Contains(name, "down")
		d.blocks = append(d.blocks, block{layer(name + "/conv1"), layer(name + "/conv2"), down})
	}
	return d, nil
}

// mean is what the network was trained to subtract from red, green and blue.
var mean = [3]float32{122.782, 117.001, 104.298}

// describe takes a chip of 150 by 150 pixels.
func (d *describer) describe(chip tensor) Template {
	x, t := copied(chip), make(Template, d.last.shape[1])
	for i := range x.v {
		x.v[i] = (x.v[i] - mean[i%3]) / 255
	}
	x = maxPool(relu(d.first.run(x, 2, valid)), 3, 2)
	for _, b := range d.blocks {
		x = b.run(x)
	}
	for i, v := range x.v {
		v /= float32(x.h * x.w)
		for j := range t {
			t[j] += v * d.last.v[(i%x.c)*len(t)+j]
		}
	}
	return t
}

func (b block) run(x tensor) tensor {
	if !b.down {
		return relu(add(b.b.run(relu(b.a.run(x, 1, same)), 1, same), x))
	}
	y := b.b.run(relu(b.a.run(x, 2, valid)), 1, same)
	p := meanPool(x, 2, 2)
	o := newTensor(max(y.h, p.h), max(y.w, p.w), y.c)
	for _, part := range []tensor{y, p} { // the smaller one, and the channels it lacks, count as zero
		for row := range part.h {
			for column := range part.w {
				out := o.pixel(row, column)
				for i, v := range part.pixel(row, column) {
					out[i] += v
				}
			}
		}
	}
	return relu(o)
}
