package identity

import (
	"context"
	"slices"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/hub"
	"laoqi/app/store"
)

// Other is another account with which the actor's person acts for an enterprise.
type Other struct {
	Account    int64
	Kind       app.AccountKind
	Enterprise string
	Manages    bool // opens 我的印章
	Confirmed  bool // the person proved the own mobile
	Given      bool // the session comes from it: it asks no password again
	provedAt   app.Time
}

// Others lists the other accounts that the actor could log in to today, for 切换企业.
// Only a verified person has any: of two persons who state the same number one may lie.
func (s *Service) Others(ctx context.Context, by app.Actor) ([]Other, error) {
	return others(ctx, s.db.Queries, by, s.db.Now())
}

func others(ctx context.Context, q *store.Queries, by app.Actor, now app.Time) ([]Other, error) {
	rows, err := q.OtherAccounts(ctx, store.OtherAccountsParams{SessionID: by.Session, PersonID: app.Ref(by.Person), AccountID: by.Account, TodayOn: app.DateOf(now.Time)})
	list := make([]Other, len(rows))
	for i, r := range rows {
		list[i] = Other{Account: r.ID, Kind: r.Kind, Enterprise: r.Enterprise, Manages: r.Manages || r.Kind == app.AccountLegalRep,
			Confirmed: !r.ConfirmedAt.IsZero(), Given: r.Given, provedAt: r.ProvedAt}
	}
	return list, err
}

// Other is one of Others.
func (s *Service) Other(ctx context.Context, by app.Actor, account int64) (Other, error) {
	return other(ctx, s.db.Queries, by, s.db.Now(), account)
}

func other(ctx context.Context, q *store.Queries, by app.Actor, now app.Time, account int64) (Other, error) {
	all, err := others(ctx, q, by, now)
	if err != nil {
		return Other{}, err
	}
	i := slices.IndexFunc(all, func(o Other) bool { return o.Account == account })
	if i < 0 {
		return Other{}, app.Fail(app.NotFound, "您没有这家企业的单位账号，或者账号已失效。")
	}
	return all[i], nil
}

const switchedElsewhere = "企业刚刚在另一个页面切换过，请核对现在的企业后再操作。"

// Switch lets the actor's session act for another account of the same person
// (切换企业), whose password it asks once. A wrong one returns the sentence for its
// field and counts like a wrong log-in. A visit to 我的印章 ends, and what the session
// proved stays with the account that it was proved for.
func (s *Service) Switch(ctx context.Context, by app.Actor, account int64, password string) (problem string, err error) {
	to, err := s.Other(ctx, by, account)
	if err != nil {
		return "", err
	}
	if to.Given {
		return "", s.db.Write(ctx, func(tx *store.Tx) error { return s.move(ctx, tx, by, account, false) })
	}
	if password == "" {
		return "请输入“" + to.Enterprise + "”单位账号的登录密码。", nil
	}
	return s.provenFor(ctx, account, by.Device, password, func(tx *store.Tx) error { return s.move(ctx, tx, by, account, true) })
}

// move looks again whether the account lives, and of two moves at once does the first.
func (s *Service) move(ctx context.Context, tx *store.Tx, by app.Actor, account int64, proved bool) error {
	to, err := other(ctx, tx.Queries, by, tx.Now, account)
	if err != nil {
		return err
	}
	if proved {
		to.provedAt = tx.Now
	}
	n, err := tx.LeaveAccount(ctx, store.LeaveAccountParams{ID: by.Session, AccountID: by.Account})
	if err := store.Changed(n, err, switchedElsewhere); err != nil {
		return err
	}
	n, err = tx.SwitchSession(ctx, store.SwitchSessionParams{ID: by.Session, AccountID: by.Account, ToID: account, ProvedAt: to.provedAt})
	if err := store.Changed(n, err, switchedElsewhere); err != nil {
		return err
	}
	tx.AfterCommit(func() { s.hub.Publish(hub.Session(by.Session)) })
	return s.audit.Add(ctx, tx, by, "session.switched", audit.Subject("account", account), audit.Facts{"from": by.Account, "password": proved})
}
