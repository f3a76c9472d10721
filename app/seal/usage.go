package seal

import (
	"context"

	"laoqi/app"
	"laoqi/app/store"
)

// Use is one line of 印章使用记录 (guide 2.6).
type Use struct {
	ID         int64
	At         app.Time
	Operator   string
	Enterprise string
	Seal       string
	Purpose    string // the document's title and number, or 电子合同签章授权
}

// UsageMonths is how far back the page of 印章使用记录 reaches; nothing older is deleted.
const UsageMonths = 3

// UsagePage is how many uses one page shows.
const UsagePage = 20

// Usage lists uses older than the id `before` (0: the newest) of the last
// UsageMonths, one more than a page if there are more: an enterprise account sees
// all of its enterprise, a personal account its own.
func (s *Service) Usage(ctx context.Context, by app.Actor, before int64) (list []Use, err error) {
	if before <= 0 {
		before = 1<<63 - 1
	}
	if by.Enterprise != 0 {
		rows, err := s.db.UsageOfEnterprise(ctx, store.UsageOfEnterpriseParams{EnterpriseID: by.Enterprise, Before: before, Count: UsagePage + 1})
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			list = append(list, Use{r.ID, r.UsedAt, r.Operator, r.Enterprise, r.Seal, r.Purpose})
		}
	} else {
		rows, err := s.db.UsageOfPerson(ctx, store.UsageOfPersonParams{PersonID: by.Person, Before: before, Count: UsagePage + 1})
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			list = append(list, Use{r.ID, r.UsedAt, r.Operator, r.Enterprise, r.Seal, r.Purpose})
		}
	}
	return s.recent(list), nil
}

// recent cuts a list, newest first, where it becomes too old for the page.
func (s *Service) recent(list []Use) []Use {
	since := s.today().AddMonths(-UsageMonths).In()
	for i, u := range list {
		if u.At.Before(since) {
			return list[:i]
		}
	}
	return list
}

// Record notes that the stamp was put on the document, in the transaction that
// makes the document final. It fails with app.Conflict if the authorization has
// lapsed since Unlock, or the document was sealed before.
func (s *Service) Record(ctx context.Context, tx *store.Tx, st Stamp, document int64, purpose string) error {
	if err := s.Holds(ctx, tx, st.Authorization); err != nil {
		return err
	}
	err := tx.InsertUsage(ctx, store.InsertUsageParams{EnterpriseID: st.EnterpriseID, SealID: st.Seal, PersonID: st.OperatorID,
		AuthorizationID: st.Authorization, DocumentID: app.Ref(document), Purpose: purpose, UsedAt: tx.Now})
	return store.Taken(err, "这份文件已经盖过章。")
}

// Holds fails with app.Conflict unless the authorization lives.
func (s *Service) Holds(ctx context.Context, tx *store.Tx, authorization int64) error {
	lives, err := tx.AuthorizationLives(ctx, store.AuthorizationLivesParams{ID: authorization, NowAt: tx.Now, TodayOn: app.DateOf(tx.Now.Time)})
	if err == nil && !lives {
		err = app.Fail(app.Conflict, lapsed)
	}
	return err
}
