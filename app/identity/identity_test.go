package identity_test

import (
	"strings"
	"testing"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/demo"
	"laoqi/app/identity"
)

func registration(w *apptest.World, who demo.Who) identity.Registration {
	sample, _ := demo.Find(who)
	today := app.DateOf(w.Now())
	return identity.Registration{
		Known:  identity.Known{Name: sample.Name, IDType: app.IDResident, IDNumber: sample.Number, Mobile: sample.Mobile},
		IDFrom: today.AddYears(-1), IDUntil: today.AddYears(9), Password: demo.Password, Again: demo.Password, Agreed: true,
	}
}

var device = app.Device{Address: "192.0.2.7", Agent: "test"}

func TestRegistrationNamesAllFaultsAtOnce(t *testing.T) {
	w := apptest.New(t)
	_, err := w.Identity.Register(t.Context(), identity.Registration{Known: identity.Known{Name: "王", IDType: app.IDResident, IDNumber: "220102199403072041", Mobile: "1380"}, Password: "short", Again: "other"}, device)
	faults := app.FaultsOf(err)
	for _, field := range []string{app.FieldName, app.FieldIDNumber, app.FieldMobile, "id_from", "id_until", "code", "password", "again", "agreed"} {
		if faults.Of(field) == "" {
			t.Errorf("no fault at %s", field)
		}
	}
}

func TestANameThatNoDocumentCouldShowIsRefusedByItsCharacter(t *testing.T) {
	w := apptest.New(t)
	_, err := w.Identity.Register(t.Context(), identity.Registration{Known: identity.Known{Name: "张𰻝", IDType: app.IDResident}}, device)
	if got := app.FaultsOf(err).Of(app.FieldName); !strings.Contains(got, "“𰻝”（U+30EDD）") {
		t.Errorf("fault %q, error %v", got, err)
	}
}

func TestAnUnknownAccountAnswersLikeAWrongPassword(t *testing.T) {
	w := apptest.New(t)
	w.People()
	known, _ := demo.Find(demo.WorkerA)
	wrong := known.Credentials()
	wrong.Password = "wrong2026"
	_, err1 := w.Identity.LogIn(t.Context(), identity.FaceMobile, wrong, device)
	_, err2 := w.Identity.LogIn(t.Context(), identity.FaceMobile, identity.Credentials{Way: identity.AsPerson, Name: "13911112222", Password: "wrong2026"}, device)
	if err1 == nil || err2 == nil || err1.Error() != err2.Error() {
		t.Fatalf("%v and %v", err1, err2)
	}
}

func TestADeclaredAccountReservesNoIDNumber(t *testing.T) {
	w := apptest.New(t)
	w.People()
	r := registration(w, demo.WorkerA)
	r.Mobile = "13911112222"
	if err := w.Identity.SendRegistrationCode(t.Context(), r.Mobile); err != nil {
		t.Fatal(err)
	}
	r.Code = w.CodeAt(r.Mobile)
	if _, err := w.Identity.Register(t.Context(), r, device); err != nil {
		t.Fatalf("a second, self-declared account with a verified number: %v", err)
	}
	worker, _ := demo.Find(demo.WorkerA)
	c := worker.Credentials()
	c.Name = worker.Number
	token, err := w.Identity.LogIn(t.Context(), identity.FaceMobile, c, device)
	if err != nil {
		t.Fatal(err)
	}
	session, err := w.Identity.Session(t.Context(), identity.FaceMobile, token, device)
	if err != nil {
		t.Fatal(err)
	}
	if p, err := w.Identity.Person(t.Context(), session.Actor.Person); err != nil || p.Level != app.Verified {
		t.Fatalf("log-in by the number reached %v, %v", p.Level, err)
	}
}

func TestTheDocumentsPictureIsDeletedOnceTheDeskDecided(t *testing.T) {
	w := apptest.New(t)
	w.People()
	worker := w.Actor(demo.WorkerA)
	claim, err := w.Identity.MyClaim(t.Context(), worker.Person)
	if err != nil || claim.State != "accepted" {
		t.Fatalf("%+v, %v", claim, err)
	}
	if _, err := w.Identity.ClaimPicture(t.Context(), w.Actor(demo.Reviewer), claim.ID); app.KindOf(err) != app.NotFound {
		t.Fatalf("the picture: %v", err)
	}
}

func TestASessionEndsWithLogOut(t *testing.T) {
	w := apptest.New(t)
	w.People()
	boss, _ := demo.Find(demo.Boss)
	token, err := w.Identity.LogIn(t.Context(), identity.FaceMobile, boss.Credentials(), device)
	if err != nil {
		t.Fatal(err)
	}
	session, err := w.Identity.Session(t.Context(), identity.FaceMobile, token, device)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Identity.Session(t.Context(), identity.FaceHall, token, device); app.KindOf(err) != app.SignedOut {
		t.Fatalf("a mobile token opens the hall: %v", err)
	}
	if err := w.Identity.LogOut(t.Context(), session.Actor); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Identity.Session(t.Context(), identity.FaceMobile, token, device); app.KindOf(err) != app.SignedOut {
		t.Fatalf("after log-out: %v", err)
	}
}
