package cms

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"encoding/asn1"
	"errors"
	"fmt"
	"math/big"
)

var (
	// ErrMalformed means that the bytes are no signature.
	ErrMalformed = errors.New("signature is malformed")
	// ErrUnsupported means that they may be one, but not one that this package checks: DER by one signer, whose certificate comes
	// along, with signed attributes, by RSA or ECDSA over SHA-2.
	ErrUnsupported = errors.New("signature is of a kind that cannot be checked")
	// ErrContent means that the content is not what was signed.
	ErrContent = errors.New("content differs from what was signed")
	// ErrSignature means that the signature was not made with the key of its certificate.
	ErrSignature = errors.New("signature does not match its certificate")
)

// maxCerts bounds the certificates read from one signature.
const maxCerts = 32

// A Message is a CMS signature that was read but not yet checked.
type Message struct {
	// Signer is the certificate named by the signature; Certs are all that came along, Signer too.
	Signer *x509.Certificate
	Certs  []*x509.Certificate
	// Hash is what the content was hashed with.
	Hash crypto.Hash
	// Content is the signed content if the message carries it.
	Content []byte
	// Token is the time-stamp token of the signature, nil if it has none.
	Token []byte

	contentType asn1.ObjectIdentifier
	algorithm   x509.SignatureAlgorithm
	signed      []byte
	signature   []byte
}

// Value is the signature value, over which the timestamp is.
func (m *Message) Value() []byte { return m.signature }

// Parse reads one DER message; zero bytes may follow it, as they do in a PDF. The errors are ErrMalformed and ErrUnsupported.
func Parse(b []byte) (*Message, error) {
	m, err := parse(b)
	if errors.Is(err, ErrUnsupported) {
		return nil, err
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrMalformed, err)
	}
	return m, nil
}

func parse(b []byte) (*Message, error) {
	if bytes.HasPrefix(b, []byte{tagSequence, 0x80}) {
		return nil, fmt.Errorf("%w: lengths as of BER", ErrUnsupported)
	}
	var outer contentInfo
	rest, err := asn1.Unmarshal(b, &outer)
	if err != nil {
		return nil, err
	}
	if !outer.Type.Equal(oidSignedData) || len(bytes.Trim(rest, "\x00")) > 0 {
		return nil, errors.New("no signed data")
	}
	var data signedData
	if _, err := asn1.Unmarshal(outer.Content.Bytes, &data); err != nil {
		return nil, err
	}
	if len(data.Signers) != 1 {
		return nil, fmt.Errorf("%w: %d signers", ErrUnsupported, len(data.Signers))
	}
	m := &Message{Certs: readCerts(data.Certs.Bytes), contentType: data.Encap.Type}
	if len(data.Encap.Content.Bytes) > 0 {
		if _, err := asn1.Unmarshal(data.Encap.Content.Bytes, &m.Content); err != nil {
			return nil, err
		}
	}
	return m, m.readSigner(data.Signers[0])
}

// readCerts reads the X.509 certificates of a CertificateSet and skips anything else.
func readCerts(b []byte) (certs []*x509.Certificate) {
	for range maxCerts {
		var one asn1.RawValue
		rest, err := asn1.Unmarshal(b, &one)
		if err != nil {
			return certs
		}
		if c, err := x509.ParseCertificate(one.FullBytes); err == nil {
			certs = append(certs, c)
		}
		b = rest
	}
	return certs
}

func (m *Message) readSigner(info signerInfo) error {
	if m.Signer = m.find(info.ID); m.Signer == nil {
		return fmt.Errorf("%w: the signer's certificate is missing or of an unknown kind", ErrUnsupported)
	}
	m.Hash = hashOf(info.Digest.Algorithm)
	m.algorithm = signatureAlgorithm(info.Algorithm.Algorithm, m.Hash)
	if m.Hash == 0 || m.algorithm == x509.UnknownSignatureAlgorithm {
		return fmt.Errorf("%w: unknown algorithm", ErrUnsupported)
	}
	if len(info.Signed.Bytes) == 0 {
		return fmt.Errorf("%w: no signed attributes", ErrUnsupported)
	}
	m.signed, m.signature = info.Signed.Bytes, info.Signature
	m.Token = single(info.Unsigned.Bytes, oidTimestamp)
	return nil
}

// find returns the certificate that a SignerIdentifier names by issuer and serial number or by key identifier.
func (m *Message) find(id asn1.RawValue) *x509.Certificate {
	var name issuerAndSerial
	byKey := id.Class == asn1.ClassContextSpecific && id.Tag == 0
	if !byKey {
		if _, err := asn1.Unmarshal(id.FullBytes, &name); err != nil {
			return nil
		}
	}
	for _, c := range m.Certs {
		if byKey && len(id.Bytes) > 0 && bytes.Equal(c.SubjectKeyId, id.Bytes) {
			return c
		}
		if !byKey && bytes.Equal(c.RawIssuer, name.Issuer.FullBytes) && equal(c.SerialNumber, name.Serial) {
			return c
		}
	}
	return nil
}

func equal(a, b *big.Int) bool { return a != nil && b != nil && a.Cmp(b) == 0 }

// single returns the only value of the attribute oid among concatenated attributes; nil if absent or not single.
func single(attributes []byte, oid asn1.ObjectIdentifier) (value []byte) {
	for len(attributes) > 0 {
		var a attribute
		rest, err := asn1.Unmarshal(attributes, &a)
		if err != nil {
			return nil
		}
		attributes = rest
		if !a.Type.Equal(oid) {
			continue
		}
		var one asn1.RawValue
		if more, err := asn1.Unmarshal(a.Values.Bytes, &one); err != nil || len(more) > 0 || value != nil {
			return nil
		}
		value = one.FullBytes
	}
	return value
}
