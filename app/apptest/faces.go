package apptest

import (
	"context"
	"crypto/sha256"
	"errors"
	"sync"
	"testing"

	"laoqi/app"
	"laoqi/app/apptest/head"
	"laoqi/app/demo"
	"laoqi/app/face"
	"laoqi/app/identity"
)

// reader is the built-in model for all tests of a package. It remembers what it
// read, since the same drawn faces come again and again.
var reader remembering

// BuiltIn is that model.
var BuiltIn identity.FaceReader = &reader

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
		f.Describe = remembered(f.Describe)
	}
	if lasts(err) {
		r.seen.Store(key, glimpse{f, err})
	}
	return f, err
}

// remembered describes a face once.
func remembered(describe func(context.Context) (face.Template, error)) func(context.Context) (face.Template, error) {
	var mu sync.Mutex
	var t face.Template
	err := face.ErrBusy
	return func(ctx context.Context) (face.Template, error) {
		mu.Lock()
		defer mu.Unlock()
		if !lasts(err) {
			t, err = describe(ctx)
		}
		return t, err
	}
}

// lasts reports whether the picture would be read so again, whoever else reads.
func lasts(err error) bool {
	return err == nil || errors.Is(err, face.ErrNone) || errors.Is(err, face.ErrSeveral) || errors.Is(err, face.ErrPicture)
}

// degrees is how far a head turns that does what is asked.
var degrees = map[string]float64{"left": 30, "right": -30, "straight": 0}

// Rehearse reads what Wang shows in a challenge, so that FaceCloud answers in time
// however slow the machine is.
func Rehearse(t testing.TB) {
	t.Helper()
	for turn := range degrees {
		f, err := reader.Read(t.Context(), Look(head.Wang, turn), face.Box{})
		if err == nil {
			_, err = f.Describe(t.Context())
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// Look is the frame of somebody who turns as asked.
func Look(who head.Person, turn string) []byte { return who.JPEG(640, 480, degrees[turn]) }

// Follow does what a face check asks until it ends.
func (w *World) Follow(by app.Actor, token string, p identity.Prompt, who head.Person) identity.Prompt {
	w.T.Helper()
	for range 20 {
		var err error
		if p, err = w.Identity.SeeFace(w.T.Context(), by, token, p.Nonce, Look(who, p.Turn)); err != nil {
			w.T.Fatal(err)
		}
		if p.Passed || p.Failed {
			return p
		}
	}
	w.T.Fatal("the face check does not end")
	return p
}

// TakeFace makes the face of a sample person known, and the desk compares it.
func (w *World) TakeFace(sample demo.Who, who head.Person) {
	w.T.Helper()
	ctx, by := w.T.Context(), w.Actor(sample)
	must := func(err error) {
		w.T.Helper()
		if err != nil {
			w.T.Fatal(err)
		}
	}
	must(w.Identity.SendCode(ctx, by, identity.ForFace))
	token, err := w.Identity.Enrol(ctx, by, identity.Enrolment{Agreed: []string{identity.FaceConsent.Name}, Proof: identity.Proof{Password: demo.Password, Code: w.Code(sample)}})
	must(err)
	p, err := w.Identity.BeginFace(ctx, by, token)
	must(err)
	if p = w.Follow(by, token, p, who); !p.Passed {
		w.T.Fatalf("the enrolment ends with %+v", p)
	}
	must(w.Identity.Claim(ctx, by, who.JPEG(800, 600, 4)))
	waiting, err := w.Identity.WaitingClaims(ctx, 0)
	must(err)
	must(w.Identity.DecideClaim(ctx, w.Actor(demo.Reviewer), waiting[len(waiting)-1].ID, "", false, w.Verified))
}
