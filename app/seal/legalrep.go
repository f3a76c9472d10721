package seal

import (
	"context"
	"fmt"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/link"
	"laoqi/app/notify"
	"laoqi/app/store"
)

// LegalRepReplaced ends what rested on the enterprise's legal rep, within the
// transaction that replaces him: its authorizations and open QR codes, and the seal
// of his name with its grants. All other seals and grants stay.
func (s *Service) LegalRepReplaced(ctx context.Context, tx *store.Tx, by app.Actor, enterprise int64) error {
	if err := tx.ReplaceTicketsOf(ctx, enterprise); err != nil {
		return err
	}
	if err := s.revokeAll(ctx, tx, by, enterprise); err != nil {
		return err
	}
	s.publish(tx, enterprise)
	return s.voidName(ctx, tx, by, enterprise, "法定代表人已变更")
}

func (s *Service) revokeAll(ctx context.Context, tx *store.Tx, by app.Actor, enterprise int64) error {
	lived, err := s.liveIn(ctx, tx, enterprise)
	if err != nil {
		return err
	}
	revoked, err := tx.RevokeAuthorizationsOf(ctx, store.RevokeAuthorizationsOfParams{EnterpriseID: enterprise, RevokedAt: tx.Now})
	for _, id := range revoked {
		if err == nil {
			err = s.audit.Add(ctx, tx, by, "authorization.revoked", audit.Subject("authorization", id), audit.Facts{"enterprise": enterprise})
		}
	}
	if err != nil || len(lived) == 0 {
		return err
	}
	told := map[int64]bool{}
	for _, a := range lived {
		if told[a.PersonID] {
			continue
		}
		told[a.PersonID] = true
		if err := s.tellOperator(ctx, tx, a.PersonID, a.Enterprise+"的法定代表人已变更，您办理的电子合同签章授权已失效。"); err != nil {
			return err
		}
	}
	text := "法定代表人已变更，电子合同签章授权已失效，等待盖章的合同需要操作员重新授权。"
	return s.enterprise.TellClerks(ctx, tx, enterprise, notify.Authorized, text, link.HallAuthorize)
}

// voidName voids 法定代表人名章, if the enterprise has one, and says why.
func (s *Service) voidName(ctx context.Context, tx *store.Tx, by app.Actor, enterprise int64, why string) error {
	seal, err := tx.LiveSeal(ctx, store.LiveSealParams{EnterpriseID: enterprise, Kind: app.SealLegalRep})
	if store.IsNone(err) {
		return nil
	}
	if err != nil {
		return err
	}
	n, err := tx.VoidSeal(ctx, store.VoidSealParams{ID: seal.ID, EnterpriseID: enterprise, VoidedAt: tx.Now, VoidedBy: app.Ref(by.Account)})
	if err := store.Changed(n, err, "法定代表人名章刚刚已经作废，请重试。"); err != nil {
		return err
	}
	text := fmt.Sprintf("%s，印章“%s”已作废。", why, seal.Name)
	if err := s.enterprise.TellManagers(ctx, tx, app.Actor{Enterprise: enterprise}, notify.SealVoided, text, link.To(link.MobileSeal, seal.ID), ""); err != nil {
		return err
	}
	if err := s.tellHolders(ctx, tx, enterprise, seal.ID, seal.Name); err != nil {
		return err
	}
	return s.audit.Add(ctx, tx, by, "seal.voided", audit.Subject("seal", seal.ID), audit.Facts{"enterprise": enterprise})
}
