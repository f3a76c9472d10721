package review

import (
	"context"
	"fmt"
	"math"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/hub"
	"laoqi/app/link"
	"laoqi/app/notify"
	"laoqi/app/store"
)

// Ready is an enterprise whose approved filings wait for a roster.
type Ready struct {
	Enterprise int64
	Name       string
	Filings    int64
}

// Ready lists up to 100 enterprises with approved filings.
func (s *Service) Ready(ctx context.Context) ([]Ready, error) {
	rows, err := s.db.EnterprisesToRoster(ctx)
	ready := make([]Ready, len(rows))
	for i, r := range rows {
		ready[i] = Ready{r.ID, r.Name, r.Filings}
	}
	return ready, err
}

// MakeRoster puts all approved filings of the enterprise on a new roster in the
// order of their entry, and asks for the contracts of the electronic ones.
func (s *Service) MakeRoster(ctx context.Context, by app.Actor, enterprise int64) (id int64, err error) {
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		made, err := s.makeRoster(ctx, tx, by, enterprise)
		if err != nil {
			return err
		}
		id = made.ID
		tx.AfterCommit(func() { s.hub.Publish(hub.Enterprise(enterprise)) })
		text := fmt.Sprintf("名册 %s 已生成，共 %d 人。", made.Number, made.Filings)
		return s.enterprise.TellClerks(ctx, tx, enterprise, notify.FilingDecided, text, link.To(link.HallRoster, id))
	})
	return id, err
}

func (s *Service) makeRoster(ctx context.Context, tx *store.Tx, by app.Actor, enterprise int64) (r Roster, err error) {
	filings, err := tx.ApprovedFilings(ctx, enterprise)
	if err != nil {
		return r, err
	}
	if len(filings) == 0 {
		return r, app.Fail(app.Conflict, "这家单位没有等待生成名册的备案，可能已由其他审核人员生成。")
	}
	r.Filings = int64(len(filings))
	if r.Number, err = nextNumber(ctx, tx); err != nil {
		return r, err
	}
	r.ID, err = tx.InsertRoster(ctx, store.InsertRosterParams{EnterpriseID: enterprise, Number: r.Number, MadeBy: app.Ref(by.Account), MadeAt: tx.Now})
	if err != nil {
		return r, err
	}
	for i, f := range filings {
		if err := s.enter(ctx, tx, f, r.ID, i+1); err != nil {
			return r, err
		}
	}
	return r, s.audit.Add(ctx, tx, by, "roster.made", audit.Subject("roster", r.ID), audit.Facts{"enterprise": enterprise, "number": r.Number, "rows": r.Filings})
}

func (s *Service) enter(ctx context.Context, tx *store.Tx, f store.ApprovedFilingsRow, roster int64, row int) error {
	n, err := tx.RosterFiling(ctx, store.RosterFilingParams{ID: f.ID, RosterID: app.Ref(roster), RosterRow: app.Ref(row)})
	if err := store.Changed(n, err, "备案的状态刚才有变化，请重新生成名册。"); err != nil {
		return err
	}
	if f.Paper {
		return nil
	}
	return s.filing.QueueContract(ctx, tx, f.ID)
}

// nextNumber counts the rosters of each year: 2026-000012.
func nextNumber(ctx context.Context, tx *store.Tx) (string, error) {
	year := app.DateOf(tx.Now.Time).Year
	n, err := tx.NextRosterNumber(ctx, fmt.Sprintf("roster.%d", year))
	return fmt.Sprintf("%d-%06d", year, n), err
}

// Roster is a numbered list of approved filings.
type Roster struct {
	ID         int64
	Number     string
	Enterprise string
	USCC       string
	Filings    int64 // in a list of rosters
	At         app.Time
}

// Rosters lists the rosters of all enterprises, newest first, older than the id
// `before` (0: from the newest), one more than a page if there are more.
func (s *Service) Rosters(ctx context.Context, before int64) ([]Roster, error) {
	rows, err := s.db.Rosters(ctx, newest(before))
	rosters := make([]Roster, len(rows))
	for i, r := range rows {
		rosters[i] = listed(r)
	}
	return rosters, err
}

// RostersOf lists those of the actor's enterprise, like Rosters.
func (s *Service) RostersOf(ctx context.Context, by app.Actor, before int64) ([]Roster, error) {
	rows, err := s.db.RostersOf(ctx, store.RostersOfParams{EnterpriseID: by.Enterprise, Before: newest(before)})
	rosters := make([]Roster, len(rows))
	for i, r := range rows {
		rosters[i] = listed(store.RostersRow(r))
	}
	return rosters, err
}

func listed(r store.RostersRow) Roster {
	return Roster{ID: r.ID, Number: r.Number, Enterprise: r.Enterprise, Filings: r.Filings, At: r.MadeAt}
}

func newest(before int64) int64 {
	if before <= 0 {
		return math.MaxInt64
	}
	return before
}
