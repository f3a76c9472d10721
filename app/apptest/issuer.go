package apptest

import (
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"golang.org/x/crypto/ocsp"
	"software.sslmate.com/src/go-pkcs12"

	"laoqi/app/apptest/tool"
	"laoqi/app/demo"
	"laoqi/app/pki"
)

// An Issuer is another authority, which certified the sample enterprise and answers
// about revocation (RFC 6960) for the holder's certificate.
type Issuer struct {
	File []byte // PKCS #12 under tool.PKCS12Password

	key  *ecdsa.PrivateKey
	cert *x509.Certificate
	now  func() time.Time

	mu      sync.Mutex
	revoked time.Time
	away    bool
}

// NewIssuer starts an issuer that goes by the clock.
func NewIssuer(t testing.TB, now func() time.Time) *Issuer {
	t.Helper()
	i := &Issuer{now: now}
	server := httptest.NewServer(i)
	t.Cleanup(server.Close)
	begin, end := now().AddDate(-1, 0, 0), now().AddDate(5, 0, 0)
	authority := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "签发证书", Organization: []string{tool.Authority}}, NotBefore: begin, NotAfter: end,
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign}
	root := &x509.Certificate{SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "根证书", Organization: []string{tool.Authority}}, NotBefore: begin, NotAfter: end,
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
	leaf := &x509.Certificate{SerialNumber: big.NewInt(77), Subject: pkix.Name{CommonName: demo.EnterpriseName, Organization: []string{demo.EnterpriseName}}, NotBefore: begin, NotAfter: end,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageContentCommitment, OCSPServer: []string{server.URL}}
	rootKey, holderKey := newKey(t), newKey(t)
	i.key = newKey(t)
	i.cert = certify(t, authority, root, i.key, rootKey)
	holder := certify(t, leaf, i.cert, holderKey, i.key)
	var err error
	if i.File, err = pkcs12.Modern.Encode(holderKey, holder, []*x509.Certificate{i.cert}, tool.PKCS12Password); err != nil {
		t.Fatal(err)
	}
	return i
}

func newKey(t testing.TB) *ecdsa.PrivateKey {
	t.Helper()
	key, err := pki.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func certify(t testing.TB, c, by *x509.Certificate, key, byKey *ecdsa.PrivateKey) *x509.Certificate {
	t.Helper()
	der, err := x509.CreateCertificate(rand.Reader, c, by, key.Public(), byKey)
	if err != nil {
		t.Fatal(err)
	}
	made, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// Revoke revokes the certificate now.
func (i *Issuer) Revoke() { i.set(i.now(), false) }

// Leave makes the issuer answer nobody.
func (i *Issuer) Leave() { i.set(time.Time{}, true) }

func (i *Issuer) set(revoked time.Time, away bool) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.revoked, i.away = revoked, away
}

func (i *Issuer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	i.mu.Lock()
	revoked, away := i.revoked, i.away
	i.mu.Unlock()
	body, err := io.ReadAll(r.Body)
	question, bad := ocsp.ParseRequest(body)
	if away || err != nil || bad != nil {
		http.Error(w, "away", http.StatusBadGateway)
		return
	}
	answer := ocsp.Response{Status: ocsp.Good, SerialNumber: question.SerialNumber, ThisUpdate: i.now(), NextUpdate: i.now().Add(48 * time.Hour)}
	if !revoked.IsZero() {
		answer.Status, answer.RevokedAt = ocsp.Revoked, revoked
	}
	der, err := ocsp.CreateResponse(i.cert, i.cert, answer, i.key)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Write(der)
}
