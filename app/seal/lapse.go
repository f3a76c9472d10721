package seal

import (
	"context"

	"laoqi/app"
	"laoqi/app/store"
)

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
	case !a.RemovedAt.IsZero():
		return "操作员" + a.Operator + "的印章授权已取消", nil
	case !a.RevokedAt.IsZero():
		return "签章授权已于" + app.DateOf(a.RevokedAt.Time).Chinese() + "撤销", nil
	case a.UntilOn.Before(today):
		return "操作员" + a.Operator + "的印章授权已于" + a.UntilOn.Chinese() + "到期", nil
	}
	return "签章授权已于" + LastDay(a.EndsAt).Chinese() + "到期", nil
}
