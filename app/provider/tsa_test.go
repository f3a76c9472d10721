package provider_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"laoqi/app/apptest/tsa"
	"laoqi/app/pki/cms"
	"laoqi/app/provider"
)

var document = []byte("一份劳动合同")

func digest() []byte {
	sum := sha256.Sum256(document)
	return sum[:]
}

func TestATokenOfOpenSSLIsTakenAndOpenSSLVerifiesIt(t *testing.T) {
	a := tsa.Start(t, 30)
	token, authority, err := provider.NewTSA(a.URL, a.Roots, time.Now).Stamp(t.Context(), digest())
	if err != nil {
		t.Fatal(err)
	}
	stamp, err := cms.VerifyToken(token, document)
	if err != nil || time.Since(stamp.Time).Abs() > time.Minute || stamp.Policy != "1.3.6.1.4.1.99999.1" {
		t.Errorf("%+v, %v", stamp, err)
	}
	if authority.Subject.CommonName != tsa.Name || time.Until(authority.NotAfter) > 31*24*time.Hour {
		t.Errorf("made by %s until %s", authority.Subject, authority.NotAfter)
	}
	if len(token) < 8<<10 {
		t.Errorf("a token of %d bytes proves nothing about room", len(token))
	}
	folder := t.TempDir()
	for name, content := range map[string][]byte{"token": token, "document": document} {
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command("openssl", "ts", "-verify", "-token_in", "-in", "token", "-data", "document", "-CAfile", a.RootsFile)
	cmd.Dir = folder
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// changed asks openssl about a query in which the byte so far from the end differs.
func changed(fromEnd int) tsa.Fault {
	return func(w http.ResponseWriter, _ *http.Request, query []byte, answer func([]byte) []byte) {
		query[len(query)-fromEnd] ^= 2
		w.Write(answer(query))
	}
}

func TestAnAnswerThatProvesNothingIsRefused(t *testing.T) {
	a, other := tsa.Start(t, 30), tsa.Start(t, 30)
	const boolean, nonce, imprint, null = 3, 18, 34, 2 // bytes of what ends a query
	for what, c := range map[string]struct {
		fault tsa.Fault
		spoil func(*provider.TSA)
		says  string
	}{
		"another nonce":      {changed(boolean + 1), nil, "another query"},
		"another imprint":    {changed(boolean + nonce + 1), nil, "something else"},
		"a rejection":        {changed(boolean + nonce + imprint + null + 1), nil, "refused: status 2"},
		"another root":       {nil, func(c *provider.TSA) { c.Roots = other.Roots }, "unknown authority"},
		"a clock far off":    {nil, func(c *provider.TSA) { c.Now = func() time.Time { return time.Now().Add(time.Hour) } }, "clock"},
		"no answer":          {hang, func(c *provider.TSA) { c.Client.Timeout = 100 * time.Millisecond }, "no answer"},
		"nobody there":       {nil, func(c *provider.TSA) { c.URL = "http://127.0.0.1:1/secret" }, "no answer"},
		"an error of HTTP":   {tsa.Down, nil, "status 502"},
		"too long an answer": {long, nil, "too long"},
		"a page of a gateway": {func(w http.ResponseWriter, _ *http.Request, _ []byte, _ func([]byte) []byte) {
			w.Write([]byte("<html>"))
		}, nil, "no answer of an authority"},
		"more after it": {func(w http.ResponseWriter, _ *http.Request, query []byte, answer func([]byte) []byte) {
			w.Write(append(answer(query), 0))
		}, nil, "no answer of an authority"},
		"a flipped byte": {func(w http.ResponseWriter, _ *http.Request, query []byte, answer func([]byte) []byte) {
			b := answer(query)
			b[len(b)-1] ^= 1
			w.Write(b)
		}, nil, "does not match"},
	} {
		client := provider.NewTSA(a.URL, a.Roots, time.Now)
		if c.spoil != nil {
			c.spoil(client)
		}
		a.Fail(c.fault)
		token, _, err := client.Stamp(t.Context(), digest())
		if token != nil || err == nil || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func hang(_ http.ResponseWriter, r *http.Request, _ []byte, _ func([]byte) []byte) {
	<-r.Context().Done()
}

func long(w http.ResponseWriter, _ *http.Request, query []byte, answer func([]byte) []byte) {
	w.Write(append(answer(query), bytes.Repeat([]byte{0}, 65<<10)...))
}

func TestADeadAuthorityIsLeftAloneForAMinute(t *testing.T) {
	a := tsa.Start(t, 30)
	now := time.Now()
	client := provider.NewTSA(a.URL, a.Roots, func() time.Time { return now })
	ask := func() error {
		_, _, err := client.Stamp(t.Context(), digest())
		return err
	}
	a.Fail(tsa.Down)
	if err := ask(); err == nil || errors.Is(err, provider.ErrResting) {
		t.Errorf("the first failure: %v", err)
	}
	a.Mend()
	now = now.Add(59 * time.Second)
	if err := ask(); !errors.Is(err, provider.ErrResting) || a.Asked() != 1 {
		t.Errorf("within the minute: %v, asked %d times", err, a.Asked())
	}
	now = now.Add(time.Second)
	for range 2 {
		if err := ask(); err != nil {
			t.Errorf("after the minute: %v", err)
		}
	}
}

func TestACallerWhoLeavesSaysNothingAboutTheAuthority(t *testing.T) {
	a := tsa.Start(t, 30)
	now := time.Now()
	client := provider.NewTSA(a.URL, a.Roots, func() time.Time { return now })
	left, leave := context.WithCancel(t.Context())
	leave()
	for _, before := range []tsa.Fault{nil, tsa.Down} { // it was well, and it failed a minute ago
		if before != nil {
			a.Fail(before)
			client.Stamp(t.Context(), digest())
			a.Mend()
			now = now.Add(time.Minute)
		}
		if _, _, err := client.Stamp(left, digest()); err == nil || errors.Is(err, provider.ErrResting) {
			t.Errorf("who left: %v", err)
		}
		if _, _, err := client.Stamp(t.Context(), digest()); err != nil {
			t.Errorf("the next one: %v", err)
		}
	}
}
