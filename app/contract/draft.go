package contract

import (
	"laoqi/app"
	"laoqi/app/law"
	"laoqi/app/pdf"
)

// Draft is what a rostered filing hands over to become a document.
type Draft struct {
	FilingID       int64
	EnterpriseID   int64
	Kind           app.FilingKind
	Worker         app.Worker
	Terms          app.Terms
	Ending         app.Ending // of a termination
	Own            []string   // the enterprise's own clauses
	PreviousNumber string     // of the contract that this one renews or ends, may be empty
}

// title names the document in lists and messages.
func (d Draft) title() string {
	switch d.Kind {
	case app.FilingRenewal:
		return "续订劳动合同"
	case app.FilingTermination:
		return "解除（终止）劳动合同证明书"
	}
	return "劳动合同"
}

// state is where the document begins: an ending is the employer's act alone, so
// it waits for the seal only (劳动合同法 art. 50).
func (d Draft) state() app.DocumentState {
	if d.Kind == app.FilingTermination {
		return app.DocumentUnsealed
	}
	return app.DocumentUnsigned
}

// print sets the document, for signatures by hand if it is on paper.
func (d Draft) print(e pdf.Enterprise, r pdf.Record, paper bool) ([]byte, error) {
	if d.Kind == app.FilingTermination {
		reason, _ := law.ReasonOf(d.Ending.Reason)
		return pdf.Termination(pdf.TerminationDoc{Record: r, Enterprise: e, Worker: d.Worker, Contract: d.PreviousNumber, Terms: d.Terms,
			Ending: d.Ending, Reason: reason.Label, Article: reason.Article, Paper: paper})
	}
	doc := pdf.ContractDoc{Record: r, Enterprise: e, Worker: d.Worker, Terms: d.Terms, Kind: d.Kind, Previous: d.PreviousNumber, Own: d.Own, Paper: paper}
	if d.Terms.Probation > 0 {
		doc.ProbationEnd = law.LastDay(d.Terms.Start, d.Terms.Probation)
	}
	return pdf.Contract(doc)
}
