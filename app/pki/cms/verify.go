package cms

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"encoding/asn1"
	"errors"
	"time"
)

// ErrNoTimestamp means that a signature's time is only claimed, by nobody vouched for.
var ErrNoTimestamp = errors.New("signature has no timestamp")

// Verify checks that the signature covers content with this digest, made by m.Hash, and that the key of m.Signer made it.
// It does not ask who vouches for the certificate. The errors are ErrContent and ErrSignature.
func (m *Message) Verify(digest []byte) error {
	var signedDigest []byte
	if _, err := asn1.Unmarshal(single(m.signed, oidMessageDigest), &signedDigest); err != nil {
		return ErrSignature
	}
	if !bytes.Equal(signedDigest, digest) {
		return ErrContent
	}
	if !bytes.Equal(single(m.signed, oidContentType), oid(m.contentType)) || !m.boundToSigner() {
		return ErrSignature
	}
	set := tlv(tagSet, m.signed)
	if m.Signer.CheckSignature(m.algorithm, set, m.signature) != nil {
		return ErrSignature
	}
	return nil
}

// boundToSigner checks signing-certificate-v2. A foreign signature may lack it.
func (m *Message) boundToSigner() bool {
	raw := single(m.signed, oidCertificateV2)
	if raw == nil {
		return true
	}
	var v signingCertificateV2
	if _, err := asn1.Unmarshal(raw, &v); err != nil || len(v.Certs) == 0 {
		return false
	}
	hash := crypto.SHA256
	if len(v.Certs[0].Algorithm.Algorithm) > 0 {
		hash = hashOf(v.Certs[0].Algorithm.Algorithm)
	}
	return hash != 0 && bytes.Equal(v.Certs[0].Hash, sum(hash, m.Signer.Raw))
}

// VouchedBy returns nil if m.Signer's certificate leads to one of roots and was valid at that time for that usage.
func (m *Message) VouchedBy(roots *x509.CertPool, at time.Time, usage x509.ExtKeyUsage) error {
	_, err := m.chains(roots, at, usage)
	return err
}

func (m *Message) chains(roots *x509.CertPool, at time.Time, usage x509.ExtKeyUsage) ([][]*x509.Certificate, error) {
	between := x509.NewCertPool()
	for _, c := range m.Certs {
		between.AddCert(c)
	}
	return m.Signer.Verify(x509.VerifyOptions{
		Roots: roots, Intermediates: between, CurrentTime: at, KeyUsages: []x509.ExtKeyUsage{usage},
	})
}

// Timestamp checks the token of the signature and returns its time. The error is ErrNoTimestamp if there is none.
func (m *Message) Timestamp() (*Stamp, error) {
	if m.Token == nil {
		return nil, ErrNoTimestamp
	}
	return VerifyToken(m.Token, m.signature)
}

// VerifyDetached checks a detached, timestamped signature over content. It returns the signer's certificate, vouched for by roots
// at the time of the timestamp, and that time.
func VerifyDetached(content, signature []byte, roots *x509.CertPool) (*x509.Certificate, time.Time, error) {
	m, err := Parse(signature)
	if err != nil {
		return nil, time.Time{}, err
	}
	if err := m.Verify(sum(m.Hash, content)); err != nil {
		return nil, time.Time{}, err
	}
	stamp, err := m.Timestamp()
	if err != nil {
		return nil, time.Time{}, err
	}
	if err := stamp.VouchedBy(roots); err != nil {
		return nil, time.Time{}, err
	}
	if err := m.VouchedBy(roots, stamp.Time, x509.ExtKeyUsageAny); err != nil {
		return nil, time.Time{}, err
	}
	return m.Signer, stamp.Time, nil
}
