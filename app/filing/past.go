package filing

import (
	"context"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/identity"
	"laoqi/app/law"
	"laoqi/app/store"
)

// history lists the worker's contracts at the enterprise, earliest first, without
// the filing itself and those that the worker declined.
func (s *Service) history(ctx context.Context, q *store.Queries, enterprise, id int64, w app.Worker) ([]law.Contract, error) {
	rows, err := q.WorkerHistory(ctx, store.WorkerHistoryParams{EnterpriseID: enterprise,
		IDHash: identity.NumberHash(s.vault, w.IDType, w.IDNumber), Except: id})
	if err != nil {
		return nil, err
	}
	contracts := make([]law.Contract, len(rows))
	for i, r := range rows {
		contracts[i] = law.Contract{Kind: r.TermKind, Start: r.StartOn, End: r.EndOn, Probation: int(r.Probation)}
		ended, err := app.ParseDate(r.Ended)
		if err != nil {
			return nil, err
		}
		if !ended.IsZero() {
			contracts[i].End = ended
		}
	}
	return contracts, nil
}

// inForce reads a contract that a filing may renew or end; except is that
// filing's own id.
func (s *Service) inForce(ctx context.Context, q *store.Queries, by app.Actor, id, except int64) (Filing, error) {
	ok, err := q.FilingInForce(ctx, store.FilingInForceParams{ID: id, EnterpriseID: by.Enterprise, Except: except})
	if err != nil {
		return Filing{}, err
	}
	if !ok {
		return Filing{}, app.Fail(app.Conflict, "这份合同已经续签、解除或正在办理，不能再次办理。请重新选择合同。")
	}
	return s.get(ctx, q, store.FilingParams{ID: id, EnterpriseID: by.Enterprise})
}

// Usual sentences for the terms that most employers word alike.
const (
	UsualInsurance  = "双方依法参加社会保险并缴纳各自应缴的部分。"
	UsualProtection = "单位按国家规定提供劳动条件、劳动防护用品和职业危害防护。"
)

// Start gives the form of a new filing: with the usual sentences, or filled from
// the contract in force that it renews or ends.
func (s *Service) Start(ctx context.Context, by app.Actor, kind app.FilingKind, previous int64) (f Form, err error) {
	if kind == app.FilingNew {
		return Form{Kind: kind, Worker: app.Worker{IDType: app.IDResident}, Terms: app.Terms{
			Kind: app.TermFixed, Employment: app.EmploymentFull, Insured: app.AllInsurances, Hours: app.HoursStandard, PayKind: app.PayMonthly, Insurance: UsualInsurance, Protection: UsualProtection}}, nil
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		p, err := s.inForce(ctx, tx.Queries, by, previous, 0)
		if err != nil {
			return err
		}
		f = follow(kind, p)
		return s.audit.Add(ctx, tx, by, "filing.read", audit.Subject("filing", previous), nil)
	})
	return f, err
}

// Copy gives the form of a new filing for the next worker: the terms of one filed
// before, and nobody's name.
func (s *Service) Copy(ctx context.Context, by app.Actor, id int64) (Form, error) {
	f, err := s.Get(ctx, by, id)
	if err != nil {
		return Form{}, err
	}
	if f.Kind != app.FilingNew {
		return Form{}, app.Fail(app.Conflict, "只有新签备案可以复制。")
	}
	return Form{Kind: app.FilingNew, Worker: app.Worker{IDType: app.IDResident}, Terms: f.Terms}, nil
}

// Again gives the form of a new filing that the worker declined to sign for: the
// same worker and terms, the numbers in full, which it logs.
func (s *Service) Again(ctx context.Context, by app.Actor, id int64) (f Form, err error) {
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		p, err := s.get(ctx, tx.Queries, store.FilingParams{ID: id, EnterpriseID: by.Enterprise})
		if err != nil {
			return err
		}
		if p.Kind != app.FilingNew || p.Document != app.DocumentDeclined {
			return app.Fail(app.Conflict, "只有员工拒签的新签备案可以重新办理。")
		}
		f = Form{Kind: app.FilingNew, Worker: p.Worker, Terms: p.Terms}
		return s.audit.Add(ctx, tx, by, "filing.read", audit.Subject("filing", id), nil)
	})
	return f, err
}

// CanFollow reports whether a filing's contract can be renewed or ended now.
func (s *Service) CanFollow(ctx context.Context, by app.Actor, id int64) (bool, error) {
	return s.db.FilingInForce(ctx, store.FilingInForceParams{ID: id, EnterpriseID: by.Enterprise})
}

// follow is the form of a filing that renews or ends a contract.
func follow(kind app.FilingKind, p Filing) Form {
	f := Form{Kind: kind, Previous: p.ID, Worker: p.Worker, Terms: p.Terms}
	if kind == app.FilingTermination {
		return f
	}
	f.Terms.Start = app.Date{}
	if !p.Terms.End.IsZero() {
		f.Terms.Start = p.Terms.End.AddDays(1)
	}
	f.Terms.End, f.Terms.Probation, f.Terms.ProbationPay = app.Date{}, 0, 0
	return f
}

// FormOf is the form with which a filing is edited.
func FormOf(f Filing) Form {
	return Form{Kind: f.Kind, Paper: f.Paper, Previous: f.Previous, Version: f.Version, Worker: f.Worker, Terms: f.Terms, Ending: f.Ending}
}
