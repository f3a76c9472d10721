package seal

import (
	"context"
	"fmt"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/app/notify"
	"laoqi/app/store"
)

const alreadyVoid = "这枚印章已经作废。"

// VoidIntent is what a proof for voiding the seal is good for.
func VoidIntent(id int64) identity.Intent {
	return identity.Intent{Purpose: identity.ForSeal, Object: fmt.Sprintf("void:%d", id)}
}

// Void ends a seal for good (作废, guide 2.5(4)): no operator sees or uses it any
// more, authorizations of it lapse, its certificate is revoked and its type free.
func (s *Service) Void(ctx context.Context, by app.Actor, id int64, p Proof) error {
	seal, err := s.Managed(ctx, by, id)
	if err != nil {
		return err
	}
	var faults app.Faults
	if p.Check(&faults); faults != nil {
		return faults.Err()
	}
	return s.identity.Proved(ctx, by, VoidIntent(id), p, func(tx *store.Tx) error {
		err := s.lapsing(ctx, tx, by.Enterprise, func() error {
			n, err := tx.VoidSeal(ctx, store.VoidSealParams{ID: id, EnterpriseID: by.Enterprise, VoidedAt: tx.Now, VoidedBy: app.Ref(by.Account)})
			return store.Changed(n, err, alreadyVoid)
		})
		if err != nil {
			return err
		}
		if err := s.tellVoid(ctx, tx, by, seal); err != nil {
			return err
		}
		s.publish(tx, by.Enterprise)
		return s.audit.Add(ctx, tx, by, "seal.voided", audit.Subject("seal", id), audit.Facts{"enterprise": by.Enterprise})
	})
}

func (s *Service) tellVoid(ctx context.Context, tx *store.Tx, by app.Actor, seal Seal) error {
	text := fmt.Sprintf("%s作废了印章“%s”，对它的印章授权和签章授权同时失效。", by.Name, seal.Name)
	if err := s.enterprise.TellManagers(ctx, tx, by, notify.SealVoided, text, link.To(link.MobileSeal, seal.ID), "的一枚印章已由经办人作废，详情请登录查看。"); err != nil {
		return err
	}
	return s.tellHolders(ctx, tx, by.Enterprise, seal.ID, seal.Name)
}

// tellHolders tells the operators of a seal that it is void.
func (s *Service) tellHolders(ctx context.Context, tx *store.Tx, enterprise, id int64, name string) error {
	holders, err := tx.GrantHolders(ctx, store.GrantHoldersParams{SealID: id, TodayOn: app.DateOf(tx.Now.Time)})
	for _, h := range holders {
		if err == nil {
			err = s.tellHolder(ctx, tx, enterprise, h.PersonID, h.AccountID, notify.SealVoided,
				fmt.Sprintf("授权您使用的印章“%s”已作废，您不能再使用它。", name), "授权您使用的印章已作废，您不能再使用它。")
		}
	}
	return err
}

// tellHolder reaches an operator: by the inbox of the personal account and by a
// text message, whose sentence follows the enterprise's name.
func (s *Service) tellHolder(ctx context.Context, tx *store.Tx, enterprise, person, account int64, k notify.Kind, text, sentence string) error {
	if err := s.notify.Tell(ctx, tx, account, k, text, link.MobileSealHome); err != nil {
		return err
	}
	name, err := s.enterprise.Name(ctx, tx, enterprise)
	if err != nil {
		return err
	}
	return s.identity.Alert(ctx, tx, person, account, k, name+sentence)
}
