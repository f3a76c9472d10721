package contract

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/cert"
	"laoqi/app/pki/cms"
	"laoqi/app/seal"
	"laoqi/app/store"
	"laoqi/app/vault"
)

// Nobody reviewed the text of a supplement, so the standing authorization does not
// cover it: an operator confirms the very file, which then is sealed under that
// operator's authorization.

// Confirming is the operator's form.
type Confirming struct {
	Document   int64
	Hash       string // of the file that was read
	Passphrase string
}

// Confirmed is what an operator agrees to.
const Confirmed = "我已阅读这份补充条款的全文，同意在本文件上加盖本企业的电子印章"

const (
	noConfirmation    = "没有需要您确认的这份补充条款。只有签章授权有效的操作员可以确认；请先完成电子合同签章授权。"
	staleConfirmation = "这份补充条款的状态或文件已变化（可能已由其他操作员确认），请重新查看。"
)

// ToConfirm reads a supplement that a worker has signed for an operator whose
// authorization lives, also once it is confirmed.
func (s *Service) ToConfirm(ctx context.Context, by app.Actor, id int64) (Document, error) {
	row, _, err := s.toConfirm(ctx, by, id)
	if err != nil {
		return Document{}, err
	}
	return s.view(row)
}

func (s *Service) toConfirm(ctx context.Context, by app.Actor, id int64) (store.DocumentRow, seal.Live, error) {
	d, err := s.DB.Document(ctx, id)
	if err != nil {
		return d, seal.Live{}, store.Found(err, noConfirmation)
	}
	lives, err := s.Seal.LivesOf(ctx, by.Person)
	if err != nil {
		return d, seal.Live{}, err
	}
	i := slices.IndexFunc(lives, func(l seal.Live) bool { return l.EnterpriseID == d.EnterpriseID })
	if i < 0 || by.Kind != app.AccountPerson || d.Kind != supplementKind || d.WorkerHash == "" {
		return d, seal.Live{}, app.Fail(app.NotFound, noConfirmation)
	}
	return d, lives[i], nil
}

// Unconfirmed lists the supplements that wait for the operator.
func (s *Service) Unconfirmed(ctx context.Context, person int64) (list []Document, err error) {
	lives, err := s.Seal.LivesOf(ctx, person)
	if err != nil {
		return nil, err
	}
	var asked []int64
	for _, l := range lives {
		if slices.Contains(asked, l.EnterpriseID) {
			continue
		}
		asked = append(asked, l.EnterpriseID)
		ids, err := s.DB.Unconfirmed(ctx, l.EnterpriseID)
		if err != nil {
			return nil, err
		}
		some, err := s.readAll(ctx, ids)
		if err != nil {
			return nil, err
		}
		list = append(list, some...)
	}
	return list, nil
}

// Confirm signs the operator's consent that the file is sealed. The seal follows
// at once, by the outbox. A wrong passphrase is a fault of FieldPassphrase.
func (s *Service) Confirm(ctx context.Context, by app.Actor, f Confirming) error {
	d, live, err := s.toConfirm(ctx, by, f.Document)
	if err != nil {
		return err
	}
	if d.State != app.DocumentUnconfirmed || d.WorkerHash != f.Hash {
		return app.Fail(app.Conflict, staleConfirmation)
	}
	var faults app.Faults
	if faults.Require(FieldPassphrase, f.Passphrase, "请输入证书密码。"); faults != nil {
		return faults.Err()
	}
	key, problem, err := s.Cert.Unlock(ctx, by, f.Passphrase)
	if err != nil || problem != "" {
		return fault(FieldPassphrase, problem, err)
	}
	return s.confirmBy(ctx, by, d, live, key)
}

func (s *Service) confirmBy(ctx context.Context, by app.Actor, d store.DocumentRow, live seal.Live, key cert.Key) (err error) {
	row := store.InsertConfirmationParams{DocumentID: d.ID, AuthorizationID: live.ID, PersonID: by.Person, CertificateID: key.Certificate, FileHash: d.WorkerHash, MadeAt: s.DB.Now()}
	if row.Statement, err = s.consentTo(ctx, d, row, vault.Token()); err != nil {
		return err
	}
	if row.Signature, err = cms.SignDetached(row.Statement, key.Signer, s.Cert.TSA()); err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *store.Tx) error { return s.confirmed(ctx, tx, by, d, row) })
}

func (s *Service) confirmed(ctx context.Context, tx *store.Tx, by app.Actor, d store.DocumentRow, row store.InsertConfirmationParams) error {
	if err := s.Seal.Holds(ctx, tx, row.AuthorizationID); err != nil {
		return err
	}
	if err := s.Cert.Holds(ctx, tx, row.CertificateID); err != nil {
		return err
	}
	n, err := tx.ConfirmSupplement(ctx, store.ConfirmSupplementParams{ID: d.ID, FileHash: row.FileHash})
	if err := store.Changed(n, err, staleConfirmation); err != nil {
		return err
	}
	if err := tx.InsertConfirmation(ctx, row); err != nil {
		return err
	}
	if err := s.askSeal(ctx, tx, d.EnterpriseID); err != nil {
		return err
	}
	s.changed(tx, d.EnterpriseID, d.PersonID)
	statement := sha256.Sum256(row.Statement)
	return s.Audit.Add(ctx, tx, by, "supplement.confirmed", audit.Subject("document", d.ID), audit.Facts{
		"authorization": row.AuthorizationID, "certificate": row.CertificateID, "hash": row.FileHash, "statement": hex.EncodeToString(statement[:])})
}
