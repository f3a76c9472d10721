package pki

import (
	"crypto"
	"crypto/rand"
	"crypto/x509"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"time"

	"laoqi/app/pki/cms"
)

// ErrTerms means that a certificate was to end before it begins, or to outlive the authority.
var ErrTerms = errors.New("pki: validity outside the authority's")

// IssuePerson issues the certificate of a person's key.
func (a *Authority) IssuePerson(p Person, key crypto.PublicKey, t Terms) (*x509.Certificate, error) {
	return a.issue(signerProfile(p.name(), t), key)
}

// IssueSeal issues the certificate of a seal's key.
func (a *Authority) IssueSeal(s Seal, key crypto.PublicKey, t Terms) (*x509.Certificate, error) {
	return a.issue(signerProfile(s.name(), t), key)
}

func (a *Authority) issue(profile x509.Certificate, key crypto.PublicKey) (*x509.Certificate, error) {
	if !profile.NotAfter.After(profile.NotBefore.Add(skew)) || profile.NotAfter.After(a.issuing.cert.NotAfter) {
		return nil, ErrTerms
	}
	return a.issuing.issue(profile, key)
}

// USCC returns the 统一社会信用代码 that a seal's certificate names, empty for any other certificate.
func USCC(cert *x509.Certificate) string {
	for _, n := range cert.Subject.Names {
		if v, ok := n.Value.(string); ok && n.Type.Equal(oidOrganization) && strings.HasPrefix(v, usccScheme) {
			return v[len(usccScheme):]
		}
	}
	return ""
}

// Revoked is one certificate on a revocation list.
type Revoked struct {
	Serial *big.Int
	At     time.Time
	// Reason is a CRLReason of RFC 5280, 5.3.1.
	Reason int
}

// Reasons of revocation that the product gives (RFC 5280, 5.3.1).
const (
	ReasonKeyCompromise        = 1
	ReasonAffiliationChanged   = 3
	ReasonSuperseded           = 4
	ReasonCessationOfOperation = 5
)

// CRL returns a DER revocation list (RFC 5280, 5). The number must be higher than that of every earlier list; next is when
// a newer one will exist at the latest.
func (a *Authority) CRL(revoked []Revoked, number int64, now, next time.Time) ([]byte, error) {
	return a.issuing.list(revoked, number, now, next)
}

// RootCRL is the list of the root, which never revoked the issuing authority: who checks a whole chain wants it.
func (a *Authority) RootCRL(number int64, now, next time.Time) ([]byte, error) {
	return a.root.list(nil, number, now, next)
}

func (p pair) list(revoked []Revoked, number int64, now, next time.Time) ([]byte, error) {
	list := &x509.RevocationList{Number: big.NewInt(number), ThisUpdate: now.Add(-skew), NextUpdate: next}
	for _, r := range revoked {
		list.RevokedCertificateEntries = append(list.RevokedCertificateEntries,
			x509.RevocationListEntry{SerialNumber: r.Serial, RevocationTime: r.At, ReasonCode: r.Reason})
	}
	der, err := x509.CreateRevocationList(rand.Reader, list, p.cert, p.key)
	if err != nil {
		return nil, fmt.Errorf("pki: %w", err)
	}
	return der, nil
}

// Policies of the built-in time-stamp authority: UUIDs of our own under the arc that needs no registration (X.667).
const (
	// StampPolicy is that of its tokens.
	StampPolicy = "2.25.177119916317645805813207560429719458950"
	// StandInPolicy says that the token stands in for one of an authority outside, which was asked first and gave none.
	// So a file itself tells that its timestamp is not the intended one.
	StandInPolicy = "2.25.229259807982245406530759238442596202667"
)

var stampPolicy, standInPolicy = policy(StampPolicy), policy(StandInPolicy)

func policy(text string) x509.OID {
	oid, err := x509.ParseOID(text)
	if err != nil {
		panic(err)
	}
	return oid
}

// Timestamp returns the DER RFC 3161 token that the SHA-256 digest existed at now.
func (a *Authority) Timestamp(digest []byte, now time.Time) ([]byte, error) {
	return a.token(stampPolicy, digest, now)
}

// StandIn is Timestamp under StandInPolicy.
func (a *Authority) StandIn(digest []byte, now time.Time) ([]byte, error) {
	return a.token(standInPolicy, digest, now)
}

func (a *Authority) token(under x509.OID, digest []byte, now time.Time) ([]byte, error) {
	clock := cms.Clock{Signer: cms.Signer{Key: a.stamping.key, Chain: a.Chain(a.stamping.cert)}, Policy: under}
	return clock.Token(digest, now, NewSerial())
}

// TSA returns Timestamp by the given clock, as signing wants it.
func (a *Authority) TSA(clock func() time.Time) cms.TSA {
	return func(digest []byte) ([]byte, error) { return a.Timestamp(digest, clock()) }
}

// TSA returns timestamps made by the key of the bundle, by the given clock.
func (b Bundle) TSA(clock func() time.Time) cms.TSA {
	by := cms.Clock{Signer: cms.Signer{Key: b.Key, Chain: b.Chain}, Policy: stampPolicy}
	return func(digest []byte) ([]byte, error) { return by.Token(digest, clock(), NewSerial()) }
}

// Stamping returns the certificate of the time-stamp authority.
func (a *Authority) Stamping() *x509.Certificate { return a.stamping.cert }
