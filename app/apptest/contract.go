package apptest

import (
	"time"

	"laoqi/app"
	"laoqi/app/contract"
	"laoqi/app/demo"
	"laoqi/app/filing"
)

// Conclude walks the whole way, from the seal and its authorization through filing and
// roster to the worker's signature, and returns the sealed contract of WorkerA as
// the clerk sees it.
func (w *World) Conclude() (clerk app.Actor, d contract.Document) {
	w.T.Helper()
	return w.ConcludeBy(w.MakeSeal(w.Actor(demo.Boss), app.SealContract))
}

// ConcludeBy is Conclude with a seal that was made before.
func (w *World) ConcludeBy(seal int64) (clerk app.Actor, d contract.Document) {
	w.T.Helper()
	clerk = w.Actor(demo.Agent)
	w.must(w.Enterprise.Enable(w.T.Context(), clerk))
	boss, operator := w.Actor(demo.Boss), w.Actor(demo.Operator)
	w.Grant(boss, seal, demo.Operator)
	w.Activate(operator, demo.Operator)
	w.Authorize(clerk, operator)
	filing, _ := w.Roster(clerk, w.Actor(demo.Reviewer), w.form(demo.WorkerA))
	var row contract.Row
	w.Until("the contract", func() bool {
		page, err := w.Contract.Search(w.T.Context(), clerk.Enterprise, contract.Filter{}, 0)
		w.must(err)
		for _, r := range page.Rows {
			if r.Filing == filing {
				row = r
			}
		}
		return row.State != ""
	})
	read := func() contract.Document {
		d, err := w.Contract.OfContract(w.T.Context(), clerk, row.Contract)
		w.must(err)
		return d
	}
	worker := w.Actor(demo.WorkerA)
	w.Activate(worker, demo.WorkerA)
	w.Sign(worker, demo.WorkerA, read())
	w.Until("the seal", func() bool { d = read(); return d.State == app.DocumentSigned })
	return clerk, d
}

// End ends a contract that Conclude made, on its first day, and returns the sealed
// proof of it (解除/终止证明书) as the worker sees it.
func (w *World) End(clerk app.Actor, d contract.Document) (proof contract.Document) {
	w.T.Helper()
	worker := w.Actor(demo.WorkerA)
	w.Roster(clerk, w.Actor(demo.Reviewer), filing.Form{Kind: app.FilingTermination, Previous: d.Filing, Ending: app.Ending{Reason: "36-worker", On: d.Terms.Start}})
	w.Until("the sealed proof", func() bool {
		page, err := w.Contract.List(w.T.Context(), worker.Person, contract.Over, 0)
		w.must(err)
		for _, held := range page.List {
			if proof, err = w.Contract.Mine(w.T.Context(), worker, held.ID); err == nil && proof.Proof() && proof.State == app.DocumentSigned {
				return true
			}
		}
		return false
	})
	return proof
}

// Sign lets a worker, who has a certificate under Passphrase, sign the document.
func (w *World) Sign(worker app.Actor, who demo.Who, d contract.Document) {
	w.T.Helper()
	w.Wait(2 * time.Minute)
	w.Screen.Clear()
	w.must(w.Contract.SendCode(w.T.Context(), worker, d.ID))
	w.must(w.Contract.Sign(w.T.Context(), worker, contract.Signing{Read: []contract.Reading{d.Reading()}, Typed: Known(who).Name, Consent: true,
		Passphrase: Passphrase, Code: w.Code(who)}))
}

func (w *World) must(err error) {
	w.T.Helper()
	if err != nil {
		w.T.Fatal(err)
	}
}
