package identity_test

import (
	"strings"
	"testing"
	"time"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/cert"
	"laoqi/app/demo"
	"laoqi/app/identity"
)

const newPassword = "Xinmima26"

// forgotten is 忘记密码 as the sample person fills it in.
func forgotten(who demo.Who) identity.Reset {
	sample, _ := demo.Find(who)
	r := identity.Reset{Way: identity.AsPerson, Mobile: sample.Mobile, Password: newPassword, Again: newPassword}
	if who == demo.Boss {
		r = identity.Reset{Way: identity.AsEnterprise, USCC: demo.EnterpriseUSCC, Password: newPassword, Again: newPassword}
	}
	return r
}

// sent gets the code and fills it in.
func sent(w *apptest.World, who demo.Who, r identity.Reset) identity.Reset {
	w.T.Helper()
	w.Screen.Clear()
	if err := w.Identity.SendResetCode(w.T.Context(), r); err != nil {
		w.T.Fatal(err)
	}
	r.Code = w.Code(who)
	return r
}

func TestAForgottenPasswordIsResetByCodeWithItsConsequences(t *testing.T) {
	for _, who := range []demo.Who{demo.WorkerA, demo.Boss} {
		t.Run(string(who), func(t *testing.T) {
			w := apptest.New(t)
			w.People()
			by := w.Actor(who)
			w.Activate(by, who)
			r := sent(w, who, forgotten(who))
			if err := w.Identity.ResetPassword(t.Context(), r, device, w.Cert.Revoke); err != nil {
				t.Fatal(err)
			}
			if _, active, err := w.Cert.Active(t.Context(), by); active || err != nil {
				t.Errorf("the certificate is active: %v %v", active, err)
			}
			if _, err := w.Cert.Asks(t.Context(), by); app.KindOf(err) != app.NotFound {
				t.Errorf("the session goes on: %v", err)
			}
			sample, _ := demo.Find(who)
			c := sample.Credentials()
			if _, err := w.Identity.LogIn(t.Context(), sample.Face, c, device); app.KindOf(err) != app.Invalid {
				t.Errorf("the old password: %v", err)
			}
			c.Password = newPassword
			blocked(w, w.LogIn(sample.Face, c), who)
		})
	}
}

func TestAResetLiftsTheLockHoweverTheAccountIsNamed(t *testing.T) {
	w := apptest.New(t)
	w.People()
	sample, _ := demo.Find(demo.WorkerA)
	c := sample.Credentials()
	r := sent(w, demo.WorkerA, forgotten(demo.WorkerA))
	names := []string{sample.Mobile, sample.Number}
	for _, name := range names {
		for range 6 {
			c.Name, c.Password = name, "Wrong2026"
			w.Identity.LogIn(t.Context(), sample.Face, c, device)
		}
	}
	if err := w.Identity.ResetPassword(t.Context(), r, device, w.Cert.Revoke); err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		c.Name, c.Password = name, newPassword
		if _, err := w.Identity.LogIn(t.Context(), sample.Face, c, device); err != nil {
			t.Errorf("log-in by %s: %v", name, err)
		}
	}
}

// blocked checks that for 24 hours no certificate can be activated and no face taken.
func blocked(w *apptest.World, by app.Actor, who demo.Who) {
	w.T.Helper()
	activate := func() error {
		code := w.SMSCode(by, who, identity.ForCertificate)
		return w.Cert.Activate(w.T.Context(), by, cert.Activation{Code: code, Passphrase: apptest.Passphrase, Again: apptest.Passphrase, Agreed: true, Password: newPassword})
	}
	enrol := func() error {
		_, err := w.Identity.Enrol(w.T.Context(), by, identity.Enrolment{Agreed: []string{identity.FaceConsent.Name}, Proof: identity.Proof{Password: newPassword, Code: w.SMSCode(by, who, identity.ForFace)}})
		return err
	}
	w.Wait(10 * time.Minute)
	if err := enrol(); app.KindOf(err) != app.Conflict || !strings.Contains(err.Error(), "刚刚变更") {
		w.T.Errorf("a face is taken after ten minutes: %v", err)
	}
	if err := activate(); app.KindOf(err) != app.Conflict || !strings.Contains(err.Error(), "刚刚变更") {
		w.T.Errorf("activation after ten minutes: %v", err)
	}
	for range 3 { // a session lives while it is used
		w.Wait(8 * time.Hour)
	}
	if err := activate(); err != nil {
		w.T.Errorf("activation after 24 hours: %v", err)
	}
	if err := enrol(); err != nil {
		w.T.Errorf("a face is not taken after 24 hours: %v", err)
	}
}

func TestAForgottenPasswordTellsNotWhetherAnAccountExists(t *testing.T) {
	w := apptest.New(t)
	w.People()
	for _, way := range []struct{ known, unknown identity.Reset }{
		{forgotten(demo.WorkerA), identity.Reset{Way: identity.AsPerson, Mobile: "13912345678", Password: newPassword, Again: newPassword}},
		{forgotten(demo.Boss), identity.Reset{Way: identity.AsEnterprise, USCC: "91330106673959654P", Password: newPassword, Again: newPassword}},
	} {
		send := func(r identity.Reset) error { return w.Identity.SendResetCode(t.Context(), r) }
		reset := func(r identity.Reset) error {
			r.Code = "00000x"
			return w.Identity.ResetPassword(t.Context(), r, device, w.Cert.Revoke)
		}
		for i, ask := range []func(identity.Reset) error{reset, send, send, reset} { // without a code, the first, one too early, a wrong one
			known, unknown := ask(way.known), ask(way.unknown)
			if (known == nil) != (unknown == nil) || known != nil && known.Error() != unknown.Error() {
				t.Errorf("%s, step %d: %v, but of nobody %v", way.known.Way, i, known, unknown)
			}
		}
	}
}
