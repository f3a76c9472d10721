package provider_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"laoqi/app/provider"
)

func TestAWebhookGetsTheMessageWithItsToken(t *testing.T) {
	var got struct{ Mobile, Text string }
	var token string
	s := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		token = r.Header.Get("Authorization")
		if err := json.NewDecoder(r.Body).Decode(&got); err != nil || r.Method != http.MethodPost {
			t.Errorf("%s %v", r.Method, err)
		}
	}))
	defer s.Close()
	err := provider.Webhook{URL: s.URL, Token: "secret", Client: s.Client()}.Send(t.Context(), "13800002041", "验证码 123456")
	if err != nil || got.Mobile != "13800002041" || got.Text != "验证码 123456" || token != "Bearer secret" {
		t.Errorf("%v %+v %s", err, got, token)
	}
}

func TestAWebhookThatRefusesIsAnErrorWithoutSecrets(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) }))
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	defer s.Close()
	for _, address := range []string{s.URL + "/?key=secret", gone.URL + "/?key=secret", "http://bad host/secret"} {
		err := provider.Webhook{URL: address, Token: "secret", Client: http.DefaultClient}.Send(t.Context(), "13800002041", "验证码 123456")
		if err == nil {
			t.Fatalf("%s: sent", address)
		}
		for _, private := range []string{"secret", "13800002041", "123456"} {
			if strings.Contains(err.Error(), private) {
				t.Errorf("the error tells %s: %v", private, err)
			}
		}
	}
}

func TestTheScreenShowsTheNewestMessageFirstAndForgetsTheOldest(t *testing.T) {
	told := 0
	s := &provider.Screen{Now: func() time.Time { return time.Unix(0, 0) }, Notify: func() { told++ }}
	for range 60 {
		if err := s.Send(t.Context(), "1", "old"); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Send(t.Context(), "2", "new"); err != nil {
		t.Fatal(err)
	}
	m := s.Messages()
	if told != 61 || len(m) != 50 || m[0].Text != "new" || m[1].Text != "old" {
		t.Errorf("told %d, kept %d, newest %+v", told, len(m), m[0])
	}
	s.Clear()
	if len(s.Messages()) != 0 {
		t.Error("not cleared")
	}
}
