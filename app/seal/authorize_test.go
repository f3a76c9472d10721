package seal_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/demo"
	"laoqi/app/hub"
	"laoqi/app/notify"
	"laoqi/app/pki"
	"laoqi/app/pki/cms"
	"laoqi/app/seal"
	"laoqi/app/store"
)

// newGranted is a cast whose operator has a certificate and may use the seal.
func newGranted(t *testing.T) (c cast, id, grant int64) {
	c = newCast(t)
	id = c.MakeSeal(c.boss, app.SealName)
	grant = c.Grant(c.boss, id, demo.Operator)
	c.Activate(c.operator, demo.Operator)
	return c, id, grant
}

func (c cast) answer() seal.Answer {
	return seal.Answer{Enterprise: c.clerk.Enterprise, Passphrase: apptest.Passphrase}
}

func (c cast) wantState(want seal.TicketState) {
	c.T.Helper()
	if got, err := c.Seal.LatestTicket(c.T.Context(), c.clerk); err != nil || got.State != want {
		c.T.Fatalf("the hall shows %q, want %q (%v)", got.State, want, err)
	}
}

func (c cast) wantLive(want bool) {
	c.T.Helper()
	if _, live, err := c.Seal.Live(c.T.Context(), c.clerk.Enterprise); err != nil || live != want {
		c.T.Fatalf("an authorization lives: %v, want %v (%v)", live, want, err)
	}
}

func TestTheHallHearsEachStepOfAnAuthorization(t *testing.T) {
	c, _, _ := newGranted(t)
	events, end := c.Hub.Subscribe(hub.Enterprise(c.clerk.Enterprise))
	defer end()
	token := c.Ticket(c.clerk)
	c.wantState(seal.TicketShown)
	steps := []struct {
		act  func() error
		then seal.TicketState
	}{
		{func() error { return c.Seal.Scan(t.Context(), c.operator, token) }, seal.TicketScanned},
		{func() error { return c.Seal.Authorize(t.Context(), c.operator, token, c.answer()) }, seal.TicketAuthorized},
	}
	for _, step := range steps {
		if err := step.act(); err != nil {
			t.Fatal(err)
		}
		select {
		case <-events:
		default:
			t.Errorf("nobody was told that the code is %s", step.then)
		}
		c.wantState(step.then)
	}
	c.wantLive(true)
	if e, err := c.Enterprise.Get(t.Context(), c.clerk.Enterprise); err != nil || e.AuthorizedAt.IsZero() {
		t.Errorf("the enterprise does not know that it was authorized: %v", err)
	}
}

func TestAnAuthorizationLeavesOneUsageRecord(t *testing.T) {
	c, _, _ := newGranted(t)
	c.Authorize(c.clerk, c.operator)
	for who, by := range map[string]app.Actor{"the enterprise": c.boss, "the operator": c.operator} {
		uses, err := c.Seal.Usage(t.Context(), by, seal.Which{}, 0)
		if err != nil || len(uses) != 1 || uses[0].Purpose != "电子合同签章授权" || uses[0].Operator != "刘洋" || uses[0].Enterprise != demo.EnterpriseName {
			t.Errorf("%s sees %+v (%v)", who, uses, err)
		}
	}
	if uses, err := c.Seal.Usage(t.Context(), c.Actor(demo.WorkerA), seal.Which{}, 0); err != nil || len(uses) != 0 {
		t.Errorf("a stranger sees %+v (%v)", uses, err)
	}
	c.Wait(100 * 24 * time.Hour)
	if uses, err := c.Seal.Usage(t.Context(), c.boss, seal.Which{}, 0); err != nil || len(uses) != 0 {
		t.Errorf("after three months the page shows %+v (%v)", uses, err)
	}
}

func TestUsageIsReadPageByPage(t *testing.T) {
	c, _, _ := newGranted(t)
	for range seal.UsagePage + 2 {
		c.Authorize(c.clerk, c.operator)
	}
	first, err := c.Seal.Usage(t.Context(), c.boss, seal.Which{}, 0)
	if err != nil || len(first) != seal.UsagePage+1 {
		t.Fatalf("%d records on the first page and its sign of more (%v)", len(first), err)
	}
	second, err := c.Seal.Usage(t.Context(), c.boss, seal.Which{}, first[seal.UsagePage-1].ID)
	if err != nil || len(second) != 2 || second[0].ID != first[seal.UsagePage].ID {
		t.Fatalf("%d records on the second page (%v)", len(second), err)
	}
}

func TestAuthorizingAgainReplacesTheOneBefore(t *testing.T) {
	c, _, _ := newGranted(t)
	c.Authorize(c.clerk, c.operator)
	c.Authorize(c.clerk, c.operator)
	if lives, err := c.Seal.Lives(t.Context(), c.clerk.Enterprise); err != nil || len(lives) != 1 || lives[0].ID != 2 {
		t.Fatalf("%+v %v", lives, err)
	}
}

func TestACodeExpiresAfterFiveMinutes(t *testing.T) {
	c, _, _ := newGranted(t)
	token := c.Ticket(c.clerk)
	c.Wait(seal.TicketLife - time.Second)
	if err := c.Seal.Scan(t.Context(), c.operator, token); err != nil {
		t.Fatal(err)
	}
	c.Wait(time.Second)
	c.wantState(seal.TicketExpired)
	wantConflict(t, c.Seal.Authorize(t.Context(), c.operator, token, c.answer()), "已过期")
	c.wantLive(false)
}

func TestACodeIsUsedOnce(t *testing.T) {
	c, _, _ := newGranted(t)
	token := c.Ticket(c.clerk)
	if err := c.Seal.Scan(t.Context(), c.operator, token); err != nil {
		t.Fatal(err)
	}
	if err := c.Seal.Scan(t.Context(), c.operator, token); err != nil {
		t.Fatalf("the operator who scanned cannot open the page again: %v", err)
	}
	if err := c.Seal.Authorize(t.Context(), c.operator, token, c.answer()); err != nil {
		t.Fatal(err)
	}
	wantConflict(t, c.Seal.Authorize(t.Context(), c.operator, token, c.answer()), "失效")
	wantConflict(t, c.Seal.Scan(t.Context(), c.Actor(demo.WorkerA), token), "已经使用过")
	if uses, _ := c.Seal.Usage(t.Context(), c.boss, seal.Which{}, 0); len(uses) != 1 {
		t.Errorf("%d usage records", len(uses))
	}
}

func TestANewCodeReplacesTheOneBefore(t *testing.T) {
	c, _, _ := newGranted(t)
	old := c.Ticket(c.clerk)
	fresh := c.Ticket(c.clerk)
	wantConflict(t, c.Seal.Scan(t.Context(), c.operator, old), "更新的替换")
	if err := c.Seal.Scan(t.Context(), c.operator, fresh); err != nil {
		t.Fatal(err)
	}
}

func TestACodeBindsOnlyAPersonWithALiveGrant(t *testing.T) {
	c, _, _ := newGranted(t)
	token := c.Ticket(c.clerk)
	wantConflict(t, c.Seal.Scan(t.Context(), c.Actor(demo.WorkerA), token), "没有“"+demo.EnterpriseName+"”")
	if err := c.Seal.Scan(t.Context(), c.boss, token); app.KindOf(err) != app.Forbidden {
		t.Fatalf("an enterprise account scans: %v", err)
	}
	c.wantState(seal.TicketShown)
	if err := c.Seal.Scan(t.Context(), c.operator, "AAAAAAAAAAAAAAAAAAAAAAAAAA"); app.KindOf(err) != app.NotFound {
		t.Fatalf("an invented code: %v", err)
	}
}

func TestASecondOperatorCannotAnswerAScannedCode(t *testing.T) {
	c, id, _ := newGranted(t)
	c.Grant(c.boss, id, demo.WorkerB)
	token := c.Ticket(c.clerk)
	if err := c.Seal.Scan(t.Context(), c.operator, token); err != nil {
		t.Fatal(err)
	}
	wantConflict(t, c.Seal.Scan(t.Context(), c.Actor(demo.WorkerB), token), "其他操作员")
}

func TestTheWrongEnterpriseIsRefusedAndNamed(t *testing.T) {
	c, _, _ := newGranted(t)
	token := c.Ticket(c.clerk)
	if err := c.Seal.Scan(t.Context(), c.operator, token); err != nil {
		t.Fatal(err)
	}
	err := c.Seal.Authorize(t.Context(), c.operator, token, seal.Answer{Enterprise: c.clerk.Enterprise + 1, Passphrase: apptest.Passphrase})
	wantFault(t, err, "enterprise", demo.EnterpriseName)
	c.wantLive(false)
}

func TestASealThatDoesNotFitContractsAuthorizesNothing(t *testing.T) {
	c := newCast(t)
	c.Grant(c.boss, c.MakeSeal(c.boss, app.SealFinance), demo.Operator)
	wantConflict(t, c.Seal.Scan(t.Context(), c.operator, c.Ticket(c.clerk)), "可用于劳动合同")
}

func TestWhereSeveralSealsFitTheOperatorChooses(t *testing.T) {
	c, _, _ := newGranted(t)
	hr := c.MakeSeal(c.boss, app.SealHR)
	c.Grant(c.boss, hr, demo.Operator)
	token := c.Ticket(c.clerk)
	if err := c.Seal.Scan(t.Context(), c.operator, token); err != nil {
		t.Fatal(err)
	}
	wantFault(t, c.Seal.Authorize(t.Context(), c.operator, token, c.answer()), "seal", "请选择")
	answer := c.answer()
	answer.Seal = hr
	if err := c.Seal.Authorize(t.Context(), c.operator, token, answer); err != nil {
		t.Fatal(err)
	}
	if st, err := c.Seal.Unlock(t.Context(), c.clerk.Enterprise); err != nil || st.Seal != hr {
		t.Fatalf("seal %d, %v", st.Seal, err)
	}
}

func TestFiveWrongPassphrasesStopAnAuthorization(t *testing.T) {
	c, _, _ := newGranted(t)
	token := c.Ticket(c.clerk)
	if err := c.Seal.Scan(t.Context(), c.operator, token); err != nil {
		t.Fatal(err)
	}
	wrong := seal.Answer{Enterprise: c.clerk.Enterprise, Passphrase: "Wrong#2026"}
	for range 4 {
		wantFault(t, c.Seal.Authorize(t.Context(), c.operator, token, wrong), "passphrase", "还可以输入")
	}
	wantFault(t, c.Seal.Authorize(t.Context(), c.operator, token, wrong), "passphrase", "已锁定")
	wantFault(t, c.Seal.Authorize(t.Context(), c.operator, token, c.answer()), "passphrase", "已锁定")
	c.wantLive(false)
	c.Activate(c.operator, demo.Operator)
	if err := c.Seal.Authorize(t.Context(), c.operator, token, c.answer()); err != nil {
		t.Fatal(err)
	}
}

func TestARefusedCodeAuthorizesNothing(t *testing.T) {
	c, _, _ := newGranted(t)
	token := c.Ticket(c.clerk)
	if err := c.Seal.Scan(t.Context(), c.operator, token); err != nil {
		t.Fatal(err)
	}
	if err := c.Seal.Refuse(t.Context(), c.operator, token); err != nil {
		t.Fatal(err)
	}
	c.wantState(seal.TicketRefused)
	wantConflict(t, c.Seal.Authorize(t.Context(), c.operator, token, c.answer()), "已经使用过")
}

func TestWithoutElectronicContractsThereIsNoCode(t *testing.T) {
	w := apptest.New(t)
	w.People()
	wantConflict(t, w.Seal.ShowTicket(t.Context(), w.Actor(demo.Agent)), "还没有启用")
}

// lapses lists what ends an authorization.
var lapses = map[string]func(*testing.T, cast, int64, int64) error{
	"the grant is removed": func(t *testing.T, c cast, _, grant int64) error {
		return c.Seal.RemoveGrant(t.Context(), c.boss, grant)
	},
	"the grant is put off": func(t *testing.T, c cast, _, grant int64) error {
		later := app.DateOf(c.Now()).AddDays(1)
		return c.Seal.SetPeriod(t.Context(), c.boss, grant, c.granted(), seal.Period{From: later, Until: later})
	},
	"the grant ends": func(t *testing.T, c cast, _, grant int64) error {
		today := app.DateOf(c.Now())
		err := c.Seal.SetPeriod(t.Context(), c.boss, grant, c.granted(), seal.Period{From: today, Until: today})
		c.wantLive(true)
		c.Wait(24 * time.Hour)
		return err
	},
	"the seal is voided": func(t *testing.T, c cast, id, _ int64) error {
		return c.Seal.Void(t.Context(), c.boss, id, c.Proof(c.boss, demo.Boss))
	},
	"a year has passed": func(t *testing.T, c cast, _, _ int64) error {
		c.Wait(365*24*time.Hour - time.Second)
		c.wantLive(true)
		c.Wait(time.Second)
		return nil
	},
	"the operator revokes it":  func(t *testing.T, c cast, _, _ int64) error { return c.Seal.Revoke(t.Context(), c.operator, 1) },
	"the legal rep revokes it": func(t *testing.T, c cast, _, _ int64) error { return c.Seal.Revoke(t.Context(), c.boss, 1) },
}

func TestAnAuthorizationLapses(t *testing.T) {
	for when, lapse := range lapses {
		t.Run("when "+when, func(t *testing.T) {
			c, id, grant := newGranted(t)
			c.Authorize(c.clerk, c.operator)
			st, err := c.Seal.Unlock(t.Context(), c.clerk.Enterprise)
			if err != nil {
				t.Fatal(err)
			}
			if err := lapse(t, c, id, grant); err != nil {
				t.Fatal(err)
			}
			c.wantLive(false)
			for range 2 { // each is told once of what the clock ends
				if err := c.Seal.Sweep(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			for who, account := range map[string]app.Actor{"clerk": c.clerk, "legal rep": c.boss, "operator": c.operator} {
				if told := messages(t, c.World, account, notify.Authorized); len(told) != 2 {
					t.Errorf("the %s has the messages %q", who, told)
				}
			}
			_, err = c.Seal.Unlock(t.Context(), c.clerk.Enterprise)
			wantConflict(t, err, "没有有效的")
			err = c.DB.Write(t.Context(), func(tx *store.Tx) error { return c.Seal.Record(t.Context(), tx, st, 1, "劳动合同") })
			wantConflict(t, err, "刚刚失效")
		})
	}
}

func TestAnAgentCannotRevokeAnAuthorization(t *testing.T) {
	c, _, _ := newGranted(t)
	c.Authorize(c.clerk, c.operator)
	for _, by := range []app.Actor{c.clerk, c.Actor(demo.WorkerA)} {
		if err := c.Seal.Revoke(t.Context(), by, 1); app.KindOf(err) != app.NotFound {
			t.Errorf("account %d: %v", by.Account, err)
		}
	}
	c.wantLive(true)
}

func TestTheUnlockedSealSignsWithItsOwnCertificate(t *testing.T) {
	c, id, _ := newGranted(t)
	c.Authorize(c.clerk, c.operator)
	st, err := c.Seal.Unlock(t.Context(), c.clerk.Enterprise)
	if err != nil {
		t.Fatal(err)
	}
	of, err := c.Seal.Get(t.Context(), c.boss, id)
	if err != nil || st.Chain[0].SerialNumber.Text(16) != of.Serial || st.Name != of.Name || st.Operator != "刘洋" || st.Picture == nil {
		t.Fatalf("%+v %v", st, err)
	}
	signature, err := cms.SignDetached([]byte("合同"), st.Signer, c.Cert.TSA())
	if err != nil {
		t.Fatal(err)
	}
	if signer, _, err := cms.VerifyDetached([]byte("合同"), signature, c.Cert.Roots()); err != nil || pki.USCC(signer) != demo.EnterpriseUSCC {
		t.Fatal(err)
	}
}

func TestATamperedAuthorizationOpensNoSeal(t *testing.T) {
	for what, change := range map[string]string{
		"its end is put off":                    "UPDATE authorization SET ends_at = ends_at + 86400000",
		"its statement is rewritten":            "UPDATE authorization SET statement = CAST(replace(CAST(statement AS TEXT), '\"version\":1', '\"version\":2') AS BLOB)",
		"it is put down to someone else":        "UPDATE authorization SET person_id = person_id + 1",
		"its signature is exchanged":            "UPDATE authorization SET signature = x'3000'",
		"its certificate was revoked before it": "UPDATE certificate SET revoked_at = activated_at - 1000, revoke_reason = 1",
	} {
		t.Run("when "+what, func(t *testing.T) {
			c, _, _ := newGranted(t)
			c.Authorize(c.clerk, c.operator)
			c.Alter(change)
			if _, err := c.Seal.Unlock(t.Context(), c.clerk.Enterprise); err == nil || !strings.Contains(err.Error(), "do not agree") {
				t.Fatalf("error %v", err)
			}
		})
	}
}

func TestALaterActivationLeavesTheAuthorizationInForce(t *testing.T) {
	c, _, _ := newGranted(t)
	c.Authorize(c.clerk, c.operator)
	c.Wait(time.Minute)
	c.Activate(c.operator, demo.Operator)
	if _, err := c.Seal.Unlock(t.Context(), c.clerk.Enterprise); err != nil {
		t.Fatal(err)
	}
}

func TestTheStatementSaysWhatWasAuthorized(t *testing.T) {
	c, id, grant := newGranted(t)
	c.Authorize(c.clerk, c.operator)
	var raw []byte
	var said map[string]any
	db := c.Raw()
	if err := db.QueryRowContext(t.Context(), "SELECT statement FROM authorization").Scan(&raw); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, &said); err != nil {
		t.Fatal(err)
	}
	if said["uscc"] != demo.EnterpriseUSCC || said["seal"] != float64(id) || said["grant"] != float64(grant) || said["scope"] != seal.Scope || said["end"] != "2027-05-06T09:02:00+08:00" {
		t.Fatalf("%s", raw)
	}
}
