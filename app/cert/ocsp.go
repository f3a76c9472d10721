package cert

import (
	"context"
	"fmt"
	"math/big"
	"slices"

	"golang.org/x/crypto/ocsp"

	"laoqi/app/pki"
	"laoqi/app/store"
)

// Answers returns what a document keeps about revocation: an answer of this moment
// (OCSP, RFC 6960) for each serial number in hexadecimal, and one for the
// time-stamp authority. Their size does not depend on how many are revoked.
func (s *Service) Answers(ctx context.Context, serials ...string) (answers [][]byte, err error) {
	if own := s.authority.Stamping().SerialNumber.Text(16); !slices.Contains(serials, own) {
		serials = append(serials, own)
	}
	for _, serial := range serials {
		one, err := s.status(ctx, serial)
		if err != nil {
			return nil, err
		}
		one.Next = one.Now.Add(crlLife)
		der, err := s.authority.Answer(one)
		if err != nil {
			return nil, err
		}
		answers = append(answers, der)
	}
	return answers, nil
}

// Answer returns an answer of this moment that has no end: openssl calls one that
// has an end stale in evidence that is checked later.
func (s *Service) Answer(ctx context.Context, serial string) ([]byte, error) {
	one, err := s.status(ctx, serial)
	if err != nil {
		return nil, err
	}
	return s.authority.Answer(one)
}

// status is that of a certificate which was issued here.
func (s *Service) status(ctx context.Context, hex string) (pki.Status, error) {
	serial, ok := new(big.Int).SetString(hex, 16)
	if !ok {
		return pki.Status{}, fmt.Errorf("certificate serial %q", hex)
	}
	one := pki.Status{Serial: serial, Now: s.db.Now().Time}
	row, err := s.db.RevocationOf(ctx, hex)
	if store.IsNone(err) {
		return one, nil
	}
	one.Revoked = &pki.Revoked{Serial: serial, At: row.RevokedAt.Time, Reason: int(row.RevokeReason)}
	return one, err
}

// Respond answers a question of a program that checks a signature (OCSP, RFC 6960).
// What it cannot answer it says in the answer.
func (s *Service) Respond(ctx context.Context, question []byte) ([]byte, error) {
	q, err := ocsp.ParseRequest(question)
	if err != nil {
		return ocsp.MalformedRequestErrorResponse, nil
	}
	if !s.authority.Asked(q) {
		return ocsp.UnauthorizedErrorResponse, nil
	}
	hex := q.SerialNumber.Text(16)
	one, err := s.status(ctx, hex)
	if err != nil {
		return nil, err
	}
	issued, err := s.db.Issued(ctx, hex)
	one.Unknown = issued == 0 && q.SerialNumber.Cmp(s.authority.Stamping().SerialNumber) != 0
	one.Next, one.Hash = one.Now.Add(crlLife), q.HashAlgorithm
	if err != nil {
		return nil, err
	}
	return s.authority.Answer(one)
}
