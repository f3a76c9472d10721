package seal

import (
	"context"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/app/notify"
	"laoqi/app/store"
)

// Grant is a seal's permission for one operator (印章授权), from the first day to the last.
type Grant struct {
	ID          int64
	Seal        int64
	Name        string
	Mobile      string // masked; in lists only
	From, Until app.Date
}

// Grants lists the grants of a seal of the actor's enterprise, ended ones too.
func (s *Service) Grants(ctx context.Context, by app.Actor, seal int64) ([]Grant, error) {
	if _, err := s.Managed(ctx, by, seal); err != nil {
		return nil, err
	}
	rows, err := s.db.Grants(ctx, seal)
	list := make([]Grant, len(rows))
	for i, r := range rows {
		if err != nil {
			return nil, err
		}
		var person identity.Person
		person, err = s.identity.Person(ctx, r.PersonID)
		list[i] = Grant{r.ID, r.SealID, r.Name, app.MaskMobile(person.Mobile), r.FromOn, r.UntilOn}
	}
	return list, err
}

// Grant returns one grant of a live seal of the actor's enterprise.
func (s *Service) Grant(ctx context.Context, by app.Actor, id int64) (Grant, error) {
	r, err := s.db.GrantOf(ctx, store.GrantOfParams{ID: id, EnterpriseID: by.Enterprise})
	return Grant{ID: r.ID, Seal: r.SealID, Name: r.Name, From: r.FromOn, Until: r.UntilOn}, store.Found(err, "没有这项授权，可能已被删除。")
}

// Period is how long a grant holds, both days included.
type Period struct{ From, Until app.Date }

func (p Period) check(faults *app.Faults, today app.Date) {
	switch {
	case p.From.IsZero():
		faults.Add("from", "请选择授权开始日期。")
	case p.Until.IsZero():
	case p.Until.Before(p.From):
		faults.Add("until", "授权结束日期不能早于开始日期。")
	case p.Until.Before(today):
		faults.Add("until", "授权结束日期不能早于今天。")
	}
	if p.Until.IsZero() {
		faults.Add("until", "请选择授权结束日期。")
	}
}

func (p Period) String() string { return p.From.Chinese() + "至" + p.Until.Chinese() }

// strangerFault must not tell which of the elements is wrong.
const strangerFault = "没有找到信息一致、已注册并通过身份核验的人员。请与被授权人核对姓名、证件类型、证件号码和手机号码。"

// AddGrant lets a person use a seal of the actor's enterprise (添加被授权人). The
// person must be verified, have a personal account and match all four elements.
func (s *Service) AddGrant(ctx context.Context, by app.Actor, seal int64, k identity.Known, p Period) (id int64, err error) {
	of, err := s.grantable(ctx, by, seal)
	if err != nil {
		return 0, err
	}
	var faults app.Faults
	k.Check(&faults, s.today())
	if p.check(&faults, s.today()); faults != nil {
		return 0, faults.Err()
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		person, account, err := s.operator(ctx, tx, k)
		if err != nil {
			return err
		}
		id, err = tx.InsertGrant(ctx, store.InsertGrantParams{SealID: seal, PersonID: person, FromOn: p.From, UntilOn: p.Until, MadeBy: by.Account, MadeAt: tx.Now})
		if err != nil {
			return formFault(store.Taken(err, "这个人已经有这枚印章的授权，请在列表中修改授权有效期。"))
		}
		text := func(who string) string {
			return by.Name + "授权" + who + "使用印章“" + of.Name + "”，有效期" + p.String() + "。"
		}
		return s.grantChanged(ctx, tx, by, grantAdded, grantee{id, seal, person, account, k.Name}, text, p)
	})
	return id, err
}

// formFault turns a conflict into a fault of the form, so that what was typed stays.
func formFault(err error) error {
	if app.KindOf(err) == app.Conflict {
		return app.Faults{{Text: err.Error()}}.Err()
	}
	return err
}

// grantable is a live seal of the actor's enterprise that the actor may grant.
func (s *Service) grantable(ctx context.Context, by app.Actor, id int64) (Seal, error) {
	seal, err := s.Managed(ctx, by, id)
	if err == nil && seal.Void() {
		err = app.Fail(app.Conflict, "印章已作废，不能再授权。")
	}
	return seal, err
}

func (s *Service) operator(ctx context.Context, tx *store.Tx, k identity.Known) (person, account int64, err error) {
	person, matching, err := s.identity.Match(ctx, tx.Queries, k)
	if err != nil {
		return 0, 0, err
	}
	if matching == identity.Matched {
		account, err = tx.OperatorAccount(ctx, app.Ref(person))
	}
	if matching != identity.Matched || store.IsNone(err) {
		return 0, 0, app.Faults{{Text: strangerFault}}.Err()
	}
	return person, account, err
}

type grantee struct {
	grant, seal, person, account int64
	name                         string
}

// grantChange is what happened to a grant: its name in the audit log, and how the
// text messages go on after the enterprise's name.
type grantChange struct{ audit, operator, legalRep string }

var (
	grantAdded   = grantChange{"grant.added", "授权您使用印章，详情请登录手机端查看。", "的经办人新增了印章授权，详情请登录查看。"}
	grantEdited  = grantChange{"grant.changed", "修改了您的印章授权，详情请登录手机端查看。", "的经办人修改了印章授权，详情请登录查看。"}
	grantRemoved = grantChange{"grant.removed", "取消了您的印章授权，您不能再使用该印章。", "的经办人取消了印章授权，详情请登录查看。"}
)

// grantChanged tells the operator and the enterprise; text is given what each
// calls the operator: 您, or the name.
func (s *Service) grantChanged(ctx context.Context, tx *store.Tx, by app.Actor, c grantChange, g grantee, text func(who string) string, p Period) error {
	if g.account != 0 {
		if err := s.tellHolder(ctx, tx, by.Enterprise, g.person, g.account, notify.Granted, text("您"), c.operator); err != nil {
			return err
		}
	}
	if err := s.enterprise.TellManagers(ctx, tx, by, notify.Granted, text(g.name), link.To(link.MobileGrants, g.seal), c.legalRep); err != nil {
		return err
	}
	s.publish(tx, by.Enterprise)
	return s.audit.Add(ctx, tx, by, c.audit, audit.Subject("seal", g.seal),
		audit.Facts{"grant": g.grant, "person": g.person, "from": p.From.String(), "until": p.Until.String()})
}

// SetPeriod changes how long a grant holds (编辑被授权人), unless the period is no
// longer the one that the editor saw.
func (s *Service) SetPeriod(ctx context.Context, by app.Actor, id int64, seen, p Period) error {
	var faults app.Faults
	if p.check(&faults, s.today()); faults != nil {
		return faults.Err()
	}
	return s.onGrant(ctx, by, id, func(tx *store.Tx, g grantee, seal Seal) error {
		n, err := tx.SetGrantPeriod(ctx, store.SetGrantPeriodParams{ID: id, FromOn: p.From, UntilOn: p.Until, WasFromOn: seen.From, WasUntilOn: seen.Until})
		if err := store.Changed(n, err, grantGone); err != nil {
			return err
		}
		text := func(who string) string {
			return by.Name + "把" + who + "使用印章“" + seal.Name + "”的授权有效期改为" + p.String() + "。"
		}
		return s.grantChanged(ctx, tx, by, grantEdited, g, text, p)
	})
}

const grantGone = "这项授权刚刚被其他人修改或删除，请核对后再操作。"

// RemoveGrant ends a grant at once (删除被授权人); authorizations under it lapse.
func (s *Service) RemoveGrant(ctx context.Context, by app.Actor, id int64) error {
	return s.onGrant(ctx, by, id, func(tx *store.Tx, g grantee, seal Seal) error {
		return s.removeGrant(ctx, tx, by, g, seal.Name)
	})
}

func (s *Service) removeGrant(ctx context.Context, tx *store.Tx, by app.Actor, g grantee, seal string) error {
	n, err := tx.RemoveGrant(ctx, store.RemoveGrantParams{ID: g.grant, RemovedAt: tx.Now})
	if err := store.Changed(n, err, grantGone); err != nil {
		return err
	}
	text := func(who string) string {
		return by.Name + "取消了" + who + "使用印章“" + seal + "”的授权。"
	}
	return s.grantChanged(ctx, tx, by, grantRemoved, g, text, Period{})
}

// HeldBy names the seals of the actor's enterprise that the person of one of its
// accounts holds a grant of: it belongs to the personal account, and outlives this one.
func (s *Service) HeldBy(ctx context.Context, by app.Actor, account int64) (seals []string, err error) {
	rows, err := s.db.GrantsOfAccount(ctx, store.GrantsOfAccountParams{AccountID: account, EnterpriseID: app.Ref(by.Enterprise), TodayOn: s.today()})
	for _, r := range rows {
		seals = append(seals, r.Seal)
	}
	return seals, err
}

// WithGrants ends, with the certificate of an account, the grants that HeldBy names.
func (s *Service) WithGrants(revoke identity.Revoke) identity.Revoke {
	return func(ctx context.Context, tx *store.Tx, by app.Actor, account int64) error {
		if err := revoke(ctx, tx, by, account); err != nil {
			return err
		}
		return s.removeHeld(ctx, tx, by, account)
	}
}

func (s *Service) removeHeld(ctx context.Context, tx *store.Tx, by app.Actor, account int64) error {
	rows, err := tx.GrantsOfAccount(ctx, store.GrantsOfAccountParams{AccountID: account, EnterpriseID: app.Ref(by.Enterprise), TodayOn: s.today()})
	if err != nil || len(rows) == 0 {
		return err
	}
	operator, err := tx.OperatorAccount(ctx, app.Ref(rows[0].PersonID))
	if err != nil && !store.IsNone(err) {
		return err
	}
	return s.lapsing(ctx, tx, by.Enterprise, func() error {
		for _, r := range rows {
			if err := s.removeGrant(ctx, tx, by, grantee{r.ID, r.SealID, r.PersonID, operator, r.Name}, r.Seal); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Service) onGrant(ctx context.Context, by app.Actor, id int64, act func(*store.Tx, grantee, Seal) error) error {
	row, err := s.db.GrantOf(ctx, store.GrantOfParams{ID: id, EnterpriseID: by.Enterprise})
	if err != nil {
		return store.Found(err, "没有这项授权，可能已被删除。")
	}
	seal, err := s.grantable(ctx, by, row.SealID)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		account, err := tx.OperatorAccount(ctx, app.Ref(row.PersonID))
		if err != nil && !store.IsNone(err) {
			return err
		}
		return s.lapsing(ctx, tx, by.Enterprise, func() error {
			return act(tx, grantee{id, seal.ID, row.PersonID, account, row.Name}, seal)
		})
	})
}
