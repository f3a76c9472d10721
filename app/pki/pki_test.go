package pki_test

import (
	"crypto/sha256"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"laoqi/app/apptest/tool"
	"laoqi/app/pki"
	"laoqi/app/pki/cms"
)

var now = time.Now().Truncate(time.Second)

var terms = pki.Terms{Now: now, Until: now.AddDate(1, 0, 0), CRL: "http://127.0.0.1/crl"}

func newAuthority(t *testing.T) *pki.Authority {
	t.Helper()
	a, err := pki.New("示例人力资源服务中心", now)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// newPerson returns a signer with a personal certificate.
func newPerson(t *testing.T, a *pki.Authority) cms.Signer {
	t.Helper()
	key, err := pki.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	cert, err := a.IssuePerson(pki.Person{Name: "张䶮", Reference: "p-7Q2M"}, key.Public(), terms)
	if err != nil {
		t.Fatal(err)
	}
	return cms.Signer{Key: key, Chain: a.Chain(cert)}
}

// openssl runs openssl in dir and returns all that it said; without openssl the test is skipped, in CI it fails.
func openssl(t *testing.T, dir string, args ...string) string {
	t.Helper()
	tool.Need(t, "openssl")
	cmd := exec.Command("openssl", args...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("openssl %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

func write(t *testing.T, dir, name string, b []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
		t.Fatal(err)
	}
}

func pemCerts(certs ...*x509.Certificate) (out []byte) {
	for _, c := range certs {
		out = append(out, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw})...)
	}
	return out
}

func TestOpenSSLAcceptsThePersonalCertificate(t *testing.T) {
	a, dir := newAuthority(t), t.TempDir()
	person := newPerson(t, a)
	write(t, dir, "root.pem", pemCerts(a.Root()))
	write(t, dir, "issuing.pem", pemCerts(a.Issuing()))
	write(t, dir, "leaf.pem", pemCerts(person.Chain[0]))
	openssl(t, dir, "verify", "-x509_strict", "-CAfile", "root.pem", "-untrusted", "issuing.pem", "leaf.pem")
	text := openssl(t, dir, "x509", "-in", "leaf.pem", "-noout", "-text", "-nameopt", "utf8,sep_comma_plus")
	for _, want := range []string{"张䶮", "p-7Q2M", "Digital Signature, Non Repudiation", "http://127.0.0.1/crl", "劳契自签发证书机构"} {
		if !strings.Contains(text, want) {
			t.Errorf("the certificate lacks %q:\n%s", want, text)
		}
	}
}

func TestASealCertificateNamesTheEnterpriseAndItsUSCC(t *testing.T) {
	a := newAuthority(t)
	key, _ := pki.NewKey()
	cert, err := a.IssueSeal(pki.Seal{Enterprise: "杭州云栖智造科技有限公司", USCC: "91330106MA2CFLDG4T", Name: "合同专用章"}, key.Public(), terms)
	if err != nil {
		t.Fatal(err)
	}
	if cert.Subject.CommonName != "合同专用章" || cert.Subject.Organization[0] != "杭州云栖智造科技有限公司" || pki.USCC(cert) != "91330106MA2CFLDG4T" {
		t.Errorf("subject %s, USCC %q", cert.Subject, pki.USCC(cert))
	}
	if cert.NotBefore.After(now.Add(-time.Minute)) || cert.SerialNumber.Sign() <= 0 || cert.SerialNumber.BitLen() < 120 {
		t.Errorf("not before %v, serial %v", cert.NotBefore, cert.SerialNumber)
	}
	if pki.USCC(a.Root()) != "" {
		t.Error("the root certificate has a USCC")
	}
}

func TestACertificateCannotOutliveItsAuthority(t *testing.T) {
	a := newAuthority(t)
	key, _ := pki.NewKey()
	for _, until := range []time.Time{now, now.Add(-time.Hour), now.AddDate(11, 0, 0)} {
		_, err := a.IssuePerson(pki.Person{Name: "李四"}, key.Public(), pki.Terms{Now: now, Until: until})
		if !errors.Is(err, pki.ErrTerms) {
			t.Errorf("until %v: %v", until, err)
		}
	}
}

func TestAStoredAuthorityWorksAfterLoading(t *testing.T) {
	stored, err := newAuthority(t).Store()
	if err != nil {
		t.Fatal(err)
	}
	loaded, err := pki.Load(stored)
	if err != nil {
		t.Fatal(err)
	}
	person := newPerson(t, loaded)
	signature, err := cms.SignDetached([]byte("授权书"), person, loaded.TSA(time.Now))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := cms.VerifyDetached([]byte("授权书"), signature, loaded.Roots()); err != nil {
		t.Error(err)
	}
}

func TestAStoredAuthorityWithMixedUpKeysIsRefused(t *testing.T) {
	one, _ := newAuthority(t).Store()
	two, _ := newAuthority(t).Store()
	swappedKey, swappedIssuer := one, one
	swappedKey.Issuing.Key = two.Issuing.Key
	swappedIssuer.Issuing = two.Issuing
	for name, s := range map[string]pki.Stored{"key": swappedKey, "issuer": swappedIssuer} {
		if _, err := pki.Load(s); !errors.Is(err, pki.ErrKey) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := pki.Load(pki.Stored{}); err == nil {
		t.Error("an empty authority was loaded")
	}
}

func TestOpenSSLReadsTheRevocationList(t *testing.T) {
	a, dir := newAuthority(t), t.TempDir()
	person := newPerson(t, a)
	revoked := []pki.Revoked{{Serial: person.Chain[0].SerialNumber, At: now, Reason: pki.ReasonSuperseded}}
	crl, err := a.CRL(revoked, 7, now, now.AddDate(0, 0, 7))
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, "crl.der", crl)
	write(t, dir, "chain.pem", pemCerts(a.Root(), a.Issuing()))
	text := openssl(t, dir, "crl", "-inform", "DER", "-in", "crl.der", "-CAfile", "chain.pem", "-noout", "-text")
	for _, want := range []string{"verify OK", "Superseded", "X509v3 CRL Number", strings.ToUpper(person.Chain[0].SerialNumber.Text(16))} {
		if !strings.Contains(text, want) {
			t.Errorf("the list lacks %q:\n%s", want, text)
		}
	}
}

func TestOpenSSLFindsNothingOfTheWholeChainRevoked(t *testing.T) {
	a, dir := newAuthority(t), t.TempDir()
	person, other := newPerson(t, a), newPerson(t, a)
	crl, err := a.CRL([]pki.Revoked{{Serial: other.Chain[0].SerialNumber, At: now}}, 7, now, now.AddDate(0, 0, 7))
	if err != nil {
		t.Fatal(err)
	}
	root, err := a.RootCRL(1, now, now.AddDate(0, 0, 7))
	if err != nil {
		t.Fatal(err)
	}
	if len(root) > 500 {
		t.Errorf("the root's list has %d bytes", len(root))
	}
	write(t, dir, "root.pem", pemCerts(a.Root()))
	write(t, dir, "issuing.pem", pemCerts(a.Issuing()))
	lists := append(pem.EncodeToMemory(&pem.Block{Type: "X509 CRL", Bytes: crl}), pem.EncodeToMemory(&pem.Block{Type: "X509 CRL", Bytes: root})...)
	write(t, dir, "lists.pem", lists)
	for name, cert := range map[string]*x509.Certificate{"person": person.Chain[0], "authority of time": a.Stamping()} {
		write(t, dir, "leaf.pem", pemCerts(cert))
		if out := openssl(t, dir, "verify", "-x509_strict", "-crl_check_all", "-CRLfile", "lists.pem", "-CAfile", "root.pem", "-untrusted", "issuing.pem", "leaf.pem"); !strings.Contains(out, "OK") {
			t.Errorf("%s: %s", name, out)
		}
	}
}

func TestOpenSSLAcceptsTheTimestamp(t *testing.T) {
	a, dir := newAuthority(t), t.TempDir()
	content := []byte("一份劳动合同")
	digest := sha256.Sum256(content)
	token, err := a.Timestamp(digest[:], now)
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, "content", content)
	write(t, dir, "token.der", token)
	write(t, dir, "root.pem", pemCerts(a.Root()))
	openssl(t, dir, "ts", "-verify", "-token_in", "-in", "token.der", "-data", "content", "-CAfile", "root.pem")
	text := openssl(t, dir, "ts", "-reply", "-token_in", "-token_out", "-in", "token.der", "-text")
	if want := now.UTC().Format("Jan _2 15:04:05 2006 GMT"); !strings.Contains(text, want) {
		t.Errorf("the token lacks %q:\n%s", want, text)
	}
}

func TestOpenSSLAcceptsADetachedSignature(t *testing.T) {
	a, dir := newAuthority(t), t.TempDir()
	content := []byte("授权书")
	signature, err := cms.SignDetached(content, newPerson(t, a), a.TSA(time.Now))
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, "content", content)
	write(t, dir, "signature.der", signature)
	write(t, dir, "root.pem", pemCerts(a.Root()))
	openssl(t, dir, "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", "signature.der", "-content", "content",
		"-CAfile", "root.pem", "-purpose", "any", "-out", "verified")
}

func BenchmarkTimestamp(b *testing.B) {
	a, err := pki.New("示例", now)
	if err != nil {
		b.Fatal(err)
	}
	digest := make([]byte, sha256.Size)
	for b.Loop() {
		if _, err := a.Timestamp(digest, now); err != nil {
			b.Fatal(err)
		}
	}
}
