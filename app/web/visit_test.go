package web_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/demo"
	"laoqi/app/identity"
	"laoqi/app/link"
)

func TestAVisitEndsAfterThirtyIdleMinutes(t *testing.T) {
	apptest.Bubble(t, func(t *testing.T, w *apptest.World) {
		w.People()
		s := &site{World: w, t: t}
		boss, _ := demo.Find(demo.Boss)
		token, err := w.Identity.LogIn(t.Context(), identity.FaceMobile, boss.Credentials(), app.Device{})
		s.must(err)
		session, err := w.Identity.Session(t.Context(), identity.FaceMobile, token, app.Device{})
		s.must(err)
		handler := s.site("http://laoqi.test", nil)
		opens := func() bool { // no server between: a bubble's clock stands while the network is waited for
			r := httptest.NewRequest(http.MethodGet, link.MobileSeals, nil)
			r.AddCookie(&http.Cookie{Name: "laoqi_m", Value: token})
			answer := httptest.NewRecorder()
			handler.ServeHTTP(answer, r)
			if led := answer.Header().Get("Location"); led != "" && led != link.With(link.MobileSealEnter, "next", link.MobileSeals) {
				t.Errorf("led to %s", led)
			}
			return answer.Code == http.StatusOK
		}
		if opens() {
			t.Error("open before the entry")
		}
		s.must(w.Identity.Unlock(t.Context(), session.Actor))
		step := w.Now()
		for range 3 { // each step begins the half hour anew
			w.WaitUntil(step.Add(30*time.Minute - time.Second))
			if step = w.Now(); !opens() {
				t.Error("over after 29:59")
			}
		}
		w.WaitUntil(step.Add(30 * time.Minute))
		if opens() {
			t.Error("open after 30:00")
		}
	})
}
