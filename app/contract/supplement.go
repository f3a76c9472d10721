package contract

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/app/notify"
	"laoqi/app/pdf"
	"laoqi/app/pdf/pades"
	"laoqi/app/store"
)

const supplementKind = "supplement"

// Limits of an uploaded supplement.
const (
	MaxUpload      = 10 << 20 // bytes
	MaxUploadPages = 50
)

// Upload is the form 电子合同补充条款模板上传 (guide 1.5).
type Upload struct {
	Contract int64
	Replaces int64 // a supplement that is withdrawn for this one, 0 for none
	File     []byte
}

const notSupplemented = "只有新签备案审核通过并生成名册、劳动者没有拒签的电子劳动合同，才能办理补充条款。"

// MaySupplement reports whether the contract of the actor's enterprise can have supplements.
func (s *Service) MaySupplement(ctx context.Context, by app.Actor, contract int64) (bool, error) {
	_, err := s.supplemented(ctx, by, contract)
	if app.KindOf(err) == app.Conflict {
		return false, nil
	}
	return err == nil, err
}

func (s *Service) supplemented(ctx context.Context, by app.Actor, contract int64) (store.SupplementedContractRow, error) {
	c, err := s.DB.SupplementedContract(ctx, store.SupplementedContractParams{ID: contract, EnterpriseID: by.Enterprise})
	if store.IsNone(err) {
		err = app.Fail(app.Conflict, notSupplemented)
	}
	return c, err
}

// AddSupplement makes the employer's PDF a document that the worker signs, and
// tells the worker. What is wrong with the file is a fault of FieldFile.
func (s *Service) AddSupplement(ctx context.Context, by app.Actor, u Upload) (id int64, err error) {
	c, err := s.supplemented(ctx, by, u.Contract)
	if err != nil {
		return 0, err
	}
	if err := s.mayReplace(ctx, by, u.Replaces); err != nil {
		return 0, err
	}
	file, faults := u.check()
	if faults != nil {
		return 0, faults.Err()
	}
	row := store.InsertSupplementParams{ContractID: c.ID, EnterpriseID: by.Enterprise, Code: newCode()}
	if row.Title, err = s.supplementTitle(ctx, c.ID); err != nil {
		return 0, err
	}
	sum := sha256.Sum256(u.File)
	upload := hex.EncodeToString(sum[:])
	made, pages, err := s.bindSupplement(ctx, c.MainID, file, row, upload)
	if err != nil {
		return 0, err
	}
	row.Pages = int64(pages)
	if row.BaseHash, err = s.Files.Put(made); err != nil {
		return 0, err
	}
	err = s.DB.Write(ctx, func(tx *store.Tx) error {
		id, err = s.beginSupplement(ctx, tx, by, u, row, upload)
		return err
	})
	if err != nil {
		err = errors.Join(err, s.Files.Remove(row.BaseHash))
	}
	return id, err
}

const notWithdrawn = "这份补充条款已被劳动者签署、拒签或已撤回，不能再撤回或替换。"

// mayReplace spares the work on a file that would be refused in the end.
func (s *Service) mayReplace(ctx context.Context, by app.Actor, id int64) error {
	if id == 0 {
		return nil
	}
	d, err := s.Supplement(ctx, by, id)
	if err == nil && d.State != app.DocumentUnsigned {
		err = app.Fail(app.Conflict, notWithdrawn)
	}
	return err
}

// supplementTitle numbers the contract's supplements; a number is not used again.
func (s *Service) supplementTitle(ctx context.Context, contract int64) (title string, err error) {
	err = s.DB.Write(ctx, func(tx *store.Tx) error {
		n, err := tx.NextNumber(ctx, fmt.Sprintf("supplement.%d", contract))
		title = fmt.Sprintf("补充条款（%d）", n)
		return err
	})
	return title, err
}

// bindSupplement adds the page to sign on, and returns how many pages there are.
func (s *Service) bindSupplement(ctx context.Context, main int64, file []byte, row store.InsertSupplementParams, upload string) ([]byte, int, error) {
	m, err := s.DB.Document(ctx, main)
	if err != nil {
		return nil, 0, err
	}
	e, err := s.Enterprise.Get(ctx, m.EnterpriseID)
	if err != nil {
		return nil, 0, err
	}
	number, err := identity.OpenNumber(s.Vault, m.IDNumber)
	if err != nil {
		return nil, 0, err
	}
	made, err := pdf.Supplement(file, pdf.SupplementDoc{
		Record: pdf.Record{Number: m.Number, CheckURL: s.Config.BaseURL + link.To(link.CheckCode, row.Code), CheckCode: GroupCode(row.Code),
			MadeOn: app.DateOf(s.DB.Now().Time), Demo: s.Config.Demo},
		Title: row.Title, Enterprise: employer(e), Worker: app.Worker{Name: m.Worker, IDType: m.IDType, IDNumber: number}, Hash: upload})
	if err != nil {
		return nil, 0, err
	}
	boxes, err := pades.Boxes(made)
	return made, len(boxes), err
}

func (s *Service) beginSupplement(ctx context.Context, tx *store.Tx, by app.Actor, u Upload, row store.InsertSupplementParams, upload string) (int64, error) {
	if u.Replaces != 0 {
		if err := s.withdraw(ctx, tx, by, u.Replaces); err != nil {
			return 0, err
		}
	}
	row.MadeAt = tx.Now
	id, err := tx.InsertSupplement(ctx, row)
	if store.IsNone(err) {
		return 0, app.Fail(app.Conflict, notSupplemented)
	}
	if err != nil {
		return 0, err
	}
	err = s.Audit.Add(ctx, tx, by, "supplement.uploaded", audit.Subject("document", id),
		audit.Facts{"contract": row.ContractID, "upload": upload, "hash": row.BaseHash, "pages": row.Pages, "replaces": u.Replaces})
	if err != nil {
		return 0, err
	}
	return id, s.tellSupplement(ctx, tx, id)
}

// tellSupplement asks the worker to sign: by the filing's mobile where no account is bound yet.
func (s *Service) tellSupplement(ctx context.Context, tx *store.Tx, id int64) error {
	d, err := tx.Document(ctx, id)
	if err != nil {
		return err
	}
	s.changed(tx, d.EnterpriseID, d.PersonID)
	text := fmt.Sprintf("%s上传了劳动合同的%s，请阅读后签署，办理免费。", d.Enterprise, d.Title)
	if d.PersonID != 0 {
		return s.tellWorker(ctx, tx, int64(d.PersonID), notify.ToSign, id, text, d.Enterprise+"的补充条款待您签署，办理免费：")
	}
	mobile, err := identity.OpenMobile(s.Vault, d.Mobile)
	if err != nil {
		return err
	}
	return s.Notify.SMS(ctx, tx, mobile, "【劳契】"+d.Enterprise+"有补充条款待您签署。请用本人手机号注册并核验身份："+s.Config.BaseURL+link.MobileContracts)
}

// WithdrawSupplement takes a supplement back that the worker has not signed.
func (s *Service) WithdrawSupplement(ctx context.Context, by app.Actor, id int64) error {
	return s.DB.Write(ctx, func(tx *store.Tx) error {
		return s.withdraw(ctx, tx, by, id)
	})
}

func (s *Service) withdraw(ctx context.Context, tx *store.Tx, by app.Actor, id int64) error {
	n, err := tx.WithdrawSupplement(ctx, store.WithdrawSupplementParams{ID: id, EnterpriseID: by.Enterprise})
	if err := store.Changed(n, err, notWithdrawn); err != nil {
		return err
	}
	d, err := tx.Document(ctx, id)
	if err != nil {
		return err
	}
	s.changed(tx, d.EnterpriseID, d.PersonID)
	if err := s.Audit.Add(ctx, tx, by, "supplement.withdrawn", audit.Subject("document", id), audit.Facts{"hash": d.BaseHash}); err != nil {
		return err
	}
	if d.PersonID == 0 {
		return nil
	}
	return s.tellWorker(ctx, tx, int64(d.PersonID), notify.ToSign, id, d.Enterprise+"撤回了"+d.Title+"，您不需要签署它。", d.Enterprise+"撤回了补充条款，您不需要签署。您的合同：")
}

// Supplement reads a supplement of the actor's enterprise.
func (s *Service) Supplement(ctx context.Context, by app.Actor, id int64) (Document, error) {
	id, err := s.DB.HallSupplement(ctx, store.HallSupplementParams{ID: id, EnterpriseID: by.Enterprise})
	if err != nil {
		return Document{}, store.Found(err, "没有这份补充条款。")
	}
	return s.read(ctx, id)
}

// Supplements lists those of a contract, the newest first.
func (s *Service) Supplements(ctx context.Context, by app.Actor, contract int64) ([]Document, error) {
	ids, err := s.DB.Supplements(ctx, store.SupplementsParams{ContractID: contract, EnterpriseID: by.Enterprise})
	if err != nil {
		return nil, err
	}
	return s.readAll(ctx, ids)
}

func (s *Service) read(ctx context.Context, id int64) (Document, error) {
	row, err := s.DB.Document(ctx, id)
	if err != nil {
		return Document{}, err
	}
	return s.view(row)
}

func (s *Service) readAll(ctx context.Context, ids []int64) (list []Document, err error) {
	list = make([]Document, len(ids))
	for i, id := range ids {
		if list[i], err = s.read(ctx, id); err != nil {
			return nil, err
		}
	}
	return list, nil
}
