package identity_test

import (
	"strings"
	"testing"
	"time"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/apptest/softkey"
	"laoqi/app/demo"
	"laoqi/app/identity"
	"laoqi/app/passkey"
	"laoqi/app/store"
)

var office = passkey.Site{Host: "office-pc.lan", Origin: "https://office-pc.lan:8443"}

// keyed is a world in which sample people add passkeys.
type keyed struct {
	*apptest.World
	t *testing.T
}

func keyring(t *testing.T) keyed {
	w := keyed{apptest.New(t), t}
	w.People()
	return w
}

func (w keyed) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// asksNew is the question for a new passkey.
func (w keyed) asksNew(by app.Actor, who demo.Who) (string, error) {
	w.t.Helper()
	w.Wait(identity.CodePause)
	code := w.SMSCode(by, who, identity.ForPasskey)
	return w.Identity.AskNewPasskey(w.t.Context(), by, office, identity.NewPasskey{Name: "我的手机", Proof: identity.Proof{Password: demo.Password, Code: code}})
}

// adds gives the person a passkey.
func (w keyed) adds(by app.Actor, who demo.Who) *softkey.Key {
	w.t.Helper()
	options, err := w.asksNew(by, who)
	w.must(err)
	key := softkey.New(office.Host, office.Origin)
	w.must(w.Identity.AddPasskey(w.t.Context(), by, office, "我的手机", key.Make(options)))
	return key
}

// logsIn tries to log in to the face by the passkey.
func (w keyed) logsIn(face string, key *softkey.Key) (app.Actor, error) {
	w.t.Helper()
	options, err := w.Identity.AskPasskeyLogin(w.t.Context(), office)
	w.must(err)
	token, err := w.Identity.LogInByPasskey(w.t.Context(), face, office, key.Use(options), device)
	if err != nil {
		return app.Actor{}, err
	}
	session, err := w.Identity.Session(w.t.Context(), face, token, device)
	w.must(err)
	return session.Actor, nil
}

func TestAPasskeyLogsInToItsOwnAccount(t *testing.T) {
	w := keyring(t)
	worker, boss := w.Actor(demo.WorkerA), w.Actor(demo.Boss)
	own, enterprise := w.adds(worker, demo.WorkerA), w.adds(boss, demo.Boss)
	if by, err := w.logsIn(identity.FaceMobile, own); err != nil || by.Account != worker.Account {
		t.Errorf("%v %v", by, err)
	}
	for _, face := range []string{identity.FaceMobile, identity.FaceHall} {
		if by, err := w.logsIn(face, enterprise); err != nil || by.Account != boss.Account {
			t.Errorf("%s: %v %v", face, by, err)
		}
	}
	if _, err := w.logsIn(identity.FaceHall, own); app.KindOf(err) != app.Conflict {
		t.Errorf("a personal passkey in the hall: %v", err)
	}
	list, err := w.Identity.Passkeys(t.Context(), worker)
	if err != nil || len(list) != 1 || list[0].Name != "我的手机" || list[0].UsedAt.IsZero() {
		t.Errorf("%v %v", list, err)
	}
}

func TestALogInByPasskeyDoesNotCountAsAPassword(t *testing.T) {
	w := keyring(t)
	key := w.adds(w.Actor(demo.WorkerA), demo.WorkerA)
	by, err := w.logsIn(identity.FaceMobile, key)
	w.must(err)
	if asks, err := w.Cert.Asks(t.Context(), by); !asks.Password || err != nil {
		t.Errorf("after a passkey: %v %v", asks, err)
	}
	if asks, err := w.Cert.Asks(t.Context(), w.Actor(demo.WorkerA)); asks.Password || err != nil {
		t.Errorf("after a password: %v %v", asks, err)
	}
}

func TestAPasskeyGivesAPassForOneAct(t *testing.T) {
	w := keyring(t)
	boss := w.Actor(demo.Boss)
	key := w.adds(boss, demo.Boss)
	options, err := w.Identity.AskPasskey(t.Context(), boss, office, intent)
	w.must(err)
	answer := key.Use(options)
	pass, err := w.Identity.AnswerPasskey(t.Context(), boss, office, answer)
	w.must(err)
	acts := 0
	act := func(i identity.Intent, password string) error {
		return w.Identity.Proved(t.Context(), boss, i, identity.Proof{Password: password, Pass: pass}, func(*store.Tx) error { acts++; return nil })
	}
	for what, err := range map[string]error{
		"another object":     act(identity.Intent{Purpose: identity.ForSeal, Object: "void:8"}, demo.Password),
		"no password beside": act(intent, "Wrong2026"),
	} {
		if app.KindOf(err) != app.Invalid || acts != 0 {
			t.Errorf("%s: %v", what, err)
		}
	}
	if err := act(intent, demo.Password); err != nil || acts != 1 {
		t.Errorf("the act: %v, %d", err, acts)
	}
	if _, err := w.Identity.AnswerPasskey(t.Context(), boss, office, answer); app.FaultsOf(err).Of("by") == "" {
		t.Errorf("a replayed answer: %v", err)
	}
}

func TestAnAnswerServesOnlyWhatWasAsked(t *testing.T) {
	w := keyring(t)
	ctx := t.Context()
	boss, worker := w.Actor(demo.Boss), w.Actor(demo.WorkerA)
	key, other := w.adds(boss, demo.Boss), w.adds(worker, demo.WorkerA)
	asked := func() string {
		options, err := w.Identity.AskPasskey(ctx, boss, office, intent)
		w.must(err)
		return options
	}
	login := func() string {
		options, err := w.Identity.AskPasskeyLogin(ctx, office)
		w.must(err)
		return options
	}
	logIn := func(site passkey.Site, answer string) error {
		_, err := w.Identity.LogInByPasskey(ctx, identity.FaceMobile, site, answer, device)
		return err
	}
	prove := func(by app.Actor, answer string) error {
		_, err := w.Identity.AnswerPasskey(ctx, by, office, answer)
		return err
	}
	answer := key.Use(login())
	w.must(logIn(office, answer))
	old := login()
	w.Wait(6 * time.Minute)
	for what, err := range map[string]error{
		"an answer replayed":           logIn(office, answer),
		"an act's answer, to log in":   logIn(office, key.Use(asked())),
		"a log-in's answer, to act":    prove(boss, key.Use(login())),
		"somebody else's key, to act":  prove(boss, other.Use(asked())),
		"an answer in another session": prove(worker, key.Use(asked())),
		"an old question":              logIn(office, key.Use(old)),
		"another site":                 logIn(passkey.Site{Host: "laoqi.lan", Origin: "https://laoqi.lan"}, key.Use(login())),
		"a key that nobody knows":      logIn(office, softkey.New(office.Host, office.Origin).Use(login())),
		"no answer":                    logIn(office, ""),
		"a use for a new key":          w.Identity.AddPasskey(ctx, boss, office, "手机", key.Use(asked())),
	} {
		if k := app.KindOf(err); k != app.Conflict && k != app.Invalid {
			t.Errorf("%s: %v", what, err)
		}
	}
	options, err := w.asksNew(worker, demo.WorkerA)
	w.must(err)
	if err := w.Identity.AddPasskey(ctx, boss, office, "手机", softkey.New(office.Host, office.Origin).Make(options)); app.KindOf(err) != app.Conflict {
		t.Errorf("a new key for another account: %v", err)
	}
	locked := softkey.New(office.Host, office.Origin)
	locked.Locked = true
	options, err = w.asksNew(worker, demo.WorkerA)
	w.must(err)
	if err := w.Identity.AddPasskey(ctx, worker, office, "手机", locked.Make(options)); app.KindOf(err) != app.Conflict {
		t.Errorf("a new key of a device not unlocked: %v", err)
	}
}

func TestAFailedPasskeyTellsNotWhetherItIsKnownAndIsCounted(t *testing.T) {
	w := keyring(t)
	known := w.adds(w.Actor(demo.WorkerA), demo.WorkerA)
	known.Locked = true
	_, wrong := w.logsIn(identity.FaceMobile, known)
	_, unknown := w.logsIn(identity.FaceMobile, softkey.New(office.Host, office.Origin))
	if wrong == nil || unknown == nil || wrong.Error() != unknown.Error() {
		t.Errorf("known: %v, unknown: %v", wrong, unknown)
	}
	for range 4 {
		w.logsIn(identity.FaceMobile, known)
	}
	known.Locked = false
	if _, err := w.logsIn(identity.FaceMobile, known); err == nil || !strings.Contains(err.Error(), "已锁定") {
		t.Errorf("after five failures: %v", err)
	}
	w.Wait(15 * time.Minute)
	if _, err := w.logsIn(identity.FaceMobile, known); err != nil {
		t.Errorf("after the lock: %v", err)
	}
}

func TestACopiedPasskeyIsRefusedAndThePersonIsTold(t *testing.T) {
	w := keyring(t)
	worker := w.Actor(demo.WorkerA)
	key := w.adds(worker, demo.WorkerA)
	key.Counter = 7
	if _, err := w.logsIn(identity.FaceMobile, key); err != nil {
		t.Fatal(err)
	}
	key.Counter = 3
	w.Screen.Clear()
	if _, err := w.logsIn(identity.FaceMobile, key); err == nil || !strings.Contains(err.Error(), "可能被人复制") {
		t.Errorf("a copy: %v", err)
	}
	w.Idle()
	if m := w.Screen.Messages(); len(m) != 1 || !strings.Contains(m[0].Text, "可能被人复制") {
		t.Errorf("on the phone: %v", m)
	}
	key.Counter = 8
	if _, err := w.logsIn(identity.FaceMobile, key); err != nil {
		t.Errorf("the true one: %v", err)
	}
}

func TestAResetRemovesPasskeysAndBlocksNewOnesForADay(t *testing.T) {
	w := keyring(t)
	key := w.adds(w.Actor(demo.WorkerA), demo.WorkerA)
	w.Wait(time.Minute)
	w.must(w.Identity.ResetPassword(t.Context(), sent(w.World, demo.WorkerA, forgotten(demo.WorkerA)), device, w.Cert.Revoke))
	if _, err := w.logsIn(identity.FaceMobile, key); app.KindOf(err) != app.Conflict {
		t.Errorf("log-in after the reset: %v", err)
	}
	w.Idle()
	if m := w.Screen.Messages(); !strings.Contains(m[0].Text, "1 个通行密钥已删除") {
		t.Errorf("the phone says %s", m[0].Text)
	}
	sample, _ := demo.Find(demo.WorkerA)
	c := sample.Credentials()
	c.Password = newPassword
	by := w.LogIn(sample.Face, c)
	if err := w.Identity.MayAddPasskey(t.Context(), by); app.KindOf(err) != app.Conflict || !strings.Contains(err.Error(), "刚刚变更") {
		t.Errorf("a new one at once: %v", err)
	}
	w.Wait(24 * time.Hour)
	if err := w.Identity.MayAddPasskey(t.Context(), by); err != nil {
		t.Errorf("a new one a day later: %v", err)
	}
}

func TestAChangeOfMobileKeepsPasskeysAndBlocksNewOnesForADay(t *testing.T) {
	w := keyed{apptest.New(t), t}
	personal, enterprise := boss(w.World)
	key := w.adds(enterprise, demo.Boss)
	w.must(w.Identity.ChangeMobile(t.Context(), personal, change(w.World, personal, newMobile), w.Cert.Revoke, w.Verified))
	by, err := w.logsIn(identity.FaceHall, key)
	if err != nil {
		t.Fatalf("log-in: %v", err)
	}
	if err := w.Identity.MayAddPasskey(t.Context(), by); app.KindOf(err) != app.Conflict {
		t.Errorf("a new one: %v", err)
	}
}

func TestAMobileReplacedAtTheDeskEndsThePasskeysOfAllAccounts(t *testing.T) {
	w := keyed{apptest.New(t), t}
	personal, enterprise := boss(w.World)
	key := w.adds(enterprise, demo.Boss)
	w.must(w.Identity.SendMobileCode(t.Context(), newMobile))
	r := identity.Replacement{Mobile: newMobile, Code: w.CodeAt(newMobile), Reason: checked}
	w.must(w.Identity.ReplaceMobile(t.Context(), w.Actor(demo.Reviewer), personal.Person, r, w.Cert.Revoke, w.Verified))
	if _, err := w.logsIn(identity.FaceHall, key); app.KindOf(err) != app.Conflict {
		t.Errorf("log-in: %v", err)
	}
	w.Idle()
	if m := w.Screen.Messages(); !strings.Contains(m[0].Text, "通行密钥已删除") {
		t.Errorf("the phone says %s", m[0].Text)
	}
}

func TestAnAgentsPasskeysEndWithThePasswordAndTheAccount(t *testing.T) {
	for what, end := range map[string]func(keyed, app.Actor, int64) error{
		"another password": func(w keyed, boss app.Actor, agent int64) error {
			return w.Enterprise.SetAgentPassword(w.t.Context(), boss, agent, newPassword, newPassword)
		},
		"removed": func(w keyed, boss app.Actor, agent int64) error {
			return w.Enterprise.RemoveAgent(w.t.Context(), boss, agent, w.Cert.Revoke)
		},
	} {
		t.Run(what, func(t *testing.T) {
			w := keyring(t)
			agent := w.Actor(demo.Agent)
			key := w.adds(agent, demo.Agent)
			if _, err := w.logsIn(identity.FaceHall, key); err != nil {
				t.Fatal(err)
			}
			w.must(end(w, w.Actor(demo.Boss), agent.Account))
			if _, err := w.logsIn(identity.FaceHall, key); app.KindOf(err) != app.Conflict {
				t.Errorf("log-in: %v", err)
			}
		})
	}
}

func TestAPasskeyIsRemovedByItsOwnerOnly(t *testing.T) {
	w := keyring(t)
	worker := w.Actor(demo.WorkerA)
	key := w.adds(worker, demo.WorkerA)
	list, err := w.Identity.Passkeys(t.Context(), worker)
	w.must(err)
	if err := w.Identity.RemovePasskey(t.Context(), w.Actor(demo.Boss), list[0].ID); app.KindOf(err) != app.NotFound {
		t.Errorf("a stranger: %v", err)
	}
	w.must(w.Identity.RemovePasskey(t.Context(), worker, list[0].ID))
	if _, err := w.logsIn(identity.FaceMobile, key); app.KindOf(err) != app.Conflict {
		t.Errorf("log-in: %v", err)
	}
}
