package identity_test

import (
	"strings"
	"testing"
	"time"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/demo"
	"laoqi/app/identity"
	"laoqi/app/store"
)

// uses answers with the code as an act does, and returns the sentence for its field.
func uses(w *apptest.World, by app.Actor, code string) (problem string) {
	w.T.Helper()
	err := w.DB.Write(w.T.Context(), func(tx *store.Tx) (err error) {
		problem, err = w.Identity.UseCode(w.T.Context(), tx, by, identity.ForSigning, code)
		return err
	})
	if err != nil {
		w.T.Fatal(err)
	}
	return problem
}

// wrong is a code of six digits that was not sent.
func wrong(code string) string { return string('0'+(code[0]-'0'+1)%10) + code[1:] }

func TestACodeLivesFiveMinutes(t *testing.T) {
	for age, want := range map[time.Duration]string{4*time.Minute + 59*time.Second: "", 5 * time.Minute: "已过期"} {
		apptest.Bubble(t, func(t *testing.T, w *apptest.World) {
			w.People()
			by, sent := w.Actor(demo.WorkerA), w.Now()
			code := w.SMSCode(by, demo.WorkerA, identity.ForSigning)
			w.WaitUntil(sent.Add(age))
			if got := uses(w, by, code); (got == "") != (want == "") || !strings.Contains(got, want) {
				t.Errorf("after %s: %q", age, got)
			}
		})
	}
}

func TestTheNextCodeComesAfterSixtySeconds(t *testing.T) {
	apptest.Bubble(t, func(t *testing.T, w *apptest.World) {
		w.People()
		by, sent := w.Actor(demo.WorkerA), w.Now()
		first := w.SMSCode(by, demo.WorkerA, identity.ForSigning)
		w.WaitUntil(sent.Add(59 * time.Second))
		if wait, err := w.Identity.CodeWait(t.Context(), by, identity.ForSigning); err != nil || wait != time.Second {
			t.Errorf("after 59 s the next one is %s away, %v", wait, err)
		}
		if err := w.Identity.SendCode(t.Context(), by, identity.ForSigning); app.KindOf(err) != app.TooMany || !strings.Contains(err.Error(), "1 秒后") {
			t.Errorf("after 59 s: %v", err)
		}
		w.WaitUntil(sent.Add(60 * time.Second))
		if second := w.SMSCode(by, demo.WorkerA, identity.ForSigning); uses(w, by, first) == "" && first != second {
			t.Error("the first code is still good after the second")
		}
	})
}

func TestFiveWrongTriesSpendACode(t *testing.T) {
	for tries, want := range map[int]string{4: "", 5: "输错 5 次已作废"} {
		apptest.Bubble(t, func(t *testing.T, w *apptest.World) {
			w.People()
			by := w.Actor(demo.WorkerA)
			code := w.SMSCode(by, demo.WorkerA, identity.ForSigning)
			for range tries {
				if got := uses(w, by, wrong(code)); !strings.Contains(got, "不正确") {
					t.Fatalf("a wrong code: %q", got)
				}
			}
			if got := uses(w, by, code); (got == "") != (want == "") || !strings.Contains(got, want) {
				t.Errorf("the right one after %d wrong ones: %q", tries, got)
			}
		})
	}
}

func TestAPassEndsAfterFiveMinutes(t *testing.T) {
	apptest.Bubble(t, func(t *testing.T, w *apptest.World) {
		w.People()
		boss, made := w.Actor(demo.Boss), w.Now()
		token, err := w.Identity.GivePass(t.Context(), boss, intent)
		if err != nil {
			t.Fatal(err)
		}
		w.WaitUntil(made.Add(5*time.Minute - time.Second))
		if open, err := w.Identity.Passed(t.Context(), boss, intent, token); !open || err != nil {
			t.Errorf("after 4:59 it is over: %v", err)
		}
		w.WaitUntil(made.Add(5 * time.Minute))
		if open, err := w.Identity.Passed(t.Context(), boss, intent, token); open || err != nil {
			t.Errorf("after 5:00 it is open: %v", err)
		}
	})
}

// guarded is a place that asks for a password: what it answers to one from an address.
type guarded func(address, password string) app.Kind

const accepted app.Kind = -1

// answer is the kind of what a page would say.
func answer(problem string, err error) app.Kind {
	switch {
	case err != nil:
		return app.KindOf(err)
	case problem != "":
		return app.Invalid
	}
	return accepted
}

// locks checks the rule of five wrong passwords: by account and address together,
// for a quarter of an hour.
func (ask guarded) locks(t *testing.T, w *apptest.World, right string, others ...guarded) {
	t.Helper()
	expect := func(when string, got, want app.Kind) {
		t.Helper()
		if got != want {
			t.Errorf("%s: kind %d, want %d", when, got, want)
		}
	}
	const here, elsewhere, bad = "192.0.2.7", "192.0.2.8", "Wrong2026"
	for range 4 {
		expect("a wrong one", ask(here, bad), app.Invalid)
	}
	expect("the right one after four wrong ones", ask(here, right), accepted)
	for range 5 {
		expect("a wrong one", ask(here, bad), app.Invalid)
	}
	locked := w.Now()
	expect("the right one while locked", ask(here, right), app.TooMany)
	expect("from another address", ask(elsewhere, right), accepted)
	for _, other := range others {
		expect("another account", other(here, right), accepted)
	}
	w.WaitUntil(locked.Add(15*time.Minute - time.Second))
	expect("after 14:59", ask(here, right), app.TooMany)
	w.WaitUntil(locked.Add(15 * time.Minute))
	expect("after 15:00", ask(here, right), accepted)
}

func TestFiveWrongPasswordsLockALogInForAQuarterOfAnHour(t *testing.T) {
	apptest.Bubble(t, func(t *testing.T, w *apptest.World) {
		w.People()
		logIn := func(who demo.Who) guarded {
			sample, _ := demo.Find(who)
			return func(address, password string) app.Kind {
				c := sample.Credentials()
				c.Password = password
				_, err := w.Identity.LogIn(t.Context(), sample.Face, c, app.Device{Address: address})
				return answer("", err)
			}
		}
		logIn(demo.Boss).locks(t, w, demo.Password, logIn(demo.Agent), logIn(demo.WorkerA))
	})
}

func TestFiveWrongPasswordsLockAProofForAQuarterOfAnHour(t *testing.T) {
	apptest.Bubble(t, func(t *testing.T, w *apptest.World) {
		w.People()
		prove := func(who demo.Who) guarded {
			by := w.Actor(who)
			return func(address, password string) app.Kind {
				by.Device.Address = address
				return answer(w.Identity.Prove(t.Context(), by, password))
			}
		}
		prove(demo.Boss).locks(t, w, demo.Password, prove(demo.WorkerA))
	})
}

func TestFiveWrongPasswordsLockASwitchForAQuarterOfAnHour(t *testing.T) {
	apptest.Bubble(t, func(t *testing.T, world *apptest.World) {
		w := actingTwiceIn(world)
		guarded(func(address, password string) app.Kind {
			w.token = w.logIn(demo.EnterpriseUSCC, demo.Password) // which was not there yet
			by := w.session().Actor
			by.Device.Address = address
			return answer(w.Identity.Switch(t.Context(), by, w.secondAcc, password))
		}).locks(t, world, secondPassword)
	})
}
