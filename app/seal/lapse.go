package seal

import (
	"context"
	"errors"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/link"
	"laoqi/app/notify"
	"laoqi/app/store"
)

// lapsing makes a change to a seal or grant, and tells the operators whose
// authorization it ended, and the clerks if that was the last one, so that
// contracts wait from now on.
func (s *Service) lapsing(ctx context.Context, tx *store.Tx, enterprise int64, change func() error) error {
	before, err := s.liveIn(ctx, tx, enterprise)
	if err != nil {
		return err
	}
	if err := change(); err != nil {
		return err
	}
	after, err := s.liveIn(ctx, tx, enterprise)
	if err != nil {
		return err
	}
	still := map[int64]bool{}
	for _, a := range after {
		still[a.ID] = true
	}
	for _, a := range before {
		if still[a.ID] {
			continue
		}
		if err := s.tellOperator(ctx, tx, a.PersonID, "您为"+a.Enterprise+"办理的电子合同签章授权已失效。"); err != nil {
			return err
		}
	}
	if len(before) == 0 || len(after) > 0 {
		return nil
	}
	text := "电子合同签章授权已失效，等待盖章的合同需要操作员重新授权。"
	return s.enterprise.TellClerks(ctx, tx, enterprise, notify.Authorized, text, link.HallAuthorize)
}

func (s *Service) liveIn(ctx context.Context, tx *store.Tx, enterprise int64) ([]store.LiveAuthorizationsRow, error) {
	return tx.LiveAuthorizations(ctx, store.LiveAuthorizationsParams{EnterpriseID: enterprise, NowAt: tx.Now, TodayOn: app.DateOf(tx.Now.Time)})
}

// Sweep tells of the authorizations whose time is over, each once, and of the
// certificates that end; it asks the issuers of imported ones.
func (s *Service) Sweep(ctx context.Context) error {
	return errors.Join(s.tellOfLapses(ctx), s.tellOfEnds(ctx), s.askIssuers(ctx))
}

func (s *Service) tellOfLapses(ctx context.Context) error {
	over, err := s.db.OverdueAuthorizations(ctx, store.OverdueAuthorizationsParams{NowAt: s.db.Now(), TodayOn: s.today()})
	for _, id := range over {
		err = errors.Join(err, s.db.Write(ctx, func(tx *store.Tx) error { return s.overdue(ctx, tx, id) }))
	}
	return err
}

func (s *Service) overdue(ctx context.Context, tx *store.Tx, id int64) error {
	a, err := tx.NoteLapse(ctx, store.NoteLapseParams{ID: id, LapsedAt: tx.Now})
	if store.IsNone(err) {
		return nil
	}
	if err != nil {
		return err
	}
	s.publish(tx, a.EnterpriseID)
	text := "电子合同签章授权已到期，新的合同将等待下一次授权。"
	if err := s.tellAuthorization(ctx, tx, a.EnterpriseID, a.PersonID, text); err != nil {
		return err
	}
	return s.audit.Add(ctx, tx, app.Actor{}, "authorization.lapsed", audit.Subject("authorization", id), audit.Facts{"enterprise": a.EnterpriseID})
}

// WhyNone says why the enterprise has no authorization in force: what ended the
// one given last.
func (s *Service) WhyNone(ctx context.Context, enterprise int64) (string, error) {
	a, err := s.db.LastAuthorization(ctx, enterprise)
	if store.IsNone(err) {
		return "还没有办理过电子合同签章授权", nil
	}
	if err != nil {
		return "", err
	}
	today := s.today()
	switch {
	case !a.VoidedAt.IsZero():
		return "授权使用的印章“" + a.Seal + "”已作废", nil
	case !a.ReplacedAt.IsZero():
		return "授权使用的印章“" + a.Seal + "”更换了证书，需要重新授权", nil
	case !a.CertificateEndsAt.After(s.db.Now().Time):
		return "印章“" + a.Seal + "”的证书已于" + LastDay(a.CertificateEndsAt).Chinese() + "失效", nil
	case !a.RemovedAt.IsZero():
		return "操作员" + a.Operator + "的印章授权已取消", nil
	case !a.RevokedAt.IsZero():
		return "签章授权已于" + app.DateOf(a.RevokedAt.Time).Chinese() + "撤销", nil
	case a.UntilOn.Before(today):
		return "操作员" + a.Operator + "的印章授权已于" + a.UntilOn.Chinese() + "到期", nil
	}
	return "签章授权已于" + LastDay(a.EndsAt).Chinese() + "到期", nil
}
