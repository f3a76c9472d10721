package face

import (
	"context"
	"time"
)

// Times is how long the parts of reading one picture take.
type Times struct{ Decode, Detect, Mesh, Describe time.Duration }

// Measure reads a picture of a camera as Read does, and times its parts.
func (m *Model) Measure(ctx context.Context, frame []byte) (took Times, err error) {
	err = m.inTurn(ctx, func() error {
		last := time.Now()
		lap := func(d *time.Duration) { now := time.Now(); *d, last = now.Sub(last), now }
		t, err := decode(frame, MaxFrame, framePixels)
		if err != nil {
			return err
		}
		lap(&took.Decode)
		found := m.detect(t, detectorSide)
		if len(found) == 0 {
			return ErrNone
		}
		lap(&took.Detect)
		x := m.readMesh(t, m.meshOf(t, found[0]).box())
		last = time.Now()
		x = m.readMesh(t, x.box())
		lap(&took.Mesh)
		m.describer.describe(x.chip(t))
		lap(&took.Describe)
		return nil
	})
	return took, err
}
