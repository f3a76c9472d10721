package seal

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"iter"
	"math"
	"time"

	"laoqi/app"
	"laoqi/app/audit"
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
	Code       string // the document's check code, "" without a document
}

// UsageMonths is how far back the page of 印章使用记录 reaches; nothing older is deleted.
const UsageMonths = 3

// UsagePage is how many uses one page shows.
const UsagePage = 20

// Which narrows 印章使用记录; zero values leave it whole.
type Which struct {
	Enterprise int64 // for a personal account only
	Seal       int64
}

// Usage lists uses older than the id `before` (0: the newest) of the last
// UsageMonths, one more than a page if there are more: an enterprise account sees
// all of its enterprise, a personal account its own.
func (s *Service) Usage(ctx context.Context, by app.Actor, w Which, before int64) ([]Use, error) {
	since := app.At(s.today().AddMonths(-UsageMonths).In())
	return s.usage(ctx, by, w, cmp.Or(max(before, 0), math.MaxInt64), since, UsagePage+1)
}

func (s *Service) usage(ctx context.Context, by app.Actor, w Which, before int64, since app.Time, count int64) (list []Use, err error) {
	if by.Enterprise != 0 {
		rows, err := s.db.UsageOfEnterprise(ctx, store.UsageOfEnterpriseParams{EnterpriseID: by.Enterprise, SealID: w.Seal, Before: before, SinceAt: since, Count: count})
		for _, r := range rows {
			list = append(list, Use{r.ID, r.UsedAt, r.Operator, r.Enterprise, r.Seal, r.Purpose, r.Code})
		}
		return list, err
	}
	rows, err := s.db.UsageOfPerson(ctx, store.UsageOfPersonParams{PersonID: by.Person, EnterpriseID: w.Enterprise, SealID: w.Seal, Before: before, SinceAt: since, Count: count})
	for _, r := range rows {
		list = append(list, Use{r.ID, r.UsedAt, r.Operator, r.Enterprise, r.Seal, r.Purpose, r.Code})
	}
	return list, err
}

// Used is a seal whose uses the actor may read, void ones too.
type Used struct {
	ID           int64
	Name         string
	EnterpriseID int64
	Enterprise   string
}

// Used lists the seals of the actor's enterprise, or those that the person used.
func (s *Service) Used(ctx context.Context, by app.Actor) (list []Used, err error) {
	if by.Enterprise != 0 {
		rows, err := s.db.SealsOfEnterprise(ctx, by.Enterprise)
		for _, r := range rows {
			list = append(list, Used(r))
		}
		return list, err
	}
	rows, err := s.db.SealsUsedBy(ctx, by.Person)
	for _, r := range rows {
		list = append(list, Used(r))
	}
	return list, err
}

// Evidence is what one use rests on: the document, if any, and the authorization.
type Evidence struct {
	Use
	Kind          app.SealKind
	SealSerial    string // of the seal's certificate
	SealIssuer    string // of an imported one, "" for one of our own
	Authorization int64
	From, Until   app.Time // of the authorization, as it was given
	RevokedAt     app.Time
	Statement     string // SHA-256 of what the operator signed
	Certificate   string // serial of the operator's certificate
	Title, Number string // of the document, "" for the authorization itself
	FinalHash     string // SHA-256 of the document with the seal on it
}

// Evidence returns one use that the actor may see in Usage, however old.
func (s *Service) Evidence(ctx context.Context, by app.Actor, id int64) (Evidence, error) {
	which := store.UsageEvidenceParams{ID: id, EnterpriseID: by.Enterprise}
	if by.Enterprise == 0 {
		which.PersonID = by.Person
	}
	r, err := s.db.UsageEvidence(ctx, which)
	if err != nil {
		return Evidence{}, store.Found(err, "没有这条印章使用记录。")
	}
	issuer := ""
	if r.SealImported {
		if issuer, err = issuerIn(r.SealCertificate); err != nil {
			return Evidence{}, err
		}
	}
	sum := sha256.Sum256(r.Statement)
	return Evidence{Use{r.ID, r.UsedAt, r.Operator, r.Enterprise, r.Seal, r.Purpose, r.Code}, r.Kind, r.SealSerial, issuer, r.Authorization,
		r.StartsAt, r.EndsAt, r.RevokedAt, hex.EncodeToString(sum[:]), r.CertificateSerial, r.Title, r.Number, r.FinalHash}, nil
}

const exportPage = 200

// ExportUsage gives all uses of the actor's enterprise, newest first, those older
// than UsageMonths too. That it was asked for is logged.
func (s *Service) ExportUsage(ctx context.Context, by app.Actor) (iter.Seq2[Use, error], error) {
	err := s.db.Write(ctx, func(tx *store.Tx) error {
		return s.audit.Add(ctx, tx, by, "usage.exported", audit.Subject("enterprise", by.Enterprise), nil)
	})
	return func(yield func(Use, error) bool) {
		for before := int64(math.MaxInt64); ; {
			page, err := s.usage(ctx, by, Which{}, before, app.At(time.UnixMilli(0)), exportPage)
			if err != nil {
				yield(Use{}, err)
				return
			}
			for _, u := range page {
				if before = u.ID; !yield(u, nil) {
					return
				}
			}
			if len(page) < exportPage {
				return
			}
		}
	}, err
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
