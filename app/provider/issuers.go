package provider

import (
	"bytes"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"syscall"
	"time"

	"golang.org/x/crypto/ocsp"
)

// Issuers are the authorities outside whose certificates seals have. They are asked,
// at the addresses that the certificates name, whether one was revoked: their answer is
// for the documents to keep. Without the internet nobody answers, and nothing waits for it.
type Issuers struct {
	Client *http.Client
}

const (
	issuerTimeout = 8 * time.Second
	issuerAnswer  = 1 << 20 // bytes; a revocation list may have many entries
)

// NewIssuers reaches public addresses alone: a certificate that somebody imports must
// not have the server call its neighbours.
func NewIssuers() *Issuers {
	dialer := net.Dialer{Timeout: issuerTimeout, Control: func(_, address string, _ syscall.RawConn) error {
		to, err := netip.ParseAddrPort(address)
		if err == nil && (!to.Addr().IsGlobalUnicast() || to.Addr().IsPrivate()) {
			err = fmt.Errorf("issuer: %s is no public address", address)
		}
		return err
	}}
	return &Issuers{&http.Client{Timeout: issuerTimeout, Transport: &http.Transport{DialContext: dialer.DialContext, DisableKeepAlives: true}}}
}

// Revocation is what an issuer says of one certificate.
type Revocation struct {
	OCSP, CRL []byte    // one of them, in DER
	At        time.Time // when it was revoked, zero if it was not
}

// Ask returns the first valid word of the issuer: an answer (RFC 6960), or a
// revocation list (RFC 5280) where nobody answers.
func (i *Issuers) Ask(ctx context.Context, c, issuer *x509.Certificate, now time.Time) (Revocation, error) {
	failed := errors.New("issuer: the certificate names no address")
	for _, url := range c.OCSPServer {
		r, err := i.answer(ctx, url, c, issuer, now)
		if err == nil {
			return r, nil
		}
		failed = err
	}
	for _, url := range c.CRLDistributionPoints {
		r, err := i.list(ctx, url, c, issuer, now)
		if err == nil {
			return r, nil
		}
		failed = err
	}
	return Revocation{}, failed
}

func (i *Issuers) answer(ctx context.Context, url string, c, issuer *x509.Certificate, now time.Time) (r Revocation, err error) {
	question, err := ocsp.CreateRequest(c, issuer, nil)
	if err != nil {
		return r, err
	}
	der, err := i.fetch(ctx, http.MethodPost, url, question)
	if err != nil {
		return r, err
	}
	answer, err := ocsp.ParseResponseForCert(der, c, issuer)
	switch {
	case err != nil:
		return r, err
	case answer.Status == ocsp.Unknown || answer.ThisUpdate.After(now.Add(time.Hour)) || !answer.NextUpdate.IsZero() && answer.NextUpdate.Before(now):
		return r, errors.New("issuer: an answer that says nothing of today")
	case answer.Status == ocsp.Revoked:
		r.At = answer.RevokedAt
	}
	r.OCSP = der
	return r, nil
}

func (i *Issuers) list(ctx context.Context, url string, c, issuer *x509.Certificate, now time.Time) (r Revocation, err error) {
	der, err := i.fetch(ctx, http.MethodGet, url, nil)
	if err != nil {
		return r, err
	}
	list, err := x509.ParseRevocationList(der)
	if err != nil {
		return r, err
	}
	if err := list.CheckSignatureFrom(issuer); err != nil {
		return r, err
	}
	if !list.NextUpdate.IsZero() && list.NextUpdate.Before(now) {
		return r, errors.New("issuer: a list that has ended")
	}
	for _, e := range list.RevokedCertificateEntries {
		if e.SerialNumber.Cmp(c.SerialNumber) == 0 {
			r.At = e.RevocationTime
		}
	}
	r.CRL = der
	return r, nil
}

func (i *Issuers) fetch(ctx context.Context, method, url string, body []byte) ([]byte, error) {
	if !strings.HasPrefix(url, "http://") && !strings.HasPrefix(url, "https://") {
		return nil, fmt.Errorf("issuer: %q is no web address", url)
	}
	q, err := http.NewRequestWithContext(ctx, method, url, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	if method == http.MethodPost {
		q.Header.Set("Content-Type", "application/ocsp-request")
	}
	a, err := i.Client.Do(q)
	if err != nil {
		return nil, err
	}
	defer a.Body.Close()
	if a.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("issuer: status %d", a.StatusCode)
	}
	der, err := io.ReadAll(io.LimitReader(a.Body, issuerAnswer+1))
	if err == nil && len(der) > issuerAnswer {
		err = errors.New("issuer: the answer is too long")
	}
	return der, err
}
