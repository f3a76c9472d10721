// Package outbox runs work that must happen after a transaction, exactly when
// that transaction committed: a job is stored with the change that asks for it
// and repeated until its handler succeeds. Handlers must bear repetition.
package outbox

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"laoqi/app"
	"laoqi/app/store"
)

// Kind names a kind of job and so its handler.
type Kind string

// Handler does one job. An error repeats the job later.
type Handler func(ctx context.Context, payload []byte) error

// Runner leases due jobs and runs them, one at a time per worker.
type Runner struct {
	db       *store.DB
	log      *slog.Logger
	handlers map[Kind]Handler
	wake     chan struct{}
}

// NewRunner makes a runner without handlers.
func NewRunner(db *store.DB, log *slog.Logger) *Runner {
	return &Runner{db: db, log: log, handlers: map[Kind]Handler{}, wake: make(chan struct{}, 1)}
}

// Handle sets the handler of a kind; call it before Run.
func (r *Runner) Handle(k Kind, h Handler) { r.handlers[k] = h }

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

// Wake makes the runner look for jobs now.
func (r *Runner) Wake() {
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

// Run works until ctx ends; the job at hand is finished first. One Runner runs
// at a time: jobs that a killed process left leased are taken over at the start.
func (r *Runner) Run(ctx context.Context) error {
	work := context.WithoutCancel(ctx)
	if err := r.db.Write(work, func(tx *store.Tx) error { return tx.ReleaseJobs(work) }); err != nil {
		return err
	}
	for ctx.Err() == nil {
		worked, err := r.step(work)
		if err != nil {
			r.log.Error("outbox", "err", err)
		}
		if !worked {
			r.sleep(ctx, err != nil)
		}
	}
	return nil
}

// idle bounds how late a job can be if a wake-up is lost.
const idle = time.Minute

func (r *Runner) sleep(ctx context.Context, failed bool) {
	wait := idle
	if failed {
		wait = time.Second
	} else if next, err := r.db.NextDue(ctx); err == nil {
		wait = max(0, min(idle, next.Sub(r.db.Now().Time)))
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-r.wake:
	case <-timer.C:
	}
}

func (r *Runner) step(ctx context.Context) (worked bool, err error) {
	var job store.Job
	err = r.db.Write(ctx, func(tx *store.Tx) (err error) {
		job, err = tx.LeaseJob(ctx, tx.Now)
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
	h, ok := r.handlers[Kind(job.Kind)]
	if !ok {
		return errors.New("no handler")
	}
	return h(ctx, job.Payload)
}

func settle(ctx context.Context, tx *store.Tx, job store.Job, problem error) error {
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
