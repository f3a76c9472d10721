package enterprise_test

import (
	"strings"
	"sync"
	"testing"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/audit"
	"laoqi/app/demo"
	"laoqi/app/enterprise"
	"laoqi/app/hub"
	"laoqi/app/identity"
	"laoqi/app/notify"
	"laoqi/app/seal"
)

const newPassword = "Xinfaren26"

// licence is a picture as far as its first bytes tell.
func licence(n string) []byte { return []byte("\x89PNG\r\n\x1a\n" + n) }

func change(n string) enterprise.LegalRepForm {
	return enterprise.LegalRepForm{USCC: demo.EnterpriseUSCC, Licence: licence(n), Password: newPassword, Again: newPassword}
}

// applies lets a sample person apply to be the legal rep; it returns the application.
func (o *office) applies(who demo.Who) int64 {
	o.T.Helper()
	if _, err := o.Enterprise.ApplyAsLegalRep(o.T.Context(), o.Actor(who), change("new")); err != nil {
		o.T.Fatal(err)
	}
	waiting, err := o.Enterprise.LegalRepChanges(o.T.Context())
	if err != nil || len(waiting) == 0 {
		o.T.Fatalf("%d applications wait, %v", len(waiting), err)
	}
	return waiting[len(waiting)-1].ID
}

func (o *office) decides(id int64, reason string) error {
	return o.Enterprise.DecideLegalRep(o.T.Context(), o.Actor(demo.Reviewer), id, reason, o.Cert.Revoke, o.Seal.LegalRepReplaced)
}

// newBoss logs in to the enterprise account with the password of the application.
func (o *office) newBoss() app.Actor {
	o.T.Helper()
	return o.LogIn(identity.FaceMobile, identity.Credentials{Way: identity.AsEnterprise, USCC: demo.EnterpriseUSCC, Password: newPassword})
}

func (o *office) told(by app.Actor, k notify.Kind, words string) {
	o.T.Helper()
	all, err := o.Notify.Inbox(o.T.Context(), by.Account, 0)
	if err != nil {
		o.T.Fatal(err)
	}
	for _, m := range all {
		if m.Kind == k && strings.Contains(m.Text, words) {
			return
		}
	}
	o.T.Errorf("account %d was not told %q of kind %s", by.Account, words, k)
}

func (o *office) seals(by app.Actor) map[app.SealKind]seal.Seal {
	o.T.Helper()
	list, err := o.Seal.List(o.T.Context(), by)
	if err != nil {
		o.T.Fatal(err)
	}
	m := map[app.SealKind]seal.Seal{}
	for _, x := range list {
		m[x.Kind] = x
	}
	return m
}

func TestAnotherLegalRepEndsWhatRestedOnTheOneBeforeAndNothingElse(t *testing.T) {
	o := open(t)
	if err := o.Enterprise.Enable(t.Context(), o.boss); err != nil {
		t.Fatal(err)
	}
	operator, clerk := o.Actor(demo.Operator), o.Actor(demo.Agent)
	contracts, name := o.MakeSeal(o.boss, app.SealContract), int64(0)
	o.Wait(identity.CodePause)
	name = o.MakeSeal(o.boss, app.SealLegalRep)
	o.Grant(o.boss, contracts, demo.Operator)
	o.Grant(o.boss, name, demo.Operator)
	o.Activate(operator, demo.Operator)
	o.Activate(o.boss, demo.Boss)
	o.Authorize(clerk, operator)
	token := o.Ticket(clerk)
	picture := o.seals(o.boss)[app.SealLegalRep].Picture
	uses, err := o.Seal.Usage(t.Context(), o.boss, seal.Which{}, 0)
	if err != nil {
		t.Fatal(err)
	}

	id := o.applies(demo.WorkerB)
	o.told(o.boss, notify.LegalRepChange, "有人申请变更")
	ended, stop := o.Hub.Subscribe(hub.Session(o.boss.Session))
	t.Cleanup(stop)
	heard, stopped := o.Hub.Subscribe(hub.Enterprise(clerk.Enterprise))
	t.Cleanup(stopped)
	if err := o.decides(id, ""); err != nil {
		t.Fatal(err)
	}
	for what, channel := range map[string]<-chan hub.Topic{"the old session": ended, "the hall": heard} {
		select {
		case <-channel:
		default:
			t.Errorf("%s heard nothing", what)
		}
	}

	boss := o.newBoss()
	if boss.Name != apptest.Known(demo.WorkerB).Name || boss.Enterprise != clerk.Enterprise {
		t.Errorf("the legal rep is %+v", boss)
	}
	_, err = o.logsInAs(demo.Boss)
	refused(t, err, app.Invalid)
	if _, live, err := o.Seal.Live(t.Context(), clerk.Enterprise); live || err != nil {
		t.Errorf("an authorization lives: %v", err)
	}
	if _, active, err := o.Cert.Active(t.Context(), o.boss); active || err != nil {
		t.Errorf("the certificate of the account before is active: %v", err)
	}
	refused(t, o.Seal.Scan(t.Context(), operator, token), app.Conflict)
	seals := o.seals(boss)
	if !seals[app.SealLegalRep].Void() || seals[app.SealContract].Void() || seals[app.SealContract].Grants != 1 {
		t.Errorf("the seals are %+v", seals)
	}
	if seals[app.SealLegalRep].Picture != picture {
		t.Error("the void seal shows another name than it was made for")
	}
	if now, err := o.Seal.Usage(t.Context(), boss, seal.Which{}, 0); err != nil || len(now) != len(uses) {
		t.Errorf("%d usage records, before %d, %v", len(now), len(uses), err)
	}
	if agents, err := o.Enterprise.Agents(t.Context(), boss); err != nil || len(agents) != 1 {
		t.Errorf("%d agents, %v", len(agents), err)
	}
	o.Wait(identity.CodePause)
	if _, err := o.Seal.Make(t.Context(), boss, seal.Form{Kind: app.SealLegalRep, Name: "法定代表人名章"}, seal.Proof{Password: newPassword, Code: o.SMSCode(boss, demo.WorkerB, identity.ForSeal)}); err != nil {
		t.Errorf("the new legal rep cannot make the seal of the own name: %v", err)
	}

	o.told(o.Actor(demo.WorkerB), notify.LegalRepChange, "您已成为")
	o.told(clerk, notify.LegalRepChange, "已由孙庆国变更为李建国")
	o.told(clerk, notify.Authorized, "操作员重新授权")
	o.told(operator, notify.Authorized, "法定代表人已变更")
	o.told(operator, notify.SealVoided, "已作废")
	former := o.LogIn(identity.FaceMobile, identity.Credentials{Way: identity.AsPerson, Name: apptest.Known(demo.Boss).Mobile, Password: demo.Password})
	o.told(former, notify.LegalRepChange, "您不再是")
	if n, err := audit.Verify(t.Context(), o.DB); err != nil || n == 0 {
		t.Errorf("%d rows of the log are sound: %v", n, err)
	}
}

// logsInAs tries a sample person's usual credentials.
func (o *office) logsInAs(who demo.Who) (string, error) {
	sample, _ := demo.Find(who)
	return o.Identity.LogIn(o.T.Context(), sample.Face, sample.Credentials(), app.Device{Address: "192.0.2.9"})
}

// The legal rep before holds a session that was read just before the change.
func TestTheLegalRepBeforeDoesNothingMoreOnceReplaced(t *testing.T) {
	o := open(t)
	if err := o.Enterprise.Enable(t.Context(), o.boss); err != nil {
		t.Fatal(err)
	}
	id := o.MakeSeal(o.boss, app.SealContract)
	grant := o.Grant(o.boss, id, demo.Operator)
	agent := o.sample()
	o.Wait(identity.CodePause)
	proof := o.Proof(o.boss, demo.Boss)
	draft := o.draft(o.form(demo.WorkerA))
	o.Wait(identity.CodePause)
	adding := o.proof()
	if err := o.decides(o.applies(demo.WorkerB), ""); err != nil {
		t.Fatal(err)
	}
	ctx, today := t.Context(), o.today
	for what, act := range map[string]func() error{
		"makes the seal of his name": func() error {
			_, err := o.Seal.Make(ctx, o.boss, seal.Form{Kind: app.SealLegalRep, Name: "法定代表人名章"}, proof)
			return err
		},
		"voids a seal":    func() error { return o.Seal.Void(ctx, o.boss, id, proof) },
		"removes a grant": func() error { return o.Seal.RemoveGrant(ctx, o.boss, grant) },
		"grants a seal": func() error {
			_, err := o.Seal.AddGrant(ctx, o.boss, id, apptest.Known(demo.WorkerA), seal.Period{From: today, Until: today.AddYears(1)})
			return err
		},
		"shows a code":             func() error { return o.Seal.ShowTicket(ctx, o.boss) },
		"removes an agent":         func() error { return o.Enterprise.RemoveAgent(ctx, o.boss, agent.ID, o.Cert.Revoke) },
		"sets an agent's password": func() error { return o.Enterprise.SetAgentPassword(ctx, o.boss, agent.ID, newPassword, newPassword) },
		"adds an agent":            func() error { _, err := o.Enterprise.AddAgent(ctx, o.boss, draft, adding); return err },
		"closes electronic filing": func() error { return o.Enterprise.Close(ctx, o.boss) },
		"submits a filing":         func() error { _, _, err := o.Filing.Submit(ctx, o.boss, 0, apptest.Form(demo.WorkerA)); return err },
	} {
		if err := act(); app.KindOf(err) != app.SignedOut {
			t.Errorf("the legal rep before %s: %v", what, err)
		}
	}
	boss := o.newBoss()
	if seals := o.seals(boss); len(seals) != 1 || seals[app.SealContract].Void() || seals[app.SealContract].Grants != 1 {
		t.Errorf("the seals are %+v", seals)
	}
	if agents, err := o.Enterprise.Agents(ctx, boss); err != nil || len(agents) != 1 || agents[0].ID != agent.ID {
		t.Errorf("the agents are %+v, %v", agents, err)
	}
}

func TestOfTwoWhoApplyOneBecomesLegalRepAndTheOtherIsTold(t *testing.T) {
	o := open(t)
	first, second := o.applies(demo.WorkerA), o.applies(demo.WorkerB) // both with the same picture
	_, err := o.Enterprise.ApplyAsLegalRep(t.Context(), o.Actor(demo.WorkerB), change("again"))
	refused(t, err, app.Conflict)
	var wait sync.WaitGroup
	outcomes := make([]error, 4)
	for i := range outcomes { // two tabs each of two reviewers
		wait.Go(func() { outcomes[i] = o.decides([]int64{first, second}[i%2], "") })
	}
	wait.Wait()
	won := 0
	for _, err := range outcomes {
		if err == nil {
			won++
		} else {
			refused(t, err, app.Conflict)
		}
	}
	if won != 1 {
		t.Fatalf("%d changes went through: %v", won, outcomes)
	}
	states := map[enterprise.ChangeState]int64{}
	for _, id := range []int64{first, second} {
		c, err := o.Enterprise.LegalRepChange(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		states[c.State] = id
	}
	if len(states) != 2 || states[enterprise.ChangeWaiting] != 0 {
		t.Fatalf("the applications stand at %v", states)
	}
	loser := map[int64]demo.Who{first: demo.WorkerA, second: demo.WorkerB}[states[enterprise.ChangeRefused]]
	o.told(o.Actor(loser), notify.LegalRepChange, "已按另一份申请变更")
	if before, after, err := o.Enterprise.ChangeLicences(t.Context(), states[enterprise.ChangeAccepted]); err != nil || len(before) == 0 || string(after) != string(licence("new")) {
		t.Errorf("the pictures of the accepted change: %d and %d bytes, %v", len(before), len(after), err)
	}
	if _, after, err := o.Enterprise.ChangeLicences(t.Context(), states[enterprise.ChangeRefused]); err != nil || after != nil {
		t.Errorf("the picture of the refused change: %d bytes, %v", len(after), err)
	}
}

func TestARefusedChangeLeavesTheLegalRepAndAllowsAnotherTry(t *testing.T) {
	o := open(t)
	id := o.applies(demo.WorkerB)
	if err := o.decides(id, "营业执照照片看不清。"); err != nil {
		t.Fatal(err)
	}
	refused(t, o.decides(id, ""), app.Conflict)
	refused(t, o.decides(999999, ""), app.NotFound)
	o.told(o.Actor(demo.WorkerB), notify.LegalRepChange, "营业执照照片看不清")
	o.told(o.boss, notify.LegalRepChange, "法定代表人不变")
	mine, err := o.Enterprise.MyLegalRepChanges(t.Context(), o.Actor(demo.WorkerB).Person)
	if err != nil || len(mine) != 1 || mine[0].State != enterprise.ChangeRefused || mine[0].Reason == "" {
		t.Errorf("the person sees %+v, %v", mine, err)
	}
	if _, err := o.Enterprise.Agents(t.Context(), o.boss); err != nil {
		t.Error(err)
	}
	if err := o.decides(o.applies(demo.WorkerB), ""); err != nil {
		t.Error(err)
	}
}

func TestOnlyAVerifiedPersonAppliesForAnAdmittedEnterprise(t *testing.T) {
	o := open(t)
	worker, boss := o.Actor(demo.WorkerB), o.LogIn(identity.FaceMobile, identity.Credentials{Way: identity.AsPerson, Name: apptest.Known(demo.Boss).Mobile, Password: demo.Password})
	_, err := o.Enterprise.ApplyAsLegalRep(t.Context(), worker, enterprise.LegalRepForm{USCC: "1", Password: "short", Again: "other"})
	for _, field := range []string{"uscc", "licence", "password", "again"} {
		if app.FaultsOf(err).Of(field) == "" {
			t.Errorf("no fault at %s", field)
		}
	}
	_, err = o.Enterprise.ApplyAsLegalRep(t.Context(), boss, change("own"))
	refused(t, err, app.Invalid)
	unknown := change("unknown")
	unknown.USCC = "91220201MA0Y5T3N1"
	for _, c := range "0123456789ABCDEFGHJKLMNPQRTUWXY" {
		if _, problem := app.CheckUSCC(unknown.USCC + string(c)); problem == "" {
			unknown.USCC += string(c)
			break
		}
	}
	_, err = o.Enterprise.ApplyAsLegalRep(t.Context(), worker, unknown)
	refused(t, err, app.Invalid)
	registered := enterprise.Form{Name: demo.EnterpriseName, USCC: demo.EnterpriseUSCC, Address: "长春市", Phone: "1", Password: newPassword, Again: newPassword, Licence: licence("x")}
	if _, err = o.Enterprise.Register(t.Context(), worker, registered); app.FaultsOf(err).Of("uscc") != enterprise.AlreadyAdmitted {
		t.Errorf("registered again: %v", err)
	}
	if strings.Contains(err.Error(), o.boss.Name) {
		t.Error("the applicant learns who the legal rep is")
	}
	if _, err = o.Enterprise.Register(t.Context(), boss, registered); !strings.Contains(app.FaultsOf(err).Of("uscc"), "您已经是") {
		t.Errorf("registered again by the legal rep: %v", err)
	}
}
