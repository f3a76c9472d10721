package face

import "math"

// meshSide is the size of the crop that the mesh network reads.
const meshSide = 192

// minPresence is how sure the mesh network must be that its crop is a face.
const minPresence = 0.8

var meshOutputs = []string{"Identity_2", "Identity_1"}

// mesh is the 468 points of a face, in pixels of the picture; z is depth.
type mesh struct {
	points   [468]struct{ x, y, z float64 }
	presence float64
}

// Points of the mesh, on the subject's own sides.
const (
	rightEyeOuter, rightEyeInner = 33, 133
	leftEyeOuter, leftEyeInner   = 263, 362
	rightCheek, leftCheek        = 234, 454
	noseBase                     = 2
)

// Box is where a face stands in a picture: its middle, its greater side with
// room around it, and the angle of the eyes. The zero Box is nowhere.
type Box struct{ X, Y, Side, Angle float64 }

// meshOf reads the mesh twice: in the detector's box, then in the box of the
// first mesh, which is the better one.
func (m *Model) meshOf(t tensor, d detection) mesh {
	right, left := d.eyes[0], d.eyes[1]
	first := m.readMesh(t, Box{d.x + d.w/2, d.y + d.h/2, 1.5 * max(d.w, d.h), math.Atan2(left.y-right.y, left.x-right.x)})
	return m.readMesh(t, first.box())
}

func (m *Model) readMesh(t tensor, b Box) (o mesh) {
	s := around(point{b.X, b.Y}, b.Side, b.Angle, meshSide)
	in := crop(t, meshSide, s)
	for i := range in.v {
		in.v[i] /= 255
	}
	out := m.mesh.run(in)
	scale := math.Hypot(s.cos, s.sin)
	for i := range o.points {
		v := out[0].v[3*i:]
		p := s.to(point{float64(v[0]), float64(v[1])})
		o.points[i].x, o.points[i].y, o.points[i].z = p.x, p.y, float64(v[2])*scale
	}
	o.presence = float64(out[1].v[0])
	return o
}

func (m mesh) at(i int) point { return point{m.points[i].x, m.points[i].y} }

// bounds are the corners of the box around all points.
func (m mesh) bounds() (least, most point) {
	least, most = m.at(0), m.at(0)
	for i := range m.points {
		p := m.at(i)
		least, most = point{min(least.x, p.x), min(least.y, p.y)}, point{max(most.x, p.x), max(most.y, p.y)}
	}
	return least, most
}

func (m mesh) width() float64 {
	least, most := m.bounds()
	return most.x - least.x
}

// box is where to look for the face again.
func (m mesh) box() Box {
	least, most := m.bounds()
	right, left := m.at(rightEyeOuter), m.at(leftEyeOuter)
	return Box{(least.x + most.x) / 2, (least.y + most.y) / 2, 1.5 * max(most.x-least.x, most.y-least.y), math.Atan2(left.y-right.y, left.x-right.x)}
}

// yaw is how far the head is turned to its own left, in degrees.
func (m mesh) yaw() float64 {
	right, left := m.points[rightCheek], m.points[leftCheek]
	return math.Atan2(left.z-right.z, left.x-right.x) * 180 / math.Pi
}

// chipSide is the size of the picture that the descriptor reads.
const chipSide = 150

// chipPoints are where dlib puts the corners of the eyes and the base of the
// nose in a chip with a quarter of padding around it.
var chipPoints = []struct {
	point int
	x, y  float64
}{
	{leftEyeOuter, 0.8595674595992, 0.2134981538014},
	{leftEyeInner, 0.6460604764104, 0.2289674387677},
	{rightEyeOuter, 0.1205750620789, 0.2137274526848},
	{rightEyeInner, 0.3340850613712, 0.2290642403242},
	{noseBase, 0.4901123135679, 0.6277975316475},
}

// chip is the face, upright and of a fixed size.
func (m mesh) chip(t tensor) tensor {
	const padding = 0.25
	var from, to []point
	for _, p := range chipPoints {
		from = append(from, point{(padding + p.x) / (1 + 2*padding) * chipSide, (padding + p.y) / (1 + 2*padding) * chipSide})
		to = append(to, m.at(p.point))
	}
	return crop(t, chipSide, fitted(from, to))
}
