package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"laoqi/app"
	"laoqi/app/demo"
	"laoqi/app/link"
)

// count is how many filings the clerk's enterprise has.
func (s *site) count() int64 {
	s.t.Helper()
	n, err := s.Filing.Count(s.t.Context(), s.clerk, app.FilingNew, "")
	s.must(err)
	return n
}

func TestAFormWithoutItsOwnTokenIsRefused(t *testing.T) {
	s := open(t)
	clerk := s.as(demo.Agent)
	for name, token := range map[string]string{
		"no token": "", "an invented one": strings.Repeat("A", 43), "that of another session": s.as(demo.Agent).token(add),
		"that of a visitor": s.visitor().token(link.HallLogin),
	} {
		v := typed(demo.WorkerA)
		v.Set("_token", token)
		got := clerk.read(clerk.client.PostForm(s.server.URL+add, v))
		got.shows(t, http.StatusForbidden, "刚才的操作没有执行")
		if s.count() != 0 {
			t.Fatalf("%s: filed", name)
		}
	}
}

func TestAFormSentTwiceAtOnceActsOnce(t *testing.T) {
	s := open(t)
	clerk := s.as(demo.Agent)
	v := typed(demo.WorkerA)
	v.Set("_token", clerk.token(add))
	var senders sync.WaitGroup
	for range 4 {
		senders.Go(func() {
			answer, err := clerk.client.PostForm(s.server.URL+add, v)
			if err != nil {
				t.Error(err)
				return
			}
			answer.Body.Close()
			if answer.StatusCode != http.StatusOK && answer.StatusCode != http.StatusConflict {
				t.Errorf("status %d", answer.StatusCode)
			}
		})
	}
	senders.Wait()
	if n := s.count(); n != 1 {
		t.Errorf("%d filings", n)
	}
}

func TestAFormThatCameBackWithFaultsMayBeSentAgain(t *testing.T) {
	s := open(t)
	clerk := s.as(demo.Agent)
	v := with(typed(demo.WorkerA), app.FieldPost, "")
	v.Set("_token", clerk.token(add))
	clerk.read(clerk.client.PostForm(s.server.URL+add, v)).shows(t, http.StatusUnprocessableEntity, "请更正以下 1 处")
	v.Set(app.FieldPost, "焊工")
	clerk.read(clerk.client.PostForm(s.server.URL+add, v)).shows(t, http.StatusOK, "待审核")
	if n := s.count(); n != 1 {
		t.Errorf("%d filings", n)
	}
}

func TestARequestFromAnotherSiteIsRefused(t *testing.T) {
	s := open(t)
	clerk := s.as(demo.Agent)
	v := typed(demo.WorkerA)
	v.Set("_token", clerk.token(add))
	r, err := http.NewRequest(http.MethodPost, s.server.URL+add, strings.NewReader(v.Encode()))
	s.must(err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	clerk.read(clerk.client.Do(r)).shows(t, http.StatusForbidden, "这个请求来自别的网站")
	if n := s.count(); n != 0 {
		t.Errorf("%d filings", n)
	}
}

func TestTheAddressAfterLogInStaysOnThisSite(t *testing.T) {
	s := open(t)
	sample, _ := demo.Find(demo.WorkerA)
	for next, want := range map[string]string{link.MobileMe: link.MobileMe, "//evil.test/x": link.Mobile, "https://evil.test": link.Mobile, `/\evil.test`: link.Mobile, "/\t/evil.test": link.Mobile, "///evil.test": link.Mobile} {
		b := s.visitor()
		got := b.send(link.MobileLogin, url.Values{"name": {sample.Mobile}, "password": {demo.Password}, "next": {next}})
		if got.Path != want {
			t.Errorf("next %s leads to %s", next, got.Path)
		}
	}
}
