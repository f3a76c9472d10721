package pki

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"time"
)

// skew is how far a certificate's validity reaches back, for clocks that run late.
const skew = time.Minute

// oidOrganization is organizationIdentifier (X.520, 6.4.4; ETSI EN 319 412-1, 5.1.4).
var oidOrganization = asn1.ObjectIdentifier{2, 5, 4, 97}

// oidExtKeyUsage is the extension extKeyUsage (RFC 5280, 4.2.1.12).
var oidExtKeyUsage = asn1.ObjectIdentifier{2, 5, 29, 37}

// usccScheme marks an organizationIdentifier as a number of the Chinese trade register (EN 319 412-1, 5.1.4).
const usccScheme = "NTRCN-"

func authorityName(organization, commonName string) pkix.Name {
	return pkix.Name{Country: []string{"CN"}, Organization: []string{organization}, CommonName: commonName}
}

func rootProfile(organization string, now time.Time) x509.Certificate {
	p := issuerProfile(authorityName(organization, "劳契自签发根证书"), now, 20)
	p.MaxPathLen = 1
	return p
}

func issuingProfile(organization string, now time.Time) x509.Certificate {
	p := issuerProfile(authorityName(organization, "劳契自签发证书机构"), now, 10)
	p.MaxPathLenZero = true
	return p
}

func issuerProfile(subject pkix.Name, now time.Time, years int) x509.Certificate {
	return x509.Certificate{
		Subject: subject, NotBefore: now.Add(-skew), NotAfter: now.AddDate(years, 0, 0),
		KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign, IsCA: true, BasicConstraintsValid: true,
	}
}

// stampingProfile follows RFC 3161, 2.3: timeStamping is the only extended usage, and critical.
func stampingProfile(organization string, now time.Time) x509.Certificate {
	usage, err := asn1.Marshal([]asn1.ObjectIdentifier{{1, 3, 6, 1, 5, 5, 7, 3, 8}})
	if err != nil {
		panic(err)
	}
	return x509.Certificate{
		Subject: authorityName(organization, "劳契自签发时间戳"), NotBefore: now.Add(-skew), NotAfter: now.AddDate(5, 0, 0),
		KeyUsage: x509.KeyUsageDigitalSignature, BasicConstraintsValid: true,
		ExtraExtensions: []pkix.Extension{{Id: oidExtKeyUsage, Critical: true, Value: usage}},
	}
}

// A Person is whom a personal certificate names.
type Person struct {
	Name string
	// Reference tells persons of one name apart. It must not be, or lead a stranger to, the ID number.
	Reference string
}

func (p Person) name() pkix.Name {
	return pkix.Name{Country: []string{"CN"}, CommonName: p.Name, SerialNumber: p.Reference}
}

// A Seal is what a seal's certificate names: the enterprise, its 统一社会信用代码 and the seal's own name.
type Seal struct {
	Enterprise, USCC, Name string
}

func (s Seal) name() pkix.Name {
	return pkix.Name{
		Country: []string{"CN"}, Organization: []string{s.Enterprise}, CommonName: s.Name,
		ExtraNames: []pkix.AttributeTypeAndValue{{Type: oidOrganization, Value: usccScheme + s.USCC}},
	}
}

// Terms are what does not depend on whom a certificate is for.
type Terms struct {
	Now   time.Time
	Until time.Time
	// CRL is where the revocation list is published; empty if nowhere. No certificate names an OCSP responder: pdfsig, as others built on
	// NSS, no longer calls a certificate trusted once it was asked to ask one that it cannot reach, as nobody can outside the office.
	CRL string
}

// signerProfile is for keys that sign documents: digitalSignature and contentCommitment (nonRepudiation).
func signerProfile(subject pkix.Name, t Terms) x509.Certificate {
	p := x509.Certificate{
		Subject: subject, NotBefore: t.Now.Add(-skew), NotAfter: t.Until,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageContentCommitment, BasicConstraintsValid: true,
	}
	if t.CRL != "" {
		p.CRLDistributionPoints = []string{t.CRL}
	}
	return p
}
