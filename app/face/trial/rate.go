package trial

import (
	"slices"

	"laoqi/app/face"
)

// Share is so many of all.
type Share struct{ Some, All int }

// Rate is what comes of one threshold. Rejected are true pairs that lie further
// apart, Accepted are pairs of strangers that do not.
type Rate struct {
	Threshold          float64
	Rejected, Accepted Share
}

// looks is how many pictures of a person make the template of an enrolment, at most.
const looks = 4

// Pairs compares each picture to each other one.
func (f Faces) Pairs(thresholds []float64) []Rate {
	var own, strange []float64
	for i, s := range f.sittings {
		for k, t := range s.templates {
			for _, u := range s.templates[k+1:] {
				own = append(own, t.Distance(u))
			}
			for _, o := range f.sittings[i+1:] {
				for _, u := range o.templates {
					strange = append(strange, t.Distance(u))
				}
			}
		}
	}
	return rates(own, strange, thresholds)
}

// Enrolments compares each picture to the mean of others of one person, as a face
// that was enrolled is.
func (f Faces) Enrolments(thresholds []float64) []Rate {
	var own, strange []float64
	for i, s := range f.sittings {
		for k, t := range s.templates {
			for j, o := range f.sittings {
				others := o.templates
				if i == j {
					others = slices.Concat(others[:k], others[k+1:])
				}
				if len(others) < 2 {
					continue
				}
				d := face.Centroid(others[:min(looks, len(others))]).Distance(t)
				if i == j {
					own = append(own, d)
				} else {
					strange = append(strange, d)
				}
			}
		}
	}
	return rates(own, strange, thresholds)
}

func rates(own, strange, thresholds []float64) (list []Rate) {
	for _, limit := range thresholds {
		r := Rate{limit, Share{All: len(own)}, Share{All: len(strange)}}
		for _, d := range own {
			if !(d <= limit) {
				r.Rejected.Some++
			}
		}
		for _, d := range strange {
			if d <= limit {
				r.Accepted.Some++
			}
		}
		list = append(list, r)
	}
	return list
}
