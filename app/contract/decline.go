package contract

import (
	"context"
	"fmt"
	"unicode/utf8"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/link"
	"laoqi/app/notify"
	"laoqi/app/store"
)

// MaxReason is how long the reason of a refusal may be, in characters.
const MaxReason = 200

// Decline refuses to sign (拒签). The reason goes to the clerks. With a contract go its
// supplements, but those that are concluded: without it they mean nothing.
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
		if err := s.Audit.Add(ctx, tx, by, "document.declined", audit.Subject("document", document), audit.Facts{"read": d.BaseHash}); err != nil {
			return err
		}
		text := d.Worker + "拒绝签署" + d.Title + "，原因：" + reason
		if d.Kind != supplementKind {
			n, err := s.withdrawAll(ctx, tx, by, d)
			if err != nil {
				return err
			}
			if n > 0 {
				text += fmt.Sprintf("（没有订立的 %d 份补充条款已随之撤回）", n)
			}
		}
		return s.Enterprise.TellClerks(ctx, tx, d.EnterpriseID, notify.Declined, text, link.To(link.HallContract, d.ContractID))
	})
}

// withdrawAll takes back the supplements of a contract that the worker has declined.
func (s *Service) withdrawAll(ctx context.Context, tx *store.Tx, by app.Actor, main store.DocumentRow) (n int, err error) {
	ids, err := tx.WithdrawSupplementsOf(ctx, main.ContractID)
	for _, id := range ids {
		if err == nil {
			err = s.Audit.Add(ctx, tx, by, "supplement.withdrawn", audit.Subject("document", id), audit.Facts{"declined": main.ID})
		}
	}
	return len(ids), err
}
