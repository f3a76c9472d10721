package review

import (
	"cmp"
	"context"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/identity"
	"laoqi/app/pdf"
	"laoqi/app/store"
)

// Entry is one row of a roster: what a list of staff states (劳动合同法实施条例
// art. 8), and the filing that it comes from.
type Entry struct {
	Row     int64
	Filing  int64
	Kind    app.FilingKind
	Paper   bool
	Worker  app.Worker // its numbers masked, except in print
	Sex     string
	Post    string
	Terms   app.Terms // form of employment, kind and dates only
	Since   app.Date  // first day of the employment
	EndedOn app.Date  // of a termination
}

// RosterSize is how many rows of a roster one page shows.
const RosterSize = 100

// Roster reads a roster that the actor may see, a clerk those of the own
// enterprise, and its rows after the number, one more than a page if there are more.
func (s *Service) Roster(ctx context.Context, by app.Actor, id, after int64) (Roster, []Entry, error) {
	r, err := s.roster(ctx, by, id)
	if err != nil {
		return r, nil, err
	}
	entries, err := s.entries(ctx, id, after)
	for i := range entries {
		w := &entries[i].Worker
		w.IDNumber, w.Mobile = app.MaskID(w.IDNumber), app.MaskMobile(w.Mobile)
	}
	return r, entries, err
}

// Print sets the whole roster as a PDF with the numbers in full, and logs that.
func (s *Service) Print(ctx context.Context, by app.Actor, id int64) ([]byte, error) {
	r, err := s.roster(ctx, by, id)
	if err != nil {
		return nil, err
	}
	d := pdf.RosterDoc{Record: pdf.Record{Number: r.Number, MadeOn: app.DateOf(r.At.Time), Demo: s.demo}, Enterprise: r.Enterprise, USCC: r.USCC}
	for more := true; more; {
		entries, err := s.entries(ctx, id, int64(len(d.Rows)))
		if err != nil {
			return nil, err
		}
		more = len(entries) > RosterSize
		for _, e := range entries[:min(len(entries), RosterSize)] {
			d.Rows = append(d.Rows, pdf.RosterRow{Number: e.Row, Kind: e.Kind, Worker: e.Worker, Terms: e.Terms, Since: e.Since, Ended: e.EndedOn})
		}
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		return s.audit.Add(ctx, tx, by, "roster.printed", audit.Subject("roster", id), audit.Facts{"rows": len(d.Rows)})
	})
	if err != nil {
		return nil, err
	}
	return pdf.Roster(d)
}

func (s *Service) roster(ctx context.Context, by app.Actor, id int64) (Roster, error) {
	row, err := s.db.Roster(ctx, store.RosterParams{ID: id, EnterpriseID: by.Enterprise, Anybody: anybody(by)})
	if err != nil {
		return Roster{}, store.Found(err, "没有这份名册。")
	}
	return Roster{ID: row.ID, Number: row.Number, Enterprise: row.Enterprise, USCC: row.Uscc, At: row.MadeAt}, nil
}

func anybody(by app.Actor) int64 {
	if by.Kind == app.AccountDesk {
		return 1
	}
	return 0
}

// entries reads the rows after the number, with the numbers in full.
func (s *Service) entries(ctx context.Context, roster, after int64) ([]Entry, error) {
	rows, err := s.db.RosterRows(ctx, store.RosterRowsParams{RosterID: app.Ref(roster), After: after})
	if err != nil {
		return nil, err
	}
	entries := make([]Entry, len(rows))
	for i, r := range rows {
		if entries[i], err = s.entry(r); err != nil {
			return nil, err
		}
	}
	return entries, nil
}

func (s *Service) entry(r store.RosterRowsRow) (e Entry, err error) {
	e = Entry{Row: int64(r.RosterRow), Filing: r.ID, Kind: r.Kind, Paper: r.Paper, Post: r.Post, EndedOn: r.EndedOn,
		Worker: app.Worker{Name: r.Name, IDType: r.IDType, Sex: r.Sex, Domicile: r.Domicile, Address: r.Address},
		Terms:  app.Terms{Employment: r.Employment, Kind: r.TermKind, Start: r.StartOn, End: r.EndOn}}
	if e.Worker.IDNumber, err = identity.OpenNumber(s.vault, r.IDNumber); err != nil {
		return e, err
	}
	if e.Worker.Mobile, err = identity.OpenMobile(s.vault, r.Mobile); err != nil {
		return e, err
	}
	e.Sex, _ = e.Worker.Told()
	since, err := app.ParseDate(r.Since)
	e.Since = cmp.Or(since, r.StartOn)
	return e, err
}
