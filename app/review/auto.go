package review

import (
	"context"
	"fmt"
	"strconv"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/hub"
	"laoqi/app/link"
	"laoqi/app/notify"
	"laoqi/app/outbox"
	"laoqi/app/store"
)

const autoJob outbox.Kind = "review.auto"

// product is who decides where nobody does.
var product app.Actor

// Automate approves and rosters from now on whatever is submitted, and what waits
// already, for an office without a reviewer. Call it before anything is submitted.
func (s *Service) Automate(ctx context.Context) error {
	s.filing.Submitted(s.queueAuto)
	return s.db.Write(ctx, func(tx *store.Tx) error {
		waiting, err := tx.EnterprisesWaiting(ctx)
		if err != nil {
			return err
		}
		for _, enterprise := range waiting {
			if err := s.queueAuto(ctx, tx, enterprise); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Service) queueAuto(ctx context.Context, tx *store.Tx, enterprise int64) error {
	id := strconv.FormatInt(enterprise, 10)
	return s.jobs.Add(ctx, tx, autoJob, id, []byte(id))
}

// decideAlone puts all that waits of one enterprise on rosters, so many filings at
// a time as one transaction bears.
func (s *Service) decideAlone(ctx context.Context, payload []byte) error {
	enterprise, err := strconv.ParseInt(string(payload), 10, 64)
	if err != nil {
		return err
	}
	for more := true; more && err == nil; {
		err = s.db.Write(ctx, func(tx *store.Tx) error {
			waiting, err := tx.WaitingOf(ctx, enterprise)
			more = len(waiting) > 0
			if err != nil || !more {
				return err
			}
			return s.approveAlone(ctx, tx, enterprise, waiting)
		})
	}
	return err
}

func (s *Service) approveAlone(ctx context.Context, tx *store.Tx, enterprise int64, waiting []store.WaitingOfRow) error {
	for _, w := range waiting {
		n, err := tx.DecideFiling(ctx, store.DecideFilingParams{ID: w.ID, Version: w.Version, State: app.FilingApproved, DecidedAt: tx.Now})
		if err := store.Changed(n, err, "备案的状态刚才有变化。"); err != nil {
			return err
		}
		if err := s.audit.Add(ctx, tx, product, "filing.approved", audit.Subject("filing", w.ID), audit.Facts{"version": w.Version, "automatic": true}); err != nil {
			return err
		}
	}
	made, err := s.makeRoster(ctx, tx, product, enterprise)
	if err != nil {
		return err
	}
	tx.AfterCommit(func() { s.hub.Publish(hub.Enterprise(enterprise)) })
	text := fmt.Sprintf("%d 份备案已自动审核通过，名册 %s 已生成。", len(waiting), made.Number)
	return s.enterprise.TellClerks(ctx, tx, enterprise, notify.FilingDecided, text, link.To(link.HallRoster, made.ID))
}
