package notify_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/hub"
	"laoqi/app/notify"
	"laoqi/app/outbox"
	"laoqi/app/store"
	"laoqi/app/vault"
)

// gateway takes texts once it is up, and tells of each that it is asked to send.
type gateway struct {
	asked chan string
	up    atomic.Bool
}

func (g *gateway) Send(_ context.Context, _, text string) error {
	g.asked <- text
	if g.up.Load() {
		return nil
	}
	return errors.New("no answer")
}

// queue is the outbox before the gateway, by a clock that wait moves.
type queue struct {
	*gateway
	t      *testing.T
	db     *store.DB
	jobs   *outbox.Runner
	notify *notify.Service
	now    atomic.Int64
}

func newQueue(t *testing.T) *queue {
	t.Helper()
	folder := t.TempDir()
	schema, err := os.ReadFile(filepath.Join(apptest.Root(), "schema.sql"))
	if err != nil {
		t.Fatal(err)
	}
	q := &queue{gateway: &gateway{asked: make(chan string, 8)}, t: t}
	q.now.Store(apptest.Start.UnixNano())
	v, err1 := vault.Open(filepath.Join(folder, "key"), true)
	q.db, err = store.Open(t.Context(), folder, string(schema), func() time.Time { return time.Unix(0, q.now.Load()) })
	if err := errors.Join(err, err1); err != nil {
		t.Fatal(err)
	}
	q.jobs = outbox.NewRunner(q.db, slog.New(slog.NewTextHandler(io.Discard, nil)))
	q.notify = notify.New(q.db, v, &hub.Hub{}, q.jobs, q.gateway)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error)
	go func() { ended <- q.jobs.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := errors.Join(<-ended, q.db.Close()); err != nil {
			t.Error(err)
		}
	})
	return q
}

func (q *queue) wait(d time.Duration) { q.now.Add(int64(d)); q.jobs.Wake() }

// add queues a text and a code that is good for five minutes.
func (q *queue) add() {
	q.t.Helper()
	ctx := q.t.Context()
	err := q.db.Write(ctx, func(tx *store.Tx) error {
		return errors.Join(q.notify.SMS(ctx, tx, "13800002041", "text"), q.notify.Code(ctx, tx, "13800002041", "code", app.At(tx.Now.Add(5*time.Minute))))
	})
	if err != nil {
		q.t.Fatal(err)
	}
}

// tried waits until the gateway was asked to send these, in any order.
func (q *queue) tried(want ...string) {
	q.t.Helper()
	left := map[string]int{}
	for _, text := range want {
		left[text]++
	}
	for range want {
		select {
		case text := <-q.asked:
			if left[text]--; left[text] < 0 {
				q.t.Errorf("sent %s", text)
			}
		case <-time.After(10 * time.Second):
			q.t.Fatalf("still to be sent: %v", left)
		}
	}
}

// settled waits until a job waits for its next try.
func (q *queue) settled(kinds string) {
	q.t.Helper()
	for range 1000 {
		if _, err := q.db.NextDue(q.t.Context(), kinds); err == nil {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	q.t.Fatal("the job is not given back")
}

func (q *queue) givenUp() int64 {
	q.t.Helper()
	n, err := notify.GivenUp(q.t.Context(), q.db, app.At(apptest.Start))
	if err != nil {
		q.t.Fatal(err)
	}
	return n
}

func TestACodeThatIsNoLongerGoodIsNotSent(t *testing.T) {
	q := newQueue(t)
	q.add()
	q.tried("text", "code")
	q.settled(`["sms"]`)
	q.settled(`["sms.code"]`)
	q.up.Store(true)
	q.wait(5 * time.Minute)
	q.tried("text")
	for range 1000 {
		if _, err := q.db.NextDue(t.Context(), `["sms.code"]`); store.IsNone(err) {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	if len(q.asked) > 0 || q.givenUp() != 0 {
		t.Errorf("%d more sent, %d given up", len(q.asked), q.givenUp())
	}
}

func TestATextThatNobodyTakesIsGivenUpAfterADay(t *testing.T) {
	q := newQueue(t)
	q.add()
	q.tried("text", "code")
	q.settled(`["sms"]`)
	q.wait(25 * time.Hour)
	q.tried("text")
	for range 1000 {
		if q.givenUp() == 1 {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	q.up.Store(true)
	q.wait(time.Hour)
	time.Sleep(50 * time.Millisecond)
	if len(q.asked) > 0 || q.givenUp() != 1 {
		t.Errorf("%d more sent, %d given up", len(q.asked), q.givenUp())
	}
}
