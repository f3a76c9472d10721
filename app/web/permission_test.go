package web_test

import (
	"context"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"

	"laoqi/app"
	"laoqi/app/demo"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/app/web"
)

var update = flag.Bool("update", false, "write testdata/permissions.txt anew")

const permissions = "testdata/permissions.txt"

// TestPermissionsOfEveryRoute sends every route of the table once for each role
// and compares what happens with the file, which a reader can check by eye:
//
//	login   led to the log-in page
//	denied  the account has no permission
//	open    let in; the form has no token, so nothing was done
//	200 ... let in, and what the page answered for an id that does not exist
func TestPermissionsOfEveryRoute(t *testing.T) {
	s := open(t)
	roles := []string{"nobody", "person", "operator", "agent", "legalrep", "reviewer"}
	s.Grant(s.Actor(demo.Boss), s.MakeSeal(s.Actor(demo.Boss), app.SealContract), demo.Operator)
	who := map[string]browser{
		"nobody": s.visitor(), "person": s.as(demo.WorkerA), "operator": s.as(demo.Operator), "agent": s.onBothFaces(demo.Agent),
		"legalrep": s.onBothFaces(demo.Boss), "reviewer": s.as(demo.Reviewer),
	}
	var table strings.Builder
	fmt.Fprintf(&table, "%-46s%s\n", "", columns(roles))
	for _, r := range web.Routes() {
		outcomes := make([]string, len(roles))
		for i, role := range roles {
			outcomes[i] = who[role].outcome(r[0], r[1])
		}
		fmt.Fprintf(&table, "%-46s%s\n", r[0]+" "+r[1], columns(outcomes))
	}
	if *update {
		s.must(os.WriteFile(permissions, []byte(table.String()), 0o644))
	}
	want, err := os.ReadFile(permissions)
	s.must(err)
	if table.String() != string(want) {
		t.Errorf("who may do what has changed; if that is right: go test ./app/web -run PermissionsOfEveryRoute -update\n%s", difference(string(want), table.String()))
	}
}

// onBothFaces logs an enterprise's account in to the hall and to the mobile site.
func (s *site) onBothFaces(who demo.Who) browser {
	s.t.Helper()
	sample, _ := demo.Find(who)
	b := s.visitor()
	for _, face := range []string{identity.FaceHall, identity.FaceMobile} {
		b.logIn(face, sample.Credentials())
	}
	return b
}

func columns(cells []string) string {
	var line strings.Builder
	for _, c := range cells {
		fmt.Fprintf(&line, "%-10s", c)
	}
	return strings.TrimRight(line.String(), " ")
}

// nowhere fills the parameters of a pattern with what does not exist.
func nowhere(pattern string) string {
	return strings.NewReplacer(":kind", "new", ":id", "999999", ":n", "1", ":who", "nobody", ":token", "NONE", ":code", "NONE", "*", "none").Replace(pattern)
}

// kept are the pages that a browser may keep: the same for everybody.
var kept = map[string]bool{link.Root: true, link.CRL: true, link.RootCRL: true, link.OCSPGet: true, link.OCSP: true, link.MobileManifest: true, link.MobileWorker: true}

func (b browser) outcome(method, pattern string) string {
	b.s.t.Helper()
	ctx, cancel := context.WithCancel(b.s.t.Context()) // an event stream would not end by itself
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, method, b.s.server.URL+nowhere(pattern), nil)
	b.s.must(err)
	client := *b.client
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	answer, err := client.Do(r)
	b.s.must(err)
	defer answer.Body.Close()
	if cache := answer.Header.Get("Cache-Control"); answer.StatusCode == http.StatusOK && cache != "no-store" && !kept[pattern] {
		b.s.t.Errorf("%s %s may be kept by the browser: %q", method, pattern, cache)
	}
	switch {
	case answer.StatusCode == http.StatusSeeOther && strings.Contains(answer.Header.Get("Location"), "/login"):
		return "login"
	case answer.StatusCode != http.StatusForbidden:
		return fmt.Sprint(answer.StatusCode)
	}
	body, err := io.ReadAll(answer.Body)
	b.s.must(err)
	if method == http.MethodPost && strings.Contains(string(body), "刚才的操作没有执行") {
		return "open"
	}
	return "denied"
}

func difference(want, got string) string {
	var text strings.Builder
	old, now := strings.Split(want, "\n"), strings.Split(got, "\n")
	for _, line := range old {
		if !strings.Contains(got, line) {
			text.WriteString("- " + line + "\n")
		}
	}
	for _, line := range now {
		if !strings.Contains(want, line) {
			text.WriteString("+ " + line + "\n")
		}
	}
	return text.String()
}

func TestACookieOfOneFaceOpensNoOther(t *testing.T) {
	s := open(t)
	worker := s.as(demo.WorkerA)
	r, err := http.NewRequest(http.MethodGet, s.server.URL+link.Mobile, nil)
	s.must(err)
	token := ""
	for _, c := range worker.client.Jar.Cookies(r.URL) {
		if c.Name == "laoqi_"+identity.FaceMobile {
			token = c.Value
		}
	}
	if token == "" {
		t.Fatal("no cookie")
	}
	for face, path := range map[string]string{identity.FaceHall: link.Hall, identity.FaceDesk: link.Desk} {
		r, err := http.NewRequest(http.MethodGet, s.server.URL+path, nil)
		s.must(err)
		r.AddCookie(&http.Cookie{Name: "laoqi_" + face, Value: token})
		if got := s.visitor().read(http.DefaultClient.Do(r)); !strings.Contains(got.Path, "/login") {
			t.Errorf("%s shows %d to the token of another face", path, got.Status)
		}
	}
}

var hashed = regexp.MustCompile(`/static/[0-9a-f]{12}/app\.css`)

func TestStaticFilesMayBeKeptForEverAndPagesNotAtAll(t *testing.T) {
	s := open(t)
	first, err := http.Get(s.server.URL + link.HallLogin)
	s.must(err)
	defer first.Body.Close()
	body, err := io.ReadAll(first.Body)
	s.must(err)
	if got := first.Header.Get("Cache-Control"); got != "no-store" {
		t.Errorf("page: %s", got)
	}
	sheet, err := http.Get(s.server.URL + hashed.FindString(string(body)))
	s.must(err)
	defer sheet.Body.Close()
	if got := sheet.Header.Get("Cache-Control"); sheet.StatusCode != http.StatusOK || !strings.Contains(got, "immutable") {
		t.Errorf("style sheet: %d %s", sheet.StatusCode, got)
	}
}
