package identity_test

import (
	"testing"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/demo"
	"laoqi/app/identity"
)

const checked = "本人到场，已核对身份证原件"

func TestTheDeskReplacesADeadMobileAndClearsTheBlockOnce(t *testing.T) {
	w := apptest.New(t)
	personal, enterprise := boss(w)
	w.Activate(enterprise, demo.Boss)
	reviewer := w.Actor(demo.Reviewer)
	if err := w.Identity.SendMobileCode(t.Context(), newMobile); err != nil {
		t.Fatal(err)
	}
	r := identity.Replacement{Mobile: newMobile, Code: w.CodeAt(newMobile), Reason: checked}
	wrong := r
	wrong.Code = "000000x"
	if err := w.Identity.ReplaceMobile(t.Context(), reviewer, personal.Person, wrong, w.Cert.Revoke, w.Verified); app.FaultsOf(err).Of("code") == "" {
		t.Errorf("a wrong code: %v", err)
	}
	if err := w.Identity.ReplaceMobile(t.Context(), reviewer, personal.Person, r, w.Cert.Revoke, w.Verified); err != nil {
		t.Fatal(err)
	}
	if _, active, err := w.Cert.Active(t.Context(), enterprise); active || err != nil {
		t.Errorf("the certificate is active: %v %v", active, err)
	}
	w.LogIn(identity.FaceMobile, identity.Credentials{Way: identity.AsPerson, Name: newMobile, Password: demo.Password})

	if err := w.Identity.ClearBlock(t.Context(), reviewer, personal.Person, checked); err != nil {
		t.Fatal(err)
	}
	if err := w.Identity.ClearBlock(t.Context(), reviewer, personal.Person, checked); app.KindOf(err) != app.Conflict {
		t.Errorf("cleared again: %v", err)
	}
	x, err := w.Identity.Stand(t.Context(), reviewer, personal.Person)
	if err != nil || !x.Blocked.IsZero() || len(x.Helps) != 2 || x.Helps[0].Kind != identity.Cleared || x.Helps[1].Reason != checked {
		t.Errorf("the desk sees %+v, %v", x, err)
	}
}
