package provider

import (
	"bytes"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"laoqi/app/pki/cms"
)

// TSA is a time-stamp authority outside the product, reached by HTTP (RFC 3161,
// 3.4). It is asked once and for a few seconds; after a failure it is left alone
// for a minute, so that a dead one does not slow each signing.
type TSA struct {
	URL    string
	Roots  []*x509.Certificate // who vouches for its certificate
	Now    func() time.Time
	Client *http.Client

	mu      sync.Mutex
	rest    time.Time // until when it is left alone; zero while it answers
	longest int       // bytes of a token so far
}

const (
	tsaTimeout = 4 * time.Second
	tsaRest    = time.Minute
	tsaAnswer  = 16 << 10 // bytes
	tsaSkew    = 5 * time.Minute
)

// NewTSA is an authority that was not asked yet.
func NewTSA(url string, roots []*x509.Certificate, now func() time.Time) *TSA {
	return &TSA{URL: url, Roots: roots, Now: now, Client: &http.Client{Timeout: tsaTimeout}}
}

// ErrResting means that the authority failed less than a minute ago and was not
// asked.
var ErrResting = errors.New("time-stamp authority: left alone after a failure")

// Stamp returns the authority's token for a SHA-256 digest, and its certificate.
func (t *TSA) Stamp(ctx context.Context, digest []byte) (token []byte, authority *x509.Certificate, err error) {
	was, turn := t.begin()
	if !turn {
		return nil, nil, ErrResting
	}
	token, authority, err = t.Ask(ctx, digest)
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case err == nil:
		t.rest, t.longest = time.Time{}, max(t.longest, len(token))
	case ctx.Err() == nil:
		t.rest = t.Now().Add(tsaRest)
	case !was.IsZero(): // the caller left, which says nothing about the authority: the next one asks
		t.rest = was
	}
	return token, authority, err
}

// Room is how many bytes to keep for the next token: as many as any may have, or
// once there was one, little more than it took.
func (t *TSA) Room() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.longest == 0 {
		return tsaAnswer
	}
	return t.longest + 512
}

// begin reports whether it is time to ask, and what rest there was. After a failure
// one asks, while the others do without.
func (t *TSA) begin() (was time.Time, turn bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	was = t.rest
	if was.IsZero() {
		return was, true
	}
	now := t.Now()
	if now.Before(was) {
		return was, false
	}
	t.rest = now.Add(tsaRest)
	return was, true
}

// Ask is Stamp that leaves no authority alone.
func (t *TSA) Ask(ctx context.Context, digest []byte) (token []byte, authority *x509.Certificate, err error) {
	query := cms.NewQuery(digest)
	answer, err := t.post(ctx, query.DER)
	if err != nil {
		return nil, nil, err
	}
	token, stamp, err := query.Read(answer)
	if err != nil {
		return nil, nil, err
	}
	if off := t.Now().Sub(stamp.Time).Abs(); off > tsaSkew {
		return nil, nil, fmt.Errorf("time-stamp authority: its clock and this machine's differ by %s", off.Round(time.Second))
	}
	roots := x509.NewCertPool()
	for _, c := range t.Roots {
		roots.AddCert(c)
	}
	if err := stamp.VouchedBy(roots); err != nil {
		return nil, nil, fmt.Errorf("time-stamp authority: %w", err)
	}
	return token, stamp.Authority(), nil
}

func (t *TSA) post(ctx context.Context, query []byte) ([]byte, error) {
	noAnswer := errors.New("time-stamp authority: no answer") // the error of Do names the address, which may hold a secret
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, t.URL, bytes.NewReader(query))
	if err != nil {
		return nil, errors.New("time-stamp authority: the address is malformed")
	}
	req.Header.Set("Content-Type", "application/timestamp-query")
	resp, err := t.Client.Do(req)
	if err != nil {
		return nil, noAnswer
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("time-stamp authority: status %d", resp.StatusCode)
	}
	answer, err := io.ReadAll(io.LimitReader(resp.Body, tsaAnswer+1))
	switch {
	case err != nil:
		return nil, noAnswer
	case len(answer) > tsaAnswer:
		return nil, errors.New("time-stamp authority: the answer is too long")
	}
	return answer, nil
}
