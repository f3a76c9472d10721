package https

import (
	"crypto/tls"
	"log/slog"
	"os"
	"sync"
	"time"
)

// Files shows a certificate kept in two PEM files, and the new one as soon as they
// change. It is safe for concurrent use.
type Files struct {
	certificate, key string
	log              *slog.Logger

	mu    sync.Mutex
	have  *tls.Certificate
	since [2]time.Time // when the files that are in use were written
}

// OpenFiles reads the certificate with its chain, and its key.
func OpenFiles(certificate, key string, log *slog.Logger) (*Files, error) {
	f := &Files{certificate: certificate, key: key, log: log}
	written, err := f.written()
	if err != nil {
		return nil, err
	}
	return f, f.load(written)
}

// Certificate is a tls.Config's GetCertificate. While the files cannot be read, as
// when one of the two is being replaced, the certificate at hand stays in use.
func (f *Files) Certificate(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	written, err := f.written()
	if err == nil && written != f.since {
		err = f.load(written)
	}
	if err != nil {
		f.log.Warn("certificate files", "err", err)
	}
	return f.have, nil
}

func (f *Files) written() (at [2]time.Time, err error) {
	for i, name := range []string{f.certificate, f.key} {
		info, err := os.Stat(name)
		if err != nil {
			return at, err
		}
		at[i] = info.ModTime()
	}
	return at, nil
}

func (f *Files) load(written [2]time.Time) error {
	pair, err := tls.LoadX509KeyPair(f.certificate, f.key)
	if err != nil {
		return err
	}
	f.have, f.since = &pair, written
	return nil
}
