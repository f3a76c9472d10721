package identity_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
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

func TestAllSpellingsOfAnAccountAndItsAddressCountForOneLock(t *testing.T) {
	w := apptest.New(t)
	w.People()
	worker, _ := demo.Find(demo.WorkerA)
	agent, _ := demo.Find(demo.Agent)
	reviewer, _ := demo.Find(demo.Reviewer)
	person := identity.Credentials{Way: identity.AsPerson, Name: worker.Number}
	spelt := func(c identity.Credentials, uscc, name string) identity.Credentials {
		c.USCC, c.Name = uscc, name
		return c
	}
	mobile := person
	mobile.Name = worker.Mobile
	for name, test := range map[string]struct {
		right    identity.Credentials
		spelling func(i int) identity.Credentials
		address  func(i int) string
	}{
		"a USCC that means nothing": {mobile, func(i int) identity.Credentials { return spelt(mobile, strconv.Itoa(i), mobile.Name) }, nil},
		"a USCC at the desk": {reviewer.Credentials(), func(i int) identity.Credentials {
			return spelt(reviewer.Credentials(), strconv.Itoa(i), reviewer.Credentials().Name)
		}, nil},
		"blanks in a number": {person, func(i int) identity.Credentials { return spelt(person, "", person.Name[:i+1]+" "+person.Name[i+1:]) }, nil},
		"a mobile in groups": {mobile, func(i int) identity.Credentials {
			return spelt(mobile, "", "+86 "+mobile.Name[:i+1]+"-"+mobile.Name[i+1:])
		}, nil},
		"an enterprise's way": {agent.Credentials(), func(i int) identity.Credentials {
			c := agent.Credentials()
			return spelt(c, strings.ToLower(c.USCC), c.Name[:i+1]+" "+c.Name[i+1:])
		}, nil},
		"addresses of one network": {mobile, func(int) identity.Credentials { return mobile }, func(i int) string { return fmt.Sprintf("2001:db8:0:1::%d", i) }},
	} {
		t.Run(name, func(t *testing.T) {
			w.Wait(16 * time.Minute)
			ask := func(c identity.Credentials, i int, password string) app.Kind {
				d := device
				if test.address != nil {
					d.Address = test.address(i)
				}
				c.Password = password
				_, err := w.Identity.LogIn(t.Context(), identity.FaceMobile, c, d)
				return answer("", err)
			}
			for i := range 5 {
				if got := ask(test.spelling(i), i, "Wrong2026"); got != app.Invalid {
					t.Errorf("wrong password %d: kind %d", i, got)
				}
			}
			if got := ask(test.right, 9, demo.Password); got != app.TooMany {
				t.Errorf("the right one after five wrong ones: kind %d", got)
			}
		})
	}
}

func TestWrongAnswersAtOnceLockLikeOneAfterTheOther(t *testing.T) {
	apptest.Bubble(t, func(t *testing.T, w *apptest.World) {
		w.People()
		by := w.Actor(demo.WorkerA)
		kinds := make(chan app.Kind, 7)
		try := func() app.Kind {
			right, err := w.Identity.Try(t.Context(), by, "test", func(*store.Tx) (bool, error) { return false, nil })
			if err == nil && !right {
				return app.Invalid
			}
			return app.KindOf(err)
		}
		err := w.DB.Write(t.Context(), func(*store.Tx) error {
			for range cap(kinds) {
				go func() { kinds <- try() }()
			}
			synctest.Wait() // all stand at the writer, whatever they read before
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		count := map[app.Kind]int{}
		for range cap(kinds) {
			count[<-kinds]++
		}
		if count[app.Invalid] != 5 || count[app.TooMany] != 2 {
			t.Errorf("answered by kind: %v", count)
		}
		if got := try(); got != app.TooMany {
			t.Errorf("after them: kind %d", got)
		}
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
