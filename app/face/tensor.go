package face

// tensor is a picture or a layer's output: rows of pixels of channels.
type tensor struct {
	h, w, c int
	v       []float32
}

func newTensor(h, w, c int) tensor { return tensor{h, w, c, make([]float32, h*w*c)} }

// pixel returns the channels of one place.
func (t tensor) pixel(y, x int) []float32 { return t.v[(y*t.w+x)*t.c:][:t.c] }

// same is TensorFlow's padding SAME: the output's length and the padding before.
func same(in, kernel, stride int) (out, before int) {
	out = (in + stride - 1) / stride
	return out, max(0, (out-1)*stride+kernel-in) / 2
}

// valid is TensorFlow's padding VALID.
func valid(in, kernel, stride int) (out, before int) { return (in-kernel)/stride + 1, 0 }

type padding func(in, kernel, stride int) (out, before int)

// relu clears what is negative, in place.
//
//go:norace
func relu(t tensor) tensor {
	for i, v := range t.v {
		t.v[i] = max(v, 0)
	}
	return t
}

// prelu scales what is negative by its channel's slope, in place.
//
//go:norace
func prelu(t tensor, slope []float32) tensor {
	for at := 0; at < len(t.v); at += len(slope) {
		row := t.v[at:][:len(slope)]
		for i, v := range row {
			if v < 0 {
				row[i] = v * slope[i]
			}
		}
	}
	return t
}

// add adds b to a, in place.
//
//go:norace
func add(a, b tensor) tensor {
	for i, v := range b.v {
		a.v[i] += v
	}
	return a
}

// widen gives each pixel more channels, all zero.
func widen(t tensor, c int) tensor {
	o := newTensor(t.h, t.w, c)
	for i := range t.h * t.w {
		copy(o.v[i*c:], t.v[i*t.c:][:t.c])
	}
	return o
}

// maxPool takes the greatest value of each window.
func maxPool(t tensor, kernel, stride int) tensor {
	return pool(t, kernel, stride, func(o, in []float32) {
		for i, v := range in {
			o[i] = max(o[i], v)
		}
	})
}

// meanPool takes the mean of each window.
func meanPool(t tensor, kernel, stride int) tensor {
	o := pool(t, kernel, stride, func(o, in []float32) {
		for i, v := range in {
			o[i] += v
		}
	})
	for i := range o.v {
		o.v[i] /= float32(kernel * kernel)
	}
	return o
}

// pool begins each window with its first pixel and joins the others to it.
func pool(t tensor, kernel, stride int, join func(o, in []float32)) tensor {
	h, _ := valid(t.h, kernel, stride)
	w, _ := valid(t.w, kernel, stride)
	o := newTensor(h, w, t.c)
	for y := range h {
		for x := range w {
			window := o.pixel(y, x)
			copy(window, t.pixel(y*stride, x*stride))
			for k := 1; k < kernel*kernel; k++ {
				join(window, t.pixel(y*stride+k/kernel, x*stride+k%kernel))
			}
		}
	}
	return o
}

// depthwise convolves each channel by itself; the filter's shape is [h w c 1].
//
//go:norace
func depthwise(t tensor, filter param, stride int) tensor {
	kh, kw := filter.shape[0], filter.shape[1]
	h, top := same(t.h, kh, stride)
	w, left := same(t.w, kw, stride)
	o := newTensor(h, w, t.c)
	for y := range h {
		for x := range w {
			out := o.pixel(y, x)
			for k := range kh * kw {
				iy, ix := y*stride-top+k/kw, x*stride-left+k%kw
				if iy < 0 || iy >= t.h || ix < 0 || ix >= t.w {
					continue
				}
				in, f := t.pixel(iy, ix)[:len(out)], filter.v[k*t.c:][:len(out)]
				for i, v := range in {
					out[i] += v * f[i]
				}
			}
		}
	}
	return o
}
