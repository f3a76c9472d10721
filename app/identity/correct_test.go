package identity_test

import (
	"slices"
	"strings"
	"testing"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/cert"
	"laoqi/app/demo"
	"laoqi/app/identity"
	"laoqi/app/notify"
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

// desk is the world as the desk corrects it.
type desk struct{ *apptest.World }

// asHas is what the desk would type from the sample person's document, but for change.
func asHas(w *apptest.World, who demo.Who, change func(*identity.Correction)) identity.Correction {
	w.T.Helper()
	x, err := w.Identity.Person(w.T.Context(), w.Actor(who).Person)
	if err != nil {
		w.T.Fatal(err)
	}
	c := identity.Correction{Name: x.Name, IDType: x.IDType, IDNumber: x.IDNumber, IDFrom: x.IDFrom, IDUntil: x.IDUntil}
	change(&c)
	return c
}

func (d desk) amends(who demo.Who, c identity.Correction) error {
	return d.Identity.CorrectPerson(d.T.Context(), d.Actor(demo.Reviewer), d.Actor(who).Person, c, checked, d.Cert.Revoke, d.Corrected)
}

func (d desk) must(err error) {
	d.T.Helper()
	if err != nil {
		d.T.Fatal(err)
	}
}

func (d desk) told(by app.Actor, words string) {
	d.T.Helper()
	inbox, err := d.Notify.Inbox(d.T.Context(), by.Account, 0)
	d.must(err)
	if !slices.ContainsFunc(inbox, func(m notify.Message) bool { return strings.Contains(m.Text, words) }) {
		d.T.Errorf("account %d was not told %q", by.Account, words)
	}
}

func TestADocumentThatIsValidLongerChangesNothingElse(t *testing.T) {
	d := desk{apptest.New(t)}
	d.People()
	by := d.Actor(demo.WorkerA)
	d.Activate(by, demo.WorkerA)
	long := asHas(d.World, demo.WorkerA, func(c *identity.Correction) { c.Long = true })
	d.must(d.amends(demo.WorkerA, long))
	p, err := d.Identity.Person(t.Context(), by.Person)
	d.must(err)
	if !p.IDUntil.IsZero() {
		t.Errorf("valid until %s", p.IDUntil)
	}
	if _, active, err := d.Cert.Active(t.Context(), by); !active || err != nil {
		t.Errorf("the certificate: %v %v", active, err)
	}
	if _, err := d.Cert.Asks(t.Context(), by); err != nil {
		t.Errorf("the session: %v", err)
	}
	d.told(by, "更新了证件有效期")
	if err := d.amends(demo.WorkerA, long); app.KindOf(err) != app.Invalid {
		t.Errorf("the same again: %v", err)
	}
}

func TestTheDeskCorrectsNoIdentityIntoSomebodyElses(t *testing.T) {
	d := desk{apptest.New(t)}
	d.People()
	other, _ := demo.Find(demo.WorkerB)
	if err := d.amends(demo.WorkerA, asHas(d.World, demo.WorkerA, func(c *identity.Correction) { c.IDNumber = other.Number })); app.KindOf(err) != app.Conflict {
		t.Errorf("a number that somebody else proved: %v", err)
	}
	stranger := registered(d.World)
	err := d.Identity.CorrectPerson(t.Context(), d.Actor(demo.Reviewer), stranger.Person, right(d.World), checked, d.Cert.Revoke, d.Corrected)
	if app.KindOf(err) != app.Conflict {
		t.Errorf("of a person nobody verified: %v", err)
	}
	err = d.Identity.CorrectPerson(t.Context(), d.Actor(demo.Reviewer), stranger.Person, identity.Correction{}, "", d.Cert.Revoke, d.Corrected)
	if got := len(app.FaultsOf(err)); got != 5 {
		t.Errorf("an empty form: %v", err)
	}
}

func TestWhatBearsAnIdentityThatTheDeskCorrectsEnds(t *testing.T) {
	d := desk{apptest.New(t)}
	d.People()
	ctx, boss, clerk, operator, worker := t.Context(), d.Actor(demo.Boss), d.Actor(demo.Agent), d.Actor(demo.Operator), d.Actor(demo.WorkerA)
	d.must(d.Enterprise.Enable(ctx, clerk))
	contracts := d.MakeSeal(boss, app.SealContract)
	d.Wait(identity.CodePause)
	d.MakeSeal(boss, app.SealLegalRep)
	d.Grant(boss, contracts, demo.Operator)
	d.Activate(operator, demo.Operator)
	d.Authorize(clerk, operator)
	d.Roster(clerk, d.Actor(demo.Reviewer), apptest.Form(demo.WorkerA))
	d.Idle()

	d.must(d.amends(demo.Operator, asHas(d.World, demo.Operator, func(c *identity.Correction) { c.Name = "刘阳" })))
	if _, lives, err := d.Seal.Live(ctx, clerk.Enterprise); lives || err != nil {
		t.Errorf("the authorization lives: %v %v", lives, err)
	}
	if granted, err := d.Seal.Granted(ctx, operator.Person); len(granted) != 1 || err != nil {
		t.Errorf("granted are %v, %v", granted, err)
	}
	d.told(clerk, "电子合同签章授权已失效")
	if _, err := d.Cert.Asks(ctx, operator); app.KindOf(err) != app.NotFound {
		t.Errorf("the session goes on: %v", err)
	}
	if asks, err := d.Cert.Asks(ctx, d.Actor(demo.Operator)); asks.Blocked == "" || err != nil {
		t.Errorf("a certificate can be activated: %+v %v", asks, err)
	}

	d.must(d.amends(demo.Boss, asHas(d.World, demo.Boss, func(c *identity.Correction) { c.Name = "孙庆园" })))
	seals, err := d.Seal.List(ctx, d.Actor(demo.Boss))
	d.must(err)
	for _, x := range seals {
		if x.Void() != (x.Kind == app.SealLegalRep) {
			t.Errorf("%s is void: %v", x.Name, x.Void())
		}
	}

	unsigned := func() int64 { n, err := d.Contract.Unsigned(ctx, worker.Person); d.must(err); return n }
	if unsigned() != 1 {
		t.Fatal("no contract waits for the worker")
	}
	as := asHas(d.World, demo.WorkerA, func(*identity.Correction) {})
	other := as
	other.Name = "王秀蓝"
	d.must(d.amends(demo.WorkerA, other))
	if strays, err := d.Contract.Strays(ctx, worker.Person); len(strays) != 1 || unsigned() != 0 || err != nil {
		t.Errorf("of another name: %v, %d wait, %v", strays, unsigned(), err)
	}
	d.told(clerk, "重新备案")
	d.must(d.amends(demo.WorkerA, as))
	if unsigned() != 1 {
		t.Error("the contract does not follow the name that it states")
	}
}
