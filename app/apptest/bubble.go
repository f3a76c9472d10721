package apptest

import (
	"testing"
	"testing/synctest"
	"time"
)

// Bubble is New in a bubble of testing/synctest, for rules of time: the world's clock
// is the bubble's, on which Wait sleeps without taking any time, and all that the
// world does in the background is done before the clock moves on. Nothing in the test
// may wait for the network.
func Bubble(t *testing.T, test func(t *testing.T, w *World)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		test(t, open(t, &World{T: t, Folder: t.TempDir(), start: Start, bubble: time.Now()}, nil))
	})
}

// WaitUntil moves the clock on to the moment.
func (w *World) WaitUntil(moment time.Time) {
	w.T.Helper()
	w.Wait(moment.Sub(w.Now()))
}
