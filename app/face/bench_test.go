package face_test

import (
	"testing"

	"laoqi/app/apptest/head"
	"laoqi/app/face"
)

func BenchmarkRead(b *testing.B) {
	var m face.Model
	frame := head.Li.JPEG(640, 480, 0)
	for b.Loop() {
		if _, err := m.Read(b.Context(), frame, face.Box{}); err != nil {
			b.Fatal(err)
		}
	}
}
