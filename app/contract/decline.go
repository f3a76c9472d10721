package contract

import (
	"context"
	"unicode/utf8"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/link"
	"laoqi/app/notify"
	"laoqi/app/store"
)

// MaxReason is how long the reason of a refusal may be, in characters.
const MaxReason = 200

// Decline refuses to sign (拒签). The reason goes to the clerks.
func (s *Service) Decline(ctx context.Context, by app.Actor, document int64, reason string) error {
	d, err := s.mine(ctx, by, document)
	if err != nil {
		return err
	}
	var faults app.Faults
	faults.Require("reason", reason, "请填写拒签的原因，以便单位与您沟通。")
	if utf8.RuneCountInString(reason) > MaxReason {
		faults.Add("reason", "原因不能超过 200 个字，请精简。")
	}
	if err := faults.Err(); err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *store.Tx) error {
		n, err := tx.DeclineDocument(ctx, store.DeclineDocumentParams{ID: document, Reason: reason})
		if err := store.Changed(n, err, staleText); err != nil {
			return err
		}
		s.changed(tx, d.EnterpriseID, d.PersonID)
		err = s.Enterprise.TellClerks(ctx, tx, d.EnterpriseID, notify.Declined, d.Worker+"拒绝签署"+d.Title+"，原因："+reason, link.To(link.HallContract, d.ContractID))
		if err != nil {
			return err
		}
		return s.Audit.Add(ctx, tx, by, "document.declined", audit.Subject("document", document), audit.Facts{"read": d.BaseHash})
	})
}
