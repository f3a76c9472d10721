package identity_test

import (
	"testing"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/demo"
	"laoqi/app/hub"
	"laoqi/app/identity"
)

const newMobile = "13912345678"

// change is 修改手机号码 filled in with codes from both phones.
func change(w *apptest.World, by app.Actor, to string) identity.MobileChange {
	w.T.Helper()
	c := identity.MobileChange{Mobile: to, Password: demo.Password, OldCode: w.SMSCode(by, demo.Boss, identity.ForOldMobile)}
	if err := w.Identity.SendMobileCode(w.T.Context(), to); err != nil {
		w.T.Fatal(err)
	}
	c.NewCode = w.CodeAt(to)
	return c
}

// boss logs the legal rep in with the personal account and with the enterprise's.
func boss(w *apptest.World) (personal, enterprise app.Actor) {
	w.People()
	sample, _ := demo.Find(demo.Boss)
	personal = w.LogIn(identity.FaceMobile, identity.Credentials{Way: identity.AsPerson, Name: sample.Mobile, Password: demo.Password})
	return personal, w.Actor(demo.Boss)
}

func TestAChangeOfMobileReachesAllAccountsOfThePerson(t *testing.T) {
	w := apptest.New(t)
	personal, enterprise := boss(w)
	w.Activate(enterprise, demo.Boss)
	c := change(w, personal, newMobile)
	if err := w.Identity.ChangeMobile(t.Context(), personal, c, w.Cert.Revoke, w.Verified); err != nil {
		t.Fatal(err)
	}
	for _, by := range []app.Actor{personal, enterprise} {
		if open, err := w.Identity.OpenSessions(t.Context(), by); err != nil || len(open) != 0 {
			t.Errorf("account %d has %d sessions, %v", by.Account, len(open), err)
		}
	}
	if _, active, err := w.Cert.Active(t.Context(), enterprise); active || err != nil {
		t.Errorf("the certificate is active: %v %v", active, err)
	}
	w.LogIn(identity.FaceMobile, identity.Credentials{Way: identity.AsPerson, Name: newMobile, Password: demo.Password})
}

func TestAChangeOfMobileNeedsPasswordAndBothCodes(t *testing.T) {
	w := apptest.New(t)
	by, _ := boss(w)
	right := change(w, by, newMobile)
	wrong := map[string]identity.MobileChange{}
	for _, field := range []string{"password", "old_code", "code"} {
		c := right
		*map[string]*string{"password": &c.Password, "old_code": &c.OldCode, "code": &c.NewCode}[field] = "Wrong00x"
		wrong[field] = c
	}
	for field, c := range wrong {
		if text := app.FaultsOf(w.Identity.ChangeMobile(t.Context(), by, c, w.Cert.Revoke, w.Verified)).Of(field); text == "" {
			t.Errorf("a wrong %s was taken", field)
		}
	}
	if err := w.Identity.ChangeMobile(t.Context(), by, right, w.Cert.Revoke, w.Verified); err != nil {
		t.Errorf("one wrong code spent the other: %v", err)
	}
}

func TestAMobileOfAnotherAccountIsRefused(t *testing.T) {
	w := apptest.New(t)
	by, _ := boss(w)
	worker, _ := demo.Find(demo.WorkerA)
	err := w.Identity.ChangeMobile(t.Context(), by, change(w, by, worker.Mobile), w.Cert.Revoke, w.Verified)
	if app.KindOf(err) != app.Conflict {
		t.Errorf("got %v", err)
	}
}

func TestOtherDevicesAreLoggedOutAndThisOneStays(t *testing.T) {
	w := apptest.New(t)
	w.People()
	here, there := w.Actor(demo.WorkerA), w.Actor(demo.WorkerA)
	heard, stop := w.Hub.Subscribe(hub.Session(there.Session))
	defer stop()
	if err := w.Identity.EndOtherSessions(t.Context(), here); err != nil {
		t.Fatal(err)
	}
	select {
	case <-heard:
	default:
		t.Error("the other device's pages were not told")
	}
	open, err := w.Identity.OpenSessions(t.Context(), here)
	if err != nil || len(open) != 1 || !open[0].Own {
		t.Errorf("open are %+v, %v", open, err)
	}
}
