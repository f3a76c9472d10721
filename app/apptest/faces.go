package apptest

import (
	"context"
	"crypto/sha256"
	"sync"

	"laoqi/app"
	"laoqi/app/apptest/head"
	"laoqi/app/demo"
	"laoqi/app/face"
	"laoqi/app/identity"
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

// degrees is how far a head turns that does what is asked.
var degrees = map[string]float64{"left": 30, "right": -30, "straight": 0}

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
