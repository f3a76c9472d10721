// Package https finds the certificate that the site shows its visitors: from an
// authority of its own for an office network, or from files. (no database, no HTTP)
package https

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// Sealer encrypts the authority's key at rest.
type Sealer interface {
	Seal(label string, plain []byte) []byte
	Open(label string, sealed []byte) ([]byte, error)
}

// Names are what this machine is called on its network.
type Names struct {
	DNS []string
	IP  []net.IP
}

const (
	rootYears   = 10
	leafDays    = 397 // the most that browsers accept of a public certificate; ours keeps to it
	renewBefore = 30 * 24 * time.Hour
	lookAgain   = 30 * time.Second // how long the machine's names are believed
	keyLabel    = "https.root"
)

// Lan certifies this machine on its office network. Its root may vouch for private
// addresses and the office's names only, so a phone that trusts it risks nothing
// elsewhere. The certificate lives in memory and is made anew when the machine's
// names change or its end comes near. It is safe for concurrent use.
type Lan struct {
	root  *x509.Certificate
	key   *ecdsa.PrivateKey
	names func() Names
	now   func() time.Time

	mu     sync.Mutex
	leaf   *tls.Certificate
	looked time.Time
}

// OpenLan reads the authority in the folder, or makes it at the first start with
// the given names permitted.
func OpenLan(folder string, sealer Sealer, names func() Names, now func() time.Time) (*Lan, error) {
	l := &Lan{names: names, now: now}
	err := l.read(folder, sealer)
	if errors.Is(err, fs.ErrNotExist) {
		err = l.create(folder, sealer)
	}
	if err != nil {
		return nil, fmt.Errorf("https: %w", err)
	}
	return l, nil
}

// ReadRoot returns the authority's certificate, without its key.
func ReadRoot(folder string) (*x509.Certificate, error) {
	text, err := os.ReadFile(filepath.Join(folder, "root.pem"))
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, errors.New("root.pem holds no certificate")
	}
	return x509.ParseCertificate(block.Bytes)
}

func (l *Lan) read(folder string, sealer Sealer) (err error) {
	if l.root, err = ReadRoot(folder); err != nil {
		return err
	}
	sealed, err := os.ReadFile(filepath.Join(folder, "root.key"))
	if err != nil {
		return fmt.Errorf("root.key: %v", err) // not ErrNotExist: a root without key is not replaced behind people's backs
	}
	plain, err := sealer.Open(keyLabel, sealed)
	if err != nil {
		return err
	}
	l.key, err = x509.ParseECPrivateKey(plain)
	if err == nil && !l.key.PublicKey.Equal(l.root.PublicKey) {
		err = errors.New("root.pem and root.key do not belong together")
	}
	return err
}

// create writes the key first: a crash between leaves no root, and the next start begins anew.
func (l *Lan) create(folder string, sealer Sealer) (err error) {
	if l.key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
		return err
	}
	profile := rootProfile(l.names(), l.now())
	der, err := x509.CreateCertificate(rand.Reader, profile, profile, l.key.Public(), l.key)
	if err != nil {
		return err
	}
	if l.root, err = x509.ParseCertificate(der); err != nil {
		return err
	}
	plain, err := x509.MarshalECPrivateKey(l.key)
	if err != nil {
		return err
	}
	return errors.Join(os.MkdirAll(folder, 0o700),
		os.WriteFile(filepath.Join(folder, "root.key"), sealer.Seal(keyLabel, plain), 0o600),
		os.WriteFile(filepath.Join(folder, "root.pem"), l.RootPEM(), 0o600))
}

// private are the networks that the root may vouch for: no address of the internet.
var private = networks("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "127.0.0.0/8",
	"::1/128", "fc00::/7", "fe80::/10")

// local are the domains that no public register knows.
var local = []string{"localhost", "local", "lan", "internal", "home.arpa"}

func networks(cidrs ...string) (list []*net.IPNet) {
	for _, c := range cidrs {
		_, n, err := net.ParseCIDR(c)
		if err != nil {
			panic(err)
		}
		list = append(list, n)
	}
	return list
}

func rootProfile(n Names, now time.Time) *x509.Certificate {
	permitted := slices.Clone(local)
	for _, name := range n.DNS {
		if !under(name, permitted) {
			permitted = append(permitted, name)
		}
	}
	return &x509.Certificate{
		SerialNumber: serial(), Subject: pkix.Name{Organization: []string{"劳契"}, CommonName: "劳契办公网络安全连接根证书"},
		NotBefore: now.Add(-time.Hour), NotAfter: now.AddDate(rootYears, 0, 0),
		KeyUsage: x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		IsCA: true, BasicConstraintsValid: true, MaxPathLenZero: true,
		PermittedDNSDomainsCritical: true, PermittedDNSDomains: permitted, PermittedIPRanges: private,
	}
}

func under(name string, domains []string) bool {
	return slices.ContainsFunc(domains, func(d string) bool {
		return strings.EqualFold(name, d) || strings.HasSuffix(strings.ToLower(name), "."+strings.ToLower(d))
	})
}

func serial() *big.Int {
	b := make([]byte, 16)
	rand.Read(b)
	b[0] = b[0]&0x3f | 0x40
	return new(big.Int).SetBytes(b)
}

// Certificate is a tls.Config's GetCertificate.
func (l *Lan) Certificate(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	if l.leaf != nil && now.Sub(l.looked) < lookAgain {
		return l.leaf, nil
	}
	names := within(l.root, l.names())
	if l.leaf == nil || !covers(l.leaf.Leaf, names) || now.After(l.leaf.Leaf.NotAfter.Add(-renewBefore)) {
		leaf, err := l.issue(names, now)
		if err != nil {
			return nil, err
		}
		l.leaf = leaf
	}
	l.looked = now
	return l.leaf, nil
}

// VouchesFor reports whether the certificate shown now holds for the host.
func (l *Lan) VouchesFor(host string) bool {
	c, err := l.Certificate(nil)
	return err == nil && c.Leaf.VerifyHostname(host) == nil
}

// MayName reports whether the authority may vouch for the host.
func MayName(root *x509.Certificate, host string) bool {
	n := within(root, named(host))
	return len(n.DNS)+len(n.IP) > 0
}

// within is what the root may vouch for of the names.
func within(root *x509.Certificate, all Names) (n Names) {
	for _, name := range all.DNS {
		if under(name, root.PermittedDNSDomains) {
			n.DNS = append(n.DNS, name)
		}
	}
	for _, ip := range all.IP {
		if slices.ContainsFunc(root.PermittedIPRanges, func(p *net.IPNet) bool { return p.Contains(ip) }) {
			n.IP = append(n.IP, ip)
		}
	}
	return n
}

func covers(leaf *x509.Certificate, n Names) bool {
	for _, name := range n.DNS {
		if !slices.Contains(leaf.DNSNames, name) {
			return false
		}
	}
	for _, ip := range n.IP {
		if !slices.ContainsFunc(leaf.IPAddresses, ip.Equal) {
			return false
		}
	}
	return true
}

func (l *Lan) issue(n Names, now time.Time) (*tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	until := now.AddDate(0, 0, leafDays-1)
	if until.After(l.root.NotAfter) {
		until = l.root.NotAfter
	}
	der, err := x509.CreateCertificate(rand.Reader, &x509.Certificate{
		SerialNumber: serial(), Subject: pkix.Name{Organization: []string{"劳契"}, CommonName: "劳契办公网络安全连接"},
		NotBefore: now.Add(-time.Hour), NotAfter: until, DNSNames: n.DNS, IPAddresses: n.IP,
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}, BasicConstraintsValid: true,
	}, l.root, key.Public(), l.key)
	if err != nil {
		return nil, err
	}
	leaf, err := x509.ParseCertificate(der)
	return &tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: leaf}, err
}

// Root is the certificate that phones and computers are to trust.
func (l *Lan) Root() *x509.Certificate { return l.root }

// RootPEM is the same as a text file.
func (l *Lan) RootPEM() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: l.root.Raw})
}

// Fingerprint is a certificate's SHA-256 in groups of four digits, as the site's page shows it.
func Fingerprint(c *x509.Certificate) string {
	sum := sha256.Sum256(c.Raw)
	groups := make([]string, 0, len(sum)/2)
	for i := 0; i < len(sum); i += 2 {
		groups = append(groups, fmt.Sprintf("%X", sum[i:i+2]))
	}
	return strings.Join(groups, " ")
}
