package identity_test

import (
	"bytes"
	"image"
	"image/draw"
	"image/jpeg"
	"strings"
	"sync"
	"testing"
	"time"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/apptest/head"
	"laoqi/app/demo"
	"laoqi/app/face"
	"laoqi/app/identity"
	"laoqi/app/store"
)

// sitter is a legal rep whose face is known: that of head.Wang.
type sitter struct {
	*apptest.World
	t    *testing.T
	boss app.Actor
}

func sitting(t *testing.T) *sitter {
	s := &sitter{apptest.New(t), t, app.Actor{}}
	s.People()
	s.TakeFace(demo.Boss, head.Wang)
	s.boss = s.Actor(demo.Boss)
	return s
}

func (s *sitter) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// opens opens a check of the boss's face for the intent.
func (s *sitter) opens() (token string) {
	s.t.Helper()
	token, err := s.Identity.OpenFaceCheck(s.t.Context(), s.boss, intent)
	s.must(err)
	return token
}

func (s *sitter) begins(token string) identity.Prompt {
	s.t.Helper()
	p, err := s.Identity.BeginFace(s.t.Context(), s.boss, token)
	s.must(err)
	return p
}

func (s *sitter) sees(token string, p identity.Prompt, frame []byte) identity.Prompt {
	s.t.Helper()
	p, err := s.Identity.SeeFace(s.t.Context(), s.boss, token, p.Nonce, frame)
	s.must(err)
	return p
}

// follows does what is asked until the check ends.
func (s *sitter) follows(token string, p identity.Prompt, who head.Person) identity.Prompt {
	s.t.Helper()
	return s.Follow(s.boss, token, p, who)
}

// looks does the first step of a check just begun.
func (s *sitter) looks(token string) identity.Prompt {
	s.t.Helper()
	for p := s.begins(token); ; p = s.sees(token, p, apptest.Look(head.Wang, "straight")) {
		if p.Step > 0 {
			return p
		}
	}
}

func (s *sitter) refused(what string, err error, kind app.Kind) {
	s.t.Helper()
	if app.KindOf(err) != kind {
		s.t.Errorf("%s: %v", what, err)
	}
}

func TestOfTwoPagesWithOneCheckOneGoesOnAndItsResultServesOnce(t *testing.T) {
	s := sitting(t)
	token := s.opens()
	first := s.begins(token)
	second := s.begins(token)
	_, err := s.Identity.SeeFace(t.Context(), s.boss, token, first.Nonce, apptest.Look(head.Wang, "straight"))
	s.refused("the page that began before", err, app.Conflict)

	var answers [2]error
	var both sync.WaitGroup
	for i := range answers {
		both.Go(func() {
			var p identity.Prompt
			if p, answers[i] = s.Identity.SeeFace(t.Context(), s.boss, token, second.Nonce, apptest.Look(head.Wang, "straight")); answers[i] == nil {
				first = p
			}
		})
	}
	both.Wait()
	if (answers[0] == nil) == (answers[1] == nil) {
		t.Fatalf("one nonce twice at once: %v, %v", answers[0], answers[1])
	}
	_, err = s.Identity.SeeFace(t.Context(), s.boss, token, second.Nonce, apptest.Look(head.Wang, "straight"))
	s.refused("a nonce used before", err, app.Conflict)

	done := s.follows(token, first, head.Wang)
	if done.Pass == "" {
		t.Fatalf("%+v", done)
	}
	_, err = s.Identity.BeginFace(t.Context(), s.boss, token)
	s.refused("a check that has passed begins again", err, app.Conflict)
	_, err = s.Identity.OpenFaceCheck(t.Context(), s.Actor(demo.WorkerA), intent)
	s.refused("a check of nobody's face", err, app.Conflict)
	_, err = s.Identity.BeginFace(t.Context(), s.Actor(demo.Agent), s.opens())
	s.refused("somebody else's check", err, app.NotFound)

	acts := 0
	act := func() error {
		return s.Identity.Proved(t.Context(), s.boss, intent, identity.Proof{Password: demo.Password, Pass: done.Pass}, func(*store.Tx) error { acts++; return nil })
	}
	s.must(act())
	if err := act(); app.FaultsOf(err).Of("by") == "" || acts != 1 {
		t.Errorf("the result used twice: %v, %d acts", err, acts)
	}
}

// together is one frame of two people.
func together(t *testing.T, turn string) []byte {
	t.Helper()
	seen, err := jpeg.Decode(bytes.NewReader(apptest.Look(head.Wang, turn)))
	if err != nil {
		t.Fatal(err)
	}
	m := image.NewRGBA(seen.Bounds())
	draw.Draw(m, m.Rect, seen, image.Point{}, draw.Src)
	draw.Draw(m, image.Rect(440, 280, 640, 480), head.Li.Frame(200, 200, 0), image.Point{}, draw.Src)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestOnlyThePersonHalfWayAloneAndMovingPasses(t *testing.T) {
	s := sitting(t)
	token := s.opens()
	p := s.looks(token)
	if p = s.sees(token, p, together(t, p.Turn)); p.Failed || p.Step != 1 || !strings.Contains(p.Say, "多个人") {
		t.Errorf("a second face: %+v", p)
	}
	p = s.sees(token, p, apptest.Look(head.Wang, p.Turn))
	if p = s.follows(token, p, head.Zhao); !p.Failed || !strings.Contains(p.Say, "发生了变化") {
		t.Errorf("somebody else's face half way: %+v", p)
	}
	_, err := s.Identity.SeeFace(t.Context(), s.boss, token, p.Nonce, apptest.Look(head.Wang, "straight"))
	s.refused("a frame after the end", err, app.Conflict)

	if p = s.follows(token, s.begins(token), head.Zhao); !p.Failed || !strings.Contains(p.Say, "没有认出") {
		t.Errorf("another face: %+v", p)
	}

	p = s.looks(token)
	p = s.sees(token, p, apptest.Look(head.Wang, "straight"))
	s.Wait(face.StepLife + time.Millisecond)
	if p = s.sees(token, p, apptest.Look(head.Wang, "straight")); !p.Failed || !strings.Contains(p.Say, "规定时间") {
		t.Errorf("a still photo: %+v", p)
	}
}

func TestWrongTurnsLockTheFaceForHalfAnHourAndNobodyElses(t *testing.T) {
	s := sitting(t)
	token := s.opens()
	wrong := map[string]string{"left": "right", "right": "left"}
	p := s.looks(token)
	if p = s.sees(token, p, apptest.Look(head.Wang, wrong[p.Turn])); !p.Failed || !strings.Contains(p.Say, "方向") {
		t.Errorf("a turn to the wrong side: %+v", p)
	}
	for range 3 {
		s.begins(token) // and left alone
	}
	fifth := s.begins(token)
	lock := func(kind app.Kind, what string) {
		t.Helper()
		other, err := s.Identity.OpenFaceCheck(t.Context(), s.boss, identity.Intent{Purpose: identity.ForAgent})
		s.must(err)
		_, err = s.Identity.BeginFace(t.Context(), s.boss, other)
		s.refused(what, err, kind)
	}
	lock(app.TooMany, "the sixth attempt, whatever it is for")
	if p := s.follows(token, fifth, head.Wang); p.Pass == "" {
		t.Fatalf("the fifth: %+v", p)
	}
	token = s.opens()
	for range 5 {
		s.begins(token)
	}
	s.Wait(30*time.Minute - time.Millisecond)
	lock(app.TooMany, "before the half hour is over")
	s.Wait(time.Millisecond)
	token = s.opens()
	for range 5 {
		s.begins(token)
	}
	lock(app.TooMany, "after five more")
}

func TestWhoWithdrawsHasNoTemplateAtOnceAndNoCheckGoesOn(t *testing.T) {
	s := sitting(t)
	token := s.opens()
	before := s.follows(token, s.begins(token), head.Wang)
	token = s.opens()
	p := s.looks(token)
	s.must(s.Identity.WithdrawFace(t.Context(), s.boss))
	if open, err := s.Identity.Passed(t.Context(), s.boss, intent, before.Pass); open || err != nil {
		t.Errorf("what it proved before still serves: %v, %v", open, err)
	}
	_, err := s.Identity.SeeFace(t.Context(), s.boss, token, p.Nonce, apptest.Look(head.Wang, p.Turn))
	s.refused("the check under way", err, app.NotFound)
	r, err := s.Identity.Record(t.Context(), s.boss)
	if err != nil || r.Face {
		t.Errorf("something of the face is held: %+v, %v", r, err)
	}
	_, err = s.Identity.OpenFaceCheck(t.Context(), s.boss, intent)
	s.refused("a new check", err, app.Conflict)
	s.refused("a second withdrawal", s.Identity.WithdrawFace(t.Context(), s.boss), app.Conflict)
}

func TestWhoLeavesBeforeTheFaceIsTakenHasNoConsentToWithdraw(t *testing.T) {
	s := &sitter{apptest.New(t), t, app.Actor{}}
	s.People()
	s.boss = s.Actor(demo.Boss)
	s.must(s.Identity.SendCode(t.Context(), s.boss, identity.ForFace))
	token, err := s.Identity.Enrol(t.Context(), s.boss, s.agreed())
	s.must(err)
	agreed := func() (to []string) {
		t.Helper()
		r, err := s.Identity.Record(t.Context(), s.boss)
		s.must(err)
		for _, c := range r.Consents {
			if identity.FaceConsentTitle(c.Text) != "" {
				to = append(to, c.Text)
			}
		}
		return to
	}
	p := s.looks(token)
	if to := agreed(); to != nil {
		t.Errorf("half way %v is kept", to)
	}
	s.follows(token, p, head.Wang)
	if to := agreed(); len(to) != 1 || to[0] != identity.FaceConsent.Name {
		t.Errorf("with the face %v is kept", to)
	}
}

func TestALogInByFaceOpensTheSideOfTheSiteItWasForOnce(t *testing.T) {
	s := sitting(t)
	c := identity.Credentials{Way: identity.AsEnterprise, USCC: demo.EnterpriseUSCC}
	s.Screen.Clear()
	s.must(s.Identity.SendFaceCode(t.Context(), c))
	code := s.Code(demo.Boss)
	token, err := s.Identity.OpenFaceLogin(t.Context(), identity.FaceMobile, c, code)
	s.must(err)
	if _, err := s.Identity.OpenFaceLogin(t.Context(), identity.FaceMobile, c, code); app.FaultsOf(err).Of("code") == "" {
		t.Errorf("the code used twice: %v", err)
	}
	done := s.Follow(app.Actor{}, token, s.begins(token), head.Wang)
	device := app.Device{Address: "192.0.2.1", Agent: "test"}
	for _, try := range []struct {
		face string
		open bool
	}{{identity.FaceHall, false}, {identity.FaceMobile, true}, {identity.FaceMobile, false}} {
		if _, err := s.Identity.LogInByFace(t.Context(), try.face, done.Pass, device); (err == nil) != try.open {
			t.Errorf("log-in to %s: %v", try.face, err)
		}
	}
}
