package identity_test

import (
	"testing"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/apptest/head"
	"laoqi/app/contract"
	"laoqi/app/demo"
	"laoqi/app/identity"
)

func TestAnAgentWhomTheDeskKnowsByFaceIsVerifiedAsAPersonToo(t *testing.T) {
	s := &sitter{apptest.New(t), t, app.Actor{}}
	s.People()
	second := s.Employ(s.Second(), demo.WorkerB, demo.Agent, secondPassword, false)
	agent := s.Actor(demo.Agent)
	s.TakeFace(demo.Agent, head.Wang)
	s.must(s.Enterprise.Enable(t.Context(), agent))
	s.Roster(agent, s.Actor(demo.Reviewer), apptest.Form(demo.Agent)) // also a worker
	s.Idle()
	was, err := s.Contract.List(t.Context(), agent.Person, contract.ToSign, 0)
	if err != nil || len(was.List) != 1 {
		t.Fatalf("the agent's person holds %d contracts, %v", len(was.List), err)
	}

	verified(s.World, registration(s.World, demo.Agent))
	sample, _ := demo.Find(demo.Agent)
	person := s.LogIn(identity.FaceMobile, identity.Credentials{Way: identity.AsPerson, Name: sample.Mobile, Password: demo.Password})
	if p, err := s.Identity.Person(t.Context(), person.Person); err != nil || p.Level != app.Verified {
		t.Errorf("the person is %s, %v", p.Level, err)
	}
	all, err := s.Identity.Others(t.Context(), person)
	if err != nil || len(all) != 2 || all[0].Account != second && all[1].Account != second {
		t.Errorf("the person's agents are %+v, %v", all, err)
	}
	for _, by := range []app.Actor{agent, person} {
		if r, err := s.Identity.Record(t.Context(), by); err != nil || r.Face {
			t.Errorf("a face that nobody can withdraw is kept: %v", err)
		}
	}
	now, err := s.Contract.List(t.Context(), person.Person, contract.ToSign, 0)
	if err != nil || len(now.List) != 1 {
		t.Errorf("the person holds %d contracts, %v", len(now.List), err)
	}
}
