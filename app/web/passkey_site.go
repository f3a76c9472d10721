package web

import (
	"net/url"
	"strings"

	"laoqi/app"
	"laoqi/app/passkey"
)

// passkeySite is where passkeys serve for this request, which came by HTTPS under
// a name of this installation, or from the machine itself by localhost. Names and
// ports are those of the configuration: what a request claims beyond them, such
// as the port of another program on the same host, is not believed.
func (q *request) passkeySite() (site passkey.Site, ok bool) {
	here := url.URL{Scheme: map[bool]string{true: "https", false: "http"}[secure(q.Request())], Host: q.Request().Host}
	host, port := hostAndPort(&here)
	if !passkey.Serves(host) {
		return site, false
	}
	for _, address := range []string{q.s.Config.BaseURL, q.s.Config.PlainURL} {
		own, err := url.Parse(address)
		if err == nil && own.Scheme == here.Scheme && q.s.answersTo(own, host, port) {
			return passkey.Site{Host: host, Origin: here.Scheme + "://" + strings.TrimSuffix(host+":"+port, ":"+defaultPorts[here.Scheme])}, true
		}
	}
	return site, false
}

var defaultPorts = map[string]string{"http": "80", "https": "443"}

func hostAndPort(u *url.URL) (host, port string) {
	if port = u.Port(); port == "" {
		port = defaultPorts[u.Scheme]
	}
	return strings.ToLower(u.Hostname()), port
}

// answersTo reports whether the address, or another name of the same machine at
// its port, is the host and port.
func (s *Server) answersTo(own *url.URL, host, port string) bool {
	ownHost, ownPort := hostAndPort(own)
	switch {
	case port != ownPort:
		return false
	case host == "localhost":
		return true
	}
	return own.Scheme == "https" && (host == ownHost || s.Config.Authority != nil && s.Config.Authority.VouchesFor(host))
}

// passkeyElsewhere is an address of the site where passkeys serve, "" for none.
func (s *Server) passkeyElsewhere() string {
	own, err := url.Parse(s.Config.BaseURL)
	if err != nil || own.Scheme != "https" || !passkey.Serves(own.Hostname()) {
		return ""
	}
	return s.Config.BaseURL
}

// mustPasskeySite is passkeySite for a form that is not shown elsewhere.
func (q *request) mustPasskeySite() (passkey.Site, error) {
	site, ok := q.passkeySite()
	if !ok {
		return site, app.Fail(app.Conflict, noPasskeyHere)
	}
	return site, nil
}

const noPasskeyHere = "通行密钥只能在安全连接（https）和域名下使用，现在打开的地址不行。"
