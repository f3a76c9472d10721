package face

// detection is a face that the detector found.
type detection struct {
	x, y, w, h float64 // in pixels of the picture
	score      float64
	eyes       [2]point // the subject's right and left one
}

// Rules of detection.
const (
	detectorSide = 256 // of the picture that the network was trained for
	glanceSide   = 128 // enough for a face near the camera, in a quarter of the time
	minScore     = 0.5
	maxOverlap   = 0.3 // of two boxes that count as two faces
)

// The outputs of the detector: scores and boxes of a fine and a coarse grid.
var detectorOutputs = []string{"Identity", "Identity_2", "Identity_1", "Identity_3"}

// grids are the cells of pixels that the outputs are about, and how many boxes each cell has.
var grids = []struct{ pixels, each int }{{16, 2}, {32, 6}}

// detect finds the faces of a picture made so small, the surest first.
func (m *Model) detect(t tensor, size int) []detection {
	side := float64(max(t.w, t.h))
	s := around(point{float64(t.w) / 2, float64(t.h) / 2}, side, 0, size)
	in := crop(t, size, s)
	for i, v := range in.v {
		in.v[i] = v/127.5 - 1
	}
	out := m.detector.run(in)
	var found []detection
	for i, g := range grids {
		found = append(found, decodeGrid(out[2*i].v, out[2*i+1].v, g.pixels, size/g.pixels, g.each, s)...)
	}
	return distinct(found)
}

// decodeGrid reads one grid's scores and boxes of 16 numbers: centre, size and
// six keypoints, all relative to the middle of their cell.
func decodeGrid(scores, boxes []float32, pixels, cells, each int, s similarity) (found []detection) {
	for i, v := range scores {
		score := sigmoid(v)
		if score < minScore {
			continue
		}
		cell, b := i/each, boxes[16*i:]
		at := func(k int) point {
			return s.to(point{float64(b[k]) + (float64(cell%cells)+.5)*float64(pixels),
				float64(b[k+1]) + (float64(cell/cells)+.5)*float64(pixels)})
		}
		centre, w, h := at(0), float64(b[2])*s.cos, float64(b[3])*s.cos
		found = append(found, detection{centre.x - w/2, centre.y - h/2, w, h, score, [2]point{at(4), at(6)}})
	}
	return found
}

// distinct keeps the surest of the boxes that overlap.
func distinct(found []detection) (kept []detection) {
	for len(found) > 0 {
		best := found[0]
		for _, d := range found {
			if d.score > best.score {
				best = d
			}
		}
		kept = append(kept, best)
		var rest []detection
		for _, d := range found {
			if d != best && best.overlap(d) < maxOverlap {
				rest = append(rest, d)
			}
		}
		found = rest
	}
	return kept
}

// overlap is the common share of two boxes' area.
func (d detection) overlap(o detection) float64 {
	w := max(0, min(d.x+d.w, o.x+o.w)-max(d.x, o.x))
	h := max(0, min(d.y+d.h, o.y+o.h)-max(d.y, o.y))
	return w * h / (d.w*d.h + o.w*o.h - w*h)
}
