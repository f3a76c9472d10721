package boot

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/acme"
)

func TestACertificateComesFromAnACMEServerAndIsKept(t *testing.T) {
	const domain = "hr.example.cn"
	cfg, err := configOf("-data", t.TempDir(), "-addr", "127.0.0.1:0", "-tls", "acme", "-tls-addr", "127.0.0.1:0", "-tls-domain", domain)
	must(t, err)
	shown := func(issuer func(plain, secure net.Addr) pebble) *x509.Certificate {
		n := connection{site: http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})}
		must(t, n.certify(cfg, nil, slog.New(slog.DiscardHandler)))
		n.plain = n.answerACME(n.site)
		doors, err := n.listen(cfg)
		must(t, err)
		for _, d := range doors {
			go func() { _ = d.serve() }()
			defer d.server.Close()
		}
		secure := doors[1].listener.Addr()
		p := issuer(doors[0].listener.Addr(), secure)
		n.acme.Client = p.client
		c, err := tls.DialWithDialer(&net.Dialer{Timeout: 20 * time.Second}, "tcp", secure.String(), &tls.Config{ServerName: domain, RootCAs: p.roots})
		must(t, err)
		defer c.Close()
		return c.ConnectionState().PeerCertificates[0]
	}
	var server pebble
	first := shown(func(plain, secure net.Addr) pebble {
		server = startPebble(t, plain, secure)
		return server
	})
	again := shown(func(net.Addr, net.Addr) pebble {
		return pebble{&acme.Client{DirectoryURL: "https://127.0.0.1:1/none"}, server.roots}
	})
	if !first.Equal(again) {
		t.Error("a start of the program asks for another certificate")
	}
	if _, err := os.Stat(filepath.Join(cfg.Data, tlsFolder, domain)); err != nil {
		t.Error(err)
	}
	for days, well := range map[int]bool{0: true, 80: false, 91: false} {
		if f := certificate(cfg, time.Now().AddDate(0, 0, days)); (f.Mend == "") != well {
			t.Errorf("after %d days the doctor says %+v", days, f)
		}
	}
}

// pebble is Let's Encrypt's ACME server (RFC 8555) for tests, with processes of its
// own; its name server says of every domain that it is this machine.
type pebble struct {
	client *acme.Client
	roots  *x509.CertPool
}

const pebbleCommand = "github.com/letsencrypt/pebble/v2/cmd/%s@v2.10.1"

// startPebble makes it ask for domains at the two addresses.
func startPebble(t *testing.T, plain, secure net.Addr) pebble {
	t.Helper()
	folder := t.TempDir()
	for _, name := range []string{"pebble", "pebble-challtestsrv"} {
		build(t, folder, fmt.Sprintf(pebbleCommand, name))
	}
	own := httptest.NewTLSServer(nil) // its certificate and the client that trusts it
	t.Cleanup(own.Close)
	certificate, key := filepath.Join(folder, "own.pem"), filepath.Join(folder, "own.key")
	pair := own.TLS.Certificates[0]
	pkcs8, err := x509.MarshalPKCS8PrivateKey(pair.PrivateKey)
	must(t, err)
	put(t, certificate, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: pair.Certificate[0]}))
	put(t, key, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: pkcs8}))

	names, directory, management := freeAddress(t), freeAddress(t), freeAddress(t)
	settings, err := json.Marshal(map[string]any{"pebble": map[string]any{
		"listenAddress": directory, "managementListenAddress": management, "certificate": certificate, "privateKey": key,
		"httpPort": plain.(*net.TCPAddr).Port, "tlsPort": secure.(*net.TCPAddr).Port, "retryAfter": map[string]int{"authz": 1, "order": 1},
		"profiles": map[string]any{"default": map[string]any{"description": "90 days", "validityPeriod": 90 * 24 * 3600}},
	}})
	must(t, err)
	put(t, filepath.Join(folder, "pebble.json"), settings)
	started(t, "Starting challenge servers", filepath.Join(folder, "pebble-challtestsrv"), "-dnsserver", names, "-defaultIPv4", "127.0.0.1", "-defaultIPv6", "",
		"-http01", "", "-https01", "", "-tlsalpn01", "", "-doh", "", "-management", freeAddress(t))
	started(t, "ACME directory available", filepath.Join(folder, "pebble"), "-config", filepath.Join(folder, "pebble.json"), "-dnsserver", names)
	listens(t, directory)
	listens(t, management)
	answer, err := own.Client().Get("https://" + management + "/roots/0")
	must(t, err)
	defer answer.Body.Close()
	root, err := io.ReadAll(answer.Body)
	must(t, err)
	p := pebble{&acme.Client{DirectoryURL: "https://" + directory + "/dir", HTTPClient: own.Client()}, x509.NewCertPool()}
	if !p.roots.AppendCertsFromPEM(root) {
		t.Fatalf("no root: %s", root)
	}
	return p
}

// build installs a program into the folder. It skips the test where the program
// cannot be had; where CI is set it fails.
func build(t *testing.T, folder, program string) {
	t.Helper()
	c := exec.Command("go", "install", program)
	c.Env = append(os.Environ(), "GOBIN="+folder, "GOFLAGS=")
	out, err := c.CombinedOutput()
	if err == nil {
		return
	}
	if os.Getenv("CI") != "" {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Skipf("%s cannot be had: %s", program, out)
}

// started runs a program until the test ends, and waits for the words it prints.
func started(t *testing.T, words, program string, args ...string) {
	t.Helper()
	ctx, end := context.WithCancel(context.Background())
	c := exec.CommandContext(ctx, program, args...)
	c.Env = append(os.Environ(), "PEBBLE_VA_NOSLEEP=1", "PEBBLE_WFE_NONCEREJECT=0")
	out, err := c.StdoutPipe()
	must(t, err)
	c.Stderr = c.Stdout
	must(t, c.Start())
	t.Cleanup(func() { end(); _ = c.Wait() })
	var printed strings.Builder
	for lines := bufio.NewScanner(out); lines.Scan(); fmt.Fprintln(&printed, lines.Text()) {
		if strings.Contains(lines.Text(), words) {
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return
		}
	}
	t.Fatalf("%s ended: %s", program, &printed)
}

// listens waits for a program that prints before it listens.
func listens(t *testing.T, address string) {
	t.Helper()
	var err error
	for range 200 {
		var c net.Conn
		if c, err = net.Dial("tcp", address); err == nil {
			must(t, c.Close())
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal(err)
}

func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer l.Close()
	return l.Addr().String()
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
