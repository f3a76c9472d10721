package outbox_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/outbox"
	"laoqi/app/store"
)

// yard is a runner on a real database, with a clock to set.
type yard struct {
	t      *testing.T
	folder string
	db     *store.DB
	runner *outbox.Runner
	now    atomic.Int64 // nanoseconds after the epoch
	log    bytes.Buffer
}

func newYard(t *testing.T) *yard { return yardIn(t, t.TempDir()) }

func yardIn(t *testing.T, folder string) *yard {
	t.Helper()
	schema, err := os.ReadFile(filepath.Join(apptest.Root(), "schema.sql"))
	if err != nil {
		t.Fatal(err)
	}
	y := &yard{t: t, folder: folder}
	y.now.Store(apptest.Start.UnixNano())
	y.db, err = store.Open(t.Context(), folder, string(schema), func() time.Time { return time.Unix(0, y.now.Load()) })
	if err != nil {
		t.Fatal(err)
	}
	y.runner = outbox.NewRunner(y.db, slog.New(slog.NewTextHandler(&y.log, nil)))
	t.Cleanup(func() {
		if err := y.db.Close(); err != nil {
			t.Error(err)
		}
	})
	return y
}

func (y *yard) add(key string) {
	y.t.Helper()
	err := y.db.Write(y.t.Context(), func(tx *store.Tx) error { return y.runner.Add(y.t.Context(), tx, "work", key, []byte(key)) })
	if err != nil {
		y.t.Error(err)
	}
}

// run works until the test has seen enough.
func (y *yard) run() (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	var ended sync.WaitGroup
	ended.Go(func() {
		if err := y.runner.Run(ctx); err != nil {
			y.t.Error(err)
		}
	})
	return sync.OnceFunc(func() { cancel(); ended.Wait() })
}

// settled waits until a job that failed is open again.
func (y *yard) settled() {
	y.t.Helper()
	for range 1000 {
		if _, err := y.db.NextDue(y.t.Context(), `["work"]`); err == nil {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	y.t.Fatal("the job is not given back")
}

// wait moves the clock.
func (y *yard) wait(d time.Duration) { y.now.Add(int64(d)); y.runner.Wake() }

func within[T any](t *testing.T, c <-chan T) (v T) {
	t.Helper()
	select {
	case v = <-c:
	case <-time.After(10 * time.Second):
		t.Fatal("waited in vain")
	}
	return v
}

func never[T any](t *testing.T, c <-chan T) {
	t.Helper()
	select {
	case v := <-c:
		t.Errorf("unexpected: %v", v)
	case <-time.After(50 * time.Millisecond):
	}
}

func TestAJobRunsOnceItsTransactionIsCommitted(t *testing.T) {
	y, done := newYard(t), make(chan string, 8)
	y.runner.Handle("work", func(_ context.Context, p []byte) error { done <- string(p); return nil })
	defer y.run()()
	err := y.db.Write(t.Context(), func(tx *store.Tx) error {
		if err := y.runner.Add(t.Context(), tx, "work", "undone", []byte{}); err != nil {
			t.Error(err)
		}
		return errors.New("no")
	})
	if err == nil {
		t.Fatal("committed")
	}
	y.add("a")
	if got := within(t, done); got != "a" {
		t.Errorf("ran %q", got)
	}
	never(t, done)
}

func TestAJobAskedForDuringItsRunRunsAgain(t *testing.T) {
	y, began, goOn := newYard(t), make(chan string, 8), make(chan bool)
	y.runner.Handle("work", func(_ context.Context, p []byte) error { began <- string(p); <-goOn; return nil })
	defer y.run()()
	y.add("a")
	within(t, began)
	y.add("a")
	y.add("a")
	goOn <- true
	within(t, began)
	goOn <- true
	never(t, began)
}

func TestAFailingJobIsTriedAgainLater(t *testing.T) {
	y, tried := newYard(t), make(chan int, 8)
	tries := 0
	y.runner.Handle("work", func(context.Context, []byte) error {
		tries++
		tried <- tries
		switch tries {
		case 1:
			return errors.New("no network")
		case 2:
			panic("worse")
		}
		return nil
	})
	defer y.run()()
	y.add("a")
	within(t, tried)
	y.settled()
	never(t, tried)
	y.wait(time.Second)
	within(t, tried)
	y.settled()
	y.wait(time.Second)
	never(t, tried) // the pause has doubled
	y.wait(time.Second)
	within(t, tried)
	y.wait(time.Hour)
	never(t, tried)
}

func TestAJobThatAKilledProcessHadLeasedIsTakenOver(t *testing.T) {
	folder := t.TempDir()
	dead := yardIn(t, folder)
	dead.add("a")
	err := dead.db.Write(t.Context(), func(tx *store.Tx) error {
		_, err := tx.LeaseJob(t.Context(), store.LeaseJobParams{NowAt: tx.Now, Kinds: `["work"]`})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	y, done := yardIn(t, folder), make(chan string, 1)
	y.runner.Handle("work", func(_ context.Context, p []byte) error { done <- string(p); return nil })
	defer y.run()()
	if got := within(t, done); got != "a" {
		t.Errorf("ran %q", got)
	}
}

func TestARunnerThatIsStoppedFinishesTheJobAtHand(t *testing.T) {
	y, began, finished := newYard(t), make(chan bool), false
	y.runner.Handle("work", func(ctx context.Context, _ []byte) error {
		close(began)
		time.Sleep(50 * time.Millisecond)
		finished = ctx.Err() == nil
		return ctx.Err()
	})
	stop := y.run()
	y.add("a")
	within(t, began)
	stop()
	if !finished {
		t.Error("the job was cut off")
	}
	if _, err := y.db.NextDue(t.Context(), `["work"]`); !store.IsNone(err) {
		t.Errorf("the job is still open: %v", err)
	}
}

func TestAJobThatHangsHoldsUpItsOwnLineOnly(t *testing.T) {
	y, hangs, done := newYard(t), make(chan bool), make(chan bool, 1)
	y.runner.Handle("work", func(context.Context, []byte) error { done <- true; return nil })
	y.runner.HandleIn("outside", "text", func(context.Context, []byte) error { hangs <- true; <-hangs; return nil })
	defer y.run()()
	err := y.db.Write(t.Context(), func(tx *store.Tx) error { return y.runner.Add(t.Context(), tx, "text", "a", []byte{}) })
	if err != nil {
		t.Fatal(err)
	}
	within(t, hangs)
	y.add("a")
	within(t, done)
	hangs <- true
}

func TestAJobThatFailedForGoodIsCountedAndNotTriedAgain(t *testing.T) {
	y, tried := newYard(t), make(chan bool, 8)
	y.runner.Handle("work", func(context.Context, []byte) error {
		tried <- true
		return fmt.Errorf("%w: no such number", outbox.ErrGivenUp)
	})
	stop := y.run()
	y.add("a")
	within(t, tried)
	y.wait(time.Hour)
	never(t, tried)
	stop()
	day := app.At(apptest.Start)
	if n, err := outbox.GivenUp(t.Context(), y.db, "work", day); n != 1 || err != nil {
		t.Errorf("%d given up, %v", n, err)
	}
	if n, err := outbox.GivenUp(t.Context(), y.db, "work", app.At(day.Add(2*time.Hour))); n != 0 || err != nil {
		t.Errorf("%d given up later, %v", n, err)
	}
}

func TestASweepForgetsOnlyWhatIsLongDone(t *testing.T) {
	y, done := newYard(t), make(chan bool, 2)
	y.runner.Handle("work", func(context.Context, []byte) error { done <- true; return nil })
	stop := y.run()
	y.add("a")
	within(t, done)
	stop()
	y.now.Add(int64(8 * 24 * time.Hour))
	y.add("open")
	if err := y.runner.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	raw, err := sql.Open("sqlite", filepath.Join(y.folder, store.File))
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	var kept string
	if err := raw.QueryRowContext(t.Context(), "SELECT group_concat(key) FROM job").Scan(&kept); err != nil || kept != "open" {
		t.Errorf("kept %q %v", kept, err)
	}
}
