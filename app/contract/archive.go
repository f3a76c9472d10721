package contract

import (
	"context"
	"strconv"
	"time"

	"laoqi/app"
	"laoqi/app/outbox"
	"laoqi/app/store"
)

// RenewWithin is how long before their end timestamps are to be renewed.
const RenewWithin = 180 * 24 * time.Hour

// Archive is the renewal of the timestamps that end before a moment, in an
// installation that another process runs: that one does the work, as a job.
type Archive struct {
	DB     *store.DB
	Before app.Time
}

// Ask queues the renewal; one that was asked for already goes on with this moment.
func (a Archive) Ask(ctx context.Context) error {
	jobs := outbox.NewRunner(a.DB, nil)
	return a.DB.Write(ctx, func(tx *store.Tx) error {
		return jobs.Add(ctx, tx, stampJob, endingStamps, strconv.AppendInt(nil, a.Before.UnixMilli(), 10))
	})
}

// Left is how many documents have a timestamp that ends before the moment.
func (a Archive) Left(ctx context.Context) (int64, error) {
	return a.DB.CountEndingStamps(ctx, a.Before)
}

// First is when the first timestamp of all documents ends, zero without documents.
func (a Archive) First(ctx context.Context) (app.Time, error) {
	at, err := a.DB.FirstStampEnd(ctx)
	if store.IsNone(err) {
		err = nil
	}
	return at, err
}

// Job reports whether the renewal goes on, and why its last try failed.
func (a Archive) Job(ctx context.Context) (open bool, problem string, err error) {
	return outbox.Open(ctx, a.DB, stampJob, endingStamps)
}
