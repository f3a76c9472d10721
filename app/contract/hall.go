package contract

import (
	"cmp"
	"context"
	"encoding/json"
	"math"
	"strings"

	"laoqi/app"
	"laoqi/app/identity"
	"laoqi/app/store"
)

// Filter is what the clerk searches for in 电子劳动合同生成; empty values do not narrow.
type Filter struct {
	Name     string // any part of it
	IDNumber string // whole, of any type
	Filing   app.FilingState
	Document app.DocumentState
}

// Row is one filing with its contract, if it has one.
type Row struct {
	Filing      int64
	Kind        app.FilingKind
	Paper       bool
	Name        string
	MaskedID    string
	Terms       app.Terms // kind and days only
	EndedOn     app.Date
	FilingState app.FilingState
	Contract    int64 // 0 for none
	State       app.DocumentState
	SealProblem string
}

// Page is a page of rows, newest first. Next continues it, 0 at the end.
type Page struct {
	Rows []Row
	Next int64
}

// PageSize is how many rows a page shows.
const PageSize = 20

// Search lists the enterprise's filings that pass the filter, from the Next of
// the page before (0: from the newest).
func (s *Service) Search(ctx context.Context, enterprise int64, f Filter, from int64) (Page, error) {
	if from <= 0 {
		from = math.MaxInt64
	}
	ids, err := s.Find(ctx, enterprise, f, from, PageSize+1)
	if err != nil || len(ids) == 0 {
		return Page{}, err
	}
	more := len(ids) > PageSize
	list, err := json.Marshal(ids[:min(len(ids), PageSize)])
	if err != nil {
		return Page{}, err
	}
	found, err := s.DB.HallRows(ctx, string(list))
	if err != nil {
		return Page{}, err
	}
	page := Page{Rows: make([]Row, len(found))}
	for i, r := range found {
		if page.Rows[i], err = s.row(r); err != nil {
			return Page{}, err
		}
	}
	if more {
		last := found[len(found)-1]
		page.Next = last.ID
		if f.byDocument() {
			page.Next = last.DocumentID
		}
	}
	return page, nil
}

func (s *Service) row(r store.HallRowsRow) (row Row, err error) {
	number := ""
	if len(r.IDNumber) > 0 { // a draft may have none yet
		number, err = identity.OpenNumber(s.Vault, r.IDNumber)
	}
	return Row{Filing: r.ID, Kind: r.Kind, Paper: r.Paper, Name: r.Name, MaskedID: app.MaskID(number), Terms: app.Terms{Kind: r.TermKind, Start: r.StartOn, End: r.EndOn},
		EndedOn: r.EndedOn, FilingState: r.State, Contract: r.ContractID, State: app.DocumentState(r.DocumentState), SealProblem: r.SealProblem}, err
}

// byDocument reports whether the list follows the documents, not the filings.
func (f Filter) byDocument() bool { return f.Name == "" && f.IDNumber == "" && f.Document != "" }

// Find returns the ids of up to count filings, newest first, each kind of search by
// an index of its own.
func (s *Service) Find(ctx context.Context, enterprise int64, f Filter, from, count int64) ([]int64, error) {
	switch {
	case f.Document != "" && f.Filing != "" && f.Filing != app.FilingRostered:
		return nil, nil // documents are made of rostered filings only
	case f.IDNumber != "":
		return s.findNumber(ctx, enterprise, f, from, count)
	case f.Name != "":
		return s.DB.HallFilingsByName(ctx, store.HallFilingsByNameParams{EnterpriseID: enterprise, Gram: gram(f.Name), Name: f.Name,
			State: pattern(f.Filing), Document: string(f.Document), Before: from, Count: count})
	case f.Document != "":
		return s.DB.HallFilingsByDocument(ctx, store.HallFilingsByDocumentParams{EnterpriseID: enterprise, State: f.Document, Before: from, Count: count})
	case f.Filing != "":
		return s.DB.HallFilingsByState(ctx, store.HallFilingsByStateParams{EnterpriseID: enterprise, State: f.Filing, Before: from, Count: count})
	}
	return s.DB.HallFilings(ctx, store.HallFilingsParams{EnterpriseID: enterprise, Before: from, Count: count})
}

// findNumber tries the number as each type of document that has such numbers.
func (s *Service) findNumber(ctx context.Context, enterprise int64, f Filter, from, count int64) (ids []int64, err error) {
	for t, number := range f.readings(app.DateOf(s.DB.Now().Time)) {
		ids, err = s.DB.HallFilingsByWorker(ctx, store.HallFilingsByWorkerParams{EnterpriseID: enterprise, IDHash: identity.NumberHash(s.Vault, t, number),
			Name: f.Name, State: pattern(f.Filing), Document: string(f.Document), Before: from, Count: count})
		if err != nil || len(ids) > 0 {
			return ids, err
		}
	}
	return nil, nil
}

// longestPassport is how many characters a passport's number has room for (ICAO
// Doc 9303, part 4); a longer number is one of the others, perhaps mistyped.
const longestPassport = 9

// readings are the number as each type of document that it may be of.
func (f Filter) readings(today app.Date) map[app.IDType]string {
	found := map[app.IDType]string{}
	for _, o := range app.IDTypes() {
		t := app.IDType(o.Value)
		number, problem := app.CheckIDNumber(t, f.IDNumber, today)
		if problem == "" && (t != app.IDPassport || len(number) <= longestPassport) {
			found[t] = number
		}
	}
	return found
}

// gram is the piece of a name that the index is asked for.
func gram(name string) string {
	r := []rune(strings.ToLower(name))
	return string(r[:min(len(r), app.MaxGram)])
}

// pattern is the state for LIKE: any, if none is asked for.
func pattern(s app.FilingState) string { return cmp.Or(string(s), "%") }

// Check returns what is wrong with the filter as typed.
func (f Filter) Check(today app.Date) (faults app.Faults) {
	if f.IDNumber != "" && len(f.readings(today)) == 0 {
		faults.Add(app.FieldIDNumber, "请输入完整、正确的身份证号；不确定时可以按姓名查询。")
	}
	return faults
}
