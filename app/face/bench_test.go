package face_test

import (
	"testing"

	"laoqi/app/apptest/head"
	"laoqi/app/face"
	"laoqi/app/face/trial"
)

// BenchmarkVerification is a whole verification of 13 frames; it should take no
// more than a second of one core and 200 MB.
func BenchmarkVerification(b *testing.B) {
	var m face.Model
	frame := head.Li.JPEG(640, 480, 0)
	if _, err := m.Read(b.Context(), frame, face.Box{}); err != nil {
		b.Fatal(err)
	}
	trial.Forget()
	for b.Loop() {
		if err := trial.Verify(b.Context(), &m, frame); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(trial.Memory()>>20), "MB-peak")
}
