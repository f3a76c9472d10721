package web_test

import (
	"bytes"
	"encoding/base64"
	"encoding/pem"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ocsp"

	"laoqi/app/apptest/tool"
	"laoqi/app/demo"
	"laoqi/app/link"
	"laoqi/app/pki"
)

// replaced returns the serial numbers of the worker's certificates: the first was replaced by the second.
func (s *site) replaced() (serials []string) {
	s.t.Helper()
	by := s.Actor(demo.WorkerA)
	for range 2 {
		s.Activate(by, demo.WorkerA)
		c, _, err := s.Cert.Active(s.t.Context(), by)
		s.must(err)
		serials = append(serials, c.Serial)
	}
	return serials
}

func TestOpenSSLAsksWhetherACertificateIsRevoked(t *testing.T) {
	tool.Need(t, "openssl")
	s := open(t)
	s.Wait(time.Since(s.Now())) // openssl has no other clock
	dir, serials := t.TempDir(), s.replaced()
	for name, der := range map[string][]byte{"root.pem": s.Cert.Root().Raw, "issuing.pem": s.Cert.Issuing().Raw} {
		s.must(os.WriteFile(filepath.Join(dir, name), pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600))
	}
	for serial, want := range map[string]string{serials[0]: "revoked", serials[1]: "good", "5" + strings.Repeat("0", 31): "unknown"} {
		for _, hash := range []string{"-sha1", "-sha256"} {
			cmd := exec.Command("openssl", "ocsp", hash, "-issuer", "issuing.pem", "-serial", "0x"+serial, "-url", s.server.URL+link.OCSP, "-CAfile", "root.pem")
			cmd.Dir = dir
			out, err := cmd.CombinedOutput()
			if said := string(out); err != nil || !strings.Contains(said, "Response verify OK") || !strings.Contains(said, ": "+want) || strings.Contains(said, "times invalid") {
				t.Errorf("%s, %s: %v\n%s", hash, want, err, said)
			}
		}
	}
}

// asked sends a question in the address, as RFC 6960 allows for short ones.
func (s *site) asked(question []byte) (answer []byte, header http.Header) {
	s.t.Helper()
	r, err := http.Get(s.server.URL + link.OCSP + "/" + url.PathEscape(base64.StdEncoding.EncodeToString(question)))
	s.must(err)
	defer r.Body.Close()
	answer, err = io.ReadAll(r.Body)
	s.must(err)
	return answer, r.Header
}

func TestAQuestionInTheAddressIsAnsweredAndMayBeKeptForAWhile(t *testing.T) {
	s := open(t)
	question, err := ocsp.CreateRequest(s.Cert.Root(), s.Cert.Issuing(), nil)
	s.must(err)
	answer, header := s.asked(question) // about a certificate that the issuing authority never issued
	got, err := ocsp.ParseResponse(answer, s.Cert.Issuing())
	if err != nil || got.Status != ocsp.Unknown || header.Get("Content-Type") != "application/ocsp-response" || header.Get("Cache-Control") != "public, max-age=300" {
		t.Errorf("%+v, %v, %v", got, err, header)
	}
}

func TestWhatIsNoQuestionForThisAuthorityIsToldSo(t *testing.T) {
	s := open(t)
	stranger, err := pki.New("别处", s.Now())
	s.must(err)
	foreign, err := ocsp.CreateRequest(stranger.Stamping(), stranger.Issuing(), nil)
	s.must(err)
	for what, test := range map[string]struct{ question, want []byte }{
		"another authority's certificate": {foreign, ocsp.UnauthorizedErrorResponse}, "nonsense": {[]byte("hello"), ocsp.MalformedRequestErrorResponse}, "nothing": {nil, ocsp.MalformedRequestErrorResponse},
	} {
		if got, _ := s.asked(test.question); !bytes.Equal(got, test.want) {
			t.Errorf("%s: %x", what, got)
		}
	}
}

func TestWhoAsksTooOftenIsPutOff(t *testing.T) {
	s := open(t)
	late := false
	for range 300 {
		answer, header := s.asked(nil)
		if late = bytes.Equal(answer, ocsp.TryLaterErrorResponse); late {
			if header.Get("Cache-Control") != "" {
				t.Error("that may be kept")
			}
			break
		}
	}
	if !late {
		t.Error("300 questions were answered")
	}
}
