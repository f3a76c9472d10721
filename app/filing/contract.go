package filing

import (
	"context"
	"fmt"
	"strconv"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/contract"
	"laoqi/app/outbox"
	"laoqi/app/store"
)

const contractJob outbox.Kind = "filing.contract"

// QueueContract asks, within the caller's transaction, for the electronic
// contract of a filing that has just been rostered.
func (s *Service) QueueContract(ctx context.Context, tx *store.Tx, filing int64) error {
	id := strconv.FormatInt(filing, 10)
	return s.jobs.Add(ctx, tx, contractJob, id, []byte(id))
}

func (s *Service) makeContract(ctx context.Context, payload []byte) error {
	id, err := strconv.ParseInt(string(payload), 10, 64)
	if err != nil {
		return err
	}
	f, err := s.get(ctx, s.db.Queries, store.FilingParams{ID: id, Anybody: 1})
	if err != nil {
		return err
	}
	d, err := s.draft(ctx, f)
	if err != nil {
		return err
	}
	return s.contracts.Make(ctx, d)
}

// Print gives the PDF of a rostered filing on paper, with lines to sign on. It is
// numbered as its row of the roster.
func (s *Service) Print(ctx context.Context, by app.Actor, id int64) ([]byte, error) {
	f, err := s.Get(ctx, by, id)
	if err != nil {
		return nil, err
	}
	if !f.Paper || f.State != app.FilingRostered {
		return nil, app.Fail(app.Conflict, "纸质备案生成名册后才能打印劳动合同。")
	}
	d, err := s.draft(ctx, f)
	if err != nil {
		return nil, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		return s.audit.Add(ctx, tx, by, "filing.printed", audit.Subject("filing", id), nil)
	})
	if err != nil {
		return nil, err
	}
	return s.contracts.Print(ctx, d, fmt.Sprintf("%s-%d", f.RosterNumber, f.RosterRow), app.DateOf(f.DecidedAt.Time))
}

func (s *Service) draft(ctx context.Context, f Filing) (d contract.Draft, err error) {
	d = contract.Draft{FilingID: f.ID, EnterpriseID: f.Enterprise, Kind: f.Kind, Worker: f.Worker, Terms: f.Terms, Ending: f.Ending, Own: f.Own.Texts}
	d.PreviousNumber, err = s.number(ctx, f.Previous)
	return d, err
}

// number is that of the filing's electronic contract, "" where there is none.
func (s *Service) number(ctx context.Context, filing int64) (string, error) {
	number, err := s.db.ContractNumber(ctx, filing)
	if store.IsNone(err) {
		return "", nil
	}
	return number, err
}
