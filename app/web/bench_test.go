package web_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"laoqi/app"
	"laoqi/app/demo"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/app/store"

	"github.com/labstack/echo/v4"
)

// filings fills the enterprise with rostered filings whose contracts wait for
// their workers.
func (s *site) filings(n int) {
	s.t.Helper()
	s.must(s.DB.Write(s.t.Context(), func(tx *store.Tx) error {
		for i := range n {
			if err := s.filing(tx, i); err != nil {
				return err
			}
		}
		return nil
	}))
}

func (s *site) filing(tx *store.Tx, i int) error {
	ctx, enterprise := s.t.Context(), s.clerk.Enterprise
	id, err := tx.InsertFiling(ctx, store.InsertFilingParams{EnterpriseID: enterprise, Kind: app.FilingNew, MadeBy: s.clerk.Account, MadeAt: tx.Now})
	if err != nil {
		return err
	}
	name, number := fmt.Sprintf("王%c%c", '一'+rune(i%500), '丁'+rune(i/500)), fmt.Sprintf("2201021990%08d", i)
	hash := identity.NumberHash(s.Vault, app.IDResident, number)
	_, err = tx.SaveFiling(ctx, store.SaveFilingParams{ID: id, EnterpriseID: enterprise, State: app.FilingDraft, Name: name, IDType: app.IDResident,
		IDNumber: identity.SealNumber(s.Vault, number), IDHash: hash, Mobile: identity.SealMobile(s.Vault, "13800000000"),
		MobileHash: identity.MobileHash(s.Vault, "13800000000"), TermKind: app.TermFixed,
		StartOn: app.Date{Year: 2026, Month: 5, Day: 1}, EndOn: app.Date{Year: 2027, Month: 4, Day: 30}})
	if err != nil {
		return err
	}
	grams, err := json.Marshal(app.Grams(name))
	if err != nil {
		return err
	}
	if err := tx.InsertGrams(ctx, store.InsertGramsParams{EnterpriseID: enterprise, FilingID: id, Grams: string(grams)}); err != nil {
		return err
	}
	c, err := tx.InsertContract(ctx, store.InsertContractParams{FilingID: id, EnterpriseID: enterprise, IDHash: hash,
		Number: fmt.Sprintf("HT-%08d", i), CheckCode: fmt.Sprintf("%016d", i), MadeAt: tx.Now})
	if err != nil {
		return err
	}
	_, err = tx.InsertDocument(ctx, store.InsertDocumentParams{ContractID: c.ID, EnterpriseID: enterprise, Title: "劳动合同", State: app.DocumentUnsigned,
		Pages: 1, BaseHash: fmt.Sprintf("%064d", i), MadeAt: tx.Now})
	return err
}

// serve sends the request again and again, without a network between.
func serve(b *testing.B, h http.Handler, r *http.Request) {
	b.ReportAllocs()
	for b.Loop() {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			b.Fatalf("status %d: %s", w.Code, w.Body)
		}
	}
}

// BenchmarkHello is the limit: echo and nothing to do.
func BenchmarkHello(b *testing.B) {
	e := echo.New()
	e.GET("/", func(c echo.Context) error { return c.String(http.StatusOK, "hello") })
	serve(b, e, httptest.NewRequest(http.MethodGet, "/", nil))
}

// BenchmarkHallList is 电子劳动合同生成 with a session, at 10,000 filings.
func BenchmarkHallList(b *testing.B) {
	s := open(b)
	s.filings(10_000)
	clerk := s.as(demo.Agent)
	where, err := url.Parse(s.server.URL + link.Hall)
	s.must(err)
	for name, path := range map[string]string{"newest": link.HallContracts, "rows": link.HallContractRows, "deep": link.With(link.HallContracts, "before", "2000")} {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		for _, c := range clerk.client.Jar.Cookies(where) {
			r.AddCookie(c)
		}
		b.Run(name, func(b *testing.B) { serve(b, s.handler, r) })
	}
}
