package identity_test

import (
	"testing"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/cert"
	"laoqi/app/demo"
	"laoqi/app/identity"
)

// registered is somebody whose name was mistyped at registration; the document is a passport.
func registered(w *apptest.World) app.Actor {
	w.T.Helper()
	const mobile = "13900001234"
	w.Screen.Clear()
	if err := w.Identity.SendRegistrationCode(w.T.Context(), mobile); err != nil {
		w.T.Fatal(err)
	}
	today := app.DateOf(w.Now())
	_, err := w.Identity.Register(w.T.Context(), identity.Registration{Known: identity.Known{Name: "王小明", IDType: app.IDPassport, IDNumber: "E12345678", Mobile: mobile},
		IDFrom: today.AddYears(-1), IDUntil: today.AddYears(4), Code: w.CodeAt(mobile), Password: demo.Password, Again: demo.Password, Agreed: true}, device)
	if err != nil {
		w.T.Fatal(err)
	}
	return w.LogIn(identity.FaceMobile, identity.Credentials{Way: identity.AsPerson, Name: mobile, Password: demo.Password})
}

// right is what the document of that person says.
func right(w *apptest.World) identity.Correction {
	today := app.DateOf(w.Now())
	return identity.Correction{Name: "王晓明", IDType: app.IDPassport, IDNumber: "e12345687", IDFrom: today.AddYears(-2), IDUntil: today.AddYears(8)}
}

func TestWhoIsNotVerifiedYetCorrectsWhatWasMistyped(t *testing.T) {
	w := apptest.New(t)
	w.People()
	ctx, by := t.Context(), registered(w)
	code := func() string {
		w.Screen.Clear()
		if err := w.Cert.SendCode(ctx, by); err != nil {
			t.Fatal(err)
		}
		return w.CodeAt("13900001234")
	}
	if err := w.Cert.Activate(ctx, by, cert.Activation{Code: code(), Passphrase: apptest.Passphrase, Again: apptest.Passphrase, Agreed: true}); err != nil {
		t.Fatal(err)
	}
	sample, _ := demo.Find(demo.WorkerA)
	for field, c := range map[string]identity.Correction{
		app.FieldName:     {Name: "王", IDType: app.IDPassport, IDNumber: "E12345687"},
		app.FieldIDNumber: {Name: "王晓明", IDType: app.IDResident, IDNumber: "E12345687"},
		"id_from":         {Name: "王晓明", IDType: app.IDPassport, IDNumber: "E12345687"},
		"id_until":        {Name: "王晓明", IDType: app.IDPassport, IDNumber: "E12345687", IDFrom: app.DateOf(w.Now()).AddYears(-9), IDUntil: app.DateOf(w.Now()).AddDays(-1)},
	} {
		if err := w.Identity.CorrectOwn(ctx, by, c, w.Cert.Revoke); app.FaultsOf(err).Of(field) == "" {
			t.Errorf("%s of %+v: %v", field, c, err)
		}
	}
	// a number that somebody proved may be stated: nothing is reserved by it
	theirs := right(w)
	theirs.IDType, theirs.IDNumber = app.IDResident, sample.Number
	for _, c := range []identity.Correction{theirs, right(w)} {
		if err := w.Identity.CorrectOwn(ctx, by, c, w.Cert.Revoke); err != nil {
			t.Fatal(err)
		}
	}
	p, err := w.Identity.Person(ctx, by.Person)
	if err != nil || p.Name != "王晓明" || p.IDNumber != "E12345687" || p.IDUntil != right(w).IDUntil || p.Level != app.Declared {
		t.Errorf("known as %+v, %v", p, err)
	}
	if _, active, err := w.Cert.Active(ctx, by); active || err != nil {
		t.Errorf("the certificate of the former name is active: %v %v", active, err)
	}
	if err := w.Identity.CorrectOwn(ctx, by, right(w), w.Cert.Revoke); app.KindOf(err) != app.Invalid {
		t.Errorf("the same again: %v", err)
	}
	w.Wait(identity.CodePause)
	if err := w.Cert.Activate(ctx, by, cert.Activation{Code: code(), Passphrase: apptest.Passphrase, Again: apptest.Passphrase, Agreed: true}); err != nil {
		t.Fatal(err)
	}
	if c, _, err := w.Cert.Active(ctx, by); c.Holder != "王晓明" || err != nil {
		t.Errorf("certified as %q, %v", c.Holder, err)
	}
}

func TestNothingIsCorrectedWhileTheDeskComparesNorOnceItHas(t *testing.T) {
	w := apptest.New(t)
	w.People()
	ctx, by, reviewer := t.Context(), registered(w), w.Actor(demo.Reviewer)
	picture := []byte("\xff\xd8\xff\xe0 a photo")
	decide := func(reason string) {
		t.Helper()
		if err := w.Identity.Claim(ctx, by, picture); err != nil {
			t.Fatal(err)
		}
		if err := w.Identity.CorrectOwn(ctx, by, right(w), w.Cert.Revoke); app.KindOf(err) != app.Conflict {
			t.Errorf("while it is compared: %v", err)
		}
		claims, err := w.Identity.WaitingClaims(ctx, 0)
		if err != nil || len(claims) != 1 {
			t.Fatalf("%v %v", claims, err)
		}
		if err := w.Identity.DecideClaim(ctx, reviewer, claims[0].ID, reason, false, w.Verified); err != nil {
			t.Fatal(err)
		}
	}
	decide("姓名与证件不一致")
	if err := w.Identity.CorrectOwn(ctx, by, right(w), w.Cert.Revoke); err != nil {
		t.Errorf("after a refusal: %v", err)
	}
	decide("")
	if err := w.Identity.CorrectOwn(ctx, by, right(w), w.Cert.Revoke); app.KindOf(err) != app.Conflict {
		t.Errorf("once verified: %v", err)
	}
}
