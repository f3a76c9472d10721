package cms

import (
	"crypto"
	_ "crypto/sha256" // registers SHA-256
	_ "crypto/sha512" // registers SHA-384 and SHA-512
	"crypto/x509"
	"encoding/asn1"
)

// hashOf returns 0 for anything weaker than SHA-256.
func hashOf(oid asn1.ObjectIdentifier) crypto.Hash {
	switch {
	case oid.Equal(oidSHA256):
		return crypto.SHA256
	case oid.Equal(oidSHA384):
		return crypto.SHA384
	case oid.Equal(oidSHA512):
		return crypto.SHA512
	}
	return 0
}

func sum(h crypto.Hash, b []byte) []byte {
	w := h.New()
	w.Write(b)
	return w.Sum(nil)
}

// signatureAlgorithm joins a signature OID, which may name the key alone, with the digest.
func signatureAlgorithm(oid asn1.ObjectIdentifier, h crypto.Hash) x509.SignatureAlgorithm {
	switch {
	case oid.Equal(oidRSA):
		return map[crypto.Hash]x509.SignatureAlgorithm{crypto.SHA256: x509.SHA256WithRSA, crypto.SHA384: x509.SHA384WithRSA, crypto.SHA512: x509.SHA512WithRSA}[h]
	case oid.Equal(oidRSAPSS):
		return map[crypto.Hash]x509.SignatureAlgorithm{crypto.SHA256: x509.SHA256WithRSAPSS, crypto.SHA384: x509.SHA384WithRSAPSS, crypto.SHA512: x509.SHA512WithRSAPSS}[h]
	case oid.Equal(oidECPublicKey):
		return map[crypto.Hash]x509.SignatureAlgorithm{crypto.SHA256: x509.ECDSAWithSHA256, crypto.SHA384: x509.ECDSAWithSHA384, crypto.SHA512: x509.ECDSAWithSHA512}[h]
	case oid.Equal(oidRSAWithSHA256):
		return x509.SHA256WithRSA
	case oid.Equal(oidRSAWithSHA384):
		return x509.SHA384WithRSA
	case oid.Equal(oidRSAWithSHA512):
		return x509.SHA512WithRSA
	case oid.Equal(oidECDSASHA256):
		return x509.ECDSAWithSHA256
	case oid.Equal(oidECDSASHA384):
		return x509.ECDSAWithSHA384
	case oid.Equal(oidECDSASHA512):
		return x509.ECDSAWithSHA512
	}
	return x509.UnknownSignatureAlgorithm
}
