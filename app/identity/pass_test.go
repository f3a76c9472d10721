package identity_test

import (
	"testing"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/demo"
	"laoqi/app/identity"
	"laoqi/app/store"
)

var intent = identity.Intent{Purpose: identity.ForSeal, Object: "void:7"}

func TestAPassServesOneActOfItsAccountOnce(t *testing.T) {
	w := apptest.New(t)
	w.People()
	boss, other := w.Actor(demo.Boss), w.Actor(demo.WorkerA)
	token, err := w.Identity.GivePass(t.Context(), boss, intent)
	if err != nil {
		t.Fatal(err)
	}
	acts := 0
	prove := func(by app.Actor, i identity.Intent, token string) error {
		return w.Identity.Proved(t.Context(), by, i, identity.Proof{Password: demo.Password, Pass: token}, func(*store.Tx) error { acts++; return nil })
	}
	for what, err := range map[string]error{
		"another object":  prove(boss, identity.Intent{Purpose: identity.ForSeal, Object: "void:8"}, token),
		"another purpose": prove(boss, identity.Intent{Purpose: identity.ForAgent, Object: "void:7"}, token),
		"another account": prove(other, intent, token),
		"another pass":    prove(boss, intent, "made up"),
	} {
		if app.FaultsOf(err).Of("by") == "" || acts > 0 {
			t.Errorf("%s: %v, %d acts", what, err, acts)
		}
	}
	if open, err := w.Identity.Passed(t.Context(), boss, intent, token); !open || err != nil {
		t.Fatalf("the pass is not open any more: %v", err)
	}
	if err := prove(boss, intent, token); err != nil || acts != 1 {
		t.Fatalf("%v, %d acts", err, acts)
	}
	if err := prove(boss, intent, token); app.FaultsOf(err).Of("by") == "" || acts != 1 {
		t.Fatalf("a second act with the same pass: %v, %d acts", err, acts)
	}
}
