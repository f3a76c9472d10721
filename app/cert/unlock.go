package cert

import (
	"context"
	"errors"
	"fmt"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/pki"
	"laoqi/app/pki/cms"
	"laoqi/app/store"
	"laoqi/app/vault"
)

// passphraseTries is how many wrong passphrases lock a certificate until the
// next activation.
const passphraseTries = 5

// Key is a person's private key while it is in use, with its certificate.
type Key struct {
	Certificate int64
	cms.Signer
}

// Unlock opens the key of the actor's account. A wrong passphrase is counted and
// returned as the sentence for its field; so is a certificate that is locked or missing.
func (s *Service) Unlock(ctx context.Context, by app.Actor, passphrase string) (k Key, problem string, err error) {
	row, der, problem, err := s.open(ctx, by, passphrase)
	if err != nil || problem != "" {
		return Key{}, problem, err
	}
	c, key, err := pki.Open(row.Certificate, der)
	if err != nil {
		return Key{}, "", fmt.Errorf("certificate %d: %w", row.ID, err)
	}
	return Key{row.ID, cms.Signer{Key: key, Chain: s.authority.Chain(c)}}, "", nil
}

// open counts the try before it decrypts, so that tries at the same moment
// cannot exceed the limit, and takes the count back once the passphrase is right.
func (s *Service) open(ctx context.Context, by app.Actor, passphrase string) (row store.Certificate, key []byte, problem string, err error) {
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		row, err = tx.TryCertificate(ctx, store.TryCertificateParams{AccountID: by.Account, NowAt: tx.Now})
		return err
	})
	if store.IsNone(err) {
		problem, err = s.closedProblem(ctx, by)
		return row, nil, problem, err
	}
	if err != nil {
		return row, nil, "", err
	}
	key, err = s.hasher.Unlock(ctx, passphrase, row.Key)
	if errors.Is(err, vault.ErrPassphrase) {
		return row, nil, wrongPassphrase(row.Failures), s.noteWrong(ctx, by, row)
	}
	failures := int64(0)
	if err != nil {
		failures = row.Failures - 1
	}
	return row, key, "", errors.Join(err, s.db.Write(context.WithoutCancel(ctx), func(tx *store.Tx) error {
		return tx.SetCertificateFailures(ctx, store.SetCertificateFailuresParams{ID: row.ID, Failures: failures})
	}))
}

func wrongPassphrase(failures int64) string {
	if failures >= passphraseTries {
		return lockedProblem
	}
	return fmt.Sprintf("证书密码不正确，还可以输入 %d 次。", passphraseTries-failures)
}

const lockedProblem = "证书密码连续输错 5 次，数字证书已锁定，请重新激活数字证书。"

func (s *Service) closedProblem(ctx context.Context, by app.Actor) (string, error) {
	_, ok, err := s.Active(ctx, by)
	if ok {
		return lockedProblem, err
	}
	return "您还没有可用的数字证书，请先激活。", err
}

func (s *Service) noteWrong(ctx context.Context, by app.Actor, row store.Certificate) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		return s.audit.Add(ctx, tx, by, "passphrase.wrong", audit.Subject("account", by.Account), audit.Facts{"certificate": row.ID, "failures": row.Failures})
	})
}

// Passphrases is the form 修改证书密码 (guide 2.7).
type Passphrases struct{ Old, New, Again string }

// ChangePassphrase encrypts the actor's present key under a new passphrase.
func (s *Service) ChangePassphrase(ctx context.Context, by app.Actor, p Passphrases) error {
	var faults app.Faults
	faults.Require("old", p.Old, "请输入原证书密码。")
	checkPassphrase(&faults, p.New, p.Again)
	if err := faults.Err(); err != nil {
		return err
	}
	row, key, problem, err := s.open(ctx, by, p.Old)
	if err != nil || problem != "" {
		return fault("old", problem, err)
	}
	box, err := s.hasher.Lock(ctx, p.New, key)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		n, err := tx.RelockCertificate(ctx, store.RelockCertificateParams{ID: row.ID, Key: box})
		if err := store.Changed(n, err, "数字证书刚刚被重新激活，请用新的证书密码。"); err != nil {
			return err
		}
		return s.audit.Add(ctx, tx, by, "passphrase.changed", audit.Subject("account", by.Account), audit.Facts{"certificate": row.ID})
	})
}
