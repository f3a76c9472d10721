package identity_test

import (
	"cmp"
	"errors"
	"sync"
	"testing"
	"time"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/cert"
	"laoqi/app/demo"
	"laoqi/app/hub"
	"laoqi/app/identity"
)

const secondPassword = "Dierjia2026"

// twice is a world in which the sample operator is agent of two enterprises, and
// logged in to the first one's account.
type twice struct {
	*apptest.World
	token               string
	boss, second        app.Actor // the legal reps
	firstAcc, secondAcc int64
}

func actingTwice(t *testing.T) *twice { return actingTwiceIn(apptest.New(t)) }

func actingTwiceIn(world *apptest.World) *twice {
	w := &twice{World: world}
	w.People()
	w.boss, w.second = w.Actor(demo.Boss), w.Second()
	w.firstAcc = w.Employ(w.boss, demo.Boss, demo.Operator, demo.Password, true)
	w.secondAcc = w.Employ(w.second, demo.WorkerB, demo.Operator, secondPassword, true)
	w.token = w.logIn(demo.EnterpriseUSCC, demo.Password)
	w.Confirm(w.session().Actor, demo.Operator)
	return w
}

func (w *twice) logIn(uscc, password string) (token string) {
	w.T.Helper()
	operator, _ := demo.Find(demo.Operator)
	token, err := w.Identity.LogIn(w.T.Context(), identity.FaceMobile, identity.Credentials{Way: identity.AsEnterprise, USCC: uscc, Name: operator.Mobile, Password: password}, device)
	if err != nil {
		w.T.Fatal(err)
	}
	return token
}

func (w *twice) session() identity.Session {
	w.T.Helper()
	session, err := w.Identity.Session(w.T.Context(), identity.FaceMobile, w.token, device)
	if err != nil {
		w.T.Fatal(err)
	}
	return session
}

// switches goes to the account without a fault and returns the session then.
func (w *twice) switches(account int64, password string) identity.Session {
	w.T.Helper()
	if problem, err := w.Identity.Switch(w.T.Context(), w.session().Actor, account, password); err != nil || problem != "" {
		w.T.Fatal(problem, err)
	}
	return w.session()
}

func (w *twice) over() bool {
	_, err := w.Identity.Session(w.T.Context(), identity.FaceMobile, w.token, device)
	return app.KindOf(err) == app.SignedOut
}

func TestTheSecondEnterprisesPasswordIsAskedOnceASession(t *testing.T) {
	w := actingTwice(t)
	for _, password := range []string{"", "Wrong2026", demo.Password} {
		if problem, err := w.Identity.Switch(t.Context(), w.session().Actor, w.secondAcc, password); problem == "" || err != nil || w.session().Actor.Account != w.firstAcc {
			t.Fatalf("with %q: %q, %v", password, problem, err)
		}
	}
	session := w.switches(w.secondAcc, secondPassword)
	if session.Enterprise != apptest.SecondName || session.Actor.Account != w.secondAcc || !session.Unconfirmed {
		t.Errorf("the session is %+v", session)
	}
	w.Confirm(session.Actor, demo.Operator)
	if session = w.switches(w.firstAcc, ""); session.Enterprise != demo.EnterpriseName || session.Unconfirmed {
		t.Errorf("back again it is %+v", session)
	}
	if session = w.switches(w.secondAcc, ""); session.Enterprise != apptest.SecondName {
		t.Errorf("and there again %+v", session)
	}
	w.token = w.logIn(demo.EnterpriseUSCC, demo.Password)
	if problem, err := w.Identity.Switch(t.Context(), w.session().Actor, w.secondAcc, ""); problem == "" || err != nil {
		t.Errorf("another session asks for no password: %v", err)
	}
}

func TestASwitchEndsTheVisitAndCarriesNoProofToTheOtherAccount(t *testing.T) {
	w := actingTwice(t)
	w.Wait(8 * time.Minute)
	first := w.session().Actor
	if err := w.Identity.Unlock(t.Context(), first); err != nil {
		t.Fatal(err)
	}
	if session := w.switches(w.secondAcc, secondPassword); !session.UnlockedAt.IsZero() || !session.ProvedAt.Equal(w.Now()) {
		t.Errorf("the visit goes on: %+v", session)
	}
	if asks, err := w.Cert.Asks(t.Context(), w.session().Actor); err != nil || asks.Password {
		t.Errorf("the password just given counts not: %+v, %v", asks, err)
	}
	// what the first account still has under way in another tab does nothing here
	if _, err := w.Cert.Asks(t.Context(), first); app.KindOf(err) != app.NotFound {
		t.Errorf("the first account's activation: %v", err)
	}
	w.Wait(9 * time.Minute)
	if problem, err := w.Identity.Prove(t.Context(), first, demo.Password); err != nil || problem != "" {
		t.Fatal(problem, err)
	}
	if err := w.Identity.Unlock(t.Context(), first); err != nil {
		t.Fatal(err)
	}
	if session := w.session(); !session.UnlockedAt.IsZero() || session.ProvedAt.Equal(w.Now()) {
		t.Errorf("the first account's proof counts for the second: %+v", session)
	}
	w.switches(w.firstAcc, "")
	if asks, err := w.Cert.Asks(t.Context(), w.session().Actor); err != nil || asks != (cert.Asks{Terms: true, Password: true}) {
		t.Errorf("17 minutes after its log-in the first account asks %+v, %v", asks, err)
	}
}

func TestASessionReachesNoAccountOfAnotherPersonAndNoneThatIsOver(t *testing.T) {
	w := actingTwice(t)
	by := w.session().Actor
	all, err := w.Identity.Others(t.Context(), by)
	if err != nil || len(all) != 1 || all[0].Account != w.secondAcc || all[0].Given || all[0].Confirmed {
		t.Fatalf("offered are %+v, %v", all, err)
	}
	personal := w.Actor(demo.Operator)
	for name, account := range map[string]int64{"the legal rep's": w.boss.Account, "the other legal rep's": w.second.Account, "the person's own": personal.Account,
		"a reviewer's": w.Actor(demo.Reviewer).Account, "the same": w.firstAcc, "none": 999} {
		if _, err := w.Identity.Switch(t.Context(), by, account, demo.Password); app.KindOf(err) != app.NotFound {
			t.Errorf("%s account: %v", name, err)
		}
	}
	unverified := w.Actor(demo.Agent)
	if all, err := w.Identity.Others(t.Context(), unverified); err != nil || len(all) != 0 {
		t.Errorf("a person nobody verified is offered %+v, %v", all, err)
	}
	w.Wait(2 * 367 * 24 * time.Hour)
	if all, err := w.Identity.Others(t.Context(), by); err != nil || len(all) != 0 {
		t.Errorf("after its validity %+v, %v", all, err)
	}
}

func TestARemovedAgentIsOutWhereTheSessionActsForTheAccountOrMayReturnToIt(t *testing.T) {
	for _, back := range []bool{false, true} {
		w := actingTwice(t)
		w.switches(w.secondAcc, secondPassword)
		if back {
			w.switches(w.firstAcc, "")
		}
		heard, stop := w.Hub.Subscribe(hub.Session(w.session().ID))
		if err := w.Enterprise.RemoveAgent(t.Context(), w.second, w.secondAcc, w.Cert.Revoke); err != nil {
			t.Fatal(err)
		}
		if !w.over() || len(heard) == 0 {
			t.Errorf("the session goes on, its pages heard %d", len(heard))
		}
		stop()
	}
}

func TestALostPhonesSessionIsSeenAndEndedFromEachOfItsAccounts(t *testing.T) {
	w := actingTwice(t)
	w.switches(w.secondAcc, secondPassword)
	lost := w.token
	w.token = w.logIn(demo.EnterpriseUSCC, demo.Password)
	by := w.session().Actor
	if open, err := w.Identity.OpenSessions(t.Context(), by); err != nil || len(open) != 2 {
		t.Fatalf("open are %+v, %v", open, err)
	}
	if err := w.Identity.EndOtherSessions(t.Context(), by); err != nil || w.over() {
		t.Fatal("the session that asked is over", err)
	}
	if w.token = lost; !w.over() {
		t.Error("the lost phone's session goes on")
	}
}

func TestOfTwoTabsThatSwitchAtOnceOneDoes(t *testing.T) {
	w := actingTwice(t)
	w.switches(w.secondAcc, secondPassword)
	w.switches(w.firstAcc, "")
	by := w.session().Actor
	var both sync.WaitGroup
	errs := make([]error, 2)
	for i := range errs {
		both.Go(func() { _, errs[i] = w.Identity.Switch(t.Context(), by, w.secondAcc, "") })
	}
	both.Wait()
	if (errs[0] == nil) == (errs[1] == nil) || app.KindOf(errors.Join(errs...)) != app.Conflict {
		t.Errorf("%v and %v", errs[0], errs[1])
	}
	if w.session().Actor.Account != w.secondAcc {
		t.Errorf("the session acts for account %d", w.session().Actor.Account)
	}
}

// verified registers somebody and lets the desk compare the document.
func verified(w *apptest.World, r identity.Registration) {
	w.T.Helper()
	ctx := w.T.Context()
	w.Screen.Clear()
	err := w.Identity.SendRegistrationCode(ctx, r.Mobile)
	r.Code = w.CodeAt(r.Mobile)
	if err == nil {
		_, err = w.Identity.Register(ctx, r, device)
	}
	if err != nil {
		w.T.Fatal(err)
	}
	by := w.LogIn(identity.FaceMobile, identity.Credentials{Way: identity.AsPerson, Name: r.Mobile, Password: r.Password})
	if err = w.Identity.Claim(ctx, by, []byte("\x89PNG\r\n\x1a\n")); err != nil {
		w.T.Fatal(err)
	}
	claim, err := w.Identity.MyClaim(ctx, by.Person)
	if err == nil {
		err = w.Identity.DecideClaim(ctx, w.Actor(demo.Reviewer), claim.ID, "", false, w.Verified)
	}
	if err != nil {
		w.T.Fatal(err)
	}
}

// An agent's account is often older than the person's own registration.
func TestWhoIsVerifiedLaterSwitchesBetweenTheAccountsThatWereThereBefore(t *testing.T) {
	for _, mobile := range []string{"", "13911112222"} { // the agent's, or a namesake's
		w := apptest.New(t)
		w.People()
		second := w.Employ(w.Second(), demo.WorkerB, demo.Agent, secondPassword, false)
		by := w.Actor(demo.Agent)
		if all, err := w.Identity.Others(t.Context(), by); err != nil || len(all) != 0 {
			t.Fatalf("before the verification %+v, %v", all, err)
		}
		r := registration(w, demo.Agent)
		r.Mobile = cmp.Or(mobile, r.Mobile)
		verified(w, r)
		all, err := w.Identity.Others(t.Context(), w.Actor(demo.Agent))
		if err != nil || (len(all) == 1 && all[0].Account == second) != (mobile == "") {
			t.Errorf("after that of mobile %q %+v, %v", mobile, all, err)
		}
	}
}
