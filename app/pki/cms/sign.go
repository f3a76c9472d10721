package cms

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"errors"
)

// A Signer is a key with its certificate and those above it, the root left out.
type Signer struct {
	Key   crypto.Signer
	Chain []*x509.Certificate
}

// A TSA returns the DER time-stamp token (RFC 3161) for a SHA-256 digest.
type TSA func(digest []byte) (token []byte, err error)

// SignDetached is SignDigest over content.
func SignDetached(content []byte, s Signer, tsa TSA) ([]byte, error) {
	digest := sha256.Sum256(content)
	return SignDigest(digest[:], s, tsa)
}

// SignDigest returns the DER of a detached CAdES signature over content with the given SHA-256 digest:
// signing-certificate-v2, no signing-time (ETSI EN 319 142-1, 6.3 forbids it in PDF). With a tsa the signature is timestamped.
func SignDigest(digest []byte, s Signer, tsa TSA) ([]byte, error) {
	return sign(content{derVersion1, derData, nil}, digest, s, tsa)
}

// content is what is signed: plain data elsewhere (version 1), or a value of another type carried along (version 3; RFC 5652, 5.1).
type content struct {
	version, kind, value []byte
}

func sign(c content, digest []byte, s Signer, tsa TSA) ([]byte, error) {
	if s.Key == nil || len(s.Chain) == 0 {
		return nil, errors.New("cms: signer without key or certificate")
	}
	info, err := signerInfoOf(c.kind, digest, s, tsa)
	if err != nil {
		return nil, err
	}
	signed := tlv(tagSequence,
		c.version,
		tlv(tagSet, derSHA256),
		tlv(tagSequence, c.kind, c.value),
		setOf(tagContext0, rawCerts(s.Chain)),
		tlv(tagSet, info))
	return tlv(tagSequence, derSignedData, tlv(tagContext0, signed)), nil
}

func rawCerts(chain []*x509.Certificate) (raw [][]byte) {
	for _, c := range chain {
		raw = append(raw, c.Raw)
	}
	return raw
}

// signerInfoOf signs the attributes and stamps the signature (RFC 5652, 5.3).
func signerInfoOf(kind, digest []byte, s Signer, tsa TSA) ([]byte, error) {
	cert := s.Chain[0]
	attributes := setOf(tagSet, [][]byte{
		newAttribute(derContentType, kind),
		newAttribute(derMessageDigest, tlv(tagOctets, digest)),
		newAttribute(derCertificateV2, certificateV2(cert)),
	})
	hash := sha256.Sum256(attributes)
	signature, err := s.Key.Sign(rand.Reader, hash[:], crypto.SHA256)
	if err != nil {
		return nil, err
	}
	stamp, err := timestamp(signature, tsa)
	if err != nil {
		return nil, err
	}
	attributes[0] = tagContext0
	return tlv(tagSequence,
		derVersion1,
		tlv(tagSequence, cert.RawIssuer, integer(cert.SerialNumber)),
		derSHA256,
		attributes,
		algorithm(s.Key.Public()),
		tlv(tagOctets, signature),
		stamp), nil
}

func algorithm(key crypto.PublicKey) []byte {
	if _, ok := key.(*ecdsa.PublicKey); ok {
		return derECDSA
	}
	return derRSA
}

// certificateV2 binds the signature to one certificate, so that no other one of the same key can take its place
// (RFC 5035, 3; the hash is SHA-256 by default).
func certificateV2(c *x509.Certificate) []byte {
	hash := sha256.Sum256(c.Raw)
	issuer := tlv(tagSequence, tlv(tagSequence, tlv(tagContext4, c.RawIssuer)), integer(c.SerialNumber))
	id := tlv(tagSequence, tlv(tagOctets, hash[:]), issuer)
	return tlv(tagSequence, tlv(tagSequence, id))
}

// timestamp returns the unsigned attributes with the token for a signature; nothing without a tsa.
func timestamp(signature []byte, tsa TSA) ([]byte, error) {
	if tsa == nil {
		return nil, nil
	}
	digest := sha256.Sum256(signature)
	token, err := tsa(digest[:])
	if err != nil {
		return nil, err
	}
	return tlv(tagContext1, newAttribute(derTimestamp, token)), nil
}
