// Package pki is the installation's own certificate authority and time-stamp authority (RFC 5280, RFC 3161).
// Their names say that they are self-issued: nobody outside the installation vouches for them.
package pki

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"errors"
	"fmt"
	"math/big"
	"time"
)

// An Authority signs certificates, revocation lists and timestamps. It is safe for concurrent use.
type Authority struct {
	root, issuing, stamping pair
}

type pair struct {
	cert *x509.Certificate
	key  crypto.Signer
}

// New makes the keys and certificates of an authority for the organization that runs the installation: a root of 20 years,
// an issuing authority of 10 that can make no further ones, and a time-stamp authority of 5.
func New(organization string, now time.Time) (*Authority, error) {
	root, err := certify(rootProfile(organization, now), nil)
	if err != nil {
		return nil, err
	}
	issuing, err := certify(issuingProfile(organization, now), &root)
	if err != nil {
		return nil, err
	}
	stamping, err := certify(stampingProfile(organization, now), &issuing)
	if err != nil {
		return nil, err
	}
	return &Authority{root, issuing, stamping}, nil
}

// Restamped returns the authority with another time-stamp authority, of 5 years or as long as the issuing one lasts. Its own
// tokens stay valid; it is to be stored anew.
func (a *Authority) Restamped(now time.Time) (*Authority, error) {
	profile := stampingProfile("", now)
	profile.Subject = a.stamping.cert.Subject
	if last := a.issuing.cert.NotAfter; profile.NotAfter.After(last) {
		profile.NotAfter = last
	}
	stamping, err := certify(profile, &a.issuing)
	return &Authority{a.root, a.issuing, stamping}, err
}

// certify makes a key and its certificate, signed by issuer or, if that is nil, by itself.
func certify(profile x509.Certificate, issuer *pair) (pair, error) {
	key, err := NewKey()
	if err != nil {
		return pair{}, err
	}
	if issuer == nil {
		issuer = &pair{&profile, key}
	}
	cert, err := issuer.issue(profile, key.Public())
	return pair{cert, key}, err
}

// NewKey makes a signing key on P-256, the curve of everything this authority certifies.
func NewKey() (*ecdsa.PrivateKey, error) {
	return ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
}

// Open reads a certificate and the PKCS #8 key that belongs to it. It returns ErrKey
// if they do not belong together.
func Open(certificate, key []byte) (*x509.Certificate, crypto.Signer, error) {
	cert, err := x509.ParseCertificate(certificate)
	if err != nil {
		return nil, nil, fmt.Errorf("pki: %w", err)
	}
	parsed, err := x509.ParsePKCS8PrivateKey(key)
	if err != nil {
		return nil, nil, fmt.Errorf("pki: %w", err)
	}
	own, ok := parsed.(crypto.Signer)
	if !ok || !matches(own, cert) {
		return nil, nil, fmt.Errorf("%w: %s", ErrKey, cert.Subject.CommonName)
	}
	return cert, own, nil
}

// matches reports whether a certificate is for the key.
func matches(key crypto.Signer, cert *x509.Certificate) bool {
	public, ok := key.Public().(interface{ Equal(crypto.PublicKey) bool })
	return ok && public.Equal(cert.PublicKey)
}

// NewSerial returns a positive random number of 128 bits, never used before for all practical purposes (RFC 5280, 4.1.2.2).
func NewSerial() *big.Int {
	b := make([]byte, 16)
	rand.Read(b)
	b[0] |= 0x40
	b[0] &= 0x7F
	return new(big.Int).SetBytes(b)
}

// issue signs a certificate of this profile for a public key.
func (p pair) issue(profile x509.Certificate, key crypto.PublicKey) (*x509.Certificate, error) {
	profile.SerialNumber = NewSerial()
	der, err := x509.CreateCertificate(rand.Reader, &profile, p.cert, key, p.key)
	if err != nil {
		return nil, fmt.Errorf("pki: %w", err)
	}
	return x509.ParseCertificate(der)
}

// Root returns the certificate on which all trust in this installation rests.
func (a *Authority) Root() *x509.Certificate { return a.root.cert }

// Roots returns a pool of the root alone.
func (a *Authority) Roots() *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(a.root.cert)
	return pool
}

// Issuing returns the certificate of the authority that issues all others.
func (a *Authority) Issuing() *x509.Certificate { return a.issuing.cert }

// Chain returns cert, issued by this authority, and the certificates above it without the root, as a signature carries them.
func (a *Authority) Chain(cert *x509.Certificate) []*x509.Certificate {
	return []*x509.Certificate{cert, a.issuing.cert}
}

// ErrKey means that a stored authority's keys and certificates do not belong together.
var ErrKey = errors.New("pki: key and certificate do not belong together")

// Stored is an authority as it is kept.
type Stored struct {
	Root, Issuing, Stamping StoredPair
}

// StoredPair holds a DER certificate, which is public, and its DER PKCS #8 key, which is to be encrypted.
type StoredPair struct {
	Certificate, Key []byte
}

// Store returns what Load needs.
func (a *Authority) Store() (s Stored, err error) {
	for _, one := range []struct {
		from pair
		to   *StoredPair
	}{{a.root, &s.Root}, {a.issuing, &s.Issuing}, {a.stamping, &s.Stamping}} {
		one.to.Certificate = one.from.cert.Raw
		if one.to.Key, err = x509.MarshalPKCS8PrivateKey(one.from.key); err != nil {
			return Stored{}, err
		}
	}
	return s, nil
}

// Load reads a stored authority and checks that each key fits its certificate and each certificate its issuer.
func Load(s Stored) (*Authority, error) {
	root, err := s.Root.load(nil)
	if err != nil {
		return nil, err
	}
	issuing, err := s.Issuing.load(root.cert)
	if err != nil {
		return nil, err
	}
	stamping, err := s.Stamping.load(issuing.cert)
	if err != nil {
		return nil, err
	}
	return &Authority{root, issuing, stamping}, nil
}

// load reads one pair that issuer certified; nil means itself.
func (s StoredPair) load(issuer *x509.Certificate) (pair, error) {
	cert, key, err := Open(s.Certificate, s.Key)
	if err != nil {
		return pair{}, err
	}
	if issuer == nil {
		issuer = cert
	}
	if cert.CheckSignatureFrom(issuer) != nil {
		return pair{}, fmt.Errorf("%w: %s", ErrKey, cert.Subject.CommonName)
	}
	return pair{cert, key}, nil
}
