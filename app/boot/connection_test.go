package boot

import (
	"crypto/tls"
	"crypto/x509"
	"log/slog"
	"net/http"
	"testing"

	"laoqi/app/vault"
)

func TestHTTPSAnswersByHTTP2UnderTheOwnAuthorityAndEndsInOrder(t *testing.T) {
	v, err := vault.New(make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	cfg, err := configOf("-data", t.TempDir(), "-addr", "127.0.0.1:0", "-tls", "lan", "-tls-addr", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	site := http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})
	n := connection{plain: site, site: site}
	if err := n.certify(cfg, v, slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	doors, err := n.listen(cfg)
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, len(doors))
	for _, d := range doors {
		go func() { ended <- d.serve() }()
	}
	roots := x509.NewCertPool()
	roots.AddCert(n.lan.Root())
	client := http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}, ForceAttemptHTTP2: true}}
	for address, proto := range map[string]string{"http://" + doors[0].listener.Addr().String(): "HTTP/1.1", "https://" + doors[1].listener.Addr().String(): "HTTP/2.0"} {
		answer, err := client.Get(address)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.Proto != proto {
			t.Errorf("%s answers by %s", address, answer.Proto)
		}
	}
	client.CloseIdleConnections()
	for _, d := range doors {
		if err := d.server.Shutdown(t.Context()); err != nil {
			t.Error(err)
		}
		if err := <-ended; err != http.ErrServerClosed {
			t.Error(err)
		}
	}
}
