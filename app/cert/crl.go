package cert

import (
	"context"
	"fmt"
	"math/big"
	"time"

	"laoqi/app/pki"
	"laoqi/app/store"
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

// Answers returns what a document keeps about revocation: an answer of this moment
// (OCSP, RFC 6960) for each serial number in hexadecimal, and one for the
// time-stamp authority. Their size does not depend on how many are revoked.
func (s *Service) Answers(ctx context.Context, serials ...string) (answers [][]byte, err error) {
	for _, serial := range append(serials, s.authority.Stamping().SerialNumber.Text(16)) {
		one, err := s.answer(ctx, serial)
		if err != nil {
			return nil, err
		}
		answers = append(answers, one)
	}
	return answers, nil
}

func (s *Service) answer(ctx context.Context, hex string) ([]byte, error) {
	serial, ok := new(big.Int).SetString(hex, 16)
	if !ok {
		return nil, fmt.Errorf("certificate serial %q", hex)
	}
	now := s.db.Now().Time
	row, err := s.db.RevocationOf(ctx, hex)
	if store.IsNone(err) {
		return s.authority.Answer(serial, nil, now)
	}
	if err != nil {
		return nil, err
	}
	return s.authority.Answer(serial, &pki.Revoked{Serial: serial, At: row.RevokedAt.Time, Reason: int(row.RevokeReason)}, now)
}
