package boot

import (
	"cmp"
	"crypto/x509"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"

	"laoqi/app"
	"laoqi/app/https"
)

// Config is the whole configuration. Each value is a flag, or the environment
// variable LAOQI_ followed by the flag's name in capitals.
type Config struct {
	Addr                              string
	TLS                               string // one of the four below
	TLSAddr                           string
	TLSCert                           string
	TLSKey                            string
	TLSDomain                         string
	Data                              string
	BaseURL                           string
	PlainURL                          string // the same site over plain HTTP, for what a device needs before it trusts HTTPS
	HallTitle                         string
	Owner                             string
	Hotline                           string
	QQGroup                           string
	Hours                             string
	SMSURL                            string
	SMSToken                          string
	TSAURL                            string
	TSARoots                          []*x509.Certificate // who vouches for the time-stamp authority at TSAURL
	Proxies                           string
	Review                            string  // reviewDesk or reviewAuto
	Minimum                           app.Fen // local minimum wage a month
	Face                              string  // faceOn or faceOff
	FaceLimit                         float64 // greatest distance of two templates of one person
	FaceURL, FaceSecret, FaceProvider string  // a service outside in place of the built-in model
	Demo                              bool
	own                               bool // BaseURL holds the address under which this machine found itself
}

// Whose certificate the site shows.
const (
	tlsLan   = "lan"   // its own authority's, for an office network
	tlsACME  = "acme"  // one for a public domain, fetched and renewed by ACME
	tlsFiles = "files" // one kept in files
	tlsOff   = "off"   // none: a proxy in front does it, or only this machine connects
)

// Who decides the filings.
const (
	reviewDesk = "desk" // a reviewer
	reviewAuto = "auto" // nobody: each is approved and rostered at once
)

// Whether faces are verified.
const (
	faceOn  = "on"
	faceOff = "off"
)

func readConfig(w World, addr string) (c Config, err error) {
	f := flag.NewFlagSet("laoqi", flag.ContinueOnError)
	f.SetOutput(w.Err)
	f.Usage = func() { fmt.Fprint(w.Err, usage); f.PrintDefaults() }
	minimum, limit, roots := "2120", "0.42", ""
	for _, o := range []struct {
		value           *string
		name, std, help string
	}{
		{&c.Addr, "addr", addr, "address to listen on for plain HTTP, host:port"},
		{&c.TLS, "tls", "", "HTTPS: lan (own authority), acme (public domain), files, or off (default: lan, or off where -addr is reached from this machine alone)"},
		{&c.TLSAddr, "tls-addr", ":8443", "address to listen on for HTTPS, host:port"},
		{&c.TLSCert, "tls-cert", "", "-tls files: certificate with its chain, PEM"},
		{&c.TLSKey, "tls-key", "", "-tls files: its key, PEM"},
		{&c.TLSDomain, "tls-domain", "", "-tls acme: the public domain"},
		{&c.Data, "data", "data", "data folder"},
		{&c.BaseURL, "base-url", "", "address that QR codes carry (default: this machine's address on the LAN)"},
		{&c.HallTitle, "hall-title", "劳动关系网厅", "title of the hall"},
		{&c.Owner, "owner", "", "who runs this installation, shown on the first page"},
		{&c.Hotline, "hotline", "", "telephone number of 客服中心"},
		{&c.QQGroup, "qq-group", "", "QQ group of 客服中心"},
		{&c.Hours, "service-hours", "", "when 客服中心 answers, such as 工作日 9:00-17:00"},
		{&c.SMSURL, "sms-url", "", "HTTP webhook that sends text messages: POST {mobile, text}"},
		{&c.SMSToken, "sms-token", "", "bearer token of the webhook"},
		{&c.TSAURL, "tsa-url", "", "time-stamp authority outside (RFC 3161) that stamps the documents; -tsa-roots says who vouches for it"},
		{&roots, "tsa-roots", "", "-tsa-url: root certificates of the authority, PEM"},
		{&c.Proxies, "proxies", "", "trusted reverse proxies, CIDRs separated by commas"},
		{&c.Review, "review", reviewDesk, "who decides filings: desk (a reviewer) or auto (approved and rostered at once)"},
		{&c.Face, "face", faceOn, "whether people may verify themselves by face: on or off"},
		{&c.FaceURL, "face-url", "", "HTTP service that reads faces in place of the built-in model (docs/face.md); pictures leave this machine"},
		{&c.FaceSecret, "face-secret", "", "secret that signs both ways with that service, at least 32 characters"},
		{&c.FaceProvider, "face-provider", "", "name and contact of who runs that service, as the consent prints them"},
		{&limit, "face-threshold", limit, "greatest distance of two faces that counts as one person; above 0.45 strangers pass"},
		{&minimum, "minimum-wage", minimum, "local minimum wage in yuan a month (劳动合同法 art. 20)"},
	} {
		std := o.std
		if v := w.Getenv("LAOQI_" + strings.ToUpper(strings.ReplaceAll(o.name, "-", "_"))); v != "" {
			std = v
		}
		f.StringVar(o.value, o.name, std, o.help)
	}
	if err := f.Parse(w.Args); err != nil {
		return c, err
	}
	if c.Minimum, err = app.ParseFen(minimum); err != nil {
		return c, fmt.Errorf("-minimum-wage: %w", err)
	}
	if c.FaceLimit, err = strconv.ParseFloat(limit, 64); err != nil || !(c.FaceLimit > 0 && c.FaceLimit < 1) {
		return c, fmt.Errorf("-face-threshold: %q is not between 0 and 1", limit)
	}
	if err := c.readTSA(roots); err != nil {
		return c, err
	}
	err = c.finish()
	return c, err
}

// sample fills what the demo's 客服中心 shows where nothing is set: it says that
// nobody answers there.
func (c *Config) sample() {
	c.Hotline = cmp.Or(c.Hotline, "0431-00000000（演示号码）")
	c.QQGroup = cmp.Or(c.QQGroup, "000000000（演示群号）")
	c.Hours = cmp.Or(c.Hours, "工作日 8:30-17:00（演示）")
}

// finish fills what follows from the rest and checks it.
func (c *Config) finish() error {
	if c.Review != reviewDesk && c.Review != reviewAuto {
		return fmt.Errorf("-review: %q is neither %s nor %s", c.Review, reviewDesk, reviewAuto)
	}
	if c.Face != faceOn && c.Face != faceOff {
		return fmt.Errorf("-face: %q is neither %s nor %s", c.Face, faceOn, faceOff)
	}
	if err := c.checkFaceService(); err != nil {
		return err
	}
	for _, p := range c.proxies() {
		if _, _, err := net.ParseCIDR(p); err != nil {
			return fmt.Errorf("-proxies: %w", err)
		}
	}
	return c.connect()
}

const minFaceSecret = 32

// checkFaceService demands what a service outside needs: pictures of faces go by
// HTTPS or to this machine, and the address is no place for secrets.
func (c *Config) checkFaceService() error {
	if c.FaceURL == "" {
		return nil
	}
	u, err := url.Parse(c.FaceURL)
	if err != nil || u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.Scheme != "https" && !(u.Scheme == "http" && https.Loopback(u.Hostname())) {
		return errors.New("-face-url: it must begin with https:// (or http:// on this machine) and hold neither a password nor a query")
	}
	if len(c.FaceSecret) < minFaceSecret {
		return fmt.Errorf("-face-secret: it must have at least %d characters", minFaceSecret)
	}
	if strings.TrimSpace(c.FaceProvider) == "" {
		return errors.New("-face-provider: name and contact of who runs the service are missing; the consent must name them")
	}
	return nil
}

// connect settles how browsers reach the site.
func (c *Config) connect() error {
	host, port, err := net.SplitHostPort(c.Addr)
	if err != nil {
		return fmt.Errorf("-addr: %w", err)
	}
	if c.TLS == "" {
		c.TLS = tlsLan
		if https.Loopback(host) {
			c.TLS = tlsOff
		}
	}
	name := host
	if name == "" || net.ParseIP(name).IsUnspecified() {
		name = https.LanAddress()
		c.own = c.BaseURL == "" && c.TLSDomain == ""
	}
	c.PlainURL = address("http", name, port)
	switch {
	case c.TLS == tlsOff:
		c.BaseURL = cmp.Or(strings.TrimSuffix(c.BaseURL, "/"), c.PlainURL)
		c.PlainURL = c.BaseURL
		return nil
	case c.TLS == tlsACME && c.TLSDomain == "":
		return errors.New("-tls acme: -tls-domain is missing")
	case c.TLS == tlsFiles && (c.TLSCert == "" || c.TLSKey == ""):
		return errors.New("-tls files: -tls-cert or -tls-key is missing")
	case c.TLS != tlsLan && c.TLS != tlsACME && c.TLS != tlsFiles:
		return fmt.Errorf("-tls: %q is none of %s, %s, %s and %s", c.TLS, tlsLan, tlsACME, tlsFiles, tlsOff)
	}
	return c.connectTLS(name, port)
}

// connectTLS settles the address of the secure site: under -base-url, else under
// the domain, else under the machine's name or address.
func (c *Config) connectTLS(name, plainPort string) error {
	_, port, err := net.SplitHostPort(c.TLSAddr)
	if err != nil {
		return fmt.Errorf("-tls-addr: %w", err)
	}
	if c.BaseURL == "" {
		c.BaseURL = address("https", cmp.Or(c.TLSDomain, name), port)
	}
	c.BaseURL = strings.TrimSuffix(c.BaseURL, "/")
	base, err := url.Parse(c.BaseURL)
	if err != nil || base.Scheme != "https" || base.Hostname() == "" {
		return fmt.Errorf("-base-url: %q does not begin with https:// and a host, as -tls %s demands", c.BaseURL, c.TLS)
	}
	if c.TLS == tlsACME && !strings.EqualFold(base.Hostname(), c.TLSDomain) {
		return fmt.Errorf("-base-url: %q is not under -tls-domain %s, the only name that its certificate holds", c.BaseURL, c.TLSDomain)
	}
	c.PlainURL = address("http", base.Hostname(), plainPort)
	return nil
}

// host is the name in the site's address.
func (c *Config) host() string {
	base, err := url.Parse(c.BaseURL)
	if err != nil {
		return ""
	}
	return base.Hostname()
}

// today is the site's address as it would be if the program were started now.
func (c *Config) today() string {
	if !c.own {
		return c.BaseURL
	}
	return strings.Replace(c.BaseURL, c.host(), https.LanAddress(), 1)
}

// adrift reports whether phones cannot reach the site since this machine is on no network.
func (c *Config) adrift() bool { return c.own && https.Loopback(c.host()) }

// address leaves out the port that the scheme implies.
func address(scheme, host, port string) string {
	if port == map[string]string{"http": "80", "https": "443"}[scheme] {
		if strings.Contains(host, ":") {
			host = "[" + host + "]"
		}
		return scheme + "://" + host
	}
	return scheme + "://" + net.JoinHostPort(host, port)
}

func (c *Config) proxies() []string {
	return strings.FieldsFunc(c.Proxies, func(r rune) bool { return r == ',' || r == ' ' })
}
