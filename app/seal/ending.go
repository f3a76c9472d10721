package seal

import (
	"context"
	"errors"
	"fmt"
	"time"

	"laoqi/app"
	"laoqi/app/link"
	"laoqi/app/notify"
	"laoqi/app/store"
)

// EndsSoon is how long before the end of a seal's certificate its managers are told.
const EndsSoon = 30 * 24 * time.Hour

// Ending says what is to be done about the end of a seal's certificate, "" for nothing.
func (x Seal) Ending(now time.Time) string {
	switch {
	case x.Void() || x.EndsAt.Sub(now) > EndsSoon:
		return ""
	case !x.EndsAt.After(now):
		return "这枚印章的证书已于" + LastDay(x.EndsAt).Chinese() + "失效，现在不能盖章。请更换证书。"
	}
	return "这枚印章的证书将于" + LastDay(x.EndsAt).Chinese() + "到期，到期后不能盖章。请及时更换证书。"
}

// tellOfEnds tells the managers of each seal whose certificate ends soon, and again
// when it has ended.
func (s *Service) tellOfEnds(ctx context.Context) error {
	now := s.db.Now()
	ids, err := s.db.EndingCertificates(ctx, store.EndingCertificatesParams{NowAt: now, SoonAt: app.At(now.Add(EndsSoon))})
	for _, id := range ids {
		err = errors.Join(err, s.db.Write(ctx, func(tx *store.Tx) error { return s.tellOfEnd(ctx, tx, id) }))
	}
	return err
}

func (s *Service) tellOfEnd(ctx context.Context, tx *store.Tx, id int64) error {
	k, err := tx.TellOfCertificate(ctx, store.TellOfCertificateParams{ID: id, NowAt: tx.Now})
	if store.IsNone(err) {
		return nil
	}
	if err != nil {
		return err
	}
	x, err := tx.SealToTell(ctx, k.SealID)
	if err != nil {
		return err
	}
	day := LastDay(k.EndsAt).Chinese()
	text := fmt.Sprintf("印章“%s”的证书将于%s到期。请在到期前更换证书，否则到期后不能盖章，合同会一直等待。", x.Name, day)
	if !k.EndsAt.After(tx.Now.Time) {
		text = fmt.Sprintf("印章“%s”的证书已于%s到期，不能再盖章。请更换证书，再重新办理签章授权。", x.Name, day)
	}
	s.publish(tx, x.EnterpriseID)
	return s.enterprise.TellManagers(ctx, tx, app.Actor{Enterprise: x.EnterpriseID}, notify.SealCertified, text, link.To(link.MobileSeal, k.SealID), "")
}
