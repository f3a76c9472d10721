package cms

import (
	"crypto"
	"crypto/rand"
	"crypto/x509"
	"encoding/asn1"
	"errors"
	"fmt"
	"math/big"
	"slices"
)

// ErrRefused means that a time-stamp authority answered, but gave no token.
var ErrRefused = errors.New("the time-stamp authority refused")

// A Query asks a time-stamp authority for a token over a SHA-256 digest (RFC 3161, 2.4.1): under any policy, with the
// authority's certificate in it, and with a number that no answer to anybody else holds.
type Query struct {
	DER    []byte
	digest []byte
	nonce  *big.Int
}

// NewQuery makes the query for a digest.
func NewQuery(digest []byte) Query {
	b := make([]byte, 16)
	rand.Read(b)
	b[0] = b[0]&0x3F | 0x40 // positive, and always as long
	nonce := new(big.Int).SetBytes(b)
	return Query{tlv(tagSequence, derVersion1, tlv(tagSequence, derSHA256Null, tlv(tagOctets, digest)), integer(nonce), derTrue), digest, nonce}
}

// Read takes the token out of the authority's answer (RFC 3161, 2.4.2). The token answers this query and is made by a
// certificate for stamping alone; who vouches for that is not asked. The error is ErrRefused or ErrToken.
func (q Query) Read(answer []byte) (token []byte, s *Stamp, err error) {
	var a stampAnswer
	if rest, err := asn1.Unmarshal(answer, &a); err != nil || len(rest) > 0 {
		return nil, nil, fmt.Errorf("%w: no answer of an authority", ErrToken)
	}
	const granted, grantedWithMods = 0, 1
	if a.Status.Status != granted && a.Status.Status != grantedWithMods {
		return nil, nil, fmt.Errorf("%w: status %d", ErrRefused, a.Status.Status)
	}
	token = a.Token.FullBytes
	s, err = VerifyTokenOf(token, func(h crypto.Hash) []byte {
		if h != crypto.SHA256 {
			return nil
		}
		return q.digest
	})
	if err != nil {
		return nil, nil, err
	}
	if !equal(s.nonce, q.nonce) {
		return nil, nil, fmt.Errorf("%w: it answers another query", ErrToken)
	}
	if c := s.Authority(); !slices.Equal(c.ExtKeyUsage, []x509.ExtKeyUsage{x509.ExtKeyUsageTimeStamping}) || len(c.UnknownExtKeyUsage) > 0 {
		return nil, nil, fmt.Errorf("%w: its certificate is not for stamping alone", ErrToken)
	}
	return token, s, nil
}
