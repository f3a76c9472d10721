package law

import (
	"strings"
	"testing"

	"laoqi/app"
)

func TestWarningsAskForConfirmation(t *testing.T) {
	renew := func(contracts ...Contract) func(*Case) {
		return func(c *Case) {
			c.Kind, c.History = app.FilingRenewal, contracts
			c.Terms.Probation, c.Terms.ProbationPay = 0, 0
		}
	}
	first := past(t, app.TermFixed, "2024-05-01", "2025-04-30", 2)
	second := past(t, app.TermFixed, "2025-05-01", "2026-04-30", 0)
	for _, c := range []struct {
		sentence string
		change   func(*Case)
		field    string
		want     string // "" for no warning
	}{
		{"written a month after the start", func(c *Case) { c.Today = date(t, "2026-06-01") }, "", ""},
		{"written a month and a day after the start", func(c *Case) { c.Today = date(t, "2026-06-02") }, app.FieldStart, "第十条、第八十二条"},
		{"written before the start", func(c *Case) { c.Today = date(t, "2026-04-01") }, "", ""},
		{"a start on 31 January, written on 28 February", func(c *Case) {
			c.Terms.Start, c.Terms.End, c.Today = date(t, "2026-01-31"), date(t, "2027-01-30"), date(t, "2026-02-28")
		}, "", ""},
		{"a start on 31 January, written on 1 March", func(c *Case) {
			c.Terms.Start, c.Terms.End, c.Today = date(t, "2026-01-31"), date(t, "2027-01-30"), date(t, "2026-03-01")
		}, app.FieldStart, "第八十二条"},
		{"a passport does not tell the age", func(c *Case) { c.Worker.IDType, c.Worker.IDNumber, c.Worker.Sex = app.IDPassport, "E12345678", "女" },
			app.FieldBirth, "《劳动法》第十五条"},
		{"a passport with the birth date beside it", func(c *Case) {
			c.Worker.IDType, c.Worker.IDNumber, c.Worker.Sex, c.Worker.Birth = app.IDPassport, "E12345678", "女", date(t, "1990-01-01")
		}, "", ""},
		{"work without the insurance of injuries", func(c *Case) { c.Terms.Insured &^= app.InsuranceInjury }, app.FieldInsured, "没有勾选工伤保险"},
		{"a second fixed term", renew(second), "", ""},
		{"a third fixed term", renew(first, second), app.FieldTermKind, "第十四条第二款第三项"},
		{"an open term after two fixed ones", func(c *Case) {
			renew(first, second)(c)
			c.Terms.Kind, c.Terms.End = app.TermOpen, app.Date{}
		}, "", ""},
		{"a third fixed term after a year elsewhere", func(c *Case) {
			renew(past(t, app.TermFixed, "2022-05-01", "2023-04-30", 0), past(t, app.TermFixed, "2023-05-01", "2025-04-30", 0))(c)
			c.Kind = app.FilingNew
		}, "", ""},
		{"a third fixed term after a month's gap", renew(first, past(t, app.TermFixed, "2025-05-30", "2026-04-30", 0)),
			app.FieldTermKind, "第十四条第二款第三项"},
		{"ten years at the start", renew(past(t, app.TermOpen, "2016-05-01", "2026-04-30", 0)), app.FieldTermKind, "第十四条第二款第一项"},
		{"a day under ten years at the start", renew(past(t, app.TermOpen, "2016-05-02", "2026-04-30", 0)), "", ""},
		{"a renewal the day after", renew(second), "", ""},
		{"a renewal two days after", renew(past(t, app.TermFixed, "2025-05-01", "2026-04-29", 0)), app.FieldStart, "前一合同于2026年4月29日期满"},
		{"a new contract two days after", func(c *Case) {
			renew(past(t, app.TermFixed, "2025-05-01", "2026-04-29", 0))(c)
			c.Kind = app.FilingNew
		}, "", ""},
	} {
		t.Run(c.sentence, func(t *testing.T) {
			changed := sound(t)
			c.change(&changed)
			faults, warnings := Check(changed)
			if len(faults) > 0 {
				t.Fatalf("faults %v", faults)
			}
			expectWarning(t, warnings, c.field, c.want)
		})
	}
}

// expectWarning wants exactly one warning, at the field and with the text, or none.
func expectWarning(t *testing.T, warnings []app.Warning, field, want string) {
	t.Helper()
	switch {
	case want == "" && len(warnings) > 0:
		t.Errorf("warnings %v, want none", warnings)
	case want != "" && (len(warnings) != 1 || warnings[0].Field != field || !strings.Contains(warnings[0].Text, want)):
		t.Errorf("warnings %v, want one at %s with %q", warnings, field, want)
	}
}

func TestEveryReasonIsFoundByItsCode(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range Reasons() {
		if got, ok := ReasonOf(r.Code); !ok || got != r || seen[r.Code] {
			t.Errorf("%s finds %v", r.Code, got)
		}
		seen[r.Code] = true
		if r.Settlement != strings.Contains(r.Hint(), "经济补偿") {
			t.Errorf("%s: settlement %v, but the hint says %q", r.Code, r.Settlement, r.Hint())
		}
	}
	if _, ok := ReasonOf("43"); ok {
		t.Error("article 43 is no reason")
	}
}

func TestAnEndingFitsItsContract(t *testing.T) {
	fixed := past(t, app.TermFixed, "2026-05-01", "2027-04-30", 0)
	open := past(t, app.TermOpen, "2026-05-01", "", 0)
	for _, c := range []struct {
		sentence   string
		contract   Contract
		reason, on string
		field      string
		want       string // of a fault, "" for none
		warning    string // at the reason or the date, "" for none
	}{
		{"the worker leaves", fixed, "37", "2026-10-31", "", "", ""},
		{"by agreement on the first day", fixed, "36-employer", "2026-05-01", "", "", ""},
		{"for no reason", fixed, "", "2026-10-31", app.FieldReason, "第三十六条至第四十一条", ""},
		{"on no day", fixed, "37", "", app.FieldEndedOn, "第五十条", ""},
		{"before the start", fixed, "37", "2026-04-30", app.FieldEndedOn, "不能早于", ""},
		{"after the agreed end", fixed, "37", "2027-05-01", "", "", "继续用工"},
		{"with notice", fixed, "40-2", "2026-10-31", "", "", "第四十二条"},
		{"a dismissal without notice", fixed, "39-2", "2026-10-31", "", "", ""},
		{"the term is over", fixed, Expired, "2027-04-30", "", "", "第四十五条"},
		{"the term is not over", fixed, Expired, "2027-04-29", app.FieldEndedOn, "2027年4月30日期满", "第四十五条"},
		{"an open term is never over", open, Expired, "2027-04-30", app.FieldReason, "第十四条", "第四十五条"},
		{"an open term ends by agreement", open, "36-worker", "2030-04-30", "", "", ""},
	} {
		t.Run(c.sentence, func(t *testing.T) {
			faults, warnings := CheckEnding(app.Ending{Reason: c.reason, On: date(t, c.on)}, c.contract)
			if c.want == "" && len(faults) > 0 || !strings.Contains(faults.Of(c.field), c.want) {
				t.Errorf("faults %v, want %q", faults, c.want)
			}
			field := app.FieldReason
			if c.warning == "继续用工" {
				field = app.FieldEndedOn
			}
			expectWarning(t, warnings, field, c.warning)
		})
	}
}
