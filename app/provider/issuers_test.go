package provider_test

import (
	"crypto/rand"
	"crypto/x509"
	"math/big"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"laoqi/app/pki"
	"laoqi/app/provider"
)

func TestAnIssuersListTellsWhatWasRevoked(t *testing.T) {
	now := time.Now().Truncate(time.Second)
	a, err := pki.New("示例证书机构", now)
	if err != nil {
		t.Fatal(err)
	}
	key, err := pki.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	c, err := a.IssueSeal(pki.Seal{Enterprise: "长春启明精密制造有限公司", Name: "合同专用章"}, key.Public(), pki.Terms{Now: now, Until: now.AddDate(1, 0, 0)})
	if err != nil {
		t.Fatal(err)
	}
	var revoked []pki.Revoked
	next := now.Add(time.Hour)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		der, err := a.CRL(revoked, 1, now, next)
		if err != nil {
			t.Error(err)
		}
		w.Write(der)
	}))
	t.Cleanup(server.Close)
	c.CRLDistributionPoints = []string{"ldap://ca.test/crl", server.URL}
	ask := provider.Issuers{Client: http.DefaultClient}
	if r, err := ask.Ask(t.Context(), c, a.Issuing(), now); err != nil || len(r.CRL) == 0 || !r.At.IsZero() {
		t.Errorf("%+v %v", r, err)
	}
	revoked = []pki.Revoked{{Serial: c.SerialNumber, At: now, Reason: pki.ReasonKeyCompromise}}
	if r, err := ask.Ask(t.Context(), c, a.Issuing(), now); err != nil || !r.At.Equal(now) {
		t.Errorf("%+v %v", r, err)
	}
	if _, err := ask.Ask(t.Context(), c, a.Root(), now); err == nil {
		t.Error("a list that somebody else signed")
	}
	if _, err := ask.Ask(t.Context(), c, a.Issuing(), now.Add(2*time.Hour)); err == nil {
		t.Error("a list of long ago")
	}
}

func TestACertificateDoesNotLeadTheServerToItsNeighbours(t *testing.T) {
	reached := false
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached = true }))
	t.Cleanup(server.Close)
	key, err := pki.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.CreateCertificate(rand.Reader, &x509.Certificate{SerialNumber: big.NewInt(1)}, &x509.Certificate{SerialNumber: big.NewInt(2)}, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	c, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	for _, url := range []string{server.URL, strings.Replace(server.URL, "127.0.0.1", "10.0.0.1", 1), "file:///etc/passwd"} {
		c.CRLDistributionPoints = []string{url}
		if _, err := provider.NewIssuers().Ask(t.Context(), c, c, time.Now()); err == nil || reached || !strings.Contains(err.Error(), "public address") && !strings.Contains(err.Error(), "web address") {
			t.Errorf("%s: %v, reached %v", url, err, reached)
		}
	}
}
