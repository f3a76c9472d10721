package face

import "math"

// Template is a face as a list of numbers; those of one person lie close together.
type Template []float32

// Distance is the Euclidean distance of two templates; it is infinite between
// templates of different models.
func (t Template) Distance(o Template) float64 {
	if len(t) != len(o) || len(t) == 0 {
		return math.Inf(1)
	}
	sum := 0.0
	for i := range t {
		d := float64(t[i] - o[i])
		sum += d * d
	}
	return math.Sqrt(sum)
}

// Centroid is the mean of templates, which is closer to the person than any one.
func Centroid(all []Template) Template {
	mean := make(Template, len(all[0]))
	for _, t := range all {
		for i, v := range t {
			mean[i] += v / float32(len(all))
		}
	}
	return mean
}
