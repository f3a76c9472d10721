package evidence

import (
	"bytes"
	"crypto/x509"
	"encoding/asn1"
	"fmt"
	"slices"
	"time"

	"laoqi/app/cert"
	"laoqi/app/pdf/pades"
	"laoqi/app/pki/cms"
)

// A proof is a CMS signature with what openssl needs to check it.
type proof struct {
	name    string // of its files
	title   string
	content string // file of what was signed, for a signature beside the PDF
	covers  [4]int // of the PDF, for a signature within it
	der     []byte
	token   []byte // RFC 3161, nil for none
	value   int    // offset of the signature value in der
	signer  *x509.Certificate
	tsa     *x509.Certificate // nil for none
	by      root              // who vouches for tsa
	at      time.Time
	answer  []byte // OCSP (RFC 6960): whether the signer's certificate is revoked; nil for an imported one
	issuer  string // of an imported certificate, "" for one of our own
	above   []*x509.Certificate
}

// imported reports whether another authority issued the signer's certificate.
func (p proof) imported() bool { return p.issuer != "" }

// A root is a certificate that a check has to begin with.
type root struct {
	name string // of its file
	cert *x509.Certificate
}

// read takes a signature apart. Zeros after it are left out.
func (p proof) read(der []byte, trust *trusted) (proof, error) {
	var outer asn1.RawValue
	if _, err := asn1.Unmarshal(der, &outer); err != nil {
		return p, err
	}
	m, err := cms.Parse(outer.FullBytes)
	if err != nil {
		return p, err
	}
	stamp, err := m.Timestamp()
	if err != nil {
		return p, fmt.Errorf("%s: %w", p.title, err)
	}
	if p.by, err = trust.of(stamp); err != nil {
		return p, fmt.Errorf("%s: %w", p.title, err)
	}
	value, err := asn1.Marshal(m.Value())
	if err != nil {
		return p, err
	}
	p.der, p.token, p.signer, p.tsa, p.at = outer.FullBytes, m.Token, m.Signer, stamp.Authority(), stamp.Time
	p.value = bytes.Index(p.der, value)
	p.above = slices.DeleteFunc(m.Certs, func(c *x509.Certificate) bool { return c.Equal(m.Signer) })
	return p, nil
}

// within are the signatures of a PDF, in the order in which they were made.
func within(report pades.Report, trust *trusted) (list []proof, err error) {
	for _, one := range report.Signatures {
		p, err := proof{name: "signature-" + one.Field, title: fields[one.Field], covers: one.Covers}.read(one.CMS, trust)
		if err != nil {
			return nil, err
		}
		if one.Source == pades.Foreign {
			p.issuer = cert.Issuer(p.signer)
		}
		list = append(list, p)
	}
	return list, nil
}
