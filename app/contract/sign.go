package contract

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"laoqi/app"
	"laoqi/app/cert"
	"laoqi/app/identity"
	"laoqi/app/pdf"
	"laoqi/app/pdf/pades"
	"laoqi/app/pdf/stamp"
	"laoqi/app/store"
)

// Signing is the worker's form. One act signs a contract and the supplements that
// wait with it, each by a signature of its own.
type Signing struct {
	Read       []Reading
	Way        Way    // what was chosen; where nothing is drawn a typed name counts
	Strokes    string // what the signature pad posts; "" if the name is typed
	Typed      string // the name
	Consent    bool   // to the text Consent
	Passphrase string
	Code       string // sent for identity.ForSigning
	Pass       string // in place of the code, for SignIntent
}

// Reading is a document and the SHA-256 of its file that was read.
type Reading struct {
	Document int64
	Hash     string
}

// String is a reading as a form carries it; ReadReading reads it back.
func (r Reading) String() string { return fmt.Sprintf("%d:%s", r.Document, r.Hash) }

// ReadReading reads what String wrote; what is malformed is a document that nobody has.
func ReadReading(text string) (r Reading) {
	if _, err := fmt.Sscanf(text, "%d:%64s", &r.Document, &r.Hash); err != nil {
		return Reading{}
	}
	return r
}

func (f Signing) factor() identity.Proof { return identity.Proof{Code: f.Code, Pass: f.Pass} }

// SignIntent is what a proof for signing the files is good for.
func SignIntent(read []Reading) identity.Intent {
	var names []string
	for _, r := range read {
		names = append(names, r.String())
	}
	return identity.Intent{Purpose: identity.ForSigning, Object: strings.Join(names, ",")}
}

const staleText = "合同的状态或内容已变化（可能已在另一个页面签署），请返回“我的合同”重新查看。"

// Sign puts the worker's signature on the files that were read: on all of them or
// on none. The code is used up by the same transaction that stores the
// signatures; all that is wrong with the form comes back as faults.
func (s *Service) Sign(ctx context.Context, by app.Actor, f Signing) error {
	docs, err := s.toSign(ctx, by, f.Read)
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
	look, faults := f.check(signer.Name, app.DateOf(s.DB.Now().Time))
	if err := faults.Err(); err != nil {
		return err
	}
	key, problem, err := s.Cert.Unlock(ctx, by, f.Passphrase)
	if err != nil || problem != "" {
		return fault(FieldPassphrase, problem, err)
	}
	act := act{by: by, form: f, key: key, name: signer.Name, number: identity.NumberHash(s.Vault, signer.IDType, signer.IDNumber), look: look}
	err = s.signAll(ctx, &act, docs)
	if err == nil {
		err = s.commitSignatures(ctx, &act)
	}
	if err != nil {
		for _, m := range act.made {
			err = errors.Join(err, s.Files.Remove(m.hash))
		}
	}
	return err
}

// toSign reads the documents of one contract that wait for this worker and are
// still the ones read.
func (s *Service) toSign(ctx context.Context, by app.Actor, read []Reading) (docs []store.DocumentRow, err error) {
	if by.Kind != app.AccountPerson {
		return nil, app.Fail(app.Forbidden, "合同由劳动者本人用个人账号签署。")
	}
	seen := map[int64]bool{}
	for _, r := range read {
		d, err := s.mine(ctx, by, r.Document)
		if err != nil {
			return nil, err
		}
		if d.State != app.DocumentUnsigned || d.BaseHash != r.Hash || seen[d.ID] || len(docs) > 0 && d.ContractID != docs[0].ContractID {
			return nil, app.Fail(app.Conflict, staleText)
		}
		seen[d.ID] = true
		docs = append(docs, d)
	}
	return docs, nil
}

// check draws the signature and collects what is wrong with the form.
func (f Signing) check(name string, on app.Date) (look *stamp.Picture, faults app.Faults) {
	if len(f.Read) == 0 {
		faults.Add(FieldDocument, "请勾选已经阅读、要签署的文件。")
	}
	look = hand{f.Way, f.Strokes, f.Typed}.picture(name, on, &faults)
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

// act is one act of signing: who signs, how, and the files made so far.
type act struct {
	by     app.Actor
	form   Signing
	key    cert.Key
	name   string
	number []byte // hash of the worker's ID number
	look   *stamp.Picture
	made   []made

	factor identity.Method // that proved the worker beside the passphrase
}

type made struct {
	document store.DocumentRow
	hash     string // of the file with the signature
	owed     bool   // its timestamp, by the authority outside
}

// signAll makes the signed files, which count once they are committed.
func (s *Service) signAll(ctx context.Context, a *act, docs []store.DocumentRow) error {
	drawing := pades.NewDrawing(a.look.Content())
	for _, d := range docs {
		by := s.Cert.Stamper(ctx)
		hash, err := s.apply(d.BaseHash, pades.Request{Field: pdf.FieldWorker, Signer: a.key.Key, Chain: a.key.Chain, TSA: by.TSA, Room: by.Room,
			Name: a.name, Reason: "乙方签署" + d.Title + "（" + a.form.way().Label() + "）", Time: s.DB.Now().Time, Appearance: new(whole(a.look, drawing))})
		if err != nil {
			return err
		}
		a.made = append(a.made, made{d, hash, by.Owed})
	}
	return nil
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

// textHash is the hash of a text as the audit log carries it.
func textHash(t identity.Text) string { return hex.EncodeToString(t.Hash()) }
