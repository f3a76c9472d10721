package pki

import (
	"bytes"
	"crypto"
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
	"math/big"
	"time"

	"golang.org/x/crypto/ocsp"
)

// A Status is what an answer (OCSP, RFC 6960) tells of one certificate.
type Status struct {
	Serial  *big.Int
	Unknown bool     // it was not issued here
	Revoked *Revoked // nil for not
	Now     time.Time
	Next    time.Time   // when a newer answer will exist at the latest; zero for no end
	Hash    crypto.Hash // by which the question names the issuer; 0 for SHA-1, the one that every reader knows
}

// Answer returns the DER answer that this is the status. Its length does not depend on how many certificates are revoked, so
// that a document can keep it where a CRL would grow.
func (a *Authority) Answer(s Status) ([]byte, error) {
	answer := ocsp.Response{Status: ocsp.Good, SerialNumber: s.Serial, ThisUpdate: s.Now, NextUpdate: s.Next, IssuerHash: s.Hash}
	switch {
	case s.Unknown:
		answer.Status = ocsp.Unknown
	case s.Revoked != nil:
		answer.Status, answer.RevokedAt, answer.RevocationReason = ocsp.Revoked, s.Revoked.At, s.Revoked.Reason
	}
	der, err := ocsp.CreateResponse(a.issuing.cert, a.issuing.cert, answer, a.issuing.key)
	if err != nil {
		return nil, fmt.Errorf("pki: %w", err)
	}
	return der, nil
}

// Asked reports whether a question is about a certificate of this authority: it names the issuer by hashes of name and key.
func (a *Authority) Asked(q *ocsp.Request) bool {
	var info struct {
		Algorithm pkix.AlgorithmIdentifier
		Key       asn1.BitString
	}
	if _, err := asn1.Unmarshal(a.issuing.cert.RawSubjectPublicKeyInfo, &info); err != nil || !q.HashAlgorithm.Available() {
		return false
	}
	hashed := func(b []byte, hash []byte) bool {
		h := q.HashAlgorithm.New()
		h.Write(b)
		return bytes.Equal(h.Sum(nil), hash)
	}
	return hashed(a.issuing.cert.RawSubject, q.IssuerNameHash) && hashed(info.Key.RightAlign(), q.IssuerKeyHash)
}
