package filing

import (
	"context"
	"iter"
	"math"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/identity"
	"laoqi/app/store"
)

// Export gives all filings that List would show, one by one, with sex and birth
// date told and the numbers masked. That it was asked for is logged.
func (s *Service) Export(ctx context.Context, by app.Actor, kind app.FilingKind, only app.FilingState) (iter.Seq2[Filing, error], error) {
	err := s.db.Write(ctx, func(tx *store.Tx) error {
		return s.audit.Add(ctx, tx, by, "filing.exported", audit.Subject("enterprise", by.Enterprise), audit.Facts{"kind": kind, "state": only})
	})
	return func(yield func(Filing, error) bool) {
		for before := int64(math.MaxInt64); ; {
			page, err := s.exportPage(ctx, store.FilingsToExportParams{EnterpriseID: by.Enterprise, Kind: kind, Only: string(only), Before: before})
			if err != nil {
				yield(Filing{}, err)
				return
			}
			for _, f := range page {
				if before = f.ID; !yield(f, nil) {
					return
				}
			}
			if len(page) == 0 {
				return
			}
		}
	}, err
}

func (s *Service) exportPage(ctx context.Context, which store.FilingsToExportParams) ([]Filing, error) {
	rows, err := s.db.FilingsToExport(ctx, which)
	if err != nil {
		return nil, err
	}
	page := make([]Filing, len(rows))
	for i, r := range rows {
		f := read(store.FilingRow(r))
		number, err := identity.OpenNumber(s.vault, r.IDNumber)
		if err != nil {
			return nil, err
		}
		mobile, err := identity.OpenMobile(s.vault, r.Mobile)
		if err != nil {
			return nil, err
		}
		f.Worker.IDNumber = number
		f.Worker.Sex, f.Worker.Birth = f.Worker.Told()
		f.Worker.IDNumber, f.Worker.Mobile = app.MaskID(number), app.MaskMobile(mobile)
		page[i] = f
	}
	return page, nil
}
