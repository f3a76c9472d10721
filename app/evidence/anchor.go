package evidence

import (
	"context"

	"laoqi/app"
	"laoqi/app/outbox"
	"laoqi/app/store"
)

const anchorJob outbox.Kind = "audit.anchor"

// Sweep asks for the day's anchor, unless it exists or nothing was recorded since.
func (s *Service) Sweep(ctx context.Context) error {
	newest, err := s.db.NewestEvent(ctx)
	if err != nil {
		return ignoreNone(err)
	}
	last, err := s.db.NewestAnchor(ctx)
	if err := ignoreNone(err); err != nil {
		return err
	}
	today := app.DateOf(s.db.Now().Time)
	if last.AuditID == newest.ID || !last.MadeAt.IsZero() && app.DateOf(last.MadeAt.Time) == today {
		return nil
	}
	return s.db.Write(ctx, func(tx *store.Tx) error { return s.jobs.Add(ctx, tx, anchorJob, today.String(), []byte{}) })
}

func ignoreNone(err error) error {
	if store.IsNone(err) {
		return nil
	}
	return err
}

// anchor has the newest hash of the chain stamped.
func (s *Service) anchor(ctx context.Context) error {
	newest, err := s.db.NewestEvent(ctx)
	if err != nil {
		return ignoreNone(err)
	}
	token, err := s.cert.TSA()(newest.Hash)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		return tx.InsertAnchor(ctx, store.InsertAnchorParams{AuditID: newest.ID, Token: token, MadeAt: tx.Now})
	})
}

// anchorOf returns the first anchor at or after an event, made now if need be.
func (s *Service) anchorOf(ctx context.Context, event int64) (store.AnchorOfRow, error) {
	found, err := s.db.AnchorOf(ctx, event)
	if !store.IsNone(err) {
		return found, err
	}
	if err := s.anchor(ctx); err != nil {
		return found, err
	}
	return s.db.AnchorOf(ctx, event)
}
