package contract

import (
	"context"
	"fmt"

	"laoqi/app"
	"laoqi/app/link"
	"laoqi/app/notify"
	"laoqi/app/seal"
	"laoqi/app/store"
)

// askConfirm tells the operators whose authorization lives of the supplements
// that wait for them, each once.
func (s *Service) askConfirm(ctx context.Context, enterprise int64) error {
	ids, err := s.DB.Unconfirmed(ctx, enterprise)
	if err != nil || len(ids) == 0 {
		return err
	}
	lives, err := s.Seal.Lives(ctx, enterprise)
	if err != nil || len(lives) == 0 {
		return err
	}
	for _, id := range ids {
		err := s.DB.Write(ctx, func(tx *store.Tx) error { return s.tellOperators(ctx, tx, id, lives, false) })
		if err != nil {
			return err
		}
	}
	return nil
}

// tellOperators asks each to confirm the supplement; those who were asked before
// only if again is set.
func (s *Service) tellOperators(ctx context.Context, tx *store.Tx, id int64, lives []seal.Live, again bool) error {
	d, err := tx.Document(ctx, id)
	if err != nil || d.State != app.DocumentUnconfirmed {
		return err
	}
	page := link.To(link.MobileSupplement, id)
	text := fmt.Sprintf("%s与%s的%s（%s）劳动者已签署，请阅读后确认盖章。", d.Enterprise, d.Worker, d.Title, d.Number)
	told := map[int64]bool{}
	for _, l := range lives {
		if told[l.OperatorID] {
			continue
		}
		told[l.OperatorID] = true
		before, err := s.wasTold(ctx, tx, l.OperatorID, page)
		if err == nil && (again || !before) {
			err = s.Identity.TellPersonal(ctx, tx, l.OperatorID, notify.ToConfirm, text, page, d.Enterprise+"有补充条款待您确认盖章："+s.Config.BaseURL+page)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) wasTold(ctx context.Context, tx *store.Tx, person int64, page string) (bool, error) {
	account, err := s.Identity.PersonalAccount(ctx, tx, person)
	if err != nil || account == 0 { // nobody to tell
		return true, err
	}
	return tx.Told(ctx, store.ToldParams{AccountID: account, Link: page})
}
