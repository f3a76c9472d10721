package seal

import (
	"context"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/link"
	"laoqi/app/notify"
	"laoqi/app/store"
)

// tellAuthorization tells the clerks and the operator.
func (s *Service) tellAuthorization(ctx context.Context, tx *store.Tx, enterprise, person int64, text string) error {
	if err := s.enterprise.TellClerks(ctx, tx, enterprise, notify.Authorized, text, link.HallAuthorize); err != nil {
		return err
	}
	return s.tellOperator(ctx, tx, person, text)
}

func (s *Service) tellOperator(ctx context.Context, tx *store.Tx, person int64, text string) error {
	account, err := tx.OperatorAccount(ctx, app.Ref(person))
	if store.IsNone(err) {
		return nil
	}
	if err != nil {
		return err
	}
	return s.notify.Tell(ctx, tx, account, notify.Authorized, text, link.MobileUsage)
}

// Revoke ends an authorization at once (撤销授权): by its operator, or by the legal
// rep of the enterprise.
func (s *Service) Revoke(ctx context.Context, by app.Actor, id int64) error {
	mine := store.RevokeAuthorizationParams{ID: id}
	switch by.Kind {
	case app.AccountPerson:
		mine.PersonID = by.Person
	case app.AccountLegalRep:
		mine.EnterpriseID = by.Enterprise
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		mine.RevokedAt = tx.Now
		row, err := tx.RevokeAuthorization(ctx, mine)
		if err != nil {
			return store.Found(err, "没有这项签章授权，可能已经撤销。")
		}
		s.publish(tx, row.EnterpriseID)
		text := by.Name + "撤销了电子合同签章授权，新的合同将等待下一次授权。"
		if err := s.tellAuthorization(ctx, tx, row.EnterpriseID, row.PersonID, text); err != nil {
			return err
		}
		return s.audit.Add(ctx, tx, by, "authorization.revoked", audit.Subject("authorization", id), audit.Facts{"enterprise": row.EnterpriseID})
	})
}
