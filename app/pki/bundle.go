package pki

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"slices"
	"strings"
	"time"

	"software.sslmate.com/src/go-pkcs12"
)

// A Bundle is a key that somebody else certified, as a PKCS #12 file holds it (RFC 7292).
type Bundle struct {
	Key crypto.Signer
	// Chain begins with the key's own certificate; those above it follow as far as the file has them, the root left out.
	Chain []*x509.Certificate
	// Root is the root above them, nil if the file does not have it.
	Root *x509.Certificate
}

// MaxBundle is how many bytes a PKCS #12 file may have; one with a long chain has about ten thousand.
const MaxBundle = 100 << 10

// Why a PKCS #12 file cannot be used.
var (
	// ErrBundle: it is no PKCS #12 file, or of a kind that is not read (BER, SM4, public-key encryption).
	ErrBundle = errors.New("pki: not a PKCS #12 file that can be read")
	// ErrPassword: another password opens it.
	ErrPassword = errors.New("pki: wrong password of the PKCS #12 file")
	// ErrNoKey: it has certificates alone.
	ErrNoKey = errors.New("pki: no private key in the PKCS #12 file")
	// ErrSeveralKeys: it has a pair for signing and one for encryption, as it is common in China.
	ErrSeveralKeys = errors.New("pki: several private keys in the PKCS #12 file")
	// ErrNoCertificate: no certificate in it is for its key.
	ErrNoCertificate = errors.New("pki: no certificate for the key in the PKCS #12 file")
	// ErrKeyKind: the key is neither RSA nor on P-256, SM2 for example.
	ErrKeyKind = errors.New("pki: key is neither RSA nor on P-256")
	// ErrWeakKey: it is RSA of less than 2,048 bits.
	ErrWeakKey = errors.New("pki: key is too short")
)

// OpenBundle reads a PKCS #12 file. The error is one of those above.
func OpenBundle(file []byte, password string) (Bundle, error) {
	if len(file) == 0 || len(file) > MaxBundle || !patient(file, 0) {
		return Bundle{}, ErrBundle
	}
	key, first, others, err := pkcs12.DecodeChain(file, password)
	if err != nil {
		return Bundle{}, bundleError(err)
	}
	b := Bundle{}
	if b.Key, err = strong(key); err != nil {
		return Bundle{}, err
	}
	all := append([]*x509.Certificate{first}, others...)
	at := slices.IndexFunc(all, func(c *x509.Certificate) bool { return matches(b.Key, c) })
	if at < 0 {
		return Bundle{}, ErrNoCertificate
	}
	b.Chain = climb(all[at], all)
	top := b.Chain[len(b.Chain)-1]
	if root := slices.IndexFunc(all, func(c *x509.Certificate) bool { return selfIssued(c) && top.CheckSignatureFrom(c) == nil }); root >= 0 {
		b.Root = all[root]
	}
	return b, nil
}

// patience is how often a file may have its password hashed; programs that write such files ask for 1 to 600,000 times.
const patience = 2_000_000

// patient reports whether no salt in the outer structure of a file, which is not encrypted, is followed by a count above
// that: the decoder would hash for hours.
func patient(der []byte, depth int) bool {
	const deepest = 24
	salted := false
	for len(der) > 0 && depth < deepest {
		var v asn1.RawValue
		rest, err := asn1.Unmarshal(der, &v)
		if err != nil || v.Class != asn1.ClassUniversal && !v.IsCompound {
			return true // no structure
		}
		if salted && v.Tag == asn1.TagInteger {
			var n int64
			if _, err := asn1.Unmarshal(v.FullBytes, &n); err != nil || n > patience {
				return false
			}
		}
		if salted = v.Tag == asn1.TagOctetString; (salted || v.IsCompound) && !patient(v.Bytes, depth+1) {
			return false
		}
		der = rest
	}
	return true
}

// bundleError tells what a decoder's error means to whoever chose the file. Most of its errors have no identity but their words.
func bundleError(err error) error {
	if errors.Is(err, pkcs12.ErrIncorrectPassword) || errors.Is(err, pkcs12.ErrDecryption) {
		return ErrPassword
	}
	for _, known := range []struct {
		words string
		err   error
	}{
		{"private key missing", ErrNoKey}, {"certificate missing", ErrNoCertificate}, {"exactly one key bag", ErrSeveralKeys},
		{"elliptic curve", ErrKeyKind}, {"unknown algorithm", ErrKeyKind},
	} {
		if strings.Contains(err.Error(), known.words) {
			return known.err
		}
	}
	return ErrBundle
}

// strong returns a key that may sign today.
func strong(key any) (crypto.Signer, error) {
	switch k := key.(type) {
	case *rsa.PrivateKey:
		if k.N.BitLen() < 2048 {
			return nil, ErrWeakKey
		}
		return k, nil
	case *ecdsa.PrivateKey:
		if k.Curve != elliptic.P256() {
			return nil, ErrKeyKind
		}
		return k, nil
	}
	return nil, ErrKeyKind
}

// climb returns a certificate and those above it, as far as they are among all.
func climb(cert *x509.Certificate, all []*x509.Certificate) []*x509.Certificate {
	chain := []*x509.Certificate{cert}
	for range all {
		above := slices.IndexFunc(all, func(c *x509.Certificate) bool {
			return bytes.Equal(c.RawSubject, cert.RawIssuer) && !selfIssued(c) && cert.CheckSignatureFrom(c) == nil
		})
		if above < 0 {
			break
		}
		cert = all[above]
		chain = append(chain, cert)
	}
	return chain
}

func selfIssued(c *x509.Certificate) bool { return bytes.Equal(c.RawSubject, c.RawIssuer) }

// Why a certificate that somebody else issued cannot be used.
var (
	ErrEarly      = errors.New("pki: certificate is not valid yet")
	ErrExpired    = errors.New("pki: certificate has expired")
	ErrSelfIssued = errors.New("pki: certificate is issued by its own holder")
	ErrUsage      = errors.New("pki: certificate is not for this usage")
	// ErrNoRoot: nobody can tell whose timestamps its key makes.
	ErrNoRoot = errors.New("pki: the file lacks the certificates up to the root")
	// ErrCritical: it has a critical extension whose meaning is unknown here, so that no check would accept it.
	ErrCritical = errors.New("pki: certificate has an unknown critical extension")
)

// CanSign returns nil if the certificate may sign documents at the time: it is an end entity's, valid, and for signatures.
func (b Bundle) CanSign(at time.Time) error {
	const signing = x509.KeyUsageDigitalSignature | x509.KeyUsageContentCommitment
	c := b.Chain[0]
	if err := usable(c, at); err != nil {
		return err
	}
	if c.KeyUsage != 0 && c.KeyUsage&signing == 0 || stamps(c) {
		return ErrUsage
	}
	return nil
}

// CanStamp returns nil if the certificate may make timestamps at the time (RFC 3161, 2.3): timeStamping is its only extended
// usage, and critical. Its root has to be there, too.
func (b Bundle) CanStamp(at time.Time) error {
	c := b.Chain[0]
	if err := usable(c, at); err != nil {
		return err
	}
	if c.KeyUsage != 0 && c.KeyUsage&(x509.KeyUsageDigitalSignature|x509.KeyUsageContentCommitment) == 0 || !stamps(c) {
		return ErrUsage
	}
	if b.Root == nil {
		return ErrNoRoot
	}
	return nil
}

func stamps(c *x509.Certificate) bool {
	if len(c.UnknownExtKeyUsage) > 0 || len(c.ExtKeyUsage) != 1 || c.ExtKeyUsage[0] != x509.ExtKeyUsageTimeStamping {
		return false
	}
	return slices.ContainsFunc(c.Extensions, func(e pkix.Extension) bool { return e.Id.Equal(oidExtKeyUsage) && e.Critical })
}

func usable(c *x509.Certificate, at time.Time) error {
	switch {
	case selfIssued(c):
		return ErrSelfIssued
	case c.IsCA:
		return ErrUsage
	case at.Before(c.NotBefore):
		return ErrEarly
	case at.After(c.NotAfter):
		return ErrExpired
	case len(c.UnhandledCriticalExtensions) > 0:
		return ErrCritical
	}
	return nil
}

// Above returns the certificates above the key's own, one behind the other, as ParseCertificates reads them.
func (b Bundle) Above() (der []byte) {
	der = []byte{}
	for _, c := range b.Chain[1:] {
		der = append(der, c.Raw...)
	}
	return der
}
