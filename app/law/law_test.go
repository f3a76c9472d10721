package law

import (
	"slices"
	"strings"
	"testing"

	"laoqi/app"
)

func date(t *testing.T, s string) app.Date {
	t.Helper()
	d, err := app.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// sound is a case without fault or warning: one year from 1 May 2026, two months
// of probation, 4500 yuan a month.
func sound(t *testing.T) Case {
	return Case{
		Kind: app.FilingNew,
		Worker: app.Worker{Name: "张伟", IDType: app.IDResident, IDNumber: "11010519491231002X",
			Mobile: "13812342028", Domicile: "长春市", Address: "长春市南关区"},
		Terms: app.Terms{
			Kind: app.TermFixed, Start: date(t, "2026-05-01"), End: date(t, "2027-04-30"), Probation: 2, Employment: app.EmploymentFull,
			Post: "装配工", Duties: "装配", Workplace: "长春市", Hours: app.HoursStandard,
			PayKind: app.PayMonthly, Pay: 4500_00, ProbationPay: 3600_00, PayDay: 15,
			Insured: app.AllInsurances, Insurance: "依法参加社会保险", Protection: "依法提供",
		},
		Minimum: 2120_00,
		Today:   date(t, "2026-05-01"),
	}
}

func TestASoundContractHasNoFaultAndNoWarning(t *testing.T) {
	faults, warnings := Check(sound(t))
	if len(faults) > 0 || len(warnings) > 0 {
		t.Errorf("faults %v, warnings %v", faults, warnings)
	}
}

func TestALastDayCountsTheFirst(t *testing.T) {
	for _, c := range []struct {
		sentence, start string
		months          int
		want            string
	}{
		{"a year from the first of May", "2026-05-01", 12, "2027-04-30"},
		{"a calendar year", "2026-01-01", 12, "2026-12-31"},
		{"a month from mid-month", "2026-05-15", 1, "2026-06-14"},
		{"a month from 31 January ends with February", "2026-01-31", 1, "2026-02-28"},
		{"a month from 31 January ends with a leap February", "2028-01-31", 1, "2028-02-29"},
		{"a month from 30 January ends with February", "2026-01-30", 1, "2026-02-28"},
		{"a month from 28 January ends the day before 28 February", "2026-01-28", 1, "2026-02-27"},
		{"three months from 31 January", "2026-01-31", 3, "2026-04-30"},
		{"three months from 30 November", "2026-11-30", 3, "2027-02-28"},
		{"a month from 28 February", "2026-02-28", 1, "2026-03-27"},
		{"a year from a leap day", "2028-02-29", 12, "2029-02-28"},
		{"four years from a leap day", "2028-02-29", 48, "2032-02-28"},
		{"three years across a leap day", "2026-03-01", 36, "2029-02-28"},
	} {
		t.Run(c.sentence, func(t *testing.T) {
			if got := LastDay(date(t, c.start), c.months); got != date(t, c.want) {
				t.Errorf("got %v, want %s", got, c.want)
			}
		})
	}
}

func TestTheLongestProbationFollowsTheTerm(t *testing.T) {
	for _, c := range []struct {
		sentence   string
		kind       app.TermKind
		start, end string
		want       int
	}{
		{"a day under three months allows none", app.TermFixed, "2026-05-01", "2026-07-30", 0},
		{"three months allow one", app.TermFixed, "2026-05-01", "2026-07-31", 1},
		{"three months from a 31st allow one", app.TermFixed, "2026-01-31", "2026-04-30", 1},
		{"a day under three months from a 31st allows none", app.TermFixed, "2026-01-31", "2026-04-29", 0},
		{"a day under a year allows one", app.TermFixed, "2026-05-01", "2027-04-29", 1},
		{"a year allows two", app.TermFixed, "2026-05-01", "2027-04-30", 2},
		{"a day under three years allows two", app.TermFixed, "2026-05-01", "2029-04-29", 2},
		{"three years allow six", app.TermFixed, "2026-05-01", "2029-04-30", 6},
		{"an open term allows six", app.TermOpen, "2026-05-01", "", 6},
		{"a term for a task allows none", app.TermTask, "2026-05-01", "", 0},
		{"a fixed term without an end allows none yet", app.TermFixed, "2026-05-01", "", 0},
	} {
		t.Run(c.sentence, func(t *testing.T) {
			terms := app.Terms{Kind: c.kind, Start: date(t, c.start), End: date(t, c.end)}
			if got := MaxProbation(terms); got != c.want {
				t.Errorf("got %d months, want %d", got, c.want)
			}
			if c.want > 0 && !terms.End.IsZero() && LastDay(terms.Start, c.want).After(terms.End) {
				t.Errorf("%d months reach beyond the term", c.want)
			}
		})
	}
}

// fault is what a change of the sound case must lead to: a sentence at the field
// that names the article, and nothing else.
type fault struct {
	sentence string
	change   func(*Case)
	field    string
	want     string // "" if the change is lawful
}

func checkFaults(t *testing.T, cases []fault) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.sentence, func(t *testing.T) {
			changed := sound(t)
			c.change(&changed)
			faults, _ := Check(changed)
			switch {
			case c.want == "" && len(faults) > 0:
				t.Errorf("faults %v, want none", faults)
			case c.want != "" && (len(faults) != 1 || !strings.Contains(faults.Of(c.field), c.want)):
				t.Errorf("faults %v, want one at %s with %q", faults, c.field, c.want)
			}
		})
	}
}

func TestMandatoryTermsAreAskedFor(t *testing.T) {
	checkFaults(t, []fault{
		{"no name", func(c *Case) { c.Worker.Name = "" }, app.FieldName, "第十七条第一款第二项"},
		{"no address", func(c *Case) { c.Worker.Address = " " }, app.FieldAddress, "第十七条第一款第二项"},
		{"no ID number", func(c *Case) { c.Worker.IDNumber = "" }, app.FieldIDNumber, "第十七条第一款第二项"},
		{"no start", func(c *Case) { c.Terms.Start = app.Date{}; c.Terms.Probation = 0; c.Terms.ProbationPay = 0 }, app.FieldStart, "第十七条第一款第三项"},
		{"no post", func(c *Case) { c.Terms.Post = "" }, app.FieldPost, "第十七条第一款第四项"},
		{"no duties", func(c *Case) { c.Terms.Duties = "" }, app.FieldDuties, "第十七条第一款第四项"},
		{"no place of work", func(c *Case) { c.Terms.Workplace = "" }, app.FieldWorkplace, "第十七条第一款第四项"},
		{"no working-time system", func(c *Case) { c.Terms.Hours = "" }, app.FieldHours, "第十七条第一款第五项"},
		{"an unknown working-time system", func(c *Case) { c.Terms.Hours = "996" }, app.FieldHours, "第十七条第一款第五项"},
		{"no kind of pay", func(c *Case) { c.Terms.PayKind = "" }, app.FieldPayKind, "第十七条第一款第六项"},
		{"no pay", func(c *Case) { c.Terms.Pay = 0 }, app.FieldPay, "第十七条第一款第六项"},
		{"piece work without its rate", func(c *Case) { c.Terms.PayKind = app.PayPiece }, app.FieldPayRule, "第十七条第一款第六项"},
		{"a bonus without its rule", func(c *Case) { c.Terms.PayKind = app.PayBonus }, app.FieldPayRule, "第十七条第一款第六项"},
		{"piece work with its rate", func(c *Case) { c.Terms.PayKind = app.PayPiece; c.Terms.PayRule = "每件 2 元" }, "", ""},
		{"no social insurance", func(c *Case) { c.Terms.Insurance = "" }, app.FieldInsurance, "第十七条第一款第七项"},
		{"no protection", func(c *Case) { c.Terms.Protection = "" }, app.FieldProtection, "第十七条第一款第八项"},
		{"no pay day", func(c *Case) { c.Terms.PayDay = 0 }, app.FieldPayDay, "《劳动法》第五十条"},
		{"the 32nd as pay day", func(c *Case) { c.Terms.PayDay = 32 }, app.FieldPayDay, "《劳动法》第五十条"},
		{"the 31st as pay day", func(c *Case) { c.Terms.PayDay = 31 }, "", ""},
		{"no form of employment", func(c *Case) { c.Terms.Employment = "" }, app.FieldEmployment, "《劳动合同法实施条例》第八条"},
		{"no other clauses", func(c *Case) { c.Terms.Clauses = "" }, "", ""},
	})
}

func TestAnEmptyFormIsAnsweredAllAtOnceInItsOrder(t *testing.T) {
	faults, warnings := Check(Case{Kind: app.FilingNew, Today: date(t, "2026-05-01")})
	var fields []string
	for _, f := range faults {
		fields = append(fields, f.Field)
	}
	want := []string{"name", "id_number", "address", "employment", "term_kind", "start", "post", "duties", "workplace",
		"hours", "pay_kind", "pay", "pay_day", "insurance", "protection"}
	if !slices.Equal(fields, want) {
		t.Errorf("faults at %v, want %v", fields, want)
	}
	if len(warnings) > 0 {
		t.Errorf("warnings %v before anything is typed", warnings)
	}
}

func TestTheTermFitsItsKind(t *testing.T) {
	checkFaults(t, []fault{
		{"no kind", func(c *Case) { c.Terms.Kind = "" }, app.FieldTermKind, "第十二条"},
		{"a fixed term without an end", func(c *Case) { c.Terms.End = app.Date{}; c.Terms.Probation = 0; c.Terms.ProbationPay = 0 },
			app.FieldEnd, "第十三条"},
		{"an end before the start", func(c *Case) { c.Terms.End = c.Terms.Start.AddDays(-1) }, app.FieldEnd, "不能早于起始日期"},
		{"a contract for one day", func(c *Case) { c.Terms.End = c.Terms.Start; c.Terms.Probation = 0; c.Terms.ProbationPay = 0 }, "", ""},
		{"an open term", func(c *Case) { c.Terms.Kind = app.TermOpen; c.Terms.End = app.Date{} }, "", ""},
		{"an open term with an end", func(c *Case) { c.Terms.Kind = app.TermOpen }, app.FieldEnd, "第十四条"},
		{"a fixed term with a task", func(c *Case) { c.Terms.Task = "大桥" }, app.FieldTask, "第十五条"},
		{"a term for a task", func(c *Case) { task(c); c.Terms.Task = "大桥竣工" }, "", ""},
		{"a term for a task that is not told", func(c *Case) { task(c) }, app.FieldTask, "第十五条"},
		{"a term for a task with an end", func(c *Case) {
			task(c)
			c.Terms.Task, c.Terms.End = "大桥竣工", c.Terms.Start.AddDays(9)
		}, app.FieldEnd, "第十五条"},
	})
}

func task(c *Case) {
	c.Terms.Kind, c.Terms.End = app.TermTask, app.Date{}
	c.Terms.Probation, c.Terms.ProbationPay = 0, 0
}

func TestProbationKeepsArticle19(t *testing.T) {
	checkFaults(t, []fault{
		{"three months in a contract of one year", func(c *Case) { c.Terms.Probation = 3 },
			app.FieldProbation, "满一年、不满三年，试用期不得超过 2 个月（《劳动合同法》第十九条第一款）"},
		{"two months in a contract a day under a year", func(c *Case) { c.Terms.End = date(t, "2027-04-29") },
			app.FieldProbation, "满三个月、不满一年，试用期不得超过 1 个月（《劳动合同法》第十九条第一款）"},
		{"one month in a contract a day under three months", func(c *Case) { c.Terms.End = date(t, "2026-07-30"); c.Terms.Probation = 1 },
			app.FieldProbation, "第十九条第三款"},
		{"seven months in a contract of three years", func(c *Case) { c.Terms.End = date(t, "2029-04-30"); c.Terms.Probation = 7 },
			app.FieldProbation, "满三年，试用期不得超过 6 个月"},
		{"six months in a contract of three years", func(c *Case) { c.Terms.End = date(t, "2029-04-30"); c.Terms.Probation = 6 }, "", ""},
		{"seven months in an open term", func(c *Case) {
			c.Terms.Kind, c.Terms.End, c.Terms.Probation = app.TermOpen, app.Date{}, 7
		}, app.FieldProbation, "不得超过 6 个月"},
		{"one month in a term for a task", func(c *Case) {
			task(c)
			c.Terms.Task, c.Terms.Probation, c.Terms.ProbationPay = "大桥竣工", 1, 4500_00
		}, app.FieldProbation, "第十九条第三款"},
		{"a negative number", func(c *Case) { c.Terms.Probation = -1; c.Terms.ProbationPay = 0 }, app.FieldProbation, "第十九条"},
		{"a second probation", func(c *Case) { c.History = []Contract{past(t, app.TermFixed, "2024-05-01", "2026-04-30", 1)} },
			app.FieldProbation, "第十九条第二款"},
		{"a first probation after a contract without", func(c *Case) {
			c.History = []Contract{past(t, app.TermFixed, "2024-05-01", "2026-04-30", 0)}
		}, "", ""},
	})
}

func past(t *testing.T, kind app.TermKind, start, end string, probation int) Contract {
	return Contract{Kind: kind, Start: date(t, start), End: date(t, end), Probation: probation}
}

func TestPayKeepsArticle20AndTheMinimumWage(t *testing.T) {
	checkFaults(t, []fault{
		{"a fen under 80 % in probation", func(c *Case) { c.Terms.ProbationPay = 3599_99 }, app.FieldProbationPay, "80%，即 3600 元（《劳动合同法》第二十条）"},
		{"80 % of an odd amount is rounded up", func(c *Case) { c.Terms.Pay = 4500_01 }, app.FieldProbationPay, "即 3600.01 元"},
		{"80 % that is under the minimum wage", func(c *Case) { c.Terms.Pay = 2500_00; c.Terms.ProbationPay = 2000_00 },
			app.FieldProbationPay, "最低工资标准 2120 元（《劳动合同法》第二十条）"},
		{"the minimum wage in probation", func(c *Case) { c.Terms.Pay = 2500_00; c.Terms.ProbationPay = 2120_00 }, "", ""},
		{"no pay in probation", func(c *Case) { c.Terms.ProbationPay = 0 }, app.FieldProbationPay, "第二十条"},
		{"probation pay without probation", func(c *Case) { c.Terms.Probation = 0 }, app.FieldProbationPay, "第二十条"},
		{"a fen under the minimum wage", func(c *Case) { c.Terms.Pay, c.Terms.ProbationPay = 2119_99, 2120_00 },
			app.FieldPay, "最低工资标准 2120 元（《劳动法》第四十八条）"},
		{"the minimum wage", func(c *Case) { c.Terms.Pay, c.Terms.ProbationPay = 2120_00, 2120_00 }, "", ""},
		{"no minimum wage is set", func(c *Case) { c.Minimum = 0; c.Terms.Pay, c.Terms.ProbationPay = 100_00, 80_00 }, "", ""},
	})
}

func TestAWorkerUnder16IsRefused(t *testing.T) {
	checkFaults(t, []fault{
		{"a day before the 16th birthday", func(c *Case) { c.Worker.IDNumber = "22010220100502001X" }, app.FieldIDNumber, "《劳动法》第十五条"},
		{"on the 16th birthday", func(c *Case) { c.Worker.IDNumber = "220102201005010014" }, "", ""},
		{"a foreigner of 15", func(c *Case) {
			c.Worker.IDType, c.Worker.IDNumber, c.Worker.Sex = app.IDForeigner, "KAZ110011050101", "男"
		},
			app.FieldIDNumber, "未满 16 周岁"},
		{"a passport of somebody of 15", func(c *Case) {
			c.Worker.IDType, c.Worker.IDNumber, c.Worker.Sex, c.Worker.Birth = app.IDPassport, "E12345678", "男", date(t, "2010-05-02")
		}, app.FieldBirth, "未满 16 周岁"},
		{"a passport without the sex", func(c *Case) {
			c.Worker.IDType, c.Worker.IDNumber, c.Worker.Birth = app.IDPassport, "E12345678", date(t, "1990-05-02")
		}, app.FieldSex, "请按证件选择性别"},
		{"beyond the age of retirement", func(c *Case) { c.Worker.IDNumber = "11010519491231002X" }, "", ""},
	})
}

func TestContractsOfOneWorkerDoNotOverlap(t *testing.T) {
	history := func(kind app.TermKind, start, end string) func(*Case) {
		return func(c *Case) { c.History = []Contract{past(t, kind, start, end, 0)} }
	}
	checkFaults(t, []fault{
		{"the earlier one ends the day before", history(app.TermFixed, "2025-05-01", "2026-04-30"), "", ""},
		{"the earlier one ends on the first day", history(app.TermFixed, "2025-05-01", "2026-05-01"), app.FieldStart, "2025年5月1日至2026年5月1日"},
		{"the earlier one begins on the last day", history(app.TermFixed, "2027-04-30", "2028-04-29"), app.FieldStart, "第三十五条"},
		{"the earlier one begins the day after", history(app.TermFixed, "2027-05-01", "2028-04-30"), "", ""},
		{"the earlier one is open", history(app.TermOpen, "2020-05-01", ""), app.FieldStart, "尚未终止"},
		{"the earlier one was open and has ended", history(app.TermOpen, "2020-05-01", "2026-04-30"), "", ""},
		{"an open one before a later one", func(c *Case) {
			history(app.TermFixed, "2028-05-01", "2029-04-30")(c)
			c.Terms.Kind, c.Terms.End = app.TermOpen, app.Date{}
		}, app.FieldStart, "第三十五条"},
	})
}
