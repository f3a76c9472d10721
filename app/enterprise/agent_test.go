package enterprise_test

import (
	"testing"
	"time"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/apptest/head"
	"laoqi/app/demo"
	"laoqi/app/enterprise"
	"laoqi/app/hub"
	"laoqi/app/identity"
)

// office is an installation with the sample enterprise, its legal rep at work.
type office struct {
	*apptest.World
	boss  app.Actor
	today app.Date
}

func open(t *testing.T) *office {
	w := apptest.New(t)
	w.People()
	return &office{w, w.Actor(demo.Boss), app.DateOf(w.Now())}
}

// form is the form 添加经办人 for a sample person.
func (o *office) form(who demo.Who) enterprise.AgentForm {
	return enterprise.AgentForm{Known: apptest.Known(who), IDFrom: o.today.AddYears(-1), IDUntil: o.today.AddYears(9),
		Password: demo.Password, Again: demo.Password, AgentTerms: enterprise.AgentTerms{From: o.today, Until: o.today.AddYears(1)}}
}

func (o *office) draft(f enterprise.AgentForm) enterprise.AgentDraft {
	o.T.Helper()
	d, err := o.Enterprise.DraftAgent(o.T.Context(), o.boss, f)
	if err != nil {
		o.T.Fatal(err)
	}
	return d
}

func (o *office) proof() identity.Proof {
	o.T.Helper()
	return identity.Proof{Password: demo.Password, Code: o.SMSCode(o.boss, demo.Boss, identity.ForAgent)}
}

// sample is the agent of the sample enterprise.
func (o *office) sample() enterprise.Agent {
	o.T.Helper()
	all, err := o.Enterprise.Agents(o.T.Context(), o.boss)
	if err != nil || len(all) != 1 {
		o.T.Fatalf("%d agents, %v", len(all), err)
	}
	return all[0]
}

func refused(t *testing.T, err error, k app.Kind) {
	t.Helper()
	if err == nil || app.KindOf(err) != k {
		t.Errorf("got %v, want kind %d", err, k)
	}
}

func TestTheAgentFormNamesAllFaultsAtOnce(t *testing.T) {
	o := open(t)
	_, err := o.Enterprise.DraftAgent(t.Context(), o.boss, enterprise.AgentForm{Password: "short", Again: "other"})
	faults := app.FaultsOf(err)
	for _, field := range []string{app.FieldName, app.FieldIDNumber, "id_from", "id_until", app.FieldMobile, "password", "again", "from", "until"} {
		if faults.Of(field) == "" {
			t.Errorf("no fault at %s", field)
		}
	}
}

func TestAnAgentIsAddedOnlyWithPasswordAndCodeOfWhoeverAdds(t *testing.T) {
	o := open(t)
	d := o.draft(o.form(demo.WorkerB))
	add := func(p identity.Proof) error {
		_, err := o.Enterprise.AddAgent(t.Context(), o.boss, d, p)
		return err
	}
	proof := o.proof()
	for field, p := range map[string]identity.Proof{"password": {Password: "Wrong2026", Code: proof.Code}, "code": {Password: demo.Password, Code: "00000x"}} {
		if text := app.FaultsOf(add(p)).Of(field); text == "" {
			t.Errorf("a wrong %s was taken", field)
		}
	}
	if err := add(proof); err != nil {
		t.Fatal(err)
	}
	all, err := o.Enterprise.Agents(t.Context(), o.boss)
	if err != nil || len(all) != 2 || all[1].Confirmed || all[1].State(o.today) != enterprise.AgentValid {
		t.Errorf("the list shows %+v, %v", all, err)
	}
}

func TestTheSamePersonIsAgentOfAnEnterpriseOnce(t *testing.T) {
	o := open(t)
	d := o.draft(o.form(demo.WorkerB)) // two tabs with the same form
	if _, err := o.Enterprise.AddAgent(t.Context(), o.boss, d, o.proof()); err != nil {
		t.Fatal(err)
	}
	o.Wait(identity.CodePause)
	_, err := o.Enterprise.AddAgent(t.Context(), o.boss, d, o.proof())
	refused(t, err, app.Invalid)
	_, err = o.Enterprise.DraftAgent(t.Context(), o.boss, o.form(demo.Agent))
	refused(t, err, app.Invalid)
}

func TestAnAgentWhoseStatementDiffersFromAVerifiedPersonIsRefused(t *testing.T) {
	o := open(t)
	f := o.form(demo.WorkerB)
	f.Name = "李建军"
	_, err := o.Enterprise.DraftAgent(t.Context(), o.boss, f)
	refused(t, err, app.Invalid)
}

func TestOnlyTheSessionThatDraftedCanOpenTheDraft(t *testing.T) {
	o := open(t)
	sealed, err := o.Enterprise.SealDraft(o.boss, o.draft(o.form(demo.WorkerB)))
	if err != nil {
		t.Fatal(err)
	}
	if d, err := o.Enterprise.OpenDraft(o.boss, sealed); err != nil || d.Name != apptest.Known(demo.WorkerB).Name || d.Until != o.today.AddYears(1) {
		t.Errorf("its own session reads %+v, %v", d, err)
	}
	_, err = o.Enterprise.OpenDraft(o.Actor(demo.Boss), sealed)
	refused(t, err, app.Conflict)
}

func TestAnAgentOfAnotherEnterpriseIsNotFound(t *testing.T) {
	o := open(t)
	id, stranger, terms := o.sample().ID, o.boss, o.sample().AgentTerms
	stranger.Enterprise++
	_, err := o.Enterprise.Agent(t.Context(), stranger, id)
	refused(t, err, app.NotFound)
	refused(t, o.Enterprise.EditAgent(t.Context(), stranger, id, terms, terms), app.Conflict)
	refused(t, o.Enterprise.SetAgentPassword(t.Context(), stranger, id, "Xinmima26", "Xinmima26"), app.NotFound)
	refused(t, o.Enterprise.RemoveAgent(t.Context(), stranger, id, o.Cert.Revoke), app.NotFound)
}

func TestOfTwoTabsThatEditAnAgentTheFirstWins(t *testing.T) {
	o := open(t)
	a := o.sample()
	longer, managing := a.AgentTerms, a.AgentTerms
	longer.Until, managing.Manages = longer.Until.AddYears(1), true
	if err := o.Enterprise.EditAgent(t.Context(), o.boss, a.ID, a.AgentTerms, longer); err != nil {
		t.Fatal(err)
	}
	refused(t, o.Enterprise.EditAgent(t.Context(), o.boss, a.ID, a.AgentTerms, managing), app.Conflict)
	if got := o.sample().AgentTerms; got != longer {
		t.Errorf("the terms are %+v", got)
	}
}

// clerk logs the sample agent in and listens for the end of the session.
func (o *office) clerk() (by app.Actor, ended func() bool) {
	o.T.Helper()
	by = o.Actor(demo.Agent)
	heard, stop := o.Hub.Subscribe(hub.Session(by.Session))
	o.T.Cleanup(stop)
	return by, func() bool {
		select {
		case <-heard:
			return true
		case <-time.After(10 * time.Second):
			return false
		}
	}
}

func (o *office) logsIn(password string) (identity.Session, error) {
	sample, _ := demo.Find(demo.Agent)
	c := sample.Credentials()
	c.Password = password
	token, err := o.Identity.LogIn(o.T.Context(), sample.Face, c, app.Device{Address: "192.0.2.9"})
	if err != nil {
		return identity.Session{}, err
	}
	return o.Identity.Session(o.T.Context(), sample.Face, token, app.Device{})
}

func TestAnAgentWhoseValidityIsOverIsLoggedOutAtOnce(t *testing.T) {
	o := open(t)
	_, ended := o.clerk()
	a := o.sample()
	later := enterprise.AgentTerms{From: o.today.AddDays(1), Until: o.today.AddYears(1)}
	if err := o.Enterprise.EditAgent(t.Context(), o.boss, a.ID, a.AgentTerms, later); err != nil {
		t.Fatal(err)
	}
	if !ended() || o.sample().State(o.today) != enterprise.AgentEarly {
		t.Error("the session goes on")
	}
	_, err := o.logsIn(demo.Password)
	refused(t, err, app.Invalid)
	if got := o.sample().State(o.today.AddYears(2)); got != enterprise.AgentExpired {
		t.Errorf("two years later the state is %s", got)
	}
}

func TestAnAgentsNewPasswordAsksForTheAgentsOwnMobileAgain(t *testing.T) {
	o := open(t)
	_, ended := o.clerk()
	if err := o.Enterprise.SetAgentPassword(t.Context(), o.boss, o.sample().ID, "Xinmima26", "Xinmima26"); err != nil {
		t.Fatal(err)
	}
	if !ended() {
		t.Error("the session goes on")
	}
	_, err := o.logsIn(demo.Password)
	refused(t, err, app.Invalid)
	if session, err := o.logsIn("Xinmima26"); err != nil || !session.Unconfirmed {
		t.Errorf("the new password: %+v, %v", session, err)
	}
}

func TestARemovedAgentIsOutWithSessionsAndCertificate(t *testing.T) {
	o := open(t)
	by, ended := o.clerk()
	o.Activate(by, demo.Agent)
	id := o.sample().ID
	if err := o.Enterprise.RemoveAgent(t.Context(), o.boss, id, o.Cert.Revoke); err != nil {
		t.Fatal(err)
	}
	if !ended() {
		t.Error("the session goes on")
	}
	if _, active, err := o.Cert.Active(t.Context(), by); active || err != nil {
		t.Errorf("the certificate is active: %v %v", active, err)
	}
	_, err := o.logsIn(demo.Password)
	refused(t, err, app.Invalid)
	refused(t, o.Enterprise.RemoveAgent(t.Context(), o.boss, id, o.Cert.Revoke), app.NotFound)
	if _, err := o.Enterprise.DraftAgent(t.Context(), o.boss, o.form(demo.Agent)); err != nil {
		t.Errorf("a removed agent cannot be added again: %v", err)
	}
}

func TestTheFaceOfARemovedAgentIsDeletedUnlessThePersonHasAnotherAccount(t *testing.T) {
	o := open(t)
	agent := o.sample().ID
	worker := o.Employ(o.boss, demo.Boss, demo.WorkerA, "Jingban26", false)
	o.Wait(time.Minute)
	for who, id := range map[demo.Who]int64{demo.Agent: agent, demo.WorkerA: worker} {
		o.TakeFace(who, head.Wang)
		by := o.Actor(who)
		if err := o.Enterprise.RemoveAgent(t.Context(), o.boss, id, o.Cert.Revoke); err != nil {
			t.Fatal(err)
		}
		if r, err := o.Identity.Record(t.Context(), by); err != nil || r.Face != (who == demo.WorkerA) {
			t.Errorf("%s: a face is kept: %v, %v", who, r.Face, err)
		}
	}
}
