package web_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"laoqi/app/https"
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

func TestTheHelpForNewDevicesSaysWhereTheCertificateWouldNotServe(t *testing.T) {
	s := open(t)
	for host, misnamed := range map[string]bool{"old-pc": false, "new-pc": true} {
		a, err := https.OpenLan(s.Folder+"/tls", s.Vault, func() https.Names { return https.Names{DNS: []string{"old-pc"}} }, s.Now)
		s.must(err)
		w := httptest.NewRecorder()
		s.site("https://"+host+":8443", a).ServeHTTP(w, httptest.NewRequest("GET", "http://"+host+":8080"+link.Connect, nil))
		if said := strings.Contains(w.Body.String(), "请先不要安装"); w.Code != http.StatusOK || said != misnamed {
			t.Errorf("%s: %d, says so: %v", host, w.Code, said)
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
