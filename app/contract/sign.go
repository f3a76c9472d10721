package contract

import (
	"cmp"
	"context"
	"fmt"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/cert"
	"laoqi/app/hub"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/app/notify"
	"laoqi/app/pdf"
	"laoqi/app/pdf/pades"
	"laoqi/app/pdf/stamp"
	"laoqi/app/store"
)

// Signing is the worker's form.
type Signing struct {
	Document   int64
	Hash       string // of the file that was read
	Strokes    string // what the signature pad posts; "" if the name is typed
	Typed      string // the name, in place of strokes
	Consent    bool   // to the text Consent
	Passphrase string
	Code       string // sent for identity.ForSigning
	Pass       string // in place of the code, for SignIntent
}

func (f Signing) factor() identity.Proof { return identity.Proof{Code: f.Code, Pass: f.Pass} }

// SignIntent is what a proof for signing the file is good for.
func SignIntent(document int64, hash string) identity.Intent {
	return identity.Intent{Purpose: identity.ForSigning, Object: fmt.Sprintf("%d:%s", document, hash)}
}

const staleText = "合同的状态或内容已变化（可能已在另一个页面签署），请返回“我的合同”重新查看。"

// Sign puts the worker's signature on the file that was read. The code is used
// up by the same transaction that stores the signature; all that is wrong with
// the form comes back as faults.
func (s *Service) Sign(ctx context.Context, by app.Actor, f Signing) error {
	d, err := s.toSign(ctx, by, f)
	if err != nil {
		return err
	}
	signer, err := s.Identity.Person(ctx, by.Person)
	if err != nil {
		return err
	}
	if signer.Level != app.Verified {
		return app.Fail(app.Conflict, "请先完成身份核验，再签署合同。")
	}
	now := s.DB.Now()
	look, faults := f.check(signer.Name, app.DateOf(now.Time))
	if err := faults.Err(); err != nil {
		return err
	}
	key, problem, err := s.Cert.Unlock(ctx, by, f.Passphrase)
	if err != nil || problem != "" {
		return fault(FieldPassphrase, problem, err)
	}
	hash, err := s.apply(d.BaseHash, pades.Request{Field: pdf.FieldWorker, Signer: key.Key, Chain: key.Chain, TSA: s.Cert.TSA(),
		Name: signer.Name, Reason: "乙方签署" + d.Title, Time: now.Time, Appearance: new(whole(look, pades.NewDrawing(look.Content())))})
	if err != nil {
		return err
	}
	used, err := s.commitSignature(ctx, by, d, f, key, hash)
	if err != nil || used != nil {
		return cmp.Or(s.Files.Remove(hash), err, used.Err())
	}
	return nil
}

// toSign reads a document that waits for this worker and is still the one read.
func (s *Service) toSign(ctx context.Context, by app.Actor, f Signing) (store.DocumentRow, error) {
	if by.Kind != app.AccountPerson {
		return store.DocumentRow{}, app.Fail(app.Forbidden, "合同由劳动者本人用个人账号签署。")
	}
	d, err := s.mine(ctx, by, f.Document)
	if err == nil && (d.State != app.DocumentUnsigned || d.BaseHash != f.Hash) {
		err = app.Fail(app.Conflict, staleText)
	}
	return d, err
}

// check draws the signature and collects what is wrong with the form.
func (f Signing) check(name string, on app.Date) (look *stamp.Picture, faults app.Faults) {
	look = hand{f.Strokes, f.Typed}.picture(name, on, &faults)
	faults.Require(FieldPassphrase, f.Passphrase, "请输入证书密码。")
	f.factor().CheckFactor(&faults)
	if !f.Consent {
		faults.Add(FieldConsent, "请阅读合同全文并勾选确认。")
	}
	return look, faults
}

func fault(field, problem string, err error) error {
	if err != nil || problem == "" {
		return err
	}
	return app.Faults{{Field: field, Text: problem}}.Err()
}

// apply signs a stored file and stores the result; it returns its name.
func (s *Service) apply(hash string, r pades.Request) (string, error) {
	file, err := s.Files.Get(hash)
	if err != nil {
		return "", err
	}
	signed, err := pades.Sign(file, r)
	if err != nil {
		return "", err
	}
	return s.Files.Put(signed)
}

func (s *Service) commitSignature(ctx context.Context, by app.Actor, d store.DocumentRow, f Signing, key cert.Key, hash string) (used app.Faults, err error) {
	err = s.DB.Write(ctx, func(tx *store.Tx) error {
		now, err := tx.Document(ctx, d.ID)
		if err != nil {
			return err
		}
		if now.State != app.DocumentUnsigned {
			return app.Fail(app.Conflict, staleText)
		}
		if used, err = s.Identity.UseFactor(ctx, tx, by, SignIntent(d.ID, f.Hash), f.factor()); err != nil || used != nil {
			return err
		}
		n, err := tx.SignDocument(ctx, store.SignDocumentParams{ID: d.ID, BaseHash: f.Hash, WorkerHash: hash, WorkerAt: tx.Now})
		if err := store.Changed(n, err, staleText); err != nil {
			return err
		}
		err = tx.InsertSignature(ctx, store.InsertSignatureParams{DocumentID: d.ID, Field: pdf.FieldWorker, CertificateID: app.Ref(key.Certificate),
			BeforeHash: d.BaseHash, AfterHash: hash, MadeAt: tx.Now})
		if err != nil {
			return err
		}
		return s.signed(ctx, tx, by, d, f, key, hash)
	})
	return used, err
}

// signed records the evidence and sets going what follows a worker's signature.
func (s *Service) signed(ctx context.Context, tx *store.Tx, by app.Actor, d store.DocumentRow, f Signing, key cert.Key, hash string) error {
	way := "drawn"
	if f.Strokes == "" {
		way = "typed"
	}
	err := s.Audit.Add(ctx, tx, by, "document.signed", audit.Subject("document", d.ID), audit.Facts{
		"way": way, "consent": consentHash(), "certificate": key.Certificate, "serial": key.Chain[0].SerialNumber.Text(16),
		"identity": app.Verified, "read": d.BaseHash, "hash": hash})
	if err != nil {
		return err
	}
	if err := s.askSeal(ctx, tx, d.EnterpriseID); err != nil {
		return err
	}
	tx.AfterCommit(func() { s.Hub.Publish(hub.Enterprise(d.EnterpriseID)) })
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
