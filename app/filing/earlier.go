package filing

import (
	"context"
	"encoding/json"

	"laoqi/app"
	"laoqi/app/store"
)

const earlierLabel = "filing.earlier"

// content is what the clerk stated, as a submission is kept.
type content struct {
	Worker app.Worker
	Terms  app.Terms
	Ending app.Ending
	Own    []string
}

// Keep stores within the caller's transaction what was submitted, when it goes
// back to the clerk, so that the desk sees what changed once it comes again.
func (s *Service) Keep(ctx context.Context, tx *store.Tx, f Filing) error {
	plain, err := json.Marshal(content{f.Worker, f.Terms, f.Ending, f.Own.Texts})
	if err != nil {
		return err
	}
	return tx.KeepEarlier(ctx, store.KeepEarlierParams{FilingID: f.ID, Content: s.vault.Seal(earlierLabel, plain), SubmittedAt: f.SubmittedAt})
}

// Earlier reads the filing as it was submitted the last time before it went back
// to the clerk; ok is false if it never did. For those who may read the filing.
func (s *Service) Earlier(ctx context.Context, f Filing) (before Filing, ok bool, err error) {
	row, err := s.db.Earlier(ctx, f.ID)
	if store.IsNone(err) {
		return Filing{}, false, nil
	}
	if err != nil {
		return Filing{}, false, err
	}
	plain, err := s.vault.Open(earlierLabel, row.Content)
	if err != nil {
		return Filing{}, false, err
	}
	var c content
	if err := json.Unmarshal(plain, &c); err != nil {
		return Filing{}, false, err
	}
	before = f
	before.Worker, before.Terms, before.Ending, before.SubmittedAt = c.Worker, c.Terms, c.Ending, row.SubmittedAt
	before.Own.Texts = c.Own
	return before, true, nil
}
