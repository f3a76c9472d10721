package enterprise

import (
	"context"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/identity"
	"laoqi/app/store"
)

// AgentForm is the form 添加经办人 (guide 2.1.2).
type AgentForm struct {
	identity.Known
	IDFrom, IDUntil app.Date
	Long            bool
	Password, Again string
	From, Until     app.Date
	Manages         bool
}

func (f *AgentForm) check(today app.Date) app.Faults {
	var faults app.Faults
	f.Known.Check(&faults, today)
	identity.CheckValidity(&faults, f.IDFrom, f.IDUntil, f.Long, today)
	faults.Add("password", app.CheckPassword(f.Password))
	if f.Password != f.Again {
		faults.Add("again", "两次输入的密码不一致，请重新输入。")
	}
	if f.From.IsZero() {
		faults.Add("from", "请选择经办人有效期开始日期。")
	}
	if f.Until.IsZero() || f.Until.Before(f.From) || f.Until.Before(today) {
		faults.Add("until", "请选择经办人有效期结束日期，不早于开始日期和今天。")
	}
	return faults
}

// AddAgent makes an agent's account at the actor's enterprise. It starts to
// work when the person confirms it by a code at the first log-in.
func (s *Service) AddAgent(ctx context.Context, by app.Actor, f AgentForm) (id int64, err error) {
	if err := f.check(app.DateOf(s.db.Now().Time)).Err(); err != nil {
		return 0, err
	}
	if f.Long {
		f.IDUntil = app.Date{}
	}
	hash, err := s.hasher.Hash(ctx, f.Password)
	if err != nil {
		return 0, err
	}
	return id, s.db.Write(ctx, func(tx *store.Tx) error {
		person, err := s.agentPerson(ctx, tx, f)
		if err != nil {
			return err
		}
		id, err = tx.InsertStaff(ctx, store.InsertStaffParams{Kind: app.AccountAgent, PersonID: app.Ref(person), EnterpriseID: app.Ref(by.Enterprise),
			Password: hash, Manages: f.Manages, FromOn: f.From, UntilOn: f.Until, CreatedAt: tx.Now})
		if err != nil {
			return store.Taken(err, "这个人已经是本单位的经办人。")
		}
		return s.audit.Add(ctx, tx, by, "agent.added", audit.Subject("enterprise", by.Enterprise), audit.Facts{"account": id, "manages": f.Manages})
	})
}

func (s *Service) agentPerson(ctx context.Context, tx *store.Tx, f AgentForm) (int64, error) {
	person, m, err := s.identity.Match(ctx, tx.Queries, f.Known)
	switch {
	case err != nil:
		return 0, err
	case m == identity.Differs:
		return 0, app.Faults{{Text: "经办人身份信息核验未通过，请核对姓名、证件号码和手机号码。"}}.Err()
	case m == identity.Matched:
		return person, nil
	}
	return s.identity.Insert(ctx, tx, f.Known, f.IDFrom, f.IDUntil)
}
