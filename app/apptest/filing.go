package apptest

import (
	"time"

	"laoqi/app"
	"laoqi/app/demo"
	"laoqi/app/filing"
	"laoqi/app/law"
)

// Form is a filing without fault or warning for a sample worker: one year from
// 1 May 2026, two months of probation, 4500 yuan a month.
func Form(who demo.Who) filing.Form {
	worker := Known(who)
	return filing.Form{Kind: app.FilingNew,
		Worker: app.Worker{Name: worker.Name, IDType: worker.IDType, IDNumber: worker.IDNumber, Mobile: worker.Mobile, Address: "长春市南关区人民大街 1 号"},
		Terms: app.Terms{Kind: app.TermFixed, Start: app.Date{Year: 2026, Month: time.May, Day: 1}, End: app.Date{Year: 2027, Month: time.April, Day: 30}, Probation: 2, Employment: app.EmploymentFull,
			Post: "装配工", Duties: "装配", Workplace: "长春市", Hours: app.HoursStandard,
			PayKind: app.PayMonthly, Pay: 4500_00, ProbationPay: 3600_00, PayDay: 15, Insured: app.AllInsurances, Insurance: "依法参加", Protection: "依法提供"}}
}

// form is Form at the time of the world.
func (w *World) form(who demo.Who) filing.Form {
	f := Form(who)
	f.Terms.Start = app.DateOf(w.start).AddDays(-5)
	f.Terms.End = law.LastDay(f.Terms.Start, 12)
	return f
}

// Submit hands the form to the desk, in place of the filing unless id is 0.
func (w *World) Submit(clerk app.Actor, id int64, f filing.Form) int64 {
	w.T.Helper()
	id, warnings, err := w.Filing.Submit(w.T.Context(), clerk, id, f)
	if err != nil || len(warnings) > 0 {
		w.T.Fatal(err, warnings)
	}
	return id
}

// ReadFiling reads a filing of the clerk's enterprise.
func (w *World) ReadFiling(clerk app.Actor, id int64) filing.Filing {
	w.T.Helper()
	f, err := w.Filing.Get(w.T.Context(), clerk, id)
	if err != nil {
		w.T.Fatal(err)
	}
	return f
}

// Roster submits the form, approves it and puts it on a roster.
func (w *World) Roster(clerk, reviewer app.Actor, f filing.Form) (filing, roster int64) {
	w.T.Helper()
	filing = w.Submit(clerk, 0, f)
	err := w.Review.Approve(w.T.Context(), reviewer, filing, w.ReadFiling(clerk, filing).Version)
	if err == nil {
		roster, err = w.Review.MakeRoster(w.T.Context(), reviewer, clerk.Enterprise)
	}
	if err != nil {
		w.T.Fatal(err)
	}
	return filing, roster
}
