package contract

import (
	"context"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/store"
)

// supplement seals a confirmed supplement under the authorization of the operator
// who confirmed it. If that has ended, the supplement waits for another operator.
func (b *batch) supplement(ctx context.Context, d store.DocumentRow) error {
	k, err := b.confirmation(ctx, d)
	if err != nil {
		return err
	}
	use, err := b.Seal.UnlockFor(ctx, b.enterprise, k.AuthorizationID)
	if err == nil {
		err = b.seal(ctx, d, use)
	}
	if app.KindOf(err) == app.Conflict {
		return b.lapse(ctx, d, k)
	}
	return err
}

// lapse takes a confirmation back whose authorization has ended, and asks the
// operators that are left.
func (s *Service) lapse(ctx context.Context, d store.DocumentRow, k store.ConfirmationRow) error {
	lives, err := s.Seal.Lives(ctx, d.EnterpriseID)
	if err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *store.Tx) error {
		if err := s.Seal.Holds(ctx, tx, k.AuthorizationID); app.KindOf(err) != app.Conflict {
			return err
		}
		n, err := tx.ReopenSupplement(ctx, d.ID)
		if err != nil || n == 0 {
			return err
		}
		if _, err := tx.LapseConfirmation(ctx, store.LapseConfirmationParams{ID: k.ID, LapsedAt: tx.Now}); err != nil {
			return err
		}
		s.changed(tx, d.EnterpriseID, d.PersonID)
		err = s.Audit.Add(ctx, tx, product, "confirmation.lapsed", audit.Subject("document", d.ID), audit.Facts{"authorization": k.AuthorizationID, "confirmation": k.ID})
		if err != nil {
			return err
		}
		return s.tellOperators(ctx, tx, d.ID, lives, true)
	})
}
