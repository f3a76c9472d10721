// Package cert keeps the certificates of this installation: its own authority
// (CA and TSA, RFC 5280 and RFC 3161), those of persons, each under a passphrase
// (guide 2.3, 2.7), and those of seals. What it issues is self-issued: nobody outside
// vouches for it. Seals and timestamps may have certificates of other authorities,
// which are named; whether those are licensed is not known here, so that no page may
// call any of them 电子认证.
package cert

import (
	"cmp"
	"context"
	"crypto"
	"crypto/x509"
	"fmt"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/app/pki"
	"laoqi/app/provider"
	"laoqi/app/store"
	"laoqi/app/vault"
)

// Lives of certificates. Neither outlives the authority.
const (
	personYears = 1
	sealYears   = 5
)

// Service is the domain's entry; each exported method is one transaction.
type Service struct {
	db        *store.DB
	vault     *vault.Vault
	hasher    *vault.Hasher
	audit     *audit.Log
	identity  *identity.Service
	authority *pki.Authority
	outside   *provider.TSA // nil: documents are stamped here
	stamping  *pki.Bundle   // imported to do so, nil: by the built-in authority
	site      string        // where revocation lists and answers are published
}

// Open reads the installation's authority, or makes it at the first start for the
// organization that runs the installation. Certificates name site as the place of
// the revocation list and of answers: only short-lived ones do, since an address may
// change. Without an organization they name the product. Documents
// get their timestamps from outside, unless that is nil.
func Open(ctx context.Context, db *store.DB, v *vault.Vault, h *vault.Hasher, a *audit.Log, id *identity.Service, organization, site string, outside *provider.TSA) (*Service, error) {
	authority, err := openAuthority(ctx, db, v, cmp.Or(organization, "劳契"))
	if err != nil {
		return nil, fmt.Errorf("certificate authority: %w", err)
	}
	if outside != nil {
		if err := keepRoots(ctx, db, outside); err != nil {
			return nil, err
		}
	}
	stamping, err := openStampKey(ctx, db, v)
	return &Service{db, v, h, a, id, authority, outside, stamping, site}, err
}

// Roots is the pool on which all certificates of this installation rest.
func (s *Service) Roots() *x509.CertPool { return s.authority.Roots() }

// Root is the root certificate, for people who want to trust it elsewhere.
func (s *Service) Root() *x509.Certificate { return s.authority.Root() }

// Issuing is the certificate of the authority that signs certificates and CRLs.
func (s *Service) Issuing() *x509.Certificate { return s.authority.Issuing() }

// Chain is a certificate of this installation with those above it, the root left out.
func (s *Service) Chain(c *x509.Certificate) []*x509.Certificate { return s.authority.Chain(c) }

// IssueSeal certifies the key of a seal.
func (s *Service) IssueSeal(holder pki.Seal, key crypto.PublicKey) (*x509.Certificate, error) {
	return s.authority.IssueSeal(holder, key, s.terms(sealYears))
}

func (s *Service) terms(years int) pki.Terms {
	now := s.db.Now().Time
	until := now.AddDate(years, 0, 0)
	if last := s.authority.Issuing().NotAfter; until.After(last) {
		until = last
	}
	return pki.Terms{Now: now, Until: until, CRL: s.site + link.CRL}
}

// Certificate is a person's certificate as its owner may see it (guide 2.7).
type Certificate struct {
	ID          int64
	Serial      string // hexadecimal
	Holder      string
	Issuer      string
	ActivatedAt app.Time
	EndsAt      app.Time
	Locked      bool // five wrong passphrases: only a new activation helps
}

// Active returns the certificate that the actor's account can sign with; ok is
// false if there is none. A locked one is returned too.
func (s *Service) Active(ctx context.Context, by app.Actor) (c Certificate, ok bool, err error) {
	row, err := s.db.ActiveCertificate(ctx, store.ActiveCertificateParams{AccountID: by.Account, NowAt: s.db.Now()})
	if store.IsNone(err) {
		return Certificate{}, false, nil
	}
	if err != nil {
		return Certificate{}, false, err
	}
	x, err := x509.ParseCertificate(row.Certificate)
	if err != nil {
		return Certificate{}, false, err
	}
	return Certificate{row.ID, row.Serial, x.Subject.CommonName, x.Issuer.CommonName,
		row.ActivatedAt, row.EndsAt, row.Failures >= passphraseTries}, true, nil
}

// Ended is a certificate of the actor's account that can no longer sign.
type Ended struct {
	Serial      string // hexadecimal
	ActivatedAt app.Time
	EndedAt     app.Time
	Reason      string
}

// earlierShown is how many ended certificates 数字证书 shows.
const earlierShown = 20

// Earlier lists the certificates before the present one, the newest first.
func (s *Service) Earlier(ctx context.Context, by app.Actor) ([]Ended, error) {
	rows, err := s.db.EarlierCertificates(ctx, store.EarlierCertificatesParams{AccountID: by.Account, NowAt: s.db.Now(), Count: earlierShown})
	list := make([]Ended, len(rows))
	for i, r := range rows {
		list[i] = Ended{r.Serial, r.ActivatedAt, r.RevokedAt, "已停用"}
		switch {
		case r.RevokedAt.IsZero():
			list[i].EndedAt, list[i].Reason = r.EndsAt, "已到期"
		case r.RevokeReason == pki.ReasonSuperseded:
			list[i].Reason = "已更换"
		}
	}
	return list, err
}
