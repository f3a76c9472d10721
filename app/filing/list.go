package filing

import (
	"context"
	"encoding/json"
	"math"

	"laoqi/app"
	"laoqi/app/contract"
	"laoqi/app/identity"
	"laoqi/app/store"
)

// PageSize is how many filings a list shows at once.
const PageSize = 20

// Row is one line of a list.
type Row struct {
	ID       int64
	Paper    bool
	State    app.FilingState
	Name     string
	IDNumber string // masked
	Post     string
	Terms    app.Terms // kind and dates only
	EndedOn  app.Date  // of a termination
	MadeAt   app.Time
	Document app.DocumentState // of the main document
}

// List gives the enterprise's filings of a kind, newest first, older than the id
// `before` (0: from the newest), one more than a page if there are more. Only
// keeps those of one state, "" all.
func (s *Service) List(ctx context.Context, by app.Actor, kind app.FilingKind, only app.FilingState, before int64) ([]Row, error) {
	found, err := s.db.FilingsOfKind(ctx, store.FilingsOfKindParams{EnterpriseID: by.Enterprise, Kind: kind, Only: string(only), Before: newest(before)})
	if err != nil {
		return nil, err
	}
	rows := make([]Row, len(found))
	for i, r := range found {
		if rows[i], err = s.line(r); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

func (s *Service) line(r store.FilingsOfKindRow) (Row, error) {
	number, err := identity.OpenNumber(s.vault, r.IDNumber)
	return Row{r.ID, r.Paper, r.State, r.Name, app.MaskID(number), r.Post, app.Terms{Kind: r.TermKind, Start: r.StartOn, End: r.EndOn},
		r.EndedOn, r.MadeAt, app.DocumentState(r.DocumentState)}, err
}

// Count is how many filings List has in all.
func (s *Service) Count(ctx context.Context, by app.Actor, kind app.FilingKind, only app.FilingState) (int64, error) {
	return s.db.CountFilings(ctx, store.CountFilingsParams{EnterpriseID: by.Enterprise, Kind: string(kind), Only: string(only)})
}

// InForce lists the enterprise's contracts that can be renewed or ended, like List,
// those alone whose worker the filter names.
func (s *Service) InForce(ctx context.Context, by app.Actor, f contract.Filter, before int64) ([]Row, error) {
	if f.Name != "" || f.IDNumber != "" {
		return s.inForceOf(ctx, by, f, newest(before))
	}
	found, err := s.db.ContractsInForce(ctx, store.ContractsInForceParams{EnterpriseID: by.Enterprise, Before: newest(before)})
	if err != nil {
		return nil, err
	}
	rows := make([]Row, len(found))
	for i, r := range found {
		if rows[i], err = s.line(store.FilingsOfKindRow(r)); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// several is how many filings of one search are looked at together.
const several = 200

// inForceOf goes through what the filter finds until there is more than a page.
func (s *Service) inForceOf(ctx context.Context, by app.Actor, f contract.Filter, before int64) (rows []Row, _ error) {
	f.Filing = app.FilingRostered
	for {
		ids, err := s.contracts.Find(ctx, by.Enterprise, f, before, several)
		if err != nil {
			return nil, err
		}
		list, err := json.Marshal(ids)
		if err != nil {
			return nil, err
		}
		found, err := s.db.ContractsInForceOf(ctx, store.ContractsInForceOfParams{Ids: string(list), EnterpriseID: by.Enterprise})
		if err != nil {
			return nil, err
		}
		for _, r := range found {
			row, err := s.line(store.FilingsOfKindRow(r))
			if err != nil {
				return nil, err
			}
			rows = append(rows, row)
		}
		if len(rows) > PageSize || len(ids) < several {
			return rows[:min(len(rows), PageSize+1)], nil
		}
		before = ids[len(ids)-1]
	}
}

func newest(before int64) int64 {
	if before <= 0 {
		return math.MaxInt64
	}
	return before
}
