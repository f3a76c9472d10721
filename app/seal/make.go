package seal

import (
	"context"
	"crypto"
	"crypto/x509"
	"fmt"
	"strings"
	"unicode/utf8"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/enterprise"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/app/notify"
	"laoqi/app/pki"
	"laoqi/app/store"
)

// MaxName is how many characters a seal's name has at most (guide 2.5(3)).
const MaxName = 50

// Hint is printed at the form 添加电子印章 (guide 2.5(3)).
const Hint = "每个印章类型只能申请一次，作废后可再申请"

const keyLabel = "seal.key"

// ComposeName joins the names of enterprise and type; where that is too long the
// type's alone stands.
func ComposeName(enterprise string, k app.SealKind) string {
	name := enterprise + k.Label()
	if utf8.RuneCountInString(name) > MaxName {
		return k.Label()
	}
	return name
}

// Form is the form 添加电子印章.
type Form struct {
	Kind app.SealKind
	Name string
}

// Check reports all that stands against making the seal.
func (s *Service) Check(ctx context.Context, by app.Actor, f Form) error {
	_, err := s.checked(ctx, by, &f)
	return err
}

func (s *Service) checked(ctx context.Context, by app.Actor, f *Form) (e enterprise.Enterprise, err error) {
	if e, err = s.enterprise.Get(ctx, by.Enterprise); err != nil {
		return e, err
	}
	if e.State != enterprise.Admitted {
		return e, app.Fail(app.Conflict, "企业的入驻申请还在审核，通过后才能添加印章。")
	}
	f.Name = strings.TrimSpace(f.Name)
	var faults app.Faults
	faults.Add("kind", s.kindProblem(by, f.Kind))
	if n := utf8.RuneCountInString(f.Name); n < 2 || n > MaxName {
		faults.Add("name", fmt.Sprintf("请输入印章名称，2 到 %d 个字。", MaxName))
	}
	taken, err := s.db.SealKindTaken(ctx, store.SealKindTakenParams{EnterpriseID: by.Enterprise, Kind: f.Kind})
	if err != nil {
		return e, err
	}
	if taken {
		faults.Add("kind", Hint+"。")
	}
	if _, err := draw(f.Kind, e); err != nil {
		faults.Add("kind", err.Error())
	}
	return e, faults.Err()
}

func (s *Service) kindProblem(by app.Actor, k app.SealKind) string {
	switch {
	case k.Label() == "":
		return "请选择印章类型。"
	case !MayManage(by, k):
		return errNotYours.Error()
	}
	return ""
}

// Preview draws the seal that the form would make, as SVG.
func (s *Service) Preview(ctx context.Context, by app.Actor, k app.SealKind) (svg string, err error) {
	if problem := s.kindProblem(by, k); problem != "" {
		return "", app.Faults{{Field: "kind", Text: problem}}.Err()
	}
	e, err := s.enterprise.Get(ctx, by.Enterprise)
	if err != nil {
		return "", err
	}
	picture, err := draw(k, e)
	if err != nil {
		return "", app.Faults{{Field: "kind", Text: err.Error()}}.Err()
	}
	return picture.SVG(), nil
}

// MakeIntent is what a proof for making the seal of the form is good for.
func MakeIntent(by app.Actor, f Form) identity.Intent {
	return identity.Intent{Purpose: identity.ForSeal, Object: fmt.Sprintf("make:%d:%s:%s", by.Enterprise, f.Kind, strings.TrimSpace(f.Name))}
}

// Make gives the actor's enterprise a seal with a key and certificate of its own
// (生成印章). The key is sealed by the key file, since contracts are sealed while
// nobody is present; what allows it is the operator's authorization.
func (s *Service) Make(ctx context.Context, by app.Actor, f Form, p Proof) (id int64, err error) {
	e, err := s.checked(ctx, by, &f)
	if err != nil {
		return 0, err
	}
	var faults app.Faults
	if p.Check(&faults); faults != nil {
		return 0, faults.Err()
	}
	made, err := s.issue(by, e, f.Name)
	if err != nil {
		return 0, err
	}
	err = s.identity.Proved(ctx, by, MakeIntent(by, f), p, func(tx *store.Tx) error {
		if id, err = tx.InsertSeal(ctx, store.InsertSealParams{EnterpriseID: e.ID, Kind: f.Kind, Name: f.Name, MadeBy: by.Account, MadeAt: tx.Now}); err != nil {
			return store.Taken(err, Hint+"。")
		}
		made.SealID, made.MadeAt = id, tx.Now
		if err := tx.InsertSealCertificate(ctx, made); err != nil {
			return err
		}
		text := fmt.Sprintf("%s添加了印章“%s”。", by.Name, f.Name)
		if err := s.enterprise.TellManagers(ctx, tx, by, notify.SealAdded, text, link.To(link.MobileSeal, id), ""); err != nil {
			return err
		}
		return s.audit.Add(ctx, tx, by, "seal.made", audit.Subject("seal", id), audit.Facts{"enterprise": e.ID, "kind": f.Kind, "serial": made.Serial})
	})
	return id, err
}

// issue makes a key for a seal of the name, and its certificate by the installation's own authority.
func (s *Service) issue(by app.Actor, e enterprise.Enterprise, name string) (row store.InsertSealCertificateParams, err error) {
	key, err := pki.NewKey()
	if err != nil {
		return row, err
	}
	c, err := s.cert.IssueSeal(pki.Seal{Enterprise: e.Name, USCC: e.USCC, Name: name}, key.Public())
	if err != nil {
		return row, err
	}
	return s.keep(by, key, c)
}

// keep seals a key and describes its certificate.
func (s *Service) keep(by app.Actor, key crypto.Signer, c *x509.Certificate) (store.InsertSealCertificateParams, error) {
	der, err := x509.MarshalPKCS8PrivateKey(key)
	return store.InsertSealCertificateParams{Serial: c.SerialNumber.Text(16), Certificate: c.Raw, Above: []byte{},
		Key: s.vault.Seal(keyLabel, der), MadeBy: by.Account, EndsAt: app.At(c.NotAfter)}, err
}
