package web_test

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"testing"

	"laoqi/app/contract"
	"laoqi/app/demo"
	"laoqi/app/link"
)

var back = regexp.MustCompile(`<span class="m-side"><a href="([^"]+)"`)

// leadsBack checks where 返回 of a page of the mobile site leads.
func (p page) leadsBack(t *testing.T, to string) {
	t.Helper()
	found := back.FindStringSubmatch(p.Body)
	if found == nil || html.UnescapeString(found[1]) != to {
		t.Errorf("返回 of %s: %v, want %s", p.Path, found, to)
	}
}

func TestBackFromAContractLeadsToItsShelf(t *testing.T) {
	s := open(t)
	_, d := s.Conclude()
	b := s.as(demo.WorkerA)
	shelf := link.With(link.MobileContracts, "shelf", string(contract.Signed))
	here := link.To(link.MobileContract, d.ID)
	b.get(here).leadsBack(t, shelf)
	b.get(link.To(link.MobileSigned, d.ID)).leadsBack(t, shelf)
	older := shelf + "&from=" + url.QueryEscape("1000")
	b.get(older).shows(t, http.StatusOK, link.With(here, "next", older))
	b.get(link.With(here, "next", older)).leadsBack(t, older)
}

func TestBackFromTheServicePageStaysInMySeals(t *testing.T) {
	s := authorizing(t)
	s.Authorize(s.clerk, s.Actor(demo.Operator))
	b := s.as(demo.Boss)
	inside := link.With(link.MobileService, "next", link.MobileSealHome)
	b.enter(demo.Boss).shows(t, http.StatusOK, inside)
	b.get(inside).leadsBack(t, link.MobileSealHome)
	b.get(link.MobileService).leadsBack(t, link.MobileMe)
	some := link.With(link.MobileUsage, "seal", "1")
	record := link.With(link.To(link.MobileUse, 1), "next", some)
	b.get(some).shows(t, http.StatusOK, record)
	b.get(record).leadsBack(t, some)
}
