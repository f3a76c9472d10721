package seal_test

import (
	"crypto/x509"
	"strings"
	"testing"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/demo"
	"laoqi/app/identity"
	"laoqi/app/notify"
	"laoqi/app/seal"
)

// cast is the sample people around one seal.
type cast struct {
	*apptest.World
	boss, clerk, operator app.Actor
}

func newCast(t *testing.T) cast {
	w := apptest.New(t)
	w.People()
	c := cast{w, w.Actor(demo.Boss), w.Actor(demo.Agent), w.Actor(demo.Operator)}
	if err := w.Enterprise.Enable(t.Context(), c.clerk); err != nil {
		t.Fatal(err)
	}
	return c
}

func wantFault(t *testing.T, err error, field, text string) {
	t.Helper()
	if got := app.FaultsOf(err).Of(field); got == "" || !strings.Contains(got, text) {
		t.Fatalf("fault of %q is %q (error %v), want one with %q", field, got, err, text)
	}
}

func wantConflict(t *testing.T, err error, text string) {
	t.Helper()
	if app.KindOf(err) != app.Conflict || !strings.Contains(err.Error(), text) {
		t.Fatalf("error %v, want a conflict with %q", err, text)
	}
}

func messages(t *testing.T, w *apptest.World, by app.Actor, k notify.Kind) (texts []string) {
	t.Helper()
	all, err := w.Notify.Inbox(t.Context(), by.Account, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range all {
		if m.Kind == k {
			texts = append(texts, m.Text)
		}
	}
	return texts
}

func TestASealsNameIsComposedAndFitsFiftyCharacters(t *testing.T) {
	if got := seal.ComposeName("长春启明精密制造有限公司", app.SealContract); got != "长春启明精密制造有限公司合同专用章" {
		t.Error(got)
	}
	if got := seal.ComposeName(strings.Repeat("长", 48), app.SealContract); got != "合同专用章" {
		t.Error(got)
	}
}

func TestEachTypeOfSealIsMadeOnceAndIsFreeAgainWhenVoid(t *testing.T) {
	c := newCast(t)
	id := c.MakeSeal(c.boss, app.SealName)
	form := seal.Form{Kind: app.SealName, Name: "新的法定名称章"}
	wantFault(t, c.Seal.Check(t.Context(), c.boss, form), "kind", "每个印章类型只能申请一次，作废后可再申请")
	if err := c.Seal.Void(t.Context(), c.boss, id, c.Proof(c.boss, demo.Boss)); err != nil {
		t.Fatal(err)
	}
	second, err := c.Seal.Make(t.Context(), c.boss, form, c.Proof(c.boss, demo.Boss))
	if err != nil {
		t.Fatal(err)
	}
	list, err := c.Seal.List(t.Context(), c.boss)
	if err != nil || len(list) != 2 || list[0].ID != second || list[0].Void() || !list[1].Void() {
		t.Fatalf("%+v %v", list, err)
	}
	if !strings.HasPrefix(list[0].Picture, "<svg") || list[0].Name != form.Name {
		t.Error("the seal has no picture, or another name than asked for")
	}
	if got := messages(t, c.World, c.boss, notify.SealVoided); len(got) != 1 {
		t.Errorf("messages %q", got)
	}
}

func TestMakingASealNeedsPasswordAndCode(t *testing.T) {
	c := newCast(t)
	form := seal.Form{Kind: app.SealHR, Name: "人事专用章"}
	_, err := c.Seal.Make(t.Context(), c.boss, form, seal.Proof{})
	wantFault(t, err, "password", "请输入")
	wantFault(t, err, "code", "请输入")
	proof := c.Proof(c.boss, demo.Boss)
	_, err = c.Seal.Make(t.Context(), c.boss, form, seal.Proof{Password: "Wrong2026", Code: proof.Code})
	wantFault(t, err, "password", "不正确")
	_, err = c.Seal.Make(t.Context(), c.boss, form, seal.Proof{Password: demo.Password, Code: "00000x"})
	wantFault(t, err, "code", "不正确")
	if _, err := c.Seal.Make(t.Context(), c.boss, form, proof); err != nil {
		t.Fatal(err)
	}
}

func TestOnlyTheLegalRepMakesTheSealOfHisName(t *testing.T) {
	c := newCast(t)
	manager := c.clerk
	manager.Manages = true
	err := c.Seal.Check(t.Context(), manager, seal.Form{Kind: app.SealLegalRep, Name: "法定代表人名章"})
	wantFault(t, err, "kind", "法定代表人本人")
	if err := c.Seal.Check(t.Context(), c.boss, seal.Form{Kind: app.SealLegalRep, Name: "法定代表人名章"}); err != nil {
		t.Error(err)
	}
	if err := c.Seal.Check(t.Context(), manager, seal.Form{Kind: app.SealHR, Name: "人事专用章"}); err != nil {
		t.Error(err)
	}
}

func TestANameOfMoreThanFiftyCharactersIsRefused(t *testing.T) {
	c := newCast(t)
	err := c.Seal.Check(t.Context(), c.boss, seal.Form{Kind: app.SealHR, Name: strings.Repeat("章", 51)})
	wantFault(t, err, "name", "50 个字")
	if err := c.Seal.Check(t.Context(), c.boss, seal.Form{Kind: app.SealHR, Name: strings.Repeat("章", 50)}); err != nil {
		t.Error(err)
	}
}

func TestASealOfAnotherEnterpriseIsNotFound(t *testing.T) {
	c := newCast(t)
	id := c.MakeSeal(c.boss, app.SealName)
	stranger := c.operator
	if _, err := c.Seal.Get(t.Context(), stranger, id); app.KindOf(err) != app.NotFound {
		t.Errorf("error %v", err)
	}
	if _, err := c.Seal.Grants(t.Context(), stranger, id); app.KindOf(err) != app.NotFound {
		t.Errorf("error %v", err)
	}
}

func TestAGrantTellsNeverWhichElementOfTheIdentityIsWrong(t *testing.T) {
	c := newCast(t)
	id := c.MakeSeal(c.boss, app.SealName)
	period := seal.Period{From: app.DateOf(c.Now()), Until: app.DateOf(c.Now()).AddYears(1)}
	agent, operator, worker := apptest.Known(demo.Agent), apptest.Known(demo.Operator), apptest.Known(demo.WorkerA)
	said := map[string]bool{}
	for what, k := range map[string]identity.Known{
		"the name differs":   {Name: "刘海", IDType: operator.IDType, IDNumber: operator.IDNumber, Mobile: operator.Mobile},
		"the mobile differs": {Name: operator.Name, IDType: operator.IDType, IDNumber: operator.IDNumber, Mobile: "13900000000"},
		"the number differs": {Name: operator.Name, IDType: operator.IDType, IDNumber: worker.IDNumber, Mobile: operator.Mobile},
		"nobody verified it": agent,
	} {
		_, err := c.Seal.AddGrant(t.Context(), c.boss, id, k, period)
		if app.FaultsOf(err).Of("") == "" {
			t.Fatalf("%s: %v", what, err)
		}
		said[err.Error()] = true
	}
	if len(said) != 1 {
		t.Errorf("the answers differ: %v", said)
	}
}

// granted is the period of a grant as Grant made it.
func (c cast) granted() seal.Period {
	today := app.DateOf(c.Now())
	return seal.Period{From: today, Until: today.AddYears(2)}
}

func TestAGrantIsAddedChangedAndRemovedAndAllAreTold(t *testing.T) {
	c := newCast(t)
	id := c.MakeSeal(c.boss, app.SealName)
	grant := c.Grant(c.boss, id, demo.Operator)
	today := app.DateOf(c.Now())
	_, err := c.Seal.AddGrant(t.Context(), c.boss, id, apptest.Known(demo.Operator), seal.Period{From: today, Until: today})
	wantFault(t, err, "", "已经有这枚印章的授权")
	wantFault(t, c.Seal.SetPeriod(t.Context(), c.boss, grant, c.granted(), seal.Period{From: today, Until: today.AddDays(-1)}), "until", "不能早于开始日期")
	if err := c.Seal.SetPeriod(t.Context(), c.boss, grant, c.granted(), seal.Period{From: today, Until: today.AddDays(1)}); err != nil {
		t.Fatal(err)
	}
	wantConflict(t, c.Seal.SetPeriod(t.Context(), c.boss, grant, c.granted(), seal.Period{From: today, Until: today}), "刚刚被其他人修改")
	if list, err := c.Seal.Grants(t.Context(), c.boss, id); err != nil || len(list) != 1 || list[0].Until != today.AddDays(1) || list[0].Mobile != "138****0812" {
		t.Fatalf("%+v %v", list, err)
	}
	if err := c.Seal.RemoveGrant(t.Context(), c.boss, grant); err != nil {
		t.Fatal(err)
	}
	if list, err := c.Seal.Granted(t.Context(), c.operator.Person); err != nil || len(list) != 0 {
		t.Fatalf("%+v %v", list, err)
	}
	if n := len(messages(t, c.World, c.operator, notify.Granted)); n != 3 {
		t.Errorf("the operator has %d messages", n)
	}
	if n := len(messages(t, c.World, c.boss, notify.Granted)); n != 3 {
		t.Errorf("the legal rep has %d messages", n)
	}
}

func TestAGrantBeginsAndEndsOnItsDays(t *testing.T) {
	c := newCast(t)
	id := c.MakeSeal(c.boss, app.SealName)
	tomorrow := app.DateOf(c.Now()).AddDays(1)
	if _, err := c.Seal.AddGrant(t.Context(), c.boss, id, apptest.Known(demo.Operator), seal.Period{From: tomorrow, Until: tomorrow}); err != nil {
		t.Fatal(err)
	}
	want := func(n int) {
		t.Helper()
		if list, err := c.Seal.Granted(t.Context(), c.operator.Person); err != nil || len(list) != n {
			t.Fatalf("%d seals, want %d (%v)", len(list), n, err)
		}
	}
	want(0)
	c.Wait(tomorrow.In().Sub(c.Now()))
	want(1)
	c.Wait(tomorrow.AddDays(1).In().Sub(c.Now()))
	want(0)
}

func TestAVoidSealIsGoneForItsOperators(t *testing.T) {
	c := newCast(t)
	id := c.MakeSeal(c.boss, app.SealName)
	c.Grant(c.boss, id, demo.Operator)
	if err := c.Seal.Void(t.Context(), c.boss, id, c.Proof(c.boss, demo.Boss)); err != nil {
		t.Fatal(err)
	}
	if list, err := c.Seal.Granted(t.Context(), c.operator.Person); err != nil || len(list) != 0 {
		t.Fatalf("%+v %v", list, err)
	}
	if n := len(messages(t, c.World, c.operator, notify.SealVoided)); n != 1 {
		t.Errorf("the operator has %d messages", n)
	}
	_, err := c.Seal.AddGrant(t.Context(), c.boss, id, apptest.Known(demo.Operator), seal.Period{})
	wantConflict(t, err, "已作废")
}

func TestAVoidSealsCertificateIsRevoked(t *testing.T) {
	c := newCast(t)
	id := c.MakeSeal(c.boss, app.SealName)
	revoked := func() []string { return revokedIn(t, c) }
	if got := revoked(); len(got) != 0 {
		t.Fatalf("revoked before: %v", got)
	}
	made, err := c.Seal.Get(t.Context(), c.boss, id)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Seal.Void(t.Context(), c.boss, id, c.Proof(c.boss, demo.Boss)); err != nil {
		t.Fatal(err)
	}
	if got := revoked(); len(got) != 1 || got[0] != made.Serial {
		t.Fatalf("revoked %v, want %s", got, made.Serial)
	}
}

// revokedIn lists the serial numbers on the revocation list.
func revokedIn(t *testing.T, c cast) (serials []string) {
	t.Helper()
	der, err := c.Cert.CRL(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	list, err := x509.ParseRevocationList(der)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list.RevokedCertificateEntries {
		serials = append(serials, e.SerialNumber.Text(16))
	}
	return serials
}
