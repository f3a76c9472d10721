package apptest

import (
	"laoqi/app"
	"laoqi/app/demo"
	"laoqi/app/enterprise"
	"laoqi/app/identity"
)

// The second employer, whose legal rep is WorkerB.
const (
	SecondName = "吉林市松花江物流有限公司"
	SecondUSCC = "91220201MA0Y5T3N10"
)

// Second makes the second employer and logs its legal rep in to the mobile site.
func (w *World) Second() (boss app.Actor) {
	w.T.Helper()
	id, err := w.Enterprise.Register(w.T.Context(), w.Actor(demo.WorkerB), enterprise.Form{Name: SecondName, USCC: SecondUSCC, Address: "吉林市", Phone: "0432-1",
		Password: demo.Password, Again: demo.Password, Licence: []byte("\x89PNG\r\n\x1a\n")})
	w.must(err)
	w.must(w.Enterprise.Decide(w.T.Context(), w.Actor(demo.Reviewer), id, ""))
	return w.LogIn(identity.FaceMobile, identity.Credentials{Way: identity.AsEnterprise, USCC: SecondUSCC, Password: demo.Password})
}

// Employ makes a sample person an agent of the legal rep's enterprise, with the
// password, for two years from today, and returns the account. The person has yet to
// confirm it.
func (w *World) Employ(boss app.Actor, rep, who demo.Who, password string, manages bool) (account int64) {
	w.T.Helper()
	today := app.DateOf(w.Now())
	d, err := w.Enterprise.DraftAgent(w.T.Context(), boss, enterprise.AgentForm{Known: Known(who), IDFrom: today.AddYears(-1), IDUntil: today.AddYears(9),
		Password: password, Again: password, AgentTerms: enterprise.AgentTerms{From: today, Until: today.AddYears(2), Manages: manages}})
	w.must(err)
	account, err = w.Enterprise.AddAgent(w.T.Context(), boss, d, identity.Proof{Password: demo.Password, Code: w.SMSCode(boss, rep, identity.ForAgent)})
	w.must(err)
	return account
}

// Confirm proves the mobile of the sample person, whose new account the actor uses.
func (w *World) Confirm(by app.Actor, who demo.Who) {
	w.T.Helper()
	problem, err := w.Identity.Confirm(w.T.Context(), by, w.SMSCode(by, who, identity.ForConfirmation))
	if err != nil || problem != "" {
		w.T.Fatal(problem, err)
	}
	w.Wait(identity.CodePause)
}
