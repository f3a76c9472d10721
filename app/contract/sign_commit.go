package contract

import (
	"cmp"
	"context"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/app/notify"
	"laoqi/app/pdf"
	"laoqi/app/store"
)

// commitSignatures makes the signed files those of their documents, and spends the
// code or pass. A wrong code is committed too, so that it is counted.
func (s *Service) commitSignatures(ctx context.Context, a *act) error {
	var used app.Faults
	err := s.DB.Write(ctx, func(tx *store.Tx) (err error) {
		if err := s.Cert.Holds(ctx, tx, a.key.Certificate); err != nil {
			return err
		}
		for _, m := range a.made { // before the code: a form that comes too late spends none
			now, err := tx.Document(ctx, m.document.ID)
			if err != nil {
				return err
			}
			if now.State != app.DocumentUnsigned {
				return app.Fail(app.Conflict, staleText)
			}
		}
		if a.factor, used, err = s.Identity.UseFactor(ctx, tx, a.by, SignIntent(a.form.Read), a.form.factor()); err != nil || used != nil {
			return err
		}
		for _, t := range []identity.Text{Notice, Consent} {
			if err := s.Identity.Agree(ctx, tx, a.by.Account, t); err != nil {
				return err
			}
		}
		for _, m := range a.made {
			if err := s.commitSignature(ctx, tx, a, m); err != nil {
				return err
			}
		}
		return nil
	})
	return cmp.Or(err, used.Err())
}

func (s *Service) commitSignature(ctx context.Context, tx *store.Tx, a *act, m made) error {
	d := m.document
	n, err := tx.SignDocument(ctx, store.SignDocumentParams{ID: d.ID, BaseHash: d.BaseHash, WorkerHash: m.hash, WorkerAt: tx.Now, StampOwed: m.owed})
	if err := store.Changed(n, err, staleText); err != nil {
		return err
	}
	err = tx.InsertSignature(ctx, store.InsertSignatureParams{DocumentID: d.ID, Field: pdf.FieldWorker, CertificateID: app.Ref(a.key.Certificate),
		Way: string(a.form.way()), BeforeHash: d.BaseHash, AfterHash: m.hash, MadeAt: tx.Now})
	if err != nil {
		return err
	}
	shared, err := s.Identity.SharesDevice(ctx, tx.Queries, a.number, d.EnterpriseID)
	if err != nil {
		return err
	}
	err = s.Audit.Add(ctx, tx, a.by, "document.signed", audit.Subject("document", d.ID), audit.Facts{
		"way": a.form.way(), "factor": a.factor, "notice": textHash(Notice), "consent": textHash(Consent), "certificate": a.key.Certificate,
		"serial": a.key.Chain[0].SerialNumber.Text(16), "identity": app.Verified, "read": d.BaseHash, "hash": m.hash, "together": len(a.made), "shared_device": shared})
	if err != nil {
		return err
	}
	return s.signed(ctx, tx, d)
}

// signed sets going what follows a worker's signature.
func (s *Service) signed(ctx context.Context, tx *store.Tx, d store.DocumentRow) error {
	if err := s.askSeal(ctx, tx, d.EnterpriseID); err != nil {
		return err
	}
	s.changed(tx, d.EnterpriseID, d.PersonID)
	waits := cmp.Or(map[string]string{supplementKind: "待操作员确认后盖章。"}[d.Kind], "待企业盖章。")
	return s.Enterprise.TellClerksOf(ctx, tx, d.EnterpriseID, notify.Several{Kind: notify.WorkerSigned, Who: d.Worker, One: "已签署" + d.Title + "，" + waits,
		Link: link.To(link.HallContract, d.ContractID), Many: "份文件员工已签署，" + waits, List: link.HallContracts})
}

// SendCode sends the worker the code for Sign.
func (s *Service) SendCode(ctx context.Context, by app.Actor, document int64) error {
	d, err := s.mine(ctx, by, document)
	if err != nil {
		return err
	}
	if d.State != app.DocumentUnsigned {
		return app.Fail(app.Conflict, staleText)
	}
	return s.Identity.SendCode(ctx, by, identity.ForSigning)
}
