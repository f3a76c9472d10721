package web

import (
	"net"
	"net/http"
	"slices"
	"strings"

	"laoqi/app/https"
	"laoqi/app/link"
)

// withoutTLS is what a device may need before it trusts the site's HTTPS, and what
// programs that check signatures fetch.
var withoutTLS = []string{link.Connect, link.ConnectCert, link.ConnectProfile, link.Root, link.RootDER, link.CRL, link.RootCRL, link.OCSP}

// Plain answers plain HTTP where the site has HTTPS: everything to this machine,
// the help for new devices to all, else the way to HTTPS.
func Plain(site http.Handler, secureURL string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		open := slices.ContainsFunc([]string{link.Static, link.OCSPGet}, func(pattern string) bool { return strings.HasPrefix(r.URL.Path, strings.TrimSuffix(pattern, "*")) })
		switch {
		case open || slices.Contains(withoutTLS, r.URL.Path) || onThisMachine(r):
			site.ServeHTTP(w, r)
		default:
			http.Redirect(w, r, secureURL+r.URL.RequestURI(), http.StatusTemporaryRedirect)
		}
	})
}

// onThisMachine wants both ends to be local, as for browsers localhost alone is
// secure without HTTPS.
func onThisMachine(r *http.Request) bool {
	from, _, _ := net.SplitHostPort(r.RemoteAddr)
	host, _, err := net.SplitHostPort(r.Host)
	if err != nil {
		host = r.Host
	}
	return https.Loopback(from) && https.Loopback(host)
}

// believeProxies drops what anyone but a listed proxy says about the connection.
func (s *Server) believeProxies(site http.Handler) http.Handler {
	var trusted []*net.IPNet
	for _, p := range s.Config.Proxies {
		if _, n, err := net.ParseCIDR(p); err == nil {
			trusted = append(trusted, n)
		}
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		from, _, _ := net.SplitHostPort(r.RemoteAddr)
		if !slices.ContainsFunc(trusted, func(n *net.IPNet) bool { return n.Contains(net.ParseIP(from)) }) {
			r.Header.Del("X-Forwarded-Proto")
		}
		site.ServeHTTP(w, r)
	})
}
