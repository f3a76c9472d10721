package web_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"laoqi/app/link"
	"laoqi/app/web"
)

func TestPlainHTTPHelpsNewDevicesAndLeadsAllOthersToHTTPS(t *testing.T) {
	site := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) })
	h := web.Plain(site, "https://office.lan:8443")
	for _, c := range []struct {
		from, host, path string
		leads            string // "" answered here
	}{
		{"127.0.0.1:5000", "localhost:8080", "/hall", ""},
		{"127.0.0.1:5000", "evil.example:8080", "/hall", "https://office.lan:8443/hall"},
		{"192.168.1.9:5000", "localhost:8080", "/hall", "https://office.lan:8443/hall"},
		{"192.168.1.9:5000", "192.168.1.5:8080", "/m/login?next=%2Fm", "https://office.lan:8443/m/login?next=%2Fm"},
		{"192.168.1.9:5000", "192.168.1.5:8080", link.Connect, ""},
		{"192.168.1.9:5000", "192.168.1.5:8080", link.ConnectCert, ""},
		{"192.168.1.9:5000", "192.168.1.5:8080", link.CRL, ""},
		{"192.168.1.9:5000", "192.168.1.5:8080", "/static/app.css", ""},
		{"192.168.1.9:5000", "192.168.1.5:8080", "//evil.example/", "https://office.lan:8443//evil.example/"},
	} {
		r := httptest.NewRequest("GET", "http://x"+c.path, nil)
		r.RemoteAddr, r.Host = c.from, c.host
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Header().Get("Location") != c.leads || (c.leads == "") != (w.Code == http.StatusOK) {
			t.Errorf("%s from %s on %s: %d %s", c.path, c.from, c.host, w.Code, w.Header().Get("Location"))
		}
	}
}

func TestCookiesOverHTTPSAreRefusedFromPlainHTTP(t *testing.T) {
	s := open(t)
	for scheme, want := range map[string]string{"http": "laoqi_form=", "https": "__Secure-laoqi_form="} {
		r := httptest.NewRequest("GET", scheme+"://office.lan"+link.MobileLogin, nil)
		r.Header.Set("X-Forwarded-Proto", "https") // no listed proxy says so
		w := httptest.NewRecorder()
		s.handler.ServeHTTP(w, r)
		cookie := w.Header().Get("Set-Cookie")
		if !strings.HasPrefix(cookie, want) || strings.Contains(cookie, "Secure;") != (scheme == "https") {
			t.Errorf("over %s: %s", scheme, cookie)
		}
	}
}
