package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"laoqi/app"
	"laoqi/app/contract"
	"laoqi/app/demo"
	"laoqi/app/link"

	"github.com/labstack/echo/v4"
)

// BenchmarkHello is the limit: echo and nothing to do.
func BenchmarkHello(b *testing.B) {
	e := echo.New()
	e.GET("/", func(c echo.Context) error { return c.String(http.StatusOK, "hello") })
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	b.ReportAllocs()
	for b.Loop() {
		ask(b, e, r)
	}
}

// ask sends a request, without a network between.
func ask(b *testing.B, h http.Handler, r *http.Request) {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		b.Fatalf("%s: status %d: %s", r.URL, w.Code, w.Body)
	}
}

// few is the size that every benchmark runs at; `make bench` compares it with the
// number in LAOQI_BENCH_FILINGS.
const few = 10_000

// sizes opens an installation of few filings and, where it is asked for, another of many.
func sizes(b *testing.B) (sites []*site) {
	counts := []int{few}
	if many, err := strconv.Atoi(os.Getenv("LAOQI_BENCH_FILINGS")); err == nil {
		counts = append(counts, many)
	}
	for _, n := range counts {
		s := open(b)
		s.fill(n)
		sites = append(sites, s)
	}
	return sites
}

// BenchmarkFilings is 电子劳动合同生成 with a session, 首页, and the search behind
// it. It tells the medians, and how many times as long the many take as the few.
func BenchmarkFilings(b *testing.B) {
	sites := sizes(b)
	for _, p := range []struct{ name, path string }{
		{"list", link.HallContracts}, {"rows", link.HallContractRows}, {"deep", link.With(link.HallContracts, "before", "5000")},
		{"unsealed", link.With(link.HallContracts, "document", string(app.DocumentUnsealed))}, {"home", link.Hall}, {"reminders", link.HallReminders},
		{"new", link.To(link.HallFilings, app.FilingNew)}, {"renewal", link.To(link.HallFilings, app.FilingRenewal)},
	} {
		compare(b, p.name, sites, func(s *site) func() {
			r := s.request(p.path)
			return func() { ask(b, s.handler, r) }
		})
	}
	for _, name := range []string{"王", "欧阳", "欧阳娜", "诸葛"} {
		f := contract.Filter{Name: name}
		compare(b, "search-"+name, sites, func(s *site) func() {
			return func() {
				_, err := s.Contract.Search(b.Context(), s.clerk.Enterprise, f, 0)
				s.must(err)
			}
		})
	}
}

// request is a clerk's.
func (s *site) request(path string) *http.Request {
	s.t.Helper()
	where, err := url.Parse(s.server.URL + link.Hall)
	s.must(err)
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for _, c := range s.as(demo.Agent).client.Jar.Cookies(where) {
		r.AddCookie(c)
	}
	return r
}

// compare runs the act at each size in turn, so that all see the same noise.
func compare(b *testing.B, name string, sites []*site, prepare func(*site) func()) {
	b.Run(name, func(b *testing.B) {
		acts, took := make([]func(), len(sites)), make([][]time.Duration, len(sites))
		for i, s := range sites {
			acts[i] = prepare(s)
			acts[i]()
		}
		for b.Loop() {
			for i, act := range acts {
				start := time.Now()
				act()
				took[i] = append(took[i], time.Since(start))
			}
		}
		first := median(took[0])
		b.ReportMetric(first, "us/few")
		if len(took) > 1 {
			b.ReportMetric(median(took[1]), "us/many")
			b.ReportMetric(median(took[1])/first, "x")
		}
	})
}

// median is in microseconds.
func median(d []time.Duration) float64 {
	slices.Sort(d)
	return float64(d[len(d)/2]) / float64(time.Microsecond)
}
