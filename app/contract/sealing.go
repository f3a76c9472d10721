package contract

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strconv"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/cert"
	"laoqi/app/hub"
	"laoqi/app/link"
	"laoqi/app/notify"
	"laoqi/app/pdf"
	"laoqi/app/pdf/pades"
	"laoqi/app/seal"
	"laoqi/app/store"
)

// step is a point of sealing one document. A document is sealed outside of any
// transaction and its file written; then one transaction makes that file the
// document's, guarded by the state and the file that was sealed, with the one
// usage record. Dying before the commit leaves an orphaned file and a document
// that still waits.
type step string

const (
	stepSigned    step = "signed"    // in memory
	stepWritten   step = "written"   // the file lies on the disk
	stepRecorded  step = "recorded"  // inside the transaction, before it commits
	stepCommitted step = "committed" // the document is sealed
)

// askSeal queues the sealing of what waits at the enterprise.
func (s *Service) askSeal(ctx context.Context, tx *store.Tx, enterprise int64) error {
	id := strconv.FormatInt(enterprise, 10)
	return s.Jobs.Add(ctx, tx, seal.SealJob, id, []byte(id))
}

// sealAll handles seal.SealJob. A document that cannot be sealed does not stop those
// after it; the job is repeated for it.
func (s *Service) sealAll(ctx context.Context, payload []byte) error {
	enterprise, err := strconv.ParseInt(string(payload), 10, 64)
	if err != nil {
		return err
	}
	if err := s.gather(ctx, enterprise); err != nil {
		return err
	}
	if err := s.askConfirm(ctx, enterprise); err != nil {
		return err
	}
	b := batch{Service: s, enterprise: enterprise, drawings: map[int64]*pades.Drawing{}}
	for {
		waiting, err := s.DB.UnsealedDocuments(ctx, store.UnsealedDocumentsParams{EnterpriseID: enterprise, After: b.last})
		if err != nil || len(waiting) == 0 {
			return errors.Join(err, b.problem())
		}
		for _, id := range waiting {
			if done, err := b.next(ctx, id); done || err != nil {
				return err
			}
		}
	}
}

// batch is one run over the documents of an enterprise.
type batch struct {
	*Service
	enterprise int64
	last       int64                    // document tried last
	drawings   map[int64]*pades.Drawing // of seals, made once
	failed     int
	first      error
}

func (b *batch) problem() error {
	if b.failed == 0 {
		return nil
	}
	return fmt.Errorf("%d documents not sealed, the first: %w", b.failed, b.first)
}

// next seals one document. It is done with the batch when no authorization lives.
func (b *batch) next(ctx context.Context, id int64) (done bool, err error) {
	b.last = id
	d, err := b.DB.Document(ctx, id)
	if err != nil {
		return true, err
	}
	if d.Kind == supplementKind {
		err = b.supplement(ctx, d)
	} else {
		var use seal.Stamp
		if use, err = b.Seal.Unlock(ctx, b.enterprise); app.KindOf(err) == app.Conflict {
			return true, b.problem()
		}
		if err == nil {
			err = b.seal(ctx, d, use)
		}
	}
	if err == nil || app.KindOf(err) == app.Conflict {
		return false, nil // sealed, or no longer ours to seal
	}
	if b.failed++; b.first == nil {
		b.first = fmt.Errorf("document %d: %w", id, err)
	}
	return false, b.DB.Write(ctx, func(tx *store.Tx) error {
		tx.AfterCommit(func() { b.Hub.Publish(hub.Enterprise(b.enterprise)) })
		return tx.NoteSealProblem(ctx, store.NoteSealProblemParams{ID: id, Problem: sealProblem(err)})
	})
}

// sealProblem says to the clerk why a document was not sealed.
func sealProblem(err error) string {
	if errors.Is(err, fs.ErrNotExist) {
		return "找不到待盖章的合同文件，请联系系统管理员从备份中恢复，系统会自动重试。"
	}
	return "盖章没有成功，系统会自动重试。"
}

func (b *batch) seal(ctx context.Context, d store.DocumentRow, use seal.Stamp) error {
	before := newest(d)
	file, err := b.Files.Get(before)
	if err != nil {
		return err
	}
	by := b.Cert.Stamper(ctx)
	sealed, err := b.apply(ctx, file, d, use, by)
	if err != nil {
		return err
	}
	b.reached(stepSigned)
	after, err := b.Files.Put(sealed)
	if err != nil {
		return err
	}
	b.reached(stepWritten)
	err = b.DB.Write(ctx, func(tx *store.Tx) error { return b.commit(ctx, tx, d, use, by, before, after) })
	if err != nil {
		return errors.Join(err, b.Files.Remove(after))
	}
	b.reached(stepCommitted)
	return nil
}

// apply puts the seal on the signature page and a slice of it on the edge of each
// page (骑缝章), and adds what a later check needs (PAdES B-LT).
func (b *batch) apply(ctx context.Context, file []byte, d store.DocumentRow, use seal.Stamp, by *cert.Stamper) ([]byte, error) {
	drawing := b.drawings[use.Seal]
	if drawing == nil {
		drawing = pades.NewDrawing(use.Picture.Content())
		b.drawings[use.Seal] = drawing
	}
	r := pades.Request{Field: pdf.FieldSeal, Signer: use.Key, Chain: use.Chain, TSA: by.TSA, Room: by.Room, Name: d.Enterprise, Reason: "甲方盖章",
		Time: b.DB.Now().Time, Appearance: new(whole(use.Picture, drawing)), Fill: map[string]pades.Appearance{}}
	if d.Pages > 1 {
		for i := 1; i <= int(d.Pages); i++ {
			r.Fill[pdf.SeamField(i)] = window(drawing, use.Picture.Slice(i, int(d.Pages)))
		}
	}
	sealed, err := pades.Sign(file, r)
	if err != nil {
		return nil, err
	}
	return b.conserve(ctx, sealed, d.ID, use)
}

// conserve adds to a sealed file who vouches for its signatures, and that nobody
// whose certificate it needs had been revoked (PAdES B-LT). Of an imported one it
// is what its issuer said last, if he can be asked.
func (b *batch) conserve(ctx context.Context, sealed []byte, document int64, use seal.Stamp) ([]byte, error) {
	var serials []string
	certs := [][]byte{b.Cert.Issuing().Raw, b.Cert.Root().Raw}
	if use.Imported {
		for _, above := range use.Chain[1:] {
			certs = append(certs, above.Raw)
		}
	} else {
		serials = []string{use.Chain[0].SerialNumber.Text(16)}
	}
	worker, err := b.DB.WorkerSerial(ctx, document)
	if err == nil {
		serials = append(serials, worker)
	} else if !store.IsNone(err) { // an ending is the enterprise's act alone
		return nil, err
	}
	answers, err := b.Cert.Answers(ctx, serials...)
	if err != nil {
		return nil, err
	}
	list, err := b.Cert.RootCRL() // of the issuing authority
	if err != nil {
		return nil, err
	}
	lists := [][]byte{list}
	if len(use.OCSP) > 0 {
		answers = append(answers, use.OCSP)
	}
	if len(use.CRL) > 0 {
		lists = append(lists, use.CRL)
	}
	return pades.AddDSS(sealed, pades.DSS{Certs: certs, OCSPs: answers, CRLs: lists})
}

func (b *batch) commit(ctx context.Context, tx *store.Tx, d store.DocumentRow, use seal.Stamp, by *cert.Stamper, before, after string) error {
	n, err := tx.SealDocument(ctx, store.SealDocumentParams{ID: d.ID, BeforeHash: before, FinalHash: after, FinalAt: tx.Now,
		StampEndsAt: app.At(by.Until), StampOwed: by.Owed})
	if err := store.Changed(n, err, "这份文件已经盖章。"); err != nil {
		return err
	}
	err = tx.InsertSignature(ctx, store.InsertSignatureParams{DocumentID: d.ID, Field: pdf.FieldSeal, SealID: app.Ref(use.Seal),
		BeforeHash: before, AfterHash: after, MadeAt: tx.Now})
	if err != nil {
		return err
	}
	if err := b.askStamp(ctx, tx, by.Owed); err != nil {
		return err
	}
	if err := b.Seal.Record(ctx, tx, use, d.ID, d.Title+" "+d.Number); err != nil {
		return err
	}
	err = b.Audit.Add(ctx, tx, product, "document.sealed", audit.Subject("document", d.ID),
		audit.Facts{"seal": use.Seal, "authorization": use.Authorization, "before": before, "hash": after})
	if err != nil {
		return err
	}
	b.changed(tx, d.EnterpriseID, d.PersonID)
	b.reached(stepRecorded)
	return b.tell(ctx, tx, d)
}

// tell lets both parties know that the document is concluded.
func (b *batch) tell(ctx context.Context, tx *store.Tx, d store.DocumentRow) error {
	done, kind := "已签订", notify.Concluded
	text, sentence := "您与"+d.Enterprise+"的"+d.Title+"已签订，可以随时免费查看和下载。", "您与"+d.Enterprise+"的文件已签订，可免费查看和下载："
	if d.FilingKind == app.FilingTermination {
		done, kind = "已出具", notify.Receipt
		text, sentence = d.Enterprise+"已出具您的"+d.Title+"，请查看并签收，可以随时免费下载。", d.Enterprise+"已出具解除（终止）劳动合同证明书，请查看并签收："
	}
	err := b.Enterprise.TellClerksOf(ctx, tx, b.enterprise, notify.Several{Kind: notify.Concluded, Who: d.Worker, One: "的" + d.Title + done + "，可以下载。",
		Link: link.To(link.HallContract, d.ContractID), Many: "份文件" + done + "，可以下载。", List: link.With(link.HallContracts, "document", string(app.DocumentSigned))})
	if err != nil || d.PersonID == 0 {
		return err
	}
	return b.tellWorker(ctx, tx, int64(d.PersonID), kind, d.ID, text, sentence)
}
