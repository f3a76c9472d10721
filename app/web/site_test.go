package web_test

import (
	"bytes"
	"context"
	"html"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/demo"
	"laoqi/app/https"
	"laoqi/app/identity"
	"laoqi/app/web"
)

// site is the real handler before a world with the sample people.
type site struct {
	*apptest.World
	t       testing.TB
	handler http.Handler
	server  *httptest.Server
	clerk   app.Actor
}

func open(t testing.TB) *site { return openIn(t, apptest.New(t)) }

func openIn(t testing.TB, w *apptest.World) *site {
	s := &site{World: w, t: t}
	s.People()
	s.clerk = s.Actor(demo.Agent)
	s.must(s.Enterprise.Enable(t.Context(), s.clerk))
	s.handler = s.site("http://laoqi.test", nil)
	s.server = httptest.NewServer(s.handler)
	t.Cleanup(s.server.Close)
	return s
}

// examine stands for the checks, which package boot has and tests.
func (s *site) examine(context.Context) ([]app.Finding, error) {
	return []app.Finding{{What: "磁盘空间", State: "剩余 0.5 GB", Mend: "请清理磁盘，至少留出 1 GB"}}, nil
}

// site is the handler of a site with the base address and an authority for its HTTPS, or nil.
func (s *site) site(base string, authority *https.Lan) http.Handler {
	h, err := web.New(web.Parts{Office: s.Office, Forms: web.NewForms(s.DB, s.Vault), Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Now: s.Now, Examine: s.examine,
		Static: os.DirFS(filepath.Join(apptest.Root(), "static")), Screen: s.Screen,
		Config: web.Config{Product: "劳契", HallTitle: "劳动关系网厅", BaseURL: base, PlainURL: base, Authority: authority}})
	s.must(err)
	return h
}

func (s *site) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// browser is one person's browser, without JavaScript.
type browser struct {
	s      *site
	client *http.Client
}

// visitor is a browser in which nobody is logged in.
func (s *site) visitor() browser {
	jar, err := cookiejar.New(nil)
	s.must(err)
	return browser{s, &http.Client{Jar: jar}}
}

// as is a browser in which the sample person is logged in.
func (s *site) as(who demo.Who) browser {
	s.t.Helper()
	sample, _ := demo.Find(who)
	b := s.visitor()
	b.logIn(sample.Face, sample.Credentials())
	return b
}

func (b browser) logIn(face string, c identity.Credentials) {
	b.s.t.Helper()
	page := b.send("/"+face+"/login", url.Values{"way": {string(c.Way)}, "uscc": {c.USCC}, "name": {c.Name}, "password": {c.Password}})
	if page.Status != http.StatusOK || strings.HasSuffix(page.Path, "/login") {
		b.s.t.Fatalf("log-in of %s%s to %s: %d at %s", c.USCC, c.Name, face, page.Status, page.Path)
	}
}

// page is what a browser shows in the end.
type page struct {
	Status int
	Path   string // with the query
	Kind   string
	Body   string
}

func (b browser) read(r *http.Response, err error) page {
	b.s.t.Helper()
	b.s.must(err)
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	b.s.must(err)
	for _, fault := range faults.FindAllSubmatch(body, -1) {
		if !strings.HasSuffix(string(fault[1]), "。") {
			b.s.t.Errorf("%s: the fault %q is no whole sentence", r.Request.URL.Path, fault[1])
		}
	}
	return page{r.StatusCode, r.Request.URL.RequestURI(), r.Header.Get("Content-Type"), string(body)}
}

var faults = regexp.MustCompile(`<p class="err"[^>]*>([^<]*)</p>`)

func (b browser) get(path string) page {
	b.s.t.Helper()
	return b.read(b.client.Get(b.s.server.URL + path))
}

var tokens = regexp.MustCompile(`name="_token" value="([^"]+)"`)

// token is that of a form on the page.
func (b browser) token(path string) string {
	b.s.t.Helper()
	found := tokens.FindAllStringSubmatch(b.get(path).Body, -1)
	if found == nil {
		b.s.t.Fatalf("no form on %s", path)
	}
	return found[len(found)-1][1]
}

// send fills the form that stands on the page of the same address.
func (b browser) send(path string, values url.Values) page {
	b.s.t.Helper()
	return b.sendFrom(path, path, values)
}

// sendFrom fills a form of one page that posts to another address.
func (b browser) sendFrom(from, to string, values url.Values) page {
	b.s.t.Helper()
	values.Set("_token", b.token(from))
	return b.read(b.client.PostForm(b.s.server.URL+to, values))
}

func (b browser) upload(path, field string, content []byte) page {
	b.s.t.Helper()
	return b.uploadFrom(path, path, field, content)
}

// uploadFrom sends a file by a form of one page that posts to another address.
func (b browser) uploadFrom(from, to, field string, content []byte) page {
	b.s.t.Helper()
	return b.uploadWith(from, to, field, content, nil)
}

// uploadWith is uploadFrom with more fields, perhaps the token itself.
func (b browser) uploadWith(from, to, field string, content []byte, fields map[string]string) page {
	b.s.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	if fields["_token"] == "" {
		b.s.must(form.WriteField("_token", b.token(from)))
	}
	for name, value := range fields {
		b.s.must(form.WriteField(name, value))
	}
	part, err := form.CreateFormFile(field, "a.pdf")
	b.s.must(err)
	_, err = part.Write(content)
	b.s.must(err)
	b.s.must(form.Close())
	return b.read(b.client.Post(b.s.server.URL+to, form.FormDataContentType(), &body))
}

var tags = regexp.MustCompile(`(?s)<head>.*</head>|<[^>]*>`)

// text is what can be read on the page.
func (p page) text() string {
	return strings.Join(strings.Fields(tags.ReplaceAllString(p.Body, " ")), " ")
}

// shows checks the status and that the page has the words.
func (p page) shows(t testing.TB, status int, words ...string) {
	t.Helper()
	if p.Status != status {
		t.Errorf("%s: status %d, want %d", p.Path, p.Status, status)
	}
	for _, w := range words {
		if !strings.Contains(p.Body, w) {
			t.Errorf("%s lacks %q:\n%s", p.Path, w, p.text())
		}
	}
}

// follow goes where the page's link with the label leads.
func (b browser) follow(p page, label string) page {
	b.s.t.Helper()
	found := regexp.MustCompile(`<a\b[^>]*\bhref="([^"]*)"[^>]*>` + label + `</a>`).FindStringSubmatch(p.Body)
	if found == nil {
		b.s.t.Fatalf("%s has no link %s", p.Path, label)
	}
	return b.get(html.UnescapeString(found[1]))
}
