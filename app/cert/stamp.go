package cert

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"errors"
	"fmt"
	"time"

	"laoqi/app"
	"laoqi/app/pdf/pades"
	"laoqi/app/pki/cms"
	"laoqi/app/provider"
	"laoqi/app/store"
)

// TSA stamps digests by the product's clock (RFC 3161), by the built-in authority
// whatever is configured. Statements and the audit chain keep to it: they are
// checked by this installation's own root alone, a person waits for the one, and
// the other's day must not pass without an anchor. What a court asks for is the
// documents, which Stamper stamps.
func (s *Service) TSA() cms.TSA {
	return s.authority.TSA(s.now)
}

func (s *Service) now() time.Time { return s.db.Now().Time }

// A Stamper stamps once.
type Stamper struct {
	TSA   cms.TSA
	Room  int       // bytes to keep for its token beside what the built-in authority's take
	Until time.Time // once it has stamped: when the certificate of the authority ends
	Owed  bool      // then too: the built-in authority stood in for the one outside
}

// Stamper asks the authority outside, if there is one. Where that gives no token,
// the built-in authority stands in, and its token says so.
func (s *Service) Stamper(ctx context.Context) *Stamper {
	by := s.Renewer(ctx)
	if s.outside == nil {
		return by
	}
	ask := by.TSA
	by.TSA = func(digest []byte) ([]byte, error) {
		token, err := ask(digest)
		if err == nil {
			return token, nil
		}
		by.Until, by.Owed = s.authority.Stamping().NotAfter, true
		return s.authority.StandIn(digest, s.now())
	}
	return by
}

// ErrAway means that the authority outside gave no token.
var ErrAway = errors.New("no timestamp from outside")

// Renewer is a Stamper for which nobody stands in: its error is ErrAway.
func (s *Service) Renewer(ctx context.Context) *Stamper {
	if s.ImportedTSA() != nil {
		return s.byImported()
	}
	by := &Stamper{}
	if s.outside == nil {
		by.TSA = func(digest []byte) ([]byte, error) {
			by.Until = s.authority.Stamping().NotAfter
			return s.TSA()(digest)
		}
		return by
	}
	by.Room = s.outside.Room()
	by.TSA = func(digest []byte) ([]byte, error) {
		token, authority, err := s.outside.Stamp(ctx, digest)
		switch {
		case err != nil:
			return nil, fmt.Errorf("%w: %w", ErrAway, err)
		case len(token) > by.Room:
			return nil, fmt.Errorf("%w: longer than the last", ErrAway)
		}
		by.Until = authority.NotAfter
		return token, nil
	}
	return by
}

// Outside reports whether documents are stamped by an authority outside.
func (s *Service) Outside() bool { return s.outside != nil }

// StampsUntil is when the certificate ends of the authority that a Renewer asks.
func (s *Service) StampsUntil(ctx context.Context) (time.Time, error) {
	by := s.Renewer(ctx)
	digest := sha256.Sum256([]byte(rand.Text()))
	_, err := by.TSA(digest[:])
	return by.Until, err
}

// Trust is whom a check of a document believes: this installation, the imported
// certificates of its seals, and for timestamps every authority outside that it ever
// was told to ask; and what it knows of revocations.
func (s *Service) Trust(ctx context.Context) (pades.Trust, error) {
	foreign, err := imported(ctx, s.db)
	if err != nil {
		return pades.Trust{}, err
	}
	stamping, err := stampRoots(ctx, s.db)
	return pades.Trust{Self: s.Roots(), Foreign: foreign, Stamping: stamping, Revoked: revoked(ctx, s.db)}, err
}

// imported are the seals' certificates of other authorities. Each is trusted by
// itself, and nothing else that its issuer ever signed.
func imported(ctx context.Context, db *store.DB) (*x509.CertPool, error) {
	rows, err := db.ImportedCertificates(ctx)
	if err != nil {
		return nil, err
	}
	return poolOf(rows)
}

// Trusted is Trust of an installation that is not opened; no key is needed, and db
// stays in use.
func Trusted(ctx context.Context, db *store.DB) (t pades.Trust, err error) {
	rows, err := db.Authorities(ctx)
	if err != nil {
		return t, err
	}
	t.Self = x509.NewCertPool()
	for _, row := range rows {
		if row.Name != "root" {
			continue
		}
		root, err := x509.ParseCertificate(row.Certificate)
		if err != nil {
			return t, err
		}
		t.Self.AddCert(root)
	}
	if t.Foreign, err = imported(ctx, db); err != nil {
		return t, err
	}
	t.Revoked = revoked(ctx, db)
	t.Stamping, err = stampRoots(ctx, db)
	return t, err
}

// revoked knows the certificates that were revoked here, and the imported ones of
// which their issuer said so.
func revoked(ctx context.Context, db *store.DB) func(*x509.Certificate) (*pades.Revocation, error) {
	return func(c *x509.Certificate) (*pades.Revocation, error) {
		row, err := db.KnownRevocation(ctx, store.KnownRevocationParams{Serial: c.SerialNumber.Text(16), Certificate: c.Raw, OwnEndAt: app.At(c.NotAfter)})
		if err != nil {
			if store.IsNone(err) {
				return nil, nil
			}
			return nil, err
		}
		return &pades.Revocation{At: row.RevokedAt.Time, Reason: int(row.RevokeReason), ListedAt: db.Now().Time}, nil
	}
}

func stampRoots(ctx context.Context, db *store.DB) (*x509.CertPool, error) {
	rows, err := db.StampRoots(ctx)
	if err != nil {
		return nil, err
	}
	return poolOf(rows)
}

func poolOf(ders [][]byte) (*x509.CertPool, error) {
	pool := x509.NewCertPool()
	for _, der := range ders {
		c, err := x509.ParseCertificate(der)
		if err != nil {
			return nil, err
		}
		pool.AddCert(c)
	}
	return pool, nil
}

// keepRoots stores the roots of an authority outside, so that its timestamps stay
// proven when another one is asked.
func keepRoots(ctx context.Context, db *store.DB, outside *provider.TSA) error {
	return db.Write(ctx, func(tx *store.Tx) error {
		for _, root := range outside.Roots {
			if err := tx.InsertStampRoot(ctx, store.InsertStampRootParams{Certificate: root.Raw, AddedAt: tx.Now}); err != nil {
				return err
			}
		}
		return nil
	})
}
