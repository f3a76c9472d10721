package cert

import (
	"context"
	"crypto/x509"
	"errors"
	"time"

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

// A Stamper stamps one signature of a document.
type Stamper struct {
	TSA  cms.TSA
	Room int // bytes to keep for its token beside what the built-in authority's take
}

// Stamper asks the authority outside, if there is one. Where that gives no token,
// the built-in authority stands in, and its token says so.
func (s *Service) Stamper(ctx context.Context) *Stamper {
	if s.outside == nil {
		return &Stamper{TSA: s.TSA()}
	}
	room := s.outside.Room()
	return &Stamper{Room: room, TSA: func(digest []byte) ([]byte, error) {
		token, _, err := s.outside.Stamp(ctx, digest)
		if err == nil && len(token) <= room {
			return token, nil
		}
		return s.authority.StandIn(digest, s.now())
	}}
}

// Trust is whom a check of a document believes: this installation, the imported
// certificates of its seals, and for timestamps every authority outside that it ever was told to ask.
func (s *Service) Trust(ctx context.Context) (pades.Trust, error) {
	foreign, err := imported(ctx, s.db)
	if err != nil {
		return pades.Trust{}, err
	}
	stamping, err := stampRoots(ctx, s.db)
	return pades.Trust{Self: s.Roots(), Foreign: foreign, Stamping: stamping}, err
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

// Trusted is Trust of an installation that is not opened; no key is needed.
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
	t.Stamping, err = stampRoots(ctx, db)
	return t, err
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
	return db.Write(ctx, func(tx *store.Tx) (err error) {
		for _, root := range outside.Roots {
			err = errors.Join(err, tx.InsertStampRoot(ctx, store.InsertStampRootParams{Certificate: root.Raw, AddedAt: tx.Now}))
		}
		return err
	})
}
