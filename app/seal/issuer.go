package seal

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"strconv"
	"time"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/link"
	"laoqi/app/notify"
	"laoqi/app/outbox"
	"laoqi/app/provider"
	"laoqi/app/store"
)

// issuerJob asks the issuer of an imported certificate whether it was revoked.
const issuerJob outbox.Kind = "seal.issuer"

// askedEvery is how old the last question may be.
const askedEvery = 20 * time.Hour

// askIssuers queues the questions that are due. Documents keep the last answer, and
// no seal waits for one.
func (s *Service) askIssuers(ctx context.Context) error {
	if s.issuers == nil {
		return nil
	}
	now := s.db.Now()
	ids, err := s.db.CertificatesToAsk(ctx, store.CertificatesToAskParams{NowAt: now, BeforeAt: app.At(now.Add(-askedEvery))})
	for _, id := range ids {
		err = errors.Join(err, s.db.Write(ctx, func(tx *store.Tx) error {
			if err := tx.NoteAsked(ctx, store.NoteAskedParams{ID: id, AskedAt: tx.Now}); err != nil {
				return err
			}
			key := strconv.FormatInt(id, 10)
			return s.jobs.Add(ctx, tx, issuerJob, key, []byte(key))
		}))
	}
	return err
}

// askIssuer handles issuerJob. That nobody answers is no failure.
func (s *Service) askIssuer(ctx context.Context, payload []byte) error {
	id, err := strconv.ParseInt(string(payload), 10, 64)
	if err != nil {
		return err
	}
	k, err := s.db.CertificateToAsk(ctx, id)
	if err != nil {
		if store.IsNone(err) {
			return nil // replaced meanwhile
		}
		return err
	}
	c, err := x509.ParseCertificate(k.Certificate)
	if err != nil {
		return err
	}
	above, err := x509.ParseCertificates(k.Above)
	if err != nil || len(above) == 0 {
		return err
	}
	said, err := s.issuers.Ask(ctx, c, above[0], s.db.Now().Time)
	if err != nil {
		return nil
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		err := tx.KeepRevocation(ctx, store.KeepRevocationParams{ID: id, Ocsp: bytesOf(said.OCSP), Crl: bytesOf(said.CRL)})
		if err != nil || said.At.IsZero() {
			return err
		}
		return s.revoked(ctx, tx, id, k, said)
	})
}

// bytesOf is b, but never NULL.
func bytesOf(b []byte) []byte { return append([]byte{}, b...) }

// revoked ends a certificate that its issuer revoked: from now on the seal waits for another.
func (s *Service) revoked(ctx context.Context, tx *store.Tx, id int64, k store.CertificateToAskRow, said provider.Revocation) error {
	at := app.At(said.At)
	if at.After(tx.Now.Time) {
		at = tx.Now
	}
	var n int64
	err := s.lapsing(ctx, tx, k.EnterpriseID, func() (err error) {
		n, err = tx.EndCertificate(ctx, store.EndCertificateParams{ID: id, EndsAt: at, NowAt: tx.Now})
		return err
	})
	if err != nil || n == 0 {
		return err
	}
	s.publish(tx, k.EnterpriseID)
	text := fmt.Sprintf("印章“%s”的证书已被签发机构吊销，不能再盖章。请联系签发机构，更换证书后再重新办理签章授权。", k.Name)
	err = s.enterprise.TellManagers(ctx, tx, app.Actor{Enterprise: k.EnterpriseID}, notify.SealCertified, text, link.To(link.MobileSeal, k.SealID), "")
	if err != nil {
		return err
	}
	return s.audit.Add(ctx, tx, app.Actor{}, "seal.revoked", audit.Subject("seal", k.SealID), audit.Facts{"enterprise": k.EnterpriseID})
}
