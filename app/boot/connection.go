package boot

import (
	"cmp"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"time"

	"laoqi/app/https"
	"laoqi/app/link"
	"laoqi/app/vault"

	"golang.org/x/crypto/acme/autocert"
)

// connection is how browsers reach the site: by plain HTTP and, unless -tls is
// off, by HTTPS on a second port.
type connection struct {
	secure *tls.Config       // nil for none
	lan    *https.Lan        // the authority behind it, nil for another's certificate
	acme   *autocert.Manager // keeps a public domain's certificate, nil for none
	plain  http.Handler      // what plain HTTP answers
	site   http.Handler      // what HTTPS answers
}

const tlsFolder = "tls" // in the data folder

// certify finds the certificate that the configuration asks for.
func (n *connection) certify(cfg Config, v *vault.Vault, logger *slog.Logger) (err error) {
	folder := filepath.Join(cfg.Data, tlsFolder)
	n.secure = &tls.Config{MinVersion: tls.VersionTLS12}
	switch cfg.TLS {
	case tlsLan:
		if n.lan, err = https.OpenLan(folder, v, https.Machine(cfg.host()), time.Now); err == nil {
			n.secure.GetCertificate = n.lan.Certificate
		}
	case tlsFiles:
		var files *https.Files
		if files, err = https.OpenFiles(cfg.TLSCert, cfg.TLSKey, logger); err == nil {
			n.secure.GetCertificate = files.Certificate
		}
	case tlsACME:
		// Who names a domain accepts the terms of the certificate's issuer.
		n.acme = &autocert.Manager{Prompt: autocert.AcceptTOS, HostPolicy: autocert.HostWhitelist(cfg.TLSDomain), Cache: autocert.DirCache(folder)}
		n.secure = n.acme.TLSConfig()
	default:
		n.secure = nil
	}
	return err
}

// answerACME lets the issuer's question about the domain (RFC 8555, 8.3) past the site.
func (n *connection) answerACME(plain http.Handler) http.Handler {
	if n.acme == nil {
		return plain
	}
	return n.acme.HTTPHandler(plain)
}

// door is one address that the program listens on.
type door struct {
	server   *http.Server
	listener net.Listener
}

func (d door) serve() error {
	if d.server.TLSConfig == nil {
		return d.server.Serve(d.listener)
	}
	return d.server.ServeTLS(d.listener, "", "")
}

// listen opens the doors. A stream has no end, so nothing limits how long an answer
// takes. Handshakes that fail, as with every phone that does not trust the root yet,
// are not logged.
func (n *connection) listen(cfg Config) (doors []door, err error) {
	for _, o := range []struct {
		address string
		handler http.Handler
		secure  *tls.Config
	}{{cfg.Addr, n.plain, nil}, {cfg.TLSAddr, n.site, n.secure}} {
		if len(doors) == 1 && n.secure == nil {
			break
		}
		l, failed := net.Listen("tcp", o.address)
		if failed != nil {
			err = failed
			break
		}
		doors = append(doors, door{&http.Server{Handler: o.handler, TLSConfig: o.secure, ErrorLog: log.New(io.Discard, "", 0),
			ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 2 * time.Minute, IdleTimeout: 2 * time.Minute}, l})
	}
	if err == nil {
		return doors, nil
	}
	for _, d := range doors {
		err = errors.Join(err, d.listener.Close())
	}
	return nil, err
}

// explain tells on the terminal what to open where.
func (s *site) explain(out io.Writer) {
	if s.connection.secure == nil {
		return
	}
	host, port, _ := net.SplitHostPort(s.cfg.Addr)
	if host == "" || https.Loopback(host) {
		fmt.Fprintf(out, "在这台电脑上也可以打开：%s\n", address("http", cmp.Or(host, "localhost"), port))
	}
	if https.Loopback(s.cfg.host()) {
		fmt.Fprintln(out, "注意：没有找到这台电脑的局域网地址，手机打不开二维码。请连上单位网络，或用 -base-url 指定地址，再重新启动。")
	}
	if f := certificate(s.cfg, time.Now()); f.Mend != "" && s.connection.acme == nil { // ACME's may still be on its way
		fmt.Fprintf(out, "注意：%s。%s。\n", f.State, f.Mend)
	}
	if s.connection.lan != nil {
		fmt.Fprintf(out, "手机和其他电脑第一次使用，先打开：%s（按页面安装证书，每台只做一次）\n证书指纹（SHA-256）：%s\n",
			strings.TrimSuffix(s.cfg.PlainURL, "/")+link.Connect, https.Fingerprint(s.connection.lan.Root()))
	}
}
