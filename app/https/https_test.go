package https_test

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"laoqi/app/https"
	"laoqi/app/vault"
)

type office struct {
	t      *testing.T
	folder string
	vault  *vault.Vault
	names  https.Names
	now    time.Time
}

func newOffice(t *testing.T) *office {
	v, err := vault.New(make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	return &office{t, t.TempDir(), v, https.Names{DNS: []string{"office-pc"}, IP: []net.IP{net.IPv4(192, 168, 1, 5)}}, time.Now()}
}

func (o *office) open() *https.Lan {
	o.t.Helper()
	l, err := https.OpenLan(o.folder, o.vault, func() https.Names { return o.names }, func() time.Time { return o.now })
	if err != nil {
		o.t.Fatal(err)
	}
	return l
}

func (o *office) leaf(l *https.Lan) *x509.Certificate {
	o.t.Helper()
	c, err := l.Certificate(nil)
	if err != nil {
		o.t.Fatal(err)
	}
	return c.Leaf
}

func accepts(l *https.Lan, leaf *x509.Certificate, name string, at time.Time) error {
	roots := x509.NewCertPool()
	roots.AddCert(l.Root())
	_, err := leaf.Verify(x509.VerifyOptions{DNSName: name, Roots: roots, CurrentTime: at})
	return err
}

func TestAMachineIsVouchedForByItsNameAndAddress(t *testing.T) {
	o := newOffice(t)
	l := o.open()
	for _, name := range []string{"office-pc", "192.168.1.5"} {
		if err := accepts(l, o.leaf(l), name, o.now); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if days := o.leaf(l).NotAfter.Sub(o.now).Hours() / 24; days > 397 {
		t.Errorf("valid for %.0f days", days)
	}
}

func TestTheCertificateFollowsANewAddressAndIsRenewedBeforeItsEnd(t *testing.T) {
	o := newOffice(t)
	l := o.open()
	first := o.leaf(l)
	o.names.IP = []net.IP{net.IPv4(10, 0, 0, 7)}
	o.now = o.now.Add(time.Minute)
	moved := o.leaf(l)
	if err := accepts(l, moved, "10.0.0.7", o.now); err != nil {
		t.Error(err)
	}
	o.now = first.NotAfter.AddDate(0, 0, -40)
	if !o.leaf(l).Equal(moved) {
		t.Error("renewed 40 days before the end")
	}
	o.now = first.NotAfter.AddDate(0, 0, -20)
	if o.leaf(l).Equal(moved) {
		t.Error("not renewed 20 days before the end")
	}
}

func TestTheRootStaysAndVouchesForNothingOnTheInternet(t *testing.T) {
	o := newOffice(t)
	root := o.open().Root()
	o.names = https.Names{DNS: []string{"www.example.com", "office-pc"}, IP: []net.IP{net.IPv4(8, 8, 8, 8)}}
	l := o.open()
	if !l.Root().Equal(root) {
		t.Error("the second start made another root")
	}
	leaf := o.leaf(l)
	for _, name := range []string{"www.example.com", "8.8.8.8"} {
		if accepts(l, leaf, name, o.now) == nil {
			t.Errorf("%s is vouched for", name)
		}
	}
	if err := accepts(l, leaf, "office-pc", o.now); err != nil {
		t.Error(err)
	}
}

func TestTheRootsKeyIsSealedAndARootWithoutItIsNotReplaced(t *testing.T) {
	o := newOffice(t)
	o.open()
	key := filepath.Join(o.folder, "root.key")
	sealed, err := os.ReadFile(key)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := x509.ParseECPrivateKey(sealed); err == nil {
		t.Error("the key lies open")
	}
	if err := os.Remove(key); err != nil {
		t.Fatal(err)
	}
	if _, err := https.OpenLan(o.folder, o.vault, func() https.Names { return o.names }, time.Now); err == nil {
		t.Error("a lost key made a new root")
	}
}

func TestChangedFilesAreShownWithoutARestartAndBrokenOnesAreNot(t *testing.T) {
	o := newOffice(t)
	certificate, key := filepath.Join(o.folder, "site.pem"), filepath.Join(o.folder, "site.key")
	l := o.open()
	write := func(at time.Time) *x509.Certificate {
		t.Helper()
		c, err := l.Certificate(nil)
		if err != nil {
			t.Fatal(err)
		}
		plain, err := x509.MarshalPKCS8PrivateKey(c.PrivateKey)
		if err != nil {
			t.Fatal(err)
		}
		put(t, certificate, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Leaf.Raw}), at)
		put(t, key, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: plain}), at)
		return c.Leaf
	}
	first := write(time.Now().Add(-2 * time.Hour))
	f, err := https.OpenFiles(certificate, key, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	shows := func(want *x509.Certificate, when string) {
		t.Helper()
		var have *tls.Certificate
		if have, err = f.Certificate(nil); err != nil || !have.Leaf.Equal(want) {
			t.Errorf("%s another certificate is shown, %v", when, err)
		}
	}
	shows(first, "at first")
	put(t, certificate, []byte("half written"), time.Now().Add(-time.Hour))
	shows(first, "with a broken file")
	o.now = o.now.AddDate(0, 0, 390)
	shows(write(time.Now()), "after the change")
}

func put(t *testing.T, name string, content []byte, at time.Time) {
	t.Helper()
	if err := os.WriteFile(name, content, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(name, at, at); err != nil {
		t.Fatal(err)
	}
}
