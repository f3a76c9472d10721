package pades

import (
	"crypto/x509"
	"time"
)

// A Verdict is what a check found, of one signature or of a whole file. The higher one is the better.
type Verdict int

const (
	// Damaged: the file was cut off, or a signature in it cannot be read.
	Damaged Verdict = iota
	// Altered: bytes that were signed are no longer those, or the signature itself was tampered with.
	Altered
	// Changed: what was signed is still there, but the document was changed by something added after it.
	Changed
	// Revoked: the certificate had been revoked when it signed.
	Revoked
	// Unchecked: a signature is of a kind that this package does not check, by old or national algorithms.
	Unchecked
	// Unvouched: nothing changed, but nobody known vouches for who signed.
	Unvouched
	// Intact: nothing changed, and who signed is vouched for.
	Intact
)

// A Source is who vouches for a certificate.
type Source int

const (
	// Unknown: neither this installation nor anybody it trusts.
	Unknown Source = iota
	// Self: this installation's own authority, which is self-issued.
	Self
	// Foreign: another authority that the installation trusts.
	Foreign
)

// Trust holds the root certificates of this installation, of the others it trusts, and of those it trusts for timestamps alone; each
// may be nil.
type Trust struct {
	Self, Foreign, Stamping *x509.CertPool
	// Revoked is what the installation knows by itself of a certificate's revocation, nil for nothing; it may be nil.
	Revoked func(*x509.Certificate) (*Revocation, error)
}

func (t Trust) revoked(c *x509.Certificate) (*Revocation, error) {
	if t.Revoked == nil {
		return nil, nil
	}
	return t.Revoked(c)
}

// source returns who vouches, this installation first.
func (t Trust) source(vouched func(roots *x509.CertPool) error) Source {
	if t.Self != nil && vouched(t.Self) == nil {
		return Self
	}
	if t.Foreign != nil && vouched(t.Foreign) == nil {
		return Foreign
	}
	return Unknown
}

// stamping returns who vouches for a time-stamp authority.
func (t Trust) stamping(vouched func(roots *x509.CertPool) error) Source {
	by := t.source(vouched)
	if by == Unknown && t.Stamping != nil && vouched(t.Stamping) == nil {
		return Foreign
	}
	return by
}

// A Report tells of a signed file.
type Report struct {
	// Verdict is the worst of the signatures' and the timestamps'. A timestamp that nobody known vouches for takes nothing away.
	Verdict Verdict
	// Signatures are in the order in which they were made, as are Stamps.
	Signatures []Signature
	Stamps     []DocumentStamp
}

// A DocumentStamp is a timestamp over the whole of a file as it was then.
type DocumentStamp struct {
	Field string
	// Stamp is nil if it is not valid.
	Stamp *Stamp
	// Covers and WholeFile are as those of a Signature.
	Covers    [4]int
	WholeFile bool
	// Token is the token itself (RFC 3161), in DER, with the zeros after it that fill its room.
	Token []byte
	// Signatures is how many of the signatures it covers, the first ones.
	Signatures int
	Verdict    Verdict
	Err        error
}

// A Signature is one signature of a file and what was found about it.
type Signature struct {
	Field string
	// Name, Reason, Location and Claimed are the signer's own words.
	Name, Reason, Location string
	Claimed                time.Time
	// Signer is nil if the signature cannot be read.
	Signer *x509.Certificate
	Source Source
	// Stamp is nil if the signature has no valid timestamp.
	Stamp *Stamp
	// Covers is the ByteRange: signed are Covers[1] bytes from Covers[0] on and Covers[3] from Covers[2] on (ISO 32000-1, 12.8.1).
	Covers [4]int
	// CMS is the signature itself (RFC 5652), in DER, with the zeros after it that fill its room.
	CMS []byte
	// WholeFile tells that nothing follows the signature. Otherwise what follows is allowed (later signatures
	// in fields prepared for them, data for checking), or the verdict is Changed.
	WholeFile bool
	// AddedOn is the page on which the signature shows itself in a field that was made for it when others had signed already. Who
	// sees that page should know, since it may lie over what they signed; 0 if there is none.
	AddedOn int
	// Revocation is nil if the file says nothing of the certificate's revocation, and the installation knows of none before the
	// signature.
	Revocation *Revocation
	Verdict    Verdict
	// Err is why the verdict is not Intact: a *Change, or an error of this package or of package cms.
	Err error
}

// A Stamp is a signature's valid timestamp.
type Stamp struct {
	Time      time.Time
	Authority *x509.Certificate
	Source    Source
	// Policy is the object identifier under which it was given.
	Policy string
}

// A Revocation is what a revocation list or an answer (OCSP) says of a certificate.
type Revocation struct {
	// At is when the certificate was revoked, zero if it was not; Reason is a CRLReason of RFC 5280, 5.3.1.
	At     time.Time
	Reason int
	// ListedAt is when the list or answer was made.
	ListedAt time.Time
}

// Time returns the time of the signature: the timestamp's if an authority known vouches for it, otherwise the claimed one.
func (s Signature) Time() (at time.Time, proven bool) {
	if s.Stamp != nil && s.Stamp.Source != Unknown {
		return s.Stamp.Time, true
	}
	return s.Claimed, false
}
