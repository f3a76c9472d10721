package web_test

import (
	"net/http"
	"net/url"
	"testing"

	"laoqi/app/apptest"
	"laoqi/app/identity"
	"laoqi/app/link"
)

// The other tab loads by itself after the answer to the form and before its page.
func TestAnotherTabDoesNotTakeTheSentenceOfThisOne(t *testing.T) {
	s := open(t)
	b, second, _ := s.actingTwice(identity.FaceHall)
	token := b.token(link.To(link.HallSwitchTo, second))
	other := browser{s, &http.Client{Jar: b.client.Jar}}
	b.client.CheckRedirect = func(*http.Request, []*http.Request) error {
		other.get(link.HallInbox).lacks(t, "已切换到")
		return nil
	}
	got := b.read(b.client.PostForm(s.server.URL+link.To(link.HallSwitchTo, second), url.Values{"_token": {token}, "password": {secondPassword}}))
	got.shows(t, http.StatusOK, "已切换到“"+apptest.SecondName+"”")
	b.get(got.Path).lacks(t, "已切换到")
}
