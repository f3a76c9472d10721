package contract_test

import (
	"testing"

	"laoqi/app/apptest"
	"laoqi/app/demo"
	"laoqi/app/identity"
)

func TestTheProofOfAnEndingReachesWhoSignedUnderTheFormerName(t *testing.T) {
	w := apptest.New(t)
	w.People()
	clerk, d := w.Conclude()
	person := w.Actor(demo.WorkerA).Person
	p, err := w.Identity.Person(t.Context(), person)
	if err != nil {
		t.Fatal(err)
	}
	c := identity.Correction{Name: "王秀蓝", IDType: p.IDType, IDNumber: p.IDNumber, IDFrom: p.IDFrom, IDUntil: p.IDUntil}
	if err := w.Identity.CorrectPerson(t.Context(), w.Actor(demo.Reviewer), person, c, checked, w.Cert.Revoke, w.Corrected); err != nil {
		t.Fatal(err)
	}
	if kept, err := w.Contract.OfContract(t.Context(), clerk, d.Contract); !kept.Bound || err != nil {
		t.Errorf("the signed contract left the worker: %v", err)
	}
	w.End(clerk, d)
}
