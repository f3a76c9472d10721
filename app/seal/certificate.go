package seal

import (
	"context"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/cert"
	"laoqi/app/enterprise"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/app/notify"
	"laoqi/app/pki"
	"laoqi/app/store"
)

// Where the certificate of a seal comes from.
const (
	SourceImport = "import" // another authority certified the key, a file brings both
	SourceSelf   = "self"   // the installation makes the key and certifies it
)

// Replacement is the form 更换签章证书. File and Password are needed for
// SourceImport; neither is kept.
type Replacement struct {
	Source   string
	File     []byte // PKCS #12
	Password string
}

// Importable reports whether seals of the kind take a certificate of another
// authority: one that is for the enterprise. That of the legal rep's name is a person's.
func Importable(k app.SealKind) bool { return k != app.SealLegalRep }

// ReplaceIntent is what a proof for replacing the seal's certificate is good for.
func ReplaceIntent(id int64) identity.Intent {
	return identity.Intent{Purpose: identity.ForSeal, Object: fmt.Sprintf("certificate:%d", id)}
}

// Replace gives a live seal another key and certificate. Grants stay; authorizations
// lapse, since their operators consented to the earlier certificate by its serial
// number. The earlier key is erased and, if its certificate is this installation's, that revoked.
func (s *Service) Replace(ctx context.Context, by app.Actor, id int64, f Replacement, p Proof) error {
	x, err := s.Managed(ctx, by, id)
	if err != nil {
		return err
	}
	if x.Void() {
		return app.Fail(app.Conflict, alreadyVoid)
	}
	made, faults, err := s.replacement(ctx, by, x, f)
	if err != nil {
		return err
	}
	if p.Check(&faults); faults != nil {
		return faults.Err()
	}
	return s.identity.Proved(ctx, by, ReplaceIntent(id), p, func(tx *store.Tx) error { return s.replace(ctx, tx, by, x, made) })
}

// replacement makes or reads what the form asks for.
func (s *Service) replacement(ctx context.Context, by app.Actor, x Seal, f Replacement) (made store.InsertSealCertificateParams, faults app.Faults, err error) {
	e, err := s.enterprise.Get(ctx, by.Enterprise)
	if err != nil {
		return made, nil, err
	}
	switch {
	case f.Source == SourceSelf:
		made, err = s.issue(by, e, x.Name)
	case f.Source == SourceImport && Importable(x.Kind):
		made, faults, err = s.imported(by, e, f)
	default:
		faults.Add("source", "请选择证书来源。")
	}
	if made.Serial == x.Serial && faults == nil {
		faults.Add("file", "这枚印章已经在使用这张证书。")
	}
	return made, faults, err
}

// imported reads and judges the file of the form.
func (s *Service) imported(by app.Actor, e enterprise.Enterprise, f Replacement) (made store.InsertSealCertificateParams, faults app.Faults, err error) {
	switch {
	case len(f.File) == 0:
		faults.Add("file", "请选择证书文件（.p12 或 .pfx）。")
		return made, faults, nil
	case len(f.File) > pki.MaxBundle:
		faults.Add("file", fmt.Sprintf("证书文件不能超过 %d KB，请确认选对了文件。", pki.MaxBundle>>10))
		return made, faults, nil
	}
	b, err := pki.OpenBundle(f.File, f.Password)
	if err == nil {
		err = errors.Join(b.CanSign(s.db.Now().Time), pki.Seal{Enterprise: e.Name, USCC: e.USCC}.IsFor(b.Chain[0]))
	}
	if text := cert.BundleProblem(err); text != "" {
		faults.Add(map[bool]string{true: "file_password", false: "file"}[errors.Is(err, pki.ErrPassword)], text)
		return made, faults, nil
	}
	if err != nil {
		return made, nil, err
	}
	made, err = s.keep(by, b.Key, b.Chain[0])
	made.Imported, made.Above = true, b.Above()
	return made, nil, err
}

func (s *Service) replace(ctx context.Context, tx *store.Tx, by app.Actor, x Seal, made store.InsertSealCertificateParams) error {
	made.SealID, made.MadeAt = x.ID, tx.Now
	err := s.lapsing(ctx, tx, by.Enterprise, func() error {
		n, err := tx.ReplaceSealCertificate(ctx, store.ReplaceSealCertificateParams{ID: x.certificate, EnterpriseID: by.Enterprise, ReplacedAt: tx.Now})
		if err := store.Changed(n, err, "这枚印章刚刚作废或更换了证书，请刷新后再试。"); err != nil {
			return err
		}
		return tx.InsertSealCertificate(ctx, made)
	})
	if err != nil {
		return err
	}
	c, err := x509.ParseCertificate(made.Certificate)
	if err != nil {
		return err
	}
	text := fmt.Sprintf("%s更换了印章“%s”的证书，新证书由%s签发，有效期至%s。使用这枚印章的签章授权需要重新办理。", by.Name, x.Name, issuerOf(c, made.Imported), LastDay(made.EndsAt).Chinese())
	if err := s.enterprise.TellManagers(ctx, tx, by, notify.SealCertified, text, link.To(link.MobileSeal, x.ID), "的一枚印章已由经办人更换证书，详情请登录查看。"); err != nil {
		return err
	}
	s.publish(tx, by.Enterprise)
	sum := sha256.Sum256(made.Certificate)
	return s.audit.Add(ctx, tx, by, "seal.certified", audit.Subject("seal", x.ID),
		audit.Facts{"enterprise": by.Enterprise, "serial": made.Serial, "imported": made.Imported, "certificate": hex.EncodeToString(sum[:])})
}

// Holder is whom an imported certificate is for.
type Holder struct {
	Enterprise string
	Seal       string // "" if several seals have the certificate
}

// HolderOf tells who imported a certificate.
func (s *Service) HolderOf(ctx context.Context, c *x509.Certificate) (h Holder, err error) {
	rows, err := s.db.HoldersOfCertificate(ctx, c.Raw)
	for _, r := range rows {
		h = Holder{r.Enterprise, r.Seal}
	}
	if len(rows) > 1 {
		h.Seal = ""
	}
	return h, err
}

// issuerOf names who certified a seal.
func issuerOf(c *x509.Certificate, imported bool) string {
	if !imported {
		return "本系统自行"
	}
	return "“" + cert.Issuer(c) + "”"
}
