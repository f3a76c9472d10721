package cms

import (
	"bytes"
	"crypto"
	"crypto/sha256"
	"crypto/x509"
	"encoding/asn1"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"time"
)

// ErrToken means that a time-stamp token is malformed, is for other bytes, or was not made by its authority.
var ErrToken = errors.New("timestamp is not valid")

// A Clock makes time-stamp tokens for one authority.
type Clock struct {
	Signer Signer
	Policy x509.OID
}

// Token returns the DER token that says: a SHA-256 digest existed at this time, to the second. Serial must be unique.
func (c Clock) Token(digest []byte, at time.Time, serial *big.Int) ([]byte, error) {
	if len(digest) != sha256.Size || len(c.Signer.Chain) == 0 {
		return nil, errors.New("cms: a token needs a SHA-256 digest and a certificate")
	}
	policy, err := c.Policy.MarshalBinary()
	if err != nil {
		return nil, err
	}
	authority := tlv(tagContext4, c.Signer.Chain[0].RawSubject)
	info := tlv(tagSequence,
		derVersion1,
		tlv(tagOID, policy),
		tlv(tagSequence, derSHA256Null, tlv(tagOctets, digest)),
		integer(serial),
		tlv(tagTime, at.UTC().AppendFormat(nil, "20060102150405Z")),
		tlv(tagSequence, integer(big.NewInt(1))), // accuracy in seconds
		tlv(tagContext0, authority))
	hash := sha256.Sum256(info)
	return sign(content{derVersion3, derTokenInfo, tlv(tagContext0, tlv(tagOctets, info))}, hash[:], c.Signer, nil)
}

// A Stamp is a checked time-stamp token.
type Stamp struct {
	Time    time.Time
	Policy  string // the object identifier under which it was given, such as 1.2.3
	nonce   *big.Int
	message *Message
}

// Authority returns the certificate of the time-stamp authority.
func (s *Stamp) Authority() *x509.Certificate { return s.message.Signer }

// VouchedBy returns nil if the authority's certificate leads to one of roots and was valid for stamping at the stamp's own time.
func (s *Stamp) VouchedBy(roots *x509.CertPool) error {
	return s.message.VouchedBy(roots, s.Time, x509.ExtKeyUsageTimeStamping)
}

// Root returns the one of roots that vouches for the authority as VouchedBy demands.
func (s *Stamp) Root(roots *x509.CertPool) (*x509.Certificate, error) {
	chains, err := s.message.chains(roots, s.Time, x509.ExtKeyUsageTimeStamping)
	if err != nil {
		return nil, err
	}
	return chains[0][len(chains[0])-1], nil
}

// VerifyToken checks that a token stamps data and that its authority, whoever that is, made it. The errors are ErrToken and ErrUnsupported.
func VerifyToken(token, data []byte) (*Stamp, error) {
	return VerifyTokenOf(token, func(h crypto.Hash) []byte { return sum(h, data) })
}

// VerifyTokenOf is VerifyToken for data that digest hashes.
func VerifyTokenOf(token []byte, digest func(crypto.Hash) []byte) (*Stamp, error) {
	m, err := Parse(token)
	if errors.Is(err, ErrUnsupported) {
		return nil, err
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrToken, err)
	}
	if !m.contentType.Equal(oidTokenInfo) || !slices.Contains(m.Signer.ExtKeyUsage, x509.ExtKeyUsageTimeStamping) {
		return nil, fmt.Errorf("%w: not made by a time-stamp authority", ErrToken)
	}
	if err := m.Verify(sum(m.Hash, m.Content)); err != nil {
		return nil, fmt.Errorf("%w: %v", ErrToken, err)
	}
	var info tokenInfo
	if _, err := asn1.Unmarshal(m.Content, &info); err != nil {
		return nil, fmt.Errorf("%w: %v", ErrToken, err)
	}
	hash := hashOf(info.Imprint.Algorithm.Algorithm)
	if hash == 0 {
		return nil, fmt.Errorf("%w: unknown algorithm", ErrUnsupported)
	}
	if !bytes.Equal(info.Imprint.Digest, digest(hash)) {
		return nil, fmt.Errorf("%w: it stamps something else", ErrToken)
	}
	var policy x509.OID
	if err := policy.UnmarshalBinary(info.Policy.Bytes); err != nil {
		return nil, fmt.Errorf("%w: %v", ErrToken, err)
	}
	return &Stamp{Time: info.Time, Policy: policy.String(), nonce: info.Nonce, message: m}, nil
}
