package web_test

import (
	"net/http"
	"regexp"
	"testing"

	"laoqi/app"
	"laoqi/app/apptest/upload"
	"laoqi/app/contract"
	"laoqi/app/demo"
	"laoqi/app/hub"
	"laoqi/app/link"
)

var followed = regexp.MustCompile(`hx-get="(/m/contract/[^"]+)"`)

func TestAWorkersOpenPageFollowsTheContract(t *testing.T) {
	s := open(t)
	clerk, d := s.Conclude()
	worker := s.as(demo.WorkerA)
	url := func(p page) string {
		t.Helper()
		found := followed.FindStringSubmatch(p.Body)
		if found == nil {
			t.Fatalf("the page follows nothing: %s", p.text())
		}
		return found[1]
	}
	here := url(worker.get(link.To(link.MobileContract, d.ID)))
	if got := worker.fragment(here); got.Status != http.StatusNoContent {
		t.Errorf("nothing changed: %d %s", got.Status, got.text())
	}
	person := s.Actor(demo.WorkerA).Person
	heard, end := s.Hub.Subscribe(hub.Person(person))
	defer end()
	s.must(s.Contract.AskPaper(t.Context(), s.Actor(demo.WorkerA), d.ID))
	if len(heard) != 1 {
		t.Errorf("%d events of the request", len(heard))
	}
	asked := worker.fragment(here)
	asked.shows(t, http.StatusOK, "请单位在")
	<-heard
	papers, err := s.Contract.Papers(t.Context(), clerk.Enterprise, 0)
	s.must(err)
	s.must(s.Contract.GivePaper(t.Context(), clerk, papers.List[0].ID, app.DateOf(s.Now())))
	if len(heard) != 1 {
		t.Errorf("%d events of the paper", len(heard))
	}
	worker.fragment(url(asked)).shows(t, http.StatusOK, "单位已于")
	if stranger := s.as(demo.WorkerB).fragment(here); stranger.Status != http.StatusNotFound {
		t.Errorf("a stranger reads it: %d", stranger.Status)
	}
}

func TestTheSealReachesTheWorkersPageByAnEvent(t *testing.T) {
	s := open(t)
	heard, end := s.Hub.Subscribe(hub.Person(s.Actor(demo.WorkerA).Person))
	defer end()
	_, d := s.Conclude()
	if len(heard) != 3 { // bound, signed, sealed
		t.Errorf("%d events from filing to seal", len(heard))
	}
	for range len(heard) {
		<-heard
	}
	id, err := s.Contract.AddSupplement(t.Context(), s.clerk, contract.Upload{Contract: d.Contract, File: upload.Plain(1)})
	s.must(err)
	s.must(s.Contract.WithdrawSupplement(t.Context(), s.clerk, id))
	if len(heard) != 2 {
		t.Errorf("%d events of a supplement that came and went", len(heard))
	}
}
