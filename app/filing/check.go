package filing

import (
	"context"

	"laoqi/app"
	"laoqi/app/enterprise"
	"laoqi/app/law"
	"laoqi/app/store"
)

// Examine compares the form of a new filing with all rules as Submit does, but
// stores nothing: its faults are the error's, and all warnings are returned.
func (s *Service) Examine(ctx context.Context, by app.Actor, f Form) ([]app.Warning, error) {
	e, err := s.enterprise.Get(ctx, by.Enterprise)
	if err != nil {
		return nil, err
	}
	f.Paper = f.Paper && !e.Electronic
	f.Inherit(app.Worker{}, app.Terms{})
	return s.check(ctx, s.db.Queries, s.db.Now(), by, 0, &f, e)
}

// check compares the form with all rules and makes the worker's numbers canonical.
func (s *Service) check(ctx context.Context, q *store.Queries, now app.Time, by app.Actor, id int64, f *Form, e enterprise.Enterprise) ([]app.Warning, error) {
	var faults app.Faults
	faults.Add("", standing(e, f.Paper))
	f.checkDraft(&faults)
	f.checkCharacters(&faults)
	broken, warnings, err := s.checkLaw(ctx, q, app.DateOf(now.Time), by, id, f, &faults)
	if err != nil {
		return nil, err
	}
	for _, x := range broken {
		faults.Add(x.Field, x.Text)
	}
	return warnings, inOrder(faults).Err()
}

// standing says what the enterprise must do before it can submit, "" for nothing.
func standing(e enterprise.Enterprise, paper bool) string {
	switch {
	case e.State != enterprise.Admitted:
		return "企业的入驻申请还在审核，通过后才能提交备案。请先保存草稿。"
	case !paper && !e.Electronic:
		return "单位还没有启用电子劳动合同。请先保存草稿，再选择是否启用电子劳动合同。"
	}
	return ""
}

func (s *Service) checkLaw(ctx context.Context, q *store.Queries, today app.Date, by app.Actor, id int64, f *Form, faults *app.Faults) (app.Faults, []app.Warning, error) {
	if t := f.Terms; f.Kind == app.FilingTermination {
		broken, warnings := law.CheckEnding(f.Ending, law.Contract{Kind: t.Kind, Start: t.Start, End: t.End, Probation: t.Probation})
		return broken, warnings, nil
	}
	k := known(f.Worker)
	faults.Require(app.FieldMobile, k.Mobile, "请输入联系电话。")
	k.Check(faults, today)
	f.Worker.Name, f.Worker.IDNumber, f.Worker.Mobile = k.Name, k.IDNumber, k.Mobile
	history, err := s.history(ctx, q, by.Enterprise, id, f.Worker)
	if err != nil {
		return nil, nil, err
	}
	broken, warnings := law.Check(law.Case{Kind: f.Kind, Worker: f.Worker, Terms: f.Terms, History: history, Minimum: s.minimum, Today: today})
	return broken, warnings, nil
}
