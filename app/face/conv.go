package face

// conv is a convolution whose weights are packed for four outputs at a time.
type conv struct {
	kh, kw, in, out int
	packed          []float32 // [out/4][kh*kw*in][4]
	bias            []float32
}

// newConv packs weights of shape [h w in out]; a scale, if any, multiplies each output.
func newConv(w param, bias, scale []float32) conv {
	kh, kw, in, out := w.shape[0], w.shape[1], w.shape[2], w.shape[3]
	k, groups := kh*kw*in, (out+3)/4
	c := conv{kh, kw, in, out, make([]float32, groups*k*4), make([]float32, groups*4)}
	copy(c.bias, bias)
	for j := range out {
		s := float32(1)
		if scale != nil {
			s = scale[j]
		}
		for i := range k {
			c.packed[(j/4)*k*4+i*4+j%4] = w.v[i*out+j] * s
		}
	}
	return c
}

// run convolves two pixels by four outputs at a time.
func (c conv) run(t tensor, stride int, pad padding) tensor {
	h, top := pad(t.h, c.kh, stride)
	w, left := pad(t.w, c.kw, stride)
	o := newTensor(h, w, c.out)
	k := c.kh * c.kw * c.in
	rows := make([]float32, 2*k)
	for m := 0; m < h*w; m += 2 {
		n := min(2, h*w-m)
		for r := range n {
			y, x := (m+r)/w, (m+r)%w
			c.gather(rows[r*k:(r+1)*k], t, y*stride-top, x*stride-left)
		}
		for j := 0; j < c.out; j += 4 {
			sums := multiply(rows[:k], rows[k:], c.packed[j*k:][:4*k], c.bias[j:])
			for r := range n {
				copy(o.v[(m+r)*c.out+j:(m+r+1)*c.out], sums[r][:])
			}
		}
	}
	return o
}

// gather copies the window at (y, x) into row; outside the picture all is zero.
//
//go:norace
func (c conv) gather(row []float32, t tensor, y, x int) {
	for ky := range c.kh {
		line := row[ky*c.kw*c.in:][:c.kw*c.in]
		switch iy := y + ky; {
		case iy < 0 || iy >= t.h:
			clear(line)
		case x >= 0 && x+c.kw <= t.w:
			copy(line, t.v[(iy*t.w+x)*t.c:])
		default:
			clear(line)
			from, to := max(x, 0), min(x+c.kw, t.w)
			copy(line[(from-x)*c.in:], t.v[(iy*t.w+from)*t.c:(iy*t.w+to)*t.c])
		}
	}
}

// multiply is the kernel that all the time is spent in: two rows by four columns,
// as many sums as the processor has registers for, and two steps a round, which
// takes six tenths of the time that one takes.
//
//go:norace
func multiply(a, b, columns, bias []float32) (sums [2][4]float32) {
	c0, c1, c2, c3 := bias[0], bias[1], bias[2], bias[3]
	d0, d1, d2, d3 := c0, c1, c2, c3
	for len(a) >= 2 && len(b) >= 2 && len(columns) >= 8 {
		v, w := a[0], b[0]
		c0 += v * columns[0]
		d0 += w * columns[0]
		c1 += v * columns[1]
		d1 += w * columns[1]
		c2 += v * columns[2]
		d2 += w * columns[2]
		c3 += v * columns[3]
		d3 += w * columns[3]
		v, w = a[1], b[1]
		c0 += v * columns[4]
		d0 += w * columns[4]
		c1 += v * columns[5]
		d1 += w * columns[5]
		c2 += v * columns[6]
		d2 += w * columns[6]
		c3 += v * columns[7]
		d3 += w * columns[7]
		a, b, columns = a[2:], b[2:], columns[8:]
	}
	sums = [2][4]float32{{c0, c1, c2, c3}, {d0, d1, d2, d3}}
	if len(a) > 0 { // an odd number
		for i := range sums[0] {
			sums[0][i] += a[0] * columns[i]
			sums[1][i] += b[0] * columns[i]
		}
	}
	return sums
}
