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
	guard := s.vault.Index("try", fmt.Sprintf("%s|%d", what, by.Account))
	g, err := s.db.Guard(ctx, guard)
	if err != nil && !store.IsNone(err) {
		return false, err
	}
	if left := g.UntilAt.Sub(s.db.Now().Time); err == nil && left > 0 {
		return false, app.Fail(app.TooMany, fmt.Sprintf("连续输错 5 次，已锁定。请 %d 分钟后再试。", int(left.Minutes())+1))
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if right, err = answer(tx); err != nil {
			return err
		}
		if !right {
			return s.countWrong(ctx, tx, guard)
		}
		return tx.DeleteGuard(ctx, guard)
	})
	return right, err
}
