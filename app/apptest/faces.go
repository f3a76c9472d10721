package apptest

import (
	"context"
	"crypto/sha256"
	"sync"

	"laoqi/app/face"
)

// reader is the built-in model for all tests of a package. It remembers what it
// read, since the same drawn faces come again and again.
var reader remembering

type remembering struct {
	face.Model
	seen sync.Map // by sight
}

type sight struct {
	frame [sha256.Size]byte
	near  face.Box
}

type glimpse struct {
	face face.Face
	err  error
}

// Read reads a frame once.
func (r *remembering) Read(ctx context.Context, frame []byte, near face.Box) (face.Face, error) {
	key := sight{sha256.Sum256(frame), near}
	if g, ok := r.seen.Load(key); ok {
		return g.(glimpse).face, g.(glimpse).err
	}
	f, err := r.Model.Read(ctx, frame, near)
	if err == nil {
		describe := f.Describe
		described := sync.OnceValues(func() (face.Template, error) { return describe(context.WithoutCancel(ctx)) })
		f.Describe = func(context.Context) (face.Template, error) { return described() }
	}
	r.seen.Store(key, glimpse{f, err})
	return f, err
}
