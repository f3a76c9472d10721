package seal

import (
	"context"

	"laoqi/app"
	"laoqi/app/store"
)

// Granted is a live seal as its operator sees it in the personal account.
type Granted struct {
	Grant        int64
	Seal         int64
	Kind         app.SealKind
	Name         string
	EnterpriseID int64
	Enterprise   string
	From, Until  app.Date // of the grant
	endsAt       app.Time // of the seal's certificate
}

// Granted lists the live seals that the person may use today, by enterprise.
func (s *Service) Granted(ctx context.Context, person int64) ([]Granted, error) {
	rows, err := s.db.GrantedSeals(ctx, store.GrantedSealsParams{PersonID: person, TodayOn: s.today(), NowAt: s.db.Now()})
	list := make([]Granted, len(rows))
	for i, r := range rows {
		list[i] = Granted{r.GrantID, r.ID, r.Kind, r.Name, r.EnterpriseID, r.Enterprise, r.FromOn, r.UntilOn, r.EndsAt}
	}
	return list, err
}

// Picture draws a seal that is granted to somebody, as SVG.
func (s *Service) Picture(ctx context.Context, g Granted) (svg string, err error) {
	e, err := s.enterprise.Get(ctx, g.EnterpriseID)
	if err != nil {
		return "", err
	}
	picture, err := draw(g.Kind, e)
	if err != nil {
		return "", err
	}
	return picture.SVG(), nil
}

// fitting are the seals that may be put on labour contracts.
func fitting(all []Granted) (fit []Granted) {
	for _, g := range all {
		if g.Kind.Contracts() {
			fit = append(fit, g)
		}
	}
	return fit
}

// of are the seals of one enterprise.
func of(enterprise int64, all []Granted) (seals []Granted) {
	for _, g := range all {
		if g.EnterpriseID == enterprise {
			seals = append(seals, g)
		}
	}
	return seals
}
