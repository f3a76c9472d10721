package contract

import (
	"context"

	"laoqi/app"
)

// Counts says how many filings and documents of an enterprise stand in each state.
// The database keeps the numbers itself, so that reading them costs the same
// however many there are.
type Counts struct {
	Filings     map[app.FilingState]int64
	Contracts   map[app.DocumentState]int64 // main documents
	Supplements map[app.DocumentState]int64
}

// Unsealed is how many documents wait for the seal.
func (c Counts) Unsealed() int64 {
	return c.Contracts[app.DocumentUnsealed] + c.Supplements[app.DocumentUnsealed]
}

// Of is how many filings a list of the filter has; known is false where only the
// search itself could tell.
func (c Counts) Of(f Filter) (n int64, known bool) {
	switch {
	case f.Name != "" || f.IDNumber != "":
		return 0, false
	case f.Document != "" && f.Filing != "" && f.Filing != app.FilingRostered:
		return 0, true
	case f.Document != "":
		return c.Contracts[f.Document], true
	case f.Filing != "":
		return c.Filings[f.Filing], true
	}
	for _, k := range c.Filings {
		n += k
	}
	return n, true
}

// Counts reads the enterprise's numbers.
func (s *Service) Counts(ctx context.Context, enterprise int64) (Counts, error) {
	c := Counts{map[app.FilingState]int64{}, map[app.DocumentState]int64{}, map[app.DocumentState]int64{}}
	rows, err := s.DB.Tallies(ctx, enterprise)
	for _, r := range rows {
		switch r.Kind {
		case "main":
			c.Contracts[app.DocumentState(r.State)] += r.Value
		case "supplement":
			c.Supplements[app.DocumentState(r.State)] += r.Value
		default:
			c.Filings[app.FilingState(r.State)] += r.Value
		}
	}
	return c, err
}
