package contract_test

import (
	"bytes"
	"crypto/x509"
	"testing"

	"golang.org/x/crypto/ocsp"

	"laoqi/app/apptest"
	"laoqi/app/contract"
	"laoqi/app/pdf/pades"
	"laoqi/app/pdf/pades/syntax"
	"laoqi/app/pki/cms"
)

// kept is what the newest file of a document keeps for a later check.
func kept(w *apptest.World, d contract.Document) (file []byte, dss pades.DSS) {
	w.T.Helper()
	file, err := w.Contract.File(d)
	if err != nil {
		w.T.Fatal(err)
	}
	f, err := syntax.Open(file)
	if err != nil {
		w.T.Fatal(err)
	}
	_, catalog, err := f.Root()
	if err != nil {
		w.T.Fatal(err)
	}
	dict, err := f.Dict(catalog["DSS"])
	if err != nil {
		w.T.Fatal(err)
	}
	for key, all := range map[syntax.Name]*[][]byte{"Certs": &dss.Certs, "OCSPs": &dss.OCSPs, "CRLs": &dss.CRLs} {
		list, err := f.Array(dict[key])
		if err != nil {
			w.T.Fatal(err)
		}
		for _, ref := range list {
			s, err := f.Stream(ref)
			if err != nil {
				w.T.Fatal(err)
			}
			*all = append(*all, s.Raw)
		}
	}
	return file, dss
}

// certificates are all that the signatures of a file and their timestamps carry.
func certificates(t *testing.T, file []byte) (all []*x509.Certificate) {
	t.Helper()
	report, err := pades.Check(file, pades.Trust{})
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range report.Signatures {
		m, err := cms.Parse(one.CMS)
		if err != nil {
			t.Fatal(err)
		}
		token, err := cms.Parse(m.Token)
		if err != nil {
			t.Fatal(err)
		}
		all = append(append(all, m.Certs...), token.Certs...)
	}
	return all
}

// The root alone needs no proof: whoever trusts it does so by himself. Then Acrobat
// finds all that it needs in the file, and asks nobody.
func TestAConcludedFileProvesOfEveryCertificateBelowTheRootThatItWasNotRevoked(t *testing.T) {
	w := apptest.New(t)
	w.People()
	_, d := w.Conclude()
	file, dss := kept(w, d)
	above := map[string]*x509.Certificate{}
	for _, der := range dss.Certs {
		c, err := x509.ParseCertificate(der)
		if err != nil {
			t.Fatal(err)
		}
		above[string(c.RawSubject)] = c
	}
	all := certificates(t, file)
	if len(all) != 8 {
		t.Errorf("%d certificates", len(all))
	}
	for _, c := range all {
		issuer := above[string(c.RawIssuer)]
		if issuer == nil || !proven(c, issuer, dss) {
			t.Errorf("nothing proves that %s was not revoked", c.Subject)
		}
	}
}

func proven(c, issuer *x509.Certificate, dss pades.DSS) bool {
	for _, der := range dss.OCSPs {
		if answer, err := ocsp.ParseResponseForCert(der, c, issuer); err == nil && answer.Status == ocsp.Good && answer.NextUpdate.After(answer.ThisUpdate) {
			return true
		}
	}
	for _, der := range dss.CRLs {
		list, err := x509.ParseRevocationList(der)
		if err == nil && bytes.Equal(list.RawIssuer, issuer.RawSubject) && list.CheckSignatureFrom(issuer) == nil && len(list.RevokedCertificateEntries) == 0 {
			return true
		}
	}
	return false
}
