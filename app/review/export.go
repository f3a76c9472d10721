package review

import (
	"context"
	"iter"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/store"
)

// Export gives the rows of a roster one by one, to a clerk of its enterprise with
// the numbers in full, to the desk masked. That it was asked for is logged.
func (s *Service) Export(ctx context.Context, by app.Actor, id int64) (Roster, iter.Seq2[Entry, error], error) {
	r, err := s.roster(ctx, by, id)
	if err != nil {
		return r, nil, err
	}
	full := by.Kind != app.AccountDesk
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		return s.audit.Add(ctx, tx, by, "roster.exported", audit.Subject("roster", id), audit.Facts{"full": full})
	})
	return r, func(yield func(Entry, error) bool) {
		for after := int64(0); ; {
			page, err := s.entries(ctx, id, after)
			if err != nil {
				yield(Entry{}, err)
				return
			}
			for _, e := range page {
				if !full {
					e.Worker.IDNumber, e.Worker.Mobile = app.MaskID(e.Worker.IDNumber), app.MaskMobile(e.Worker.Mobile)
				}
				if after = e.Row; !yield(e, nil) {
					return
				}
			}
			if len(page) == 0 {
				return
			}
		}
	}, err
}
