package pades

import (
	"bytes"
	"crypto/x509"

	"laoqi/app/pdf/pades/syntax"
	"laoqi/app/pki/cms"
)

// maxLists bounds the revocation lists read from one file.
const maxLists = 64

// readLists returns the revocation lists in the file's DSS; what cannot be read counts as not there.
func readLists(f *syntax.File, catalog syntax.Dict) (lists []*x509.RevocationList) {
	dss, err := f.Dict(catalog["DSS"])
	if err != nil {
		return nil
	}
	refs, err := f.Array(dss["CRLs"])
	if err != nil {
		return nil
	}
	for _, ref := range refs[:min(len(refs), maxLists)] {
		s, err := f.Stream(ref)
		if err != nil || s == nil {
			continue
		}
		der, err := f.Decode(s)
		if err != nil {
			continue
		}
		if list, err := x509.ParseRevocationList(der); err == nil {
			lists = append(lists, list)
		}
	}
	return lists
}

// checkRevocation looks the signer up in the lists of its issuer. A certificate revoked after a proven time of signing was good.
func (s *signature) checkRevocation(m *cms.Message, lists []*x509.RevocationList) {
	for _, list := range lists {
		if !issuedBySame(list, m) {
			continue
		}
		found := lookUp(list, m.Signer)
		if s.Revocation == nil || s.Revocation.At.IsZero() {
			s.Revocation = &found
		}
	}
	if s.Revocation == nil || s.Revocation.At.IsZero() {
		return
	}
	if at, proven := s.Time(); !proven || !at.Before(s.Revocation.At) {
		s.fail(Revoked, ErrRevoked)
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

// issuedBySame tells whether the signer's issuer made the list.
func issuedBySame(list *x509.RevocationList, m *cms.Message) bool {
	for _, issuer := range m.Certs {
		if bytes.Equal(issuer.RawSubject, m.Signer.RawIssuer) && bytes.Equal(list.RawIssuer, m.Signer.RawIssuer) &&
			m.Signer.CheckSignatureFrom(issuer) == nil && list.CheckSignatureFrom(issuer) == nil {
			return true
		}
	}
	return false
}
