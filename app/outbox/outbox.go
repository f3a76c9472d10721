// Package outbox runs work that must happen after a transaction, exactly when
// that transaction committed: a job is stored with the change that asks for it
// and repeated until its handler succeeds. Handlers must bear repetition.
package outbox

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"laoqi/app"
	"laoqi/app/store"
)

// Kind names a kind of job and so its handler.
type Kind string

// Handler does one job. An error repeats the job later, unless it is ErrGivenUp.
type Handler func(ctx context.Context, payload []byte) error

// ErrGivenUp says that a job failed for good.
var ErrGivenUp = errors.New("given up")

// Runner leases due jobs and runs them, in each line one after another.
type Runner struct {
	db       *store.DB
	log      *slog.Logger
	handlers map[Kind]Handler
	lines    map[string]*line
}

// line is a queue of its own.
type line struct {
	kinds []Kind
	wake  chan struct{}
}

// names are the kinds as the queries want them, in JSON.
func (l *line) names() string {
	b, _ := json.Marshal(l.kinds)
	return string(b)
}

// NewRunner makes a runner without handlers.
func NewRunner(db *store.DB, log *slog.Logger) *Runner {
	return &Runner{db: db, log: log, handlers: map[Kind]Handler{}, lines: map[string]*line{}}
}

// Handle sets the handler of a kind; call it before Run.
func (r *Runner) Handle(k Kind, h Handler) { r.HandleIn("", k, h) }

// HandleIn is Handle for a kind whose jobs wait for somebody outside: they hold up
// those of the same line only.
func (r *Runner) HandleIn(name string, k Kind, h Handler) {
	r.handlers[k] = h
	if r.lines[name] == nil {
		r.lines[name] = &line{wake: make(chan struct{}, 1)}
	}
	r.lines[name].kinds = append(r.lines[name].kinds, k)
}

// Add stores a job with the transaction; it starts once that is committed. While
// an equal job (kind and key) waits or runs, it is repeated instead of doubled.
func (r *Runner) Add(ctx context.Context, tx *store.Tx, k Kind, key string, payload []byte) error {
	tx.AfterCommit(r.Wake)
	return tx.InsertJob(ctx, store.InsertJobParams{Kind: string(k), Key: key, Payload: payload, DueAt: tx.Now})
}

// Open reports whether a job waits or runs, perhaps in another process, and why its
// last try failed.
func Open(ctx context.Context, db *store.DB, k Kind, key string) (open bool, problem string, err error) {
	problem, err = db.OpenJob(ctx, store.OpenJobParams{Kind: string(k), Key: key})
	if errors.Is(err, sql.ErrNoRows) {
		return false, "", nil
	}
	return err == nil, problem, err
}

// GivenUp counts the jobs of a kind that failed for good since then.
func GivenUp(ctx context.Context, db *store.DB, k Kind, since app.Time) (int64, error) {
	return db.CountGivenUp(ctx, store.CountGivenUpParams{Kind: string(k), SinceAt: since})
}

// Wake makes the runner look for jobs now.
func (r *Runner) Wake() {
	for _, l := range r.lines {
		select {
		case l.wake <- struct{}{}:
		default:
		}
	}
}

// Run works until ctx ends; the jobs at hand are finished first. One Runner runs
// at a time: jobs that a killed process left leased are taken over at the start.
func (r *Runner) Run(ctx context.Context) error {
	work := context.WithoutCancel(ctx)
	if err := r.db.Write(work, func(tx *store.Tx) error { return tx.ReleaseJobs(work) }); err != nil {
		return err
	}
	var lines sync.WaitGroup
	for _, l := range r.lines {
		lines.Go(func() { r.work(ctx, l) })
	}
	lines.Wait()
	return nil
}

func (r *Runner) work(ctx context.Context, l *line) {
	for ctx.Err() == nil {
		worked, err := r.step(context.WithoutCancel(ctx), l)
		if err != nil {
			r.log.Error("outbox", "err", err)
		}
		if !worked {
			r.sleep(ctx, l, err != nil)
		}
	}
}

// idle bounds how late a job can be if a wake-up is lost.
const idle = time.Minute

func (r *Runner) sleep(ctx context.Context, l *line, failed bool) {
	wait := idle
	if failed {
		wait = time.Second
	} else if next, err := r.db.NextDue(ctx, l.names()); err == nil {
		wait = max(0, min(idle, next.Sub(r.db.Now().Time)))
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-l.wake:
	case <-timer.C:
	}
}

func (r *Runner) step(ctx context.Context, l *line) (worked bool, err error) {
	var job store.Job
	err = r.db.Write(ctx, func(tx *store.Tx) (err error) {
		job, err = tx.LeaseJob(ctx, store.LeaseJobParams{NowAt: tx.Now, Kinds: l.names()})
		return err
	})
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	problem := r.handle(ctx, job)
	return true, r.db.Write(ctx, func(tx *store.Tx) error { return settle(ctx, tx, job, problem) })
}

func (r *Runner) handle(ctx context.Context, job store.Job) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
		if err != nil {
			r.log.Warn("outbox job", "kind", job.Kind, "id", job.ID, "try", job.Tries, "err", err)
		}
	}()
	return r.handlers[Kind(job.Kind)](ctx, job.Payload)
}

func settle(ctx context.Context, tx *store.Tx, job store.Job, problem error) error {
	if errors.Is(problem, ErrGivenUp) {
		return tx.GiveUpJob(ctx, store.GiveUpJobParams{ID: job.ID, DoneAt: tx.Now, Problem: problem.Error()})
	}
	if problem != nil {
		later := app.At(tx.Now.Add(pause(job.Tries)))
		return tx.RetryJob(ctx, store.RetryJobParams{ID: job.ID, DueAt: later, Problem: problem.Error()})
	}
	n, err := tx.FinishJob(ctx, store.FinishJobParams{ID: job.ID, Asked: job.Asked, DoneAt: tx.Now})
	if err != nil || n > 0 {
		return err
	}
	return tx.RetryJob(ctx, store.RetryJobParams{ID: job.ID, DueAt: tx.Now})
}

// pause grows from a second to ten minutes with the tries.
func pause(tries int64) time.Duration {
	return min(10*time.Minute, time.Second<<min(tries-1, 10))
}

// Sweep forgets jobs done more than a week ago.
func (r *Runner) Sweep(ctx context.Context) error {
	return r.db.Write(ctx, func(tx *store.Tx) error {
		return tx.DeleteDoneJobs(ctx, app.At(tx.Now.AddDate(0, 0, -7)))
	})
}
