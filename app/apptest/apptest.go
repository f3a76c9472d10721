// Package apptest gives tests a whole installation on a temporary folder: the
// real database, cheap passwords, a clock to set, and phones to read.
package apptest

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"sync"
	"testing"
	"time"

	"laoqi/app"
	"laoqi/app/apptest/tsa"
	"laoqi/app/demo"
	"laoqi/app/hub"
	"laoqi/app/identity"
	"laoqi/app/notify"
	"laoqi/app/office"
	"laoqi/app/outbox"
	"laoqi/app/provider"
	"laoqi/app/store"
	"laoqi/app/vault"
)

// World is an installation under test.
type World struct {
	*office.Office
	T      testing.TB
	Screen *provider.Screen // the phones
	Folder string

	start  time.Time
	bubble time.Time // when its bubble began; zero outside of one
	faces  identity.Faces
	mu     sync.Mutex
	offset time.Duration
	idle   chan struct{}
	rested time.Duration // of the time-stamp authority outside

	issuers *provider.Issuers
}

// lines are those of the outbox: a job adds none to a line before its own.
var lines = []string{"", notify.CodeLine, notify.TextLine}

func idleJob(line string) outbox.Kind { return outbox.Kind("apptest.idle." + line) }

// Start is the moment at which every world begins.
var Start = time.Date(2026, 5, 6, 9, 0, 0, 0, app.Zone)

// New opens an empty installation; it ends with the test.
func New(t testing.TB) *World { return Open(t, t.TempDir()) }

// Asking is New with issuers of certificates that can be asked, on this machine too.
func Asking(t testing.TB) *World {
	t.Helper()
	return open(t, &World{T: t, Folder: t.TempDir(), start: Start, issuers: &provider.Issuers{Client: http.DefaultClient}}, nil)
}

// Open opens the installation in the folder, which an earlier World may have used.
func Open(t testing.TB, folder string) *World {
	t.Helper()
	return OpenAt(t, folder, Start)
}

// OpenAt is Open by another clock.
func OpenAt(t testing.TB, folder string, at time.Time) *World {
	t.Helper()
	return open(t, &World{T: t, Folder: folder, start: at}, nil)
}

// Stamped is New with a time-stamp authority outside. That one goes by the real
// clock, so the world begins two days before it and has its certificates by then.
func Stamped(t testing.TB, a *tsa.Authority) *World {
	t.Helper()
	w := &World{T: t, Folder: t.TempDir(), start: time.Now().Add(-48 * time.Hour).Truncate(time.Second)}
	return open(t, w, provider.NewTSA(a.URL, a.Roots, func() time.Time {
		w.mu.Lock()
		defer w.mu.Unlock()
		return time.Now().Add(w.rested)
	}))
}

// Facing is New with another way to verify faces, or none.
func Facing(t testing.TB, faces identity.Faces) *World {
	t.Helper()
	return open(t, &World{T: t, Folder: t.TempDir(), start: Start, faces: faces}, nil)
}

// Rest lets the minute pass in which a failed authority is left alone.
func (w *World) Rest() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.rested += time.Minute
}

func open(t testing.TB, w *World, outside *provider.TSA) *World {
	t.Helper()
	if w.faces.Threshold == 0 {
		w.faces = identity.Faces{Reader: BuiltIn, Threshold: 0.42}
	}
	schema, err := os.ReadFile(filepath.Join(Root(), "schema.sql"))
	if err != nil {
		t.Fatal(err)
	}
	w.Screen = &provider.Screen{Now: w.Now, Notify: func() {}}
	w.Office, err = office.Open(t.Context(), office.Options{
		Data: w.Folder, TSA: outside, Issuers: w.issuers, Schema: string(schema), Now: w.Now, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
		Hasher: vault.NewHasher(vault.Cheap, 2), SMS: w.Screen, Hub: &hub.Hub{}, BaseURL: "http://laoqi.test", Owner: "测试办公室", Minimum: 212000, Demo: true,
		Faces: w.faces,
	})
	if err != nil {
		t.Fatal(err)
	}
	w.idle = make(chan struct{}, 1)
	for _, line := range lines {
		w.Jobs.HandleIn(line, idleJob(line), func(context.Context, []byte) error { w.idle <- struct{}{}; return nil })
	}
	w.run()
	return w
}

func (w *World) run() {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- w.Jobs.Run(ctx) }()
	w.T.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			w.T.Error(err)
		}
		if err := w.Close(); err != nil {
			w.T.Error(err)
		}
	})
}

// Root is the repository's folder.
func Root() string {
	_, file, _, _ := runtime.Caller(0)
	return filepath.Join(filepath.Dir(file), "..", "..")
}

// Now is the world's clock: it starts at Start and stands until Wait.
func (w *World) Now() time.Time {
	if !w.bubble.IsZero() {
		return w.start.Add(time.Since(w.bubble))
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.start.Add(w.offset)
}

// Wait moves the clock forward.
func (w *World) Wait(d time.Duration) {
	if !w.bubble.IsZero() {
		time.Sleep(d)
		return
	}
	w.mu.Lock()
	w.offset += d
	w.mu.Unlock()
	w.Jobs.Wake()
}

// People makes the demo's sample people and the admitted enterprise.
func (w *World) People() {
	w.T.Helper()
	if err := (demo.Seed{Office: w.Office, Screen: w.Screen, Today: app.DateOf(w.Now())}).Run(w.T.Context()); err != nil {
		w.T.Fatal(err)
	}
	w.Wait(2 * time.Minute)
}

// Actor logs a sample person in.
func (w *World) Actor(who demo.Who) app.Actor {
	w.T.Helper()
	sample, ok := demo.Find(who)
	if !ok {
		w.T.Fatalf("no sample person %q", who)
	}
	return w.LogIn(sample.Face, sample.Credentials())
}

// LogIn logs somebody in and returns the actor of the new session.
func (w *World) LogIn(face string, c identity.Credentials) app.Actor {
	w.T.Helper()
	device := app.Device{Address: "192.0.2.1", Agent: "test"}
	token, err := w.Identity.LogIn(w.T.Context(), face, c, device)
	if err != nil {
		w.T.Fatal(err)
	}
	session, err := w.Identity.Session(w.T.Context(), face, token, device)
	if err != nil {
		w.T.Fatal(err)
	}
	return session.Actor
}

var sixDigits = regexp.MustCompile(`\b\d{6}\b`)

// Code waits for a code on the sample person's phone and reads the newest.
func (w *World) Code(who demo.Who) string {
	w.T.Helper()
	sample, _ := demo.Find(who)
	return w.CodeAt(sample.Mobile)
}

// CodeAt is Code for any mobile.
func (w *World) CodeAt(mobile string) string {
	w.T.Helper()
	code := ""
	w.Until("a code on the phone "+mobile, func() bool {
		for _, m := range w.Screen.Messages() {
			if m.Mobile == mobile && code == "" {
				code = sixDigits.FindString(m.Text)
			}
		}
		return code != ""
	})
	return code
}

// Until waits, by the real clock, until the condition holds.
func (w *World) Until(what string, holds func() bool) {
	w.T.Helper()
	for end := time.Now().Add(time.Minute); !holds(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			w.T.Fatalf("waited in vain for %s", what)
		}
	}
}

// Idle waits until every job that is due now has been done: those of a line are done
// one after another, so a last one tells.
func (w *World) Idle() {
	w.T.Helper()
	ctx := w.T.Context()
	for _, line := range lines {
		err := w.DB.Write(ctx, func(tx *store.Tx) error { return w.Jobs.Add(ctx, tx, idleJob(line), "", []byte{}) })
		if err != nil {
			w.T.Fatal(err)
		}
		select {
		case <-w.idle:
		case <-time.After(time.Minute):
			w.T.Fatal("the outbox did not come to its end")
		}
	}
}
