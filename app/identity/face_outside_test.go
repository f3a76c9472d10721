package identity_test

import (
	"strings"
	"testing"
	"time"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/apptest/head"
	"laoqi/app/demo"
	"laoqi/app/identity"
	"laoqi/app/provider"
)

func outside(url string, now func() time.Time) identity.Faces {
	return identity.Faces{Threshold: 0.42, Provider: "云上识别有限公司，电话 0431-8000000",
		Reader: provider.FaceService{URL: url, Secret: apptest.FaceSecret, Client: provider.FaceClient(), Now: now}}
}

// agreed is the boss's form that begins to take a face, once a code was sent for it.
func (s *sitter) agreed() (e identity.Enrolment) {
	for _, text := range s.Identity.FaceConsents() {
		e.Agreed = append(e.Agreed, text.Name)
	}
	e.Proof = identity.Proof{Password: demo.Password, Code: s.Code(demo.Boss)}
	return e
}

func TestPicturesLeaveTheHouseOnlyByAConsentOfTheirOwn(t *testing.T) {
	apptest.Rehearse(t)
	now := func() time.Time { return apptest.Start }
	cloud := apptest.FaceCloud(t, now)
	faces := outside(cloud.URL, now)
	s := &sitter{apptest.Facing(t, faces), t, app.Actor{}}
	s.People()
	s.boss = s.Actor(demo.Boss)
	texts := s.Identity.FaceConsents()
	if len(texts) != 2 || !strings.Contains(string(texts[1].Text()), faces.Provider) || strings.Contains(string(texts[0].Text()), "不提供给他人") {
		t.Fatalf("%+v", texts)
	}
	for _, text := range texts {
		if identity.FaceConsentTitle(text.Name) != text.Title {
			t.Errorf("no title of %s", text.Name)
		}
	}
	s.must(s.Identity.SendCode(t.Context(), s.boss, identity.ForFace))
	e := s.agreed()
	e.Agreed = e.Agreed[:1]
	if _, err := s.Identity.Enrol(t.Context(), s.boss, e); app.FaultsOf(err).Of(identity.AgreeField(texts[1])) == "" {
		t.Fatalf("without the second consent: %v", err)
	}
	e.Agreed = append(e.Agreed, texts[1].Name)
	token, err := s.Identity.Enrol(t.Context(), s.boss, e)
	s.must(err)
	if p := s.follows(token, s.begins(token), head.Wang); !p.Passed {
		t.Fatalf("%+v", p)
	}
	s.must(s.Identity.Claim(t.Context(), s.boss, head.Wang.JPEG(800, 600, 4)))
	if match, err := s.Identity.MatchDocument(t.Context(), s.boss.Person); match != identity.FaceMatches || err != nil {
		t.Errorf("the document: %v %v", match, err)
	}
	waiting, err := s.Identity.WaitingClaims(t.Context(), 0)
	s.must(err)
	s.must(s.Identity.DecideClaim(t.Context(), s.Actor(demo.Reviewer), waiting[0].ID, "", false, s.Verified))

	token = s.opens()
	p := s.looks(token)
	cloud.Close()
	_, err = s.Identity.SeeFace(t.Context(), s.boss, token, p.Nonce, apptest.Look(head.Wang, p.Turn))
	s.refused("a service that is down", err, app.Unavailable)
	for range 8 { // no turn is asked for, no try counts
		p := s.begins(token)
		_, err := s.Identity.SeeFace(t.Context(), s.boss, token, p.Nonce, apptest.Look(head.Wang, p.Turn))
		s.refused("a service that is still down", err, app.Unavailable)
	}
	for range 4 {
		s.begins(token)
	}
	_, err = s.Identity.BeginFace(t.Context(), s.boss, token)
	s.refused("the try in which a turn was asked for counts", err, app.TooMany)
}

func TestATryThatTheServiceSpoiledIsGivenBackOnce(t *testing.T) {
	now := func() time.Time { return apptest.Start }
	cloud := apptest.FaceCloud(t, now)
	s := &sitter{apptest.Facing(t, outside(cloud.URL, now)), t, app.Actor{}}
	s.People()
	s.boss = s.Actor(demo.Boss)
	s.must(s.Identity.SendCode(t.Context(), s.boss, identity.ForFace))
	token, err := s.Identity.Enrol(t.Context(), s.boss, s.agreed())
	s.must(err)
	cloud.Close()
	for range 4 {
		s.begins(token) // and left alone
	}
	last := s.begins(token)
	for _, kind := range []app.Kind{app.Unavailable, app.Conflict, app.Conflict} {
		_, err := s.Identity.SeeFace(t.Context(), s.boss, token, last.Nonce, apptest.Look(head.Wang, "straight"))
		s.refused("the same frame again", err, kind)
	}
	s.begins(token)
	_, err = s.Identity.BeginFace(t.Context(), s.boss, token)
	s.refused("a seventh try, one being given back", err, app.TooMany)
}
