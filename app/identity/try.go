package identity

import (
	"context"
	"fmt"

	"laoqi/app"
	"laoqi/app/store"
)

// Try lets the actor answer something that could be guessed, within a transaction:
// five wrong answers in a row lock it for the account for 15 minutes.
func (s *Service) Try(ctx context.Context, by app.Actor, what string, answer func(*store.Tx) (right bool, err error)) (right bool, err error) {
	g := guard{s.vault.Index("try", fmt.Sprintf("%s|%d", what, by.Account)), loginTries, loginLock}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		left, err := g.left(ctx, tx.Queries, tx.Now)
		if err != nil {
			return err
		}
		if left > 0 {
			return app.Fail(app.TooMany, fmt.Sprintf("连续输错 5 次，已锁定。请 %d 分钟后再试。", left))
		}
		if right, err = answer(tx); err != nil {
			return err
		}
		if !right {
			return g.wrong(ctx, tx)
		}
		return g.clear(ctx, tx)
	})
	return right, err
}
