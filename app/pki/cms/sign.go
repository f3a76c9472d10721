package cms

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
)

// A Signer is a key with its certificate and those above it, the root left out.
type Signer struct {
	Key   crypto.Signer
	Chain []*x509.Certificate
}

// A TSA returns the DER time-stamp token (RFC 3161) for a SHA-256 digest.
type TSA func(digest []byte) (token []byte, err error)

// SignDigest returns the DER of a detached CAdES signature over content with the given SHA-256 digest:
// signing-certificate-v2, no signing-time (ETSI EN 319 142-1, 6.3 forbids it in PDF). With a tsa the signature is timestamped.
func SignDigest(digest []byte, s Signer, tsa TSA) ([]byte, error) {
	return sign(encapContent{Type: oidData}, digest, s, tsa)
}

// SignDetached is SignDigest over content.
func SignDetached(content []byte, s Signer, tsa TSA) ([]byte, error) {
	digest := sha256.Sum256(content)
	return SignDigest(digest[:], s, tsa)
}

func sign(content encapContent, digest []byte, s Signer, tsa TSA) ([]byte, error) {
	if s.Key == nil || len(s.Chain) == 0 {
		return nil, errors.New("cms: signer without key or certificate")
	}
	info, err := signInfo(content.Type, digest, s)
	if err != nil {
		return nil, err
	}
	if tsa != nil {
		if info.Unsigned, err = timestamp(info.Signature, tsa); err != nil {
			return nil, err
		}
	}
	data := signedData{
		Version: version(content.Type), Digests: []pkix.AlgorithmIdentifier{{Algorithm: oidSHA256}}, Encap: content,
		Certs: constructed(asn1.ClassContextSpecific, 0, rawCerts(s.Chain)...), Signers: []signerInfo{info},
	}
	return asn1.Marshal(contentInfo{oidSignedData, constructed(asn1.ClassContextSpecific, 0, der(data))})
}

// version is 1 for plain data and 3 for any other content (RFC 5652, 5.1).
func version(content asn1.ObjectIdentifier) int {
	if content.Equal(oidData) {
		return 1
	}
	return 3
}

func rawCerts(chain []*x509.Certificate) (raw [][]byte) {
	for _, c := range chain {
		raw = append(raw, c.Raw)
	}
	return sortSet(raw)
}

// signInfo signs the signed attributes.
func signInfo(contentType asn1.ObjectIdentifier, digest []byte, s Signer) (signerInfo, error) {
	cert := s.Chain[0]
	attributes := sortSet([][]byte{
		newAttribute(oidContentType, der(contentType)),
		newAttribute(oidMessageDigest, der(digest)),
		newAttribute(oidCertificateV2, certificateV2(cert)),
	})
	hash := sha256.Sum256(der(constructed(asn1.ClassUniversal, asn1.TagSet, attributes...)))
	signature, err := s.Key.Sign(rand.Reader, hash[:], crypto.SHA256)
	if err != nil {
		return signerInfo{}, err
	}
	return signerInfo{
		Version:   1,
		ID:        asn1.RawValue{FullBytes: der(issuerAndSerial{asn1.RawValue{FullBytes: cert.RawIssuer}, cert.SerialNumber})},
		Digest:    pkix.AlgorithmIdentifier{Algorithm: oidSHA256},
		Signed:    constructed(asn1.ClassContextSpecific, 0, attributes...),
		Algorithm: algorithm(s.Key.Public()),
		Signature: signature,
	}, nil
}

func algorithm(key crypto.PublicKey) pkix.AlgorithmIdentifier {
	if _, ok := key.(*ecdsa.PublicKey); ok {
		return pkix.AlgorithmIdentifier{Algorithm: oidECDSASHA256}
	}
	return pkix.AlgorithmIdentifier{Algorithm: oidRSA, Parameters: asn1.NullRawValue}
}

// certificateV2 binds the signature to one certificate, so that no other one of the same key can take its place.
func certificateV2(c *x509.Certificate) []byte {
	hash := sha256.Sum256(c.Raw)
	issuer := constructed(asn1.ClassContextSpecific, 4, c.RawIssuer)
	return der(signingCertificateV2{[]certID{{
		Hash: hash[:], Issuer: issuerSerial{[]asn1.RawValue{issuer}, c.SerialNumber},
	}}})
}

// timestamp returns the unsigned attributes with the token for a signature.
func timestamp(signature []byte, tsa TSA) (asn1.RawValue, error) {
	digest := sha256.Sum256(signature)
	token, err := tsa(digest[:])
	if err != nil {
		return asn1.RawValue{}, err
	}
	return constructed(asn1.ClassContextSpecific, 1, newAttribute(oidTimestamp, token)), nil
}
