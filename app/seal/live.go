package seal

import (
	"context"
	"crypto/x509"
	"fmt"
	"time"

	"laoqi/app"
	"laoqi/app/enterprise"
	"laoqi/app/pdf/stamp"
	"laoqi/app/pki"
	"laoqi/app/pki/cms"
	"laoqi/app/store"
)

// Live is an authorization in force: its seal and grant live, it was not
// revoked, and its time has not run out.
type Live struct {
	ID           int64
	EnterpriseID int64
	Enterprise   string
	Seal         string
	Issuer       string // of the seal's imported certificate, "" for one of our own and in an operator's own list
	OperatorID   int64  // a person
	Operator     string // "" in an operator's own list
	StartsAt     app.Time
	EndsAt       app.Time // the grant may end earlier now than when the operator signed
}

// LastDay is the last day on which an authorization that ends at the moment holds.
func LastDay(end app.Time) app.Date { return app.DateOf(end.Add(-time.Millisecond)) }

// Live returns the authorization under which the enterprise's contracts are
// sealed now: the one given last. Without one they wait.
func (s *Service) Live(ctx context.Context, enterprise int64) (Live, bool, error) {
	all, err := s.Lives(ctx, enterprise)
	if err != nil || len(all) == 0 {
		return Live{}, false, err
	}
	return all[0], true, nil
}

// Lives lists the enterprise's authorizations in force, the one given last first.
func (s *Service) Lives(ctx context.Context, enterprise int64) ([]Live, error) {
	rows, err := s.live(ctx, enterprise)
	list := make([]Live, len(rows))
	for i, r := range rows {
		list[i] = Live{ID: r.ID, EnterpriseID: r.EnterpriseID, Enterprise: r.Enterprise, Seal: r.Seal, OperatorID: r.PersonID, Operator: r.Operator, StartsAt: r.StartsAt, EndsAt: ending(r.EndsAt, r.UntilOn)}
		if r.SealImported && err == nil {
			list[i].Issuer, err = issuerIn(r.SealCertificate)
		}
	}
	return list, err
}

// LivesOf lists the authorizations in force that the operator gave.
func (s *Service) LivesOf(ctx context.Context, person int64) ([]Live, error) {
	rows, err := s.db.LiveAuthorizationsOfPerson(ctx, store.LiveAuthorizationsOfPersonParams{PersonID: person, NowAt: s.db.Now(), TodayOn: s.today()})
	list := make([]Live, len(rows))
	for i, r := range rows {
		list[i] = Live{ID: r.ID, EnterpriseID: r.EnterpriseID, Enterprise: r.Enterprise, Seal: r.Seal, OperatorID: r.PersonID, StartsAt: r.StartsAt, EndsAt: ending(r.EndsAt, r.UntilOn)}
	}
	return list, err
}

func ending(end app.Time, grant app.Date) app.Time {
	if last := grant.AddDays(1).In(); last.Before(end.Time) {
		return app.At(last)
	}
	return end
}

func (s *Service) live(ctx context.Context, enterprise int64) ([]store.LiveAuthorizationsRow, error) {
	return s.db.LiveAuthorizations(ctx, store.LiveAuthorizationsParams{EnterpriseID: enterprise, NowAt: s.db.Now(), TodayOn: s.today()})
}

// Stamp is a seal ready to be put on documents, and by whose consent.
type Stamp struct {
	Authorization int64
	EnterpriseID  int64
	Enterprise    string
	Seal          int64
	Name          string
	Kind          app.SealKind
	OperatorID    int64
	Operator      string
	Picture       *stamp.Picture
	Imported      bool   // the certificate is another authority's
	OCSP, CRL     []byte // the last that it said of revocation, empty if nothing
	cms.Signer
}

// Unlock opens the seal of the enterprise's live authorization, after proving
// that its operator signed it. Without an authorization it fails with app.Conflict.
func (s *Service) Unlock(ctx context.Context, id int64) (Stamp, error) {
	rows, err := s.live(ctx, id)
	if err != nil {
		return Stamp{}, err
	}
	if len(rows) == 0 {
		return Stamp{}, app.Fail(app.Conflict, "没有有效的电子合同签章授权，合同等待盖章。")
	}
	return s.open(rows[0])
}

// UnlockFor is Unlock by one authorization, which need not be the one given last.
func (s *Service) UnlockFor(ctx context.Context, enterprise, authorization int64) (Stamp, error) {
	rows, err := s.live(ctx, enterprise)
	if err != nil {
		return Stamp{}, err
	}
	for _, a := range rows {
		if a.ID == authorization {
			return s.open(a)
		}
	}
	return Stamp{}, app.Fail(app.Conflict, lapsed)
}

const lapsed = "电子合同签章授权刚刚失效，合同等待盖章。"

func (s *Service) open(a store.LiveAuthorizationsRow) (Stamp, error) {
	if err := verify(a, s.cert.Roots()); err != nil {
		return Stamp{}, fmt.Errorf("authorization %d: %w", a.ID, err)
	}
	signer, err := s.openKey(a)
	if err != nil {
		return Stamp{}, fmt.Errorf("seal %d: %w", a.SealID, err)
	}
	picture, err := draw(a.Kind, enterprise.Enterprise{Name: a.Enterprise, USCC: a.Uscc, LegalRep: a.Legalrep})
	return Stamp{a.ID, a.EnterpriseID, a.Enterprise, a.SealID, a.Seal, a.Kind, a.PersonID, a.Operator, picture, a.SealImported, a.SealOcsp, a.SealCrl, signer}, err
}

func (s *Service) openKey(a store.LiveAuthorizationsRow) (cms.Signer, error) {
	der, err := s.vault.Open(keyLabel, a.SealKey)
	if err != nil {
		return cms.Signer{}, err
	}
	c, key, err := pki.Open(a.SealCertificate, der)
	if err != nil {
		return cms.Signer{}, err
	}
	if !a.SealImported {
		return cms.Signer{Key: key, Chain: s.cert.Chain(c)}, nil
	}
	above, err := x509.ParseCertificates(a.SealAbove)
	return cms.Signer{Key: key, Chain: append([]*x509.Certificate{c}, above...)}, err
}
