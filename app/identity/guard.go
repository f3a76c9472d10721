package identity

import (
	"context"
	"time"

	"laoqi/app"
	"laoqi/app/store"
)

// guard counts wrong answers to something that could be guessed. Of so many tries in
// a row the last one locks it for a while. Whoever counts looks at the lock in the
// same transaction, or tries at the same moment would lift it.
type guard struct {
	key   []byte
	tries int64
	lock  time.Duration
}

// left is for how many minutes no answer counts, 0 for none.
func (g guard) left(ctx context.Context, q *store.Queries, now app.Time) (minutes int, err error) {
	row, err := q.Guard(ctx, g.key)
	if store.IsNone(err) {
		return 0, nil
	}
	if left := row.UntilAt.Sub(now.Time); err == nil && left > 0 {
		minutes = int(left.Minutes()) + 1
	}
	return minutes, err
}

func (g guard) wrong(ctx context.Context, tx *store.Tx) error {
	row, err := tx.Guard(ctx, g.key)
	if err != nil && !store.IsNone(err) {
		return err
	}
	next := store.PutGuardParams{Key: g.key, Failures: row.Failures + 1, SeenAt: tx.Now}
	if next.Failures >= g.tries {
		next.Failures, next.UntilAt = 0, app.At(tx.Now.Add(g.lock))
	}
	return tx.PutGuard(ctx, next)
}

// back uncounts the last wrong answer, and the lock that it brought.
func (g guard) back(ctx context.Context, tx *store.Tx) error {
	row, err := tx.Guard(ctx, g.key)
	if err != nil {
		return err
	}
	if row.UntilAt.After(tx.Now.Time) {
		row.Failures = g.tries
	}
	return tx.PutGuard(ctx, store.PutGuardParams{Key: g.key, Failures: max(0, row.Failures-1), SeenAt: tx.Now})
}

func (g guard) clear(ctx context.Context, tx *store.Tx) error { return tx.DeleteGuard(ctx, g.key) }
