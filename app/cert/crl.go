package cert

import (
	"context"
	"fmt"
	"math/big"
	"time"

	"laoqi/app/pki"
)

// crlLife is how long a revocation list may be relied on.
const crlLife = 24 * time.Hour

// CRL returns the DER revocation list of this moment (RFC 5280, 5): replaced
// certificates and void seals until they would have ended. Its number is the
// moment in milliseconds and so grows (5.2.3).
func (s *Service) CRL(ctx context.Context) ([]byte, error) {
	now := s.db.Now()
	rows, err := s.db.RevokedSerials(ctx, now)
	if err != nil {
		return nil, err
	}
	revoked := make([]pki.Revoked, len(rows))
	for i, r := range rows {
		serial, ok := new(big.Int).SetString(r.Serial, 16)
		if !ok {
			return nil, fmt.Errorf("certificate serial %q", r.Serial)
		}
		revoked[i] = pki.Revoked{Serial: serial, At: r.RevokedAt.Time, Reason: int(r.RevokeReason)}
	}
	return s.authority.CRL(revoked, now.UnixMilli(), now.Time, now.Add(crlLife))
}

// RootCRL returns the root's list (RFC 5280, 5), which is empty.
func (s *Service) RootCRL() ([]byte, error) {
	now := s.db.Now()
	return s.authority.RootCRL(now.UnixMilli(), now.Time, now.Add(crlLife))
}
