package seal

import (
	"context"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/store"
)

// Corrected ends what bears the identity that the desk corrected, within the
// transaction: the authorizations that the person signed and, if the name is another,
// the seals of a legal rep's name. Grants stay: the person is the same.
func (s *Service) Corrected(ctx context.Context, tx *store.Tx, by app.Actor, person int64, renamed bool) error {
	lived, err := tx.LiveAuthorizationsOfPerson(ctx, store.LiveAuthorizationsOfPersonParams{PersonID: person, NowAt: tx.Now, TodayOn: app.DateOf(tx.Now.Time)})
	if err != nil {
		return err
	}
	for _, a := range lived {
		if err := s.outlived(ctx, tx, by, a); err != nil {
			return err
		}
	}
	if !renamed {
		return nil
	}
	led, err := tx.NameSealsOf(ctx, person)
	if err != nil {
		return err
	}
	for _, enterprise := range led {
		if err := s.voidName(ctx, tx, by, enterprise, "法定代表人的姓名已更正"); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) outlived(ctx context.Context, tx *store.Tx, by app.Actor, a store.LiveAuthorizationsOfPersonRow) error {
	if _, err := tx.RevokeAuthorization(ctx, store.RevokeAuthorizationParams{ID: a.ID, PersonID: a.PersonID, RevokedAt: tx.Now}); err != nil {
		return err
	}
	s.publish(tx, a.EnterpriseID)
	text := "操作员的身份信息已更正，电子合同签章授权已失效，等待盖章的合同需要重新授权。"
	if err := s.tellAuthorization(ctx, tx, a.EnterpriseID, a.PersonID, text); err != nil {
		return err
	}
	return s.audit.Add(ctx, tx, by, "authorization.revoked", audit.Subject("authorization", a.ID), audit.Facts{"enterprise": a.EnterpriseID})
}
