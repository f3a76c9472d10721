package filing

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/enterprise"
	"laoqi/app/hub"
	"laoqi/app/identity"
	"laoqi/app/store"
)

const staleForm = "这份备案刚才在另一个窗口或由同事保存过，您现在填写的内容没有保存。请打开最新内容对照后，再修改保存。"

// Save stores the form as a draft: a new one if id is 0, else in place of the
// filing's content. A form older than the filing is an app.Conflict.
func (s *Service) Save(ctx context.Context, by app.Actor, id int64, f Form) (int64, error) {
	err := s.db.Write(ctx, func(tx *store.Tx) (err error) {
		if _, err = s.prepare(ctx, tx, by, id, &f); err != nil {
			return err
		}
		var faults app.Faults
		f.checkDraft(&faults)
		if err = inOrder(faults).Err(); err != nil {
			return err
		}
		tx.AfterCommit(func() { s.hub.Publish(hub.Enterprise(by.Enterprise)) })
		id, err = s.store(ctx, tx, by, id, f, app.FilingDraft)
		return err
	})
	return id, err
}

// Submit checks the form against all rules and hands the filing to the desk.
// Warnings that the form does not confirm are returned, and nothing is stored.
func (s *Service) Submit(ctx context.Context, by app.Actor, id int64, f Form) (_ int64, open []app.Warning, err error) {
	err = s.db.Write(ctx, func(tx *store.Tx) (err error) {
		tx.AfterCommit(func() { s.hub.Publish(hub.Enterprise(by.Enterprise)) })
		id, open, err = s.submit(ctx, tx, by, id, f)
		return err
	})
	return id, open, err
}

// File is Submit for a new filing within the caller's transaction; the caller tells
// the pages that show it.
func (s *Service) File(ctx context.Context, tx *store.Tx, by app.Actor, f Form) (id int64, open []app.Warning, err error) {
	return s.submit(ctx, tx, by, 0, f)
}

func (s *Service) submit(ctx context.Context, tx *store.Tx, by app.Actor, id int64, f Form) (_ int64, open []app.Warning, err error) {
	e, err := s.prepare(ctx, tx, by, id, &f)
	if err != nil {
		return id, nil, err
	}
	warnings, err := s.check(ctx, tx.Queries, tx.Now, by, id, &f, e)
	if err != nil {
		return id, nil, err
	}
	open = slices.DeleteFunc(slices.Clone(warnings), func(w app.Warning) bool { return slices.Contains(f.Confirmed, w.Text) })
	if len(open) > 0 {
		return id, open, nil
	}
	if id, err = s.store(ctx, tx, by, id, f, app.FilingSubmitted); err != nil {
		return id, nil, err
	}
	own, err := s.ownClauses(ctx, tx, by, f.Kind)
	if err != nil {
		return id, nil, err
	}
	if s.submitted != nil {
		if err := s.submitted(ctx, tx, by.Enterprise); err != nil {
			return id, nil, err
		}
	}
	return id, nil, s.audit.Add(ctx, tx, by, "filing.submitted", audit.Subject("filing", id),
		audit.Facts{"enterprise": by.Enterprise, "kind": f.Kind, "paper": f.Paper, "confirmed": len(warnings), "clauses": own})
}

// prepare reads the enterprise and fills in what the form cannot state: whether
// the contract is on paper, and the worker of a contract that goes on.
func (s *Service) prepare(ctx context.Context, tx *store.Tx, by app.Actor, id int64, f *Form) (enterprise.Enterprise, error) {
	e, err := s.enterprise.Get(ctx, by.Enterprise)
	if err != nil {
		return e, err
	}
	if id != 0 {
		stored, err := s.get(ctx, tx.Queries, store.FilingParams{ID: id, EnterpriseID: by.Enterprise})
		if err != nil {
			return e, err
		}
		f.Kind, f.Previous = stored.Kind, stored.Previous
	}
	f.Paper = f.Paper && !e.Electronic
	if f.Kind == app.FilingNew {
		f.Inherit(app.Worker{}, app.Terms{})
		return e, nil
	}
	previous, err := s.inForce(ctx, tx.Queries, by, f.Previous, id)
	if err != nil {
		return e, err
	}
	f.Inherit(previous.Worker, previous.Terms)
	return e, nil
}

// Inherit takes from the contract in force what this kind of filing cannot change.
func (f *Form) Inherit(w app.Worker, t app.Terms) {
	switch f.Kind {
	case app.FilingTermination:
		f.Worker, f.Terms = w, t
	case app.FilingRenewal:
		f.Worker.Name, f.Worker.IDType, f.Worker.IDNumber = w.Name, w.IDType, w.IDNumber
		f.Worker.Sex, f.Worker.Birth = w.Sex, w.Birth
		f.Ending = app.Ending{}
	case app.FilingNew:
		f.Ending = app.Ending{}
	}
}

// store writes the form, into a new filing if id is 0.
func (s *Service) store(ctx context.Context, tx *store.Tx, by app.Actor, id int64, f Form, state app.FilingState) (_ int64, err error) {
	if id == 0 {
		id, err = tx.InsertFiling(ctx, store.InsertFilingParams{EnterpriseID: by.Enterprise, Kind: f.Kind, Paper: f.Paper,
			PreviousID: app.Ref(f.Previous), MadeBy: by.Account, MadeAt: tx.Now})
		if err != nil {
			return 0, err
		}
	}
	row := s.row(f)
	if row.ClauseSetID, err = s.ownClauses(ctx, tx, by, f.Kind); err != nil {
		return 0, err
	}
	row.ID, row.EnterpriseID, row.State = id, by.Enterprise, state
	if state == app.FilingSubmitted {
		row.SubmittedAt = tx.Now
	}
	n, err := tx.SaveFiling(ctx, row)
	if err := store.Taken(err, "这份合同已经提交过同类备案，请在列表中查看。"); err != nil {
		return 0, err
	}
	if n == 0 {
		return 0, s.whyNot(ctx, tx, by, id)
	}
	return id, s.index(ctx, tx, by.Enterprise, id, f.Worker.Name)
}

// ownClauses is the version that the filing's contract will carry: the newest.
func (s *Service) ownClauses(ctx context.Context, tx *store.Tx, by app.Actor, kind app.FilingKind) (app.Ref, error) {
	if kind == app.FilingTermination {
		return 0, nil
	}
	id, err := s.clauses.CurrentID(ctx, tx.Queries, by.Enterprise)
	return app.Ref(id), err
}

// whyNot explains a refused save.
func (s *Service) whyNot(ctx context.Context, tx *store.Tx, by app.Actor, id int64) error {
	now, err := s.get(ctx, tx.Queries, store.FilingParams{ID: id, EnterpriseID: by.Enterprise})
	switch {
	case err != nil:
		return err
	case !now.Editable():
		return app.Fail(app.Conflict, fmt.Sprintf("这份备案%s，不能再修改；您现在填写的内容没有保存。", now.State.Label()))
	}
	return app.Fail(app.Conflict, staleForm)
}

func (s *Service) row(f Form) store.SaveFilingParams {
	w, t := f.Worker, f.Terms
	return store.SaveFilingParams{
		Paper: f.Paper, Version: f.Version,
		Name: w.Name, IDType: cmp.Or(w.IDType, app.IDResident), Domicile: w.Domicile, Address: w.Address,
		IDNumber: identity.SealNumber(s.vault, w.IDNumber), IDHash: identity.NumberHash(s.vault, w.IDType, w.IDNumber),
		Sex: w.Sex, BirthOn: w.Birth, Ethnicity: w.Ethnicity, Education: w.Education, Household: w.Household,
		Mobile: identity.SealMobile(s.vault, w.Mobile), MobileHash: identity.MobileHash(s.vault, w.Mobile),
		TermKind: t.Kind, StartOn: t.Start, EndOn: t.End, Task: t.Task, Probation: int64(t.Probation), Employment: t.Employment,
		Post: t.Post, Duties: t.Duties, Workplace: t.Workplace, Hours: t.Hours,
		PayKind: t.PayKind, Pay: t.Pay, PayRule: t.PayRule, ProbationPay: t.ProbationPay, PayDay: int64(t.PayDay),
		Insured: t.Insured, Insurance: t.Insurance, Protection: t.Protection, Clauses: t.Clauses,
		Reason: f.Ending.Reason, EndedOn: f.Ending.On, Detail: f.Ending.Detail,
	}
}

// index keeps the pieces of the name by which the filing is found.
func (s *Service) index(ctx context.Context, tx *store.Tx, enterprise, id int64, name string) error {
	if err := tx.DeleteGrams(ctx, id); err != nil {
		return err
	}
	grams, err := json.Marshal(app.Grams(strings.TrimSpace(name)))
	if err != nil {
		return err
	}
	return tx.InsertGrams(ctx, store.InsertGramsParams{EnterpriseID: enterprise, FilingID: id, Grams: string(grams)})
}

// Withdraw takes a submitted filing back before the desk decides; it is a draft again.
func (s *Service) Withdraw(ctx context.Context, by app.Actor, id int64) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		n, err := tx.WithdrawFiling(ctx, store.WithdrawFilingParams{ID: id, EnterpriseID: by.Enterprise})
		if err != nil {
			return err
		}
		if n == 0 {
			f, err := s.get(ctx, tx.Queries, store.FilingParams{ID: id, EnterpriseID: by.Enterprise})
			if err != nil {
				return err
			}
			return app.Fail(app.Conflict, fmt.Sprintf("这份备案现在是“%s”，不能撤回。", f.State.Label()))
		}
		f, err := s.get(ctx, tx.Queries, store.FilingParams{ID: id, EnterpriseID: by.Enterprise})
		if err != nil {
			return err
		}
		if err := s.Keep(ctx, tx, f); err != nil {
			return err
		}
		return s.audit.Add(ctx, tx, by, "filing.withdrawn", audit.Subject("filing", id), nil)
	})
}

// Delete removes a draft of the actor's enterprise.
func (s *Service) Delete(ctx context.Context, by app.Actor, id int64) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		n, err := tx.DeleteDraft(ctx, store.DeleteDraftParams{ID: id, EnterpriseID: by.Enterprise})
		if err := store.Changed(n, err, "只有草稿可以删除，请先刷新页面查看这份备案的状态。"); err != nil {
			return err
		}
		return s.audit.Add(ctx, tx, by, "filing.deleted", audit.Subject("filing", id), nil)
	})
}
