package enterprise

import (
	"context"

	"laoqi/app"
	"laoqi/app/identity"
	"laoqi/app/store"
)

// Agent is an agent of an enterprise as its legal rep sees one (guide 2.1.1).
// IDNumber and Mobile are the full values: mask them on every page.
type Agent struct {
	ID        int64 // of the account
	Name      string
	IDType    app.IDType
	IDNumber  string
	Mobile    string
	Level     app.IdentityLevel
	Confirmed bool // the person proved the own mobile since the password was set
	AgentTerms
}

// AgentTerms are what the legal rep may change of an agent (guide 2.1.4): the
// first and the last day of the account, and whether it opens seals and grants.
type AgentTerms struct {
	From, Until app.Date
	Manages     bool
}

func (t AgentTerms) check(faults *app.Faults, today app.Date) {
	if t.From.IsZero() {
		faults.Add("from", "请选择经办人有效期开始日期。")
	}
	if t.Until.IsZero() || t.Until.Before(t.From) || t.Until.Before(today) {
		faults.Add("until", "请选择经办人有效期结束日期，不早于开始日期和今天。")
	}
}

// AgentState is where an agent's validity stands on a day.
type AgentState string

const (
	AgentValid   AgentState = "valid"   // 有效
	AgentEarly   AgentState = "early"   // 未生效
	AgentExpired AgentState = "expired" // 已过期
)

// Label is the printed name of the state.
func (s AgentState) Label() string {
	return map[AgentState]string{AgentValid: "有效", AgentEarly: "未生效", AgentExpired: "已过期"}[s]
}

// State is where the agent's validity stands on the day.
func (t AgentTerms) State(today app.Date) AgentState {
	switch {
	case t.From.After(today):
		return AgentEarly
	case t.Until.Before(today):
		return AgentExpired
	}
	return AgentValid
}

// Agents lists the agents of the actor's enterprise, in the order of their making.
func (s *Service) Agents(ctx context.Context, by app.Actor) ([]Agent, error) {
	rows, err := s.db.AgentsOf(ctx, app.Ref(by.Enterprise))
	if err != nil {
		return nil, err
	}
	list := make([]Agent, len(rows))
	for i, r := range rows {
		if list[i], err = s.openAgent(r); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func (s *Service) openAgent(r store.AgentsOfRow) (Agent, error) {
	number, err := identity.OpenNumber(s.vault, r.IDNumber)
	if err != nil {
		return Agent{}, err
	}
	mobile, err := identity.OpenMobile(s.vault, r.Mobile)
	return Agent{ID: r.ID, Name: r.Name, IDType: r.IDType, IDNumber: number, Mobile: mobile, Level: r.Level,
		Confirmed: !r.ConfirmedAt.IsZero(), AgentTerms: AgentTerms{r.FromOn, r.UntilOn, r.Manages}}, err
}

// Agent reads one agent of the actor's enterprise.
func (s *Service) Agent(ctx context.Context, by app.Actor, id int64) (Agent, error) {
	all, err := s.Agents(ctx, by)
	if err != nil {
		return Agent{}, err
	}
	for _, a := range all {
		if a.ID == id {
			return a, nil
		}
	}
	return Agent{}, app.Fail(app.NotFound, "没有这位经办人，可能已经删除。")
}
