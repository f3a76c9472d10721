package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"laoqi/app/apptest"
	"laoqi/app/demo"
	"laoqi/app/identity"
	"laoqi/app/link"
)

// The worker and an agent of the enterprise log in with one browser, or each with
// the own.
func TestTheDeskIsToldThatAWorkerAndStaffUseOneDevice(t *testing.T) {
	for name, one := range map[string]bool{"two cookie jars": false, "one cookie jar": true} {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			worker, _ := demo.Find(demo.WorkerA)
			agent := s.as(demo.Agent)
			b := s.visitor()
			if one {
				b = agent
			}
			b.logIn(identity.FaceMobile, worker.Credentials())
			id := s.Submit(s.clerk, 0, apptest.Form(demo.WorkerA))
			desk := s.as(demo.Reviewer)
			got := desk.get(link.To(link.DeskFiling, id))
			if got.shows(t, http.StatusOK, worker.Name); strings.Contains(got.Body, "同一设备") != one {
				t.Errorf("the desk reads %s", got.text())
			}
			all := desk.sendFrom(link.DeskFilings, link.DeskApproveAll, url.Values{"chosen": {number(id) + "-1"}})
			if strings.Contains(all.Body, "请打开后单独审核") != one {
				t.Errorf("approved with others: %s", all.text())
			}
			own := b.get(link.MobileInfo)
			own.shows(t, http.StatusOK, "您登录过 1 台设备", "180 天后删除")
			b.get(link.MobileMe).lacks(t, "同一设备")
		})
	}
}

func TestTheMarkOfABrowserIsKeptFromScriptsAndComesWithALogInAlone(t *testing.T) {
	s := open(t)
	mark := func(b browser) (value string) {
		at, err := url.Parse(s.server.URL + link.Mobile)
		s.must(err)
		for _, c := range b.client.Jar.Cookies(at) {
			if c.Name == "laoqi_device" {
				value = c.Value
			}
		}
		return value
	}
	b := s.visitor()
	if b.get(link.MobileLogin); mark(b) != "" {
		t.Error("who only looks is marked")
	}
	answer := func(face string, c identity.Credentials) (set *http.Cookie) {
		once := *b.client
		once.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
		form := url.Values{"_token": {b.token("/" + face + "/login")}, "way": {string(c.Way)}, "uscc": {c.USCC}, "name": {c.Name}, "password": {c.Password}}
		r, err := once.PostForm(s.server.URL+"/"+face+"/login", form)
		s.must(err)
		defer r.Body.Close()
		for _, c := range r.Cookies() {
			if c.Name == "laoqi_device" {
				set = c
			}
		}
		return set
	}
	reviewer, _ := demo.Find(demo.Reviewer)
	if c := answer(identity.FaceDesk, reviewer.Credentials()); c != nil {
		t.Error("the desk's computer is marked")
	}
	worker, _ := demo.Find(demo.WorkerA)
	c := answer(identity.FaceMobile, worker.Credentials())
	if c == nil || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.MaxAge != int(identity.DeviceLife/time.Second) || len(c.Value) < 26 {
		t.Fatalf("the cookie is %+v", c)
	}
	agent, _ := demo.Find(demo.Agent)
	if again := answer(identity.FaceHall, agent.Credentials()); again == nil || again.Value != c.Value {
		t.Error("the same browser gets another mark")
	}
}
