// Package face reads faces in pictures: where one is, which way it looks, and a
// template by which it is known again. It runs three trained networks in plain Go,
// holds no database and speaks to nobody. Challenge is the test that a living
// person sits before the camera.
package face

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"sync"
	"time"
)

// Model is the built-in networks. The zero Model loads them on first use (22 MB
// of weights) and reads one picture at a time.
type Model struct {
	once      sync.Once
	failed    error
	detector  *graph
	mesh      *graph
	describer *describer

	queue, turn chan struct{} // who reads or waits to; who reads
}

// Name tells templates of this model from those of others.
func (m *Model) Name() string { return "laoqi-face/1" }

// Rules of the queue. A frame takes 20 to 140 ms of one core, a template 100.
const (
	maxQueue = 16
	maxWait  = 3 * time.Second
)

// maxFaces bounds the time that a picture of a crowd takes.
const maxFaces = 3

// What may be wrong with a picture, beside ErrPicture.
var (
	ErrNone    = errors.New("face: no face in the picture")
	ErrSeveral = errors.New("face: several faces in the picture")
	ErrBusy    = errors.New("face: too many pictures wait")
	ErrDown    = errors.New("face: the service does not answer") // of a reader outside
)

// Face is the one face of a picture.
type Face struct {
	Yaw   float64 // how far the head is turned to its own left, in degrees
	Share float64 // of the picture's width
	Box   Box
	// Describe makes the template, which costs more than all the rest. In a frame
	// in which the face was only followed it looks for others first: ErrSeveral.
	Describe func(context.Context) (Template, error)
}

// Read finds the one face in a frame of a camera, near the box of the frame
// before if there is one.
func (m *Model) Read(ctx context.Context, frame []byte, near Box) (f Face, err error) {
	err = m.inTurn(ctx, func() error {
		t, err := decode(frame, MaxFrame, framePixels)
		if err != nil {
			return err
		}
		if near != (Box{}) {
			if x := m.readMesh(t, near); x.presence >= minPresence {
				f = m.seen(t, x, m.others)
				return nil
			}
		}
		f, err = m.search(t, 1)
		return err
	})
	return f, err
}

// ReadDocument finds the greatest face in a picture of an identity document,
// which may lie on its side.
func (m *Model) ReadDocument(ctx context.Context, picture []byte) (f Face, err error) {
	err = m.inTurn(ctx, func() error {
		t, err := decode(picture, MaxDocument, docPixels)
		for range 4 {
			if err != nil {
				return err
			}
			if f, err = m.search(t, maxFaces); err != ErrNone {
				return err
			}
			t, err = turned(t), nil
		}
		return ErrNone
	})
	return f, err
}

// inTurn waits until nobody else reads, then does the work.
func (m *Model) inTurn(ctx context.Context, work func() error) error {
	m.once.Do(m.load)
	if m.failed != nil {
		return m.failed
	}
	ctx, cancel := context.WithTimeout(ctx, maxWait)
	defer cancel()
	select {
	case m.queue <- struct{}{}:
		defer func() { <-m.queue }()
	default:
		return ErrBusy
	}
	select {
	case m.turn <- struct{}{}:
		defer func() { <-m.turn }()
		return work()
	case <-ctx.Done():
		return ErrBusy
	}
}

func (m *Model) load() {
	m.queue, m.turn = make(chan struct{}, maxQueue), make(chan struct{}, 1)
	var errs [3]error
	m.detector, errs[0] = loadGraph("blazeface", detectorOutputs...)
	m.mesh, errs[1] = loadGraph("facemesh", meshOutputs...)
	m.describer, errs[2] = loadDescriber()
	m.failed = errors.Join(errs[:]...)
}

// search finds the greatest face of a picture that has at most so many.
func (m *Model) search(t tensor, most int) (Face, error) {
	var found []mesh
	for _, d := range m.detect(t, detectorSide) {
		if x := m.meshOf(t, d); x.presence >= minPresence {
			found = append(found, x)
		}
		if len(found) == maxFaces {
			break
		}
	}
	switch {
	case len(found) == 0:
		return Face{}, ErrNone
	case len(found) > most:
		return Face{}, ErrSeveral
	}
	return m.seen(t, slices.MaxFunc(found, func(a, b mesh) int { return cmp.Compare(a.width(), b.width()) }), nobody), nil
}

// seen is the face of a mesh; others tells whether there is another face in the picture.
func (m *Model) seen(t tensor, x mesh, others func(tensor, mesh) bool) Face {
	return Face{Yaw: x.yaw(), Share: x.width() / float64(t.w), Box: x.box(), Describe: func(ctx context.Context) (d Template, err error) {
		err = m.inTurn(ctx, func() error {
			if others(t, x) {
				return ErrSeveral
			}
			d = m.describer.describe(x.chip(t))
			return nil
		})
		return d, err
	}}
}

func nobody(tensor, mesh) bool { return false }

// others reports whether a face stands beside that of the mesh.
func (m *Model) others(t tensor, x mesh) bool {
	least, most := x.bounds()
	own := detection{x: least.x, y: least.y, w: most.x - least.x, h: most.y - least.y}
	return slices.ContainsFunc(m.detect(t, glanceSide), func(d detection) bool {
		return own.overlap(d) < maxOverlap && m.meshOf(t, d).presence >= minPresence
	})
}
