package review

import (
	"context"

	"laoqi/app"
	"laoqi/app/filing"
	"laoqi/app/identity"
)

// Chosen is a filing in the version that the reviewer saw.
type Chosen struct{ ID, Version int64 }

// Left is a filing that ApproveAll did not approve, and why.
type Left struct {
	Name string // of the worker, "" if the filing cannot be read
	Why  string
}

// ApproveAll approves the chosen filings, each in a transaction of its own: one
// that cannot be approved does not stop the rest. A filing whose worker's identity
// the reviewer has to look at is left for a decision of its own.
func (s *Service) ApproveAll(ctx context.Context, by app.Actor, chosen []Chosen) (approved int, left []Left, err error) {
	for _, c := range chosen {
		f, err := s.Read(ctx, by, c.ID)
		if err == nil {
			err = s.routine(ctx, f)
		}
		if err == nil {
			err = s.Approve(ctx, by, c.ID, c.Version)
		}
		switch app.KindOf(err) {
		case app.Conflict, app.NotFound:
			left = append(left, Left{f.Worker.Name, err.Error()})
			continue
		}
		if err != nil {
			return approved, left, err
		}
		approved++
	}
	return approved, left, nil
}

// routine is a conflict where the worker's identity needs the reviewer's eye.
func (s *Service) routine(ctx context.Context, f filing.Filing) error {
	standing, err := s.filing.Standing(ctx, f.Worker)
	if err != nil {
		return err
	}
	shared, err := s.filing.OfStaff(ctx, f)
	if err != nil {
		return err
	}
	if shared.Any() || standing == identity.Differs {
		return app.Fail(app.Conflict, "身份信息需要核对，请打开后单独审核。")
	}
	return nil
}
