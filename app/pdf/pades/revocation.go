package pades

import (
	"bytes"
	"crypto/x509"
	"slices"

	"golang.org/x/crypto/ocsp"

	"laoqi/app/pdf/pades/syntax"
	"laoqi/app/pki/cms"
)

// maxProofs bounds the revocation lists, and the answers, read from one file.
const maxProofs = 64

// proofs are what a file's DSS says about revocation.
type proofs struct {
	lists   []*x509.RevocationList
	answers [][]byte // OCSP
}

// readProofs reads the file's DSS; what cannot be read counts as not there.
func readProofs(f *syntax.File, catalog syntax.Dict) (p proofs) {
	dss, err := f.Dict(catalog["DSS"])
	if err != nil {
		return p
	}
	for _, der := range readStreams(f, dss["CRLs"]) {
		if list, err := x509.ParseRevocationList(der); err == nil {
			p.lists = append(p.lists, list)
		}
	}
	p.answers = readStreams(f, dss["OCSPs"])
	return p
}

func readStreams(f *syntax.File, list syntax.Object) (all [][]byte) {
	refs, err := f.Array(list)
	if err != nil {
		return nil
	}
	for _, ref := range refs[:min(len(refs), maxProofs)] {
		s, err := f.Stream(ref)
		if err != nil || s == nil {
			continue
		}
		if der, err := f.Decode(s); err == nil {
			all = append(all, der)
		}
	}
	return all
}

// checkRevocation asks the lists and answers of the signer's issuer, and what the installation knows itself. A certificate revoked
// after a proven time of signing was good.
func (s *signature) checkRevocation(m *cms.Message, trust Trust, p proofs) error {
	for _, issuer := range m.Certs {
		if !bytes.Equal(issuer.RawSubject, m.Signer.RawIssuer) || m.Signer.CheckSignatureFrom(issuer) != nil {
			continue
		}
		for _, list := range p.lists {
			if bytes.Equal(list.RawIssuer, issuer.RawSubject) && list.CheckSignatureFrom(issuer) == nil {
				s.learn(lookUp(list, m.Signer))
			}
		}
		for _, der := range p.answers {
			if answer, ok := readAnswer(der, m.Signer, issuer); ok {
				s.learn(answer)
			}
		}
	}
	known, err := trust.revoked(m.Signer)
	if s.tooLate(known) {
		s.learn(*known)
	}
	if s.tooLate(s.Revocation) {
		s.fail(Revoked, ErrRevoked)
	}
	return err
}

// tooLate reports whether the signature is not proven to be from before a revocation.
func (s *signature) tooLate(r *Revocation) bool {
	at, proven := s.Time()
	return r != nil && !r.At.IsZero() && !(proven && at.Before(r.At))
}

// learn keeps a revocation rather than its absence.
func (s *signature) learn(found Revocation) {
	if s.Revocation == nil || s.Revocation.At.IsZero() {
		s.Revocation = &found
	}
}

func lookUp(list *x509.RevocationList, cert *x509.Certificate) Revocation {
	for _, e := range list.RevokedCertificateEntries {
		if e.SerialNumber.Cmp(cert.SerialNumber) == 0 {
			return Revocation{e.RevocationTime, e.ReasonCode, list.ThisUpdate}
		}
	}
	return Revocation{ListedAt: list.ThisUpdate}
}

// readAnswer reads an answer about cert that its issuer signed, or whom the issuer certified for that.
func readAnswer(der []byte, cert, issuer *x509.Certificate) (Revocation, bool) {
	answer, err := ocsp.ParseResponseForCert(der, cert, issuer)
	if err != nil {
		return Revocation{}, false
	}
	if by := answer.Certificate; by != nil && !by.Equal(issuer) && !slices.Contains(by.ExtKeyUsage, x509.ExtKeyUsageOCSPSigning) {
		return Revocation{}, false
	}
	switch answer.Status {
	case ocsp.Good:
		return Revocation{ListedAt: answer.ThisUpdate}, true
	case ocsp.Revoked:
		return Revocation{answer.RevokedAt, answer.RevocationReason, answer.ThisUpdate}, true
	}
	return Revocation{}, false
}
