package cert

import (
	"context"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/pki"
	"laoqi/app/store"
	"laoqi/app/vault"
)

const stampKeyLabel = "stamp.key"

// ImportTSA takes the key of another time-stamp authority from a PKCS #12 file: it
// stamps the documents from the next start on, until its certificate ends. Neither
// file nor password is kept, and an earlier key is erased. The error can be shown.
func (s *Service) ImportTSA(ctx context.Context, file []byte, password string) (*x509.Certificate, error) {
	b, err := pki.OpenBundle(file, password)
	if err == nil {
		err = b.CanStamp(s.now())
	}
	if err != nil {
		return nil, app.Fail(app.Invalid, stampProblem(err))
	}
	der, err := x509.MarshalPKCS8PrivateKey(b.Key)
	if err != nil {
		return nil, err
	}
	c := b.Chain[0]
	sum := sha256.Sum256(c.Raw)
	return c, s.db.Write(ctx, func(tx *store.Tx) error {
		err := tx.SetStampKey(ctx, store.SetStampKeyParams{Certificate: c.Raw, Above: b.Above(), Key: s.vault.Seal(stampKeyLabel, der), AddedAt: tx.Now})
		if err != nil {
			return err
		}
		if err := tx.InsertStampRoot(ctx, store.InsertStampRootParams{Certificate: b.Root.Raw, AddedAt: tx.Now}); err != nil {
			return err
		}
		return s.audit.Add(ctx, tx, app.Actor{}, "tsa.imported", audit.Subject("tsa", 1), audit.Facts{"certificate": hex.EncodeToString(sum[:])})
	})
}

func stampProblem(err error) string {
	switch {
	case errors.Is(err, pki.ErrUsage):
		return "这张证书不是时间戳证书：它的增强型密钥用法应当只有“时间戳”（timeStamping），并标为关键扩展。"
	case errors.Is(err, pki.ErrNoRoot):
		return "文件里没有直到根证书的证书链，别人无法核验时间戳。请在导出时包含证书路径中的所有证书。"
	}
	if text := BundleProblem(err); text != "" {
		return text
	}
	return err.Error()
}

// openStampKey reads the imported key, nil for none.
func openStampKey(ctx context.Context, db *store.DB, v *vault.Vault) (*pki.Bundle, error) {
	row, err := db.StampKey(ctx)
	if err != nil {
		if store.IsNone(err) {
			err = nil
		}
		return nil, err
	}
	der, err := v.Open(stampKeyLabel, row.Key)
	if err != nil {
		return nil, err
	}
	c, key, err := pki.Open(row.Certificate, der)
	if err != nil {
		return nil, fmt.Errorf("imported time-stamp authority: %w", err)
	}
	above, err := x509.ParseCertificates(row.Above)
	return &pki.Bundle{Key: key, Chain: append([]*x509.Certificate{c}, above...)}, err
}

// StampCertificate is that of the imported time-stamp authority, nil for none.
func StampCertificate(ctx context.Context, db *store.DB) (*x509.Certificate, error) {
	row, err := db.StampKey(ctx)
	if store.IsNone(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return x509.ParseCertificate(row.Certificate)
}

// ImportedTSA is StampCertificate of the key that stamps the documents now, nil
// where none was imported, it has ended, or an authority outside is asked.
func (s *Service) ImportedTSA() *x509.Certificate {
	if s.outside != nil || s.stamping == nil || s.now().After(s.stamping.Chain[0].NotAfter) {
		return nil
	}
	return s.stamping.Chain[0]
}

// byImported is a Stamper by the imported key.
func (s *Service) byImported() *Stamper {
	by := &Stamper{Until: s.stamping.Chain[0].NotAfter, TSA: s.stamping.TSA(s.now)}
	for _, c := range s.stamping.Chain {
		by.Room += len(c.Raw)
	}
	return by
}
