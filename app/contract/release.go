package contract

import (
	"context"
	"fmt"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/hub"
	"laoqi/app/link"
	"laoqi/app/notify"
	"laoqi/app/store"
)

// Release takes from a person whose identity was corrected the contracts that name
// another and that nobody signed: their clerks have to file anew. Signed ones stay
// as they are.
func (s *Service) Release(ctx context.Context, tx *store.Tx, by app.Actor, person int64) error {
	rows, err := tx.ReleaseContracts(ctx, person)
	if err != nil {
		return err
	}
	for _, r := range rows {
		if err := s.Audit.Add(ctx, tx, by, "contract.released", audit.Subject("contract", r.ID), audit.Facts{"person": person}); err != nil {
			return err
		}
		if err := s.Enterprise.TellClerks(ctx, tx, r.EnterpriseID, notify.FilingDecided, fmt.Sprintf(fileAnew, r.Number), link.To(link.HallContract, r.ID)); err != nil {
			return err
		}
		tx.AfterCommit(func() { s.Hub.Publish(hub.Enterprise(r.EnterpriseID)) })
	}
	return nil
}
