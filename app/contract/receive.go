package contract

import (
	"context"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/link"
	"laoqi/app/notify"
	"laoqi/app/store"
)

// Proof reports whether the document is a proof of ending (解除/终止证明书), the
// employer's act that the worker only acknowledges.
func (d Document) Proof() bool { return d.Kind == app.FilingTermination }

// Receive notes that the worker got a proof of ending (签收). Silence changes
// nothing of its validity.
func (s *Service) Receive(ctx context.Context, by app.Actor, document int64) error {
	d, err := s.mine(ctx, by, document)
	if err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *store.Tx) error {
		n, err := tx.ReceiveDocument(ctx, store.ReceiveDocumentParams{ID: document, ReceivedAt: tx.Now})
		if err := store.Changed(n, err, "这份文件已经签收过，或者不需要签收。"); err != nil {
			return err
		}
		s.changed(tx, d.EnterpriseID, d.PersonID)
		err = s.Enterprise.TellClerks(ctx, tx, d.EnterpriseID, notify.Receipt, d.Worker+"已签收"+d.Title+"。", link.To(link.HallContract, d.ContractID))
		if err != nil {
			return err
		}
		return s.Audit.Add(ctx, tx, by, "document.received", audit.Subject("document", document), audit.Facts{"hash": d.FinalHash})
	})
}
