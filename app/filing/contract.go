package filing

import (
	"context"
	"strconv"

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
	d := contract.Draft{FilingID: f.ID, EnterpriseID: f.Enterprise, Kind: f.Kind, Worker: f.Worker, Terms: f.Terms, Ending: f.Ending}
	if d.PreviousNumber, err = s.number(ctx, f.Previous); err != nil {
		return err
	}
	return s.contracts.Make(ctx, d)
}

// number is that of the filing's electronic contract, "" where there is none.
func (s *Service) number(ctx context.Context, filing int64) (string, error) {
	number, err := s.db.ContractNumber(ctx, filing)
	if store.IsNone(err) {
		return "", nil
	}
	return number, err
}
