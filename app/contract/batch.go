package contract

import (
	"context"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/hub"
	"laoqi/app/store"
)

// Batch is what the enterprise's newest authorization found waiting for the seal,
// and how far it has come.
type Batch struct {
	At     app.Time
	Total  int64
	Sealed int64
	Failed int64
}

// Running reports whether some of the batch was not tried yet.
func (b Batch) Running() bool { return b.Sealed+b.Failed < b.Total }

// Failure is a document that could not be sealed, and why.
type Failure struct {
	Contract                      int64
	Worker, Title, Number, Reason string
}

// gather makes the batch of the enterprise's live authorization, once.
func (s *Service) gather(ctx context.Context, enterprise int64) error {
	live, ok, err := s.Seal.Live(ctx, enterprise)
	if err != nil || !ok {
		return err
	}
	return s.DB.Write(ctx, func(tx *store.Tx) error {
		n, err := tx.InsertBatch(ctx, store.InsertBatchParams{AuthorizationID: live.ID, EnterpriseID: enterprise, MadeAt: tx.Now})
		if err != nil || n == 0 {
			return err
		}
		tx.AfterCommit(func() { s.Hub.Publish(hub.Enterprise(enterprise)) })
		return tx.FillBatch(ctx, store.FillBatchParams{BatchID: app.Ref(live.ID), EnterpriseID: enterprise})
	})
}

// Sealing returns the enterprise's newest batch, the zero Batch if there is none,
// and up to 100 documents that could not be sealed, in a batch or alone.
func (s *Service) Sealing(ctx context.Context, enterprise int64) (Batch, []Failure, error) {
	row, err := s.DB.LatestBatch(ctx, enterprise)
	if err != nil && !store.IsNone(err) {
		return Batch{}, nil, err
	}
	found, err := s.DB.SealProblems(ctx, enterprise)
	failures := make([]Failure, len(found))
	for i, f := range found {
		failures[i] = Failure{f.ContractID, f.Name, f.Title, f.Number, f.SealProblem}
	}
	return Batch{row.MadeAt, row.Total, row.Sealed, row.Failed}, failures, err
}

// RetrySealing tries the documents that could not be sealed again at once.
func (s *Service) RetrySealing(ctx context.Context, by app.Actor) error {
	return s.DB.Write(ctx, func(tx *store.Tx) error {
		n, err := tx.ForgetSealProblems(ctx, by.Enterprise)
		if err := store.Changed(n, err, "没有需要重试盖章的合同，可能已经盖章。"); err != nil {
			return err
		}
		tx.AfterCommit(func() { s.Hub.Publish(hub.Enterprise(by.Enterprise)) })
		if err := s.askSeal(ctx, tx, by.Enterprise); err != nil {
			return err
		}
		return s.Audit.Add(ctx, tx, by, "sealing.retried", audit.Subject("enterprise", by.Enterprise), audit.Facts{"documents": n})
	})
}
