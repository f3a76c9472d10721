// Package tsa is a time-stamp authority for tests which shares no code with the
// product: openssl makes its certificates and answers.
package tsa

import (
	"bytes"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"laoqi/app/apptest/tool"
)

// Name is the authority's common name.
const Name = "测试联合信任时间戳"

// Issuer is the common name of who certified it.
const Issuer = "测试时间戳签发机构"

// An Authority runs until the test ends.
type Authority struct {
	URL       string
	Roots     []*x509.Certificate
	RootsFile string // the same in PEM

	t      testing.TB
	folder string
	mu     sync.Mutex
	fault  Fault
	asked  int
}

// A Fault answers in the authority's place; answer asks openssl.
type Fault func(w http.ResponseWriter, r *http.Request, query []byte, answer func(query []byte) []byte)

// Start makes an authority whose certificate lasts for the given days from now.
func Start(t testing.TB, days int) *Authority {
	t.Helper()
	tool.Need(t, "openssl")
	a := &Authority{t: t, folder: t.TempDir()}
	a.RootsFile = filepath.Join(a.folder, "root.pem")
	a.write("openssl.cnf", config)
	a.certify("root", "测试时间戳根证书", "authority", days+3650, "")
	a.certify("issuing", Issuer, "bulky", days+1825, "root")
	a.certify("tsa", Name, "stamping", days, "issuing")
	file, err := os.ReadFile(a.RootsFile)
	if err != nil {
		t.Fatal(err)
	}
	block, _ := pem.Decode(file)
	root, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	a.Roots = []*x509.Certificate{root}
	server := httptest.NewServer(a)
	t.Cleanup(server.Close)
	a.URL = server.URL
	return a
}

// config makes the issuing certificate long, as those of real authorities are.
var config = `[tsa]
default_tsa = ours
[ours]
serial = serial
signer_cert = tsa.pem
certs = issuing.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.3.6.1.4.1.99999.1
digests = sha256
accuracy = millisecs:500
clock_precision_digits = 3
tsa_name = yes
ess_cert_id_alg = sha256
[req]
distinguished_name = name
[name]
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
[bulky]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
nsComment = "` + strings.Repeat("long ", 1600) + `"
[stamping]
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
`

func (a *Authority) certify(name, common, profile string, days int, issuer string) {
	a.openssl("genrsa", "-out", name+".key", "2048")
	a.openssl("req", "-new", "-config", "openssl.cnf", "-utf8", "-key", name+".key", "-subj", "/C=CN/O=测试联合信任/CN="+common, "-out", name+".csr")
	args := []string{"x509", "-req", "-in", name + ".csr", "-out", name + ".pem", "-days", fmt.Sprint(days), "-extfile", "openssl.cnf", "-extensions", profile}
	if issuer == "" {
		args = append(args, "-signkey", name+".key")
	} else {
		args = append(args, "-CA", issuer+".pem", "-CAkey", issuer+".key", "-CAcreateserial")
	}
	a.openssl(args...)
}

func (a *Authority) write(name, content string) {
	a.t.Helper()
	if err := os.WriteFile(filepath.Join(a.folder, name), []byte(content), 0o600); err != nil {
		a.t.Fatal(err)
	}
}

func (a *Authority) openssl(args ...string) {
	a.t.Helper()
	cmd := exec.Command("openssl", args...)
	cmd.Dir = a.folder
	if out, err := cmd.CombinedOutput(); err != nil {
		a.t.Fatalf("openssl %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// Fail makes the authority answer so until it is mended.
func (a *Authority) Fail(f Fault) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.fault = f
}

// Mend lets the authority answer rightly again.
func (a *Authority) Mend() { a.Fail(nil) }

// Asked is how many queries came.
func (a *Authority) Asked() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.asked
}

// Down answers as a gateway does whose authority is away.
func Down(w http.ResponseWriter, _ *http.Request, _ []byte, _ func([]byte) []byte) {
	http.Error(w, "down", http.StatusBadGateway)
}

// ServeHTTP answers a query.
func (a *Authority) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	query, err := io.ReadAll(r.Body)
	if err != nil || r.Header.Get("Content-Type") != "application/timestamp-query" {
		http.Error(w, "no query", http.StatusBadRequest)
		return
	}
	a.mu.Lock()
	a.asked++
	fault := a.fault
	a.mu.Unlock()
	if fault != nil {
		fault(w, r, query, a.answer)
		return
	}
	w.Header().Set("Content-Type", "application/timestamp-reply")
	w.Write(a.answer(query))
}

func (a *Authority) answer(query []byte) []byte {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.write("query.tsq", string(query))
	cmd := exec.Command("openssl", "ts", "-reply", "-config", "openssl.cnf", "-queryfile", "query.tsq", "-out", "answer.tsr")
	cmd.Dir = a.folder
	if out, err := cmd.CombinedOutput(); err != nil {
		a.t.Errorf("openssl ts -reply: %v\n%s", err, out)
		return nil
	}
	answer, err := os.ReadFile(filepath.Join(a.folder, "answer.tsr"))
	if err != nil {
		a.t.Error(err)
	}
	return bytes.Clone(answer)
}
