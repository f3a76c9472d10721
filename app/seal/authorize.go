package seal

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strconv"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/outbox"
	"laoqi/app/pki/cms"
	"laoqi/app/store"
)

// SealJob asks for the sealing of all contracts of an enterprise that wait for
// it; its payload is the enterprise's id in decimal.
const SealJob outbox.Kind = "contract.seal"

// Answer is what the operator enters to authorize.
type Answer struct {
	Enterprise int64 // chosen in 选择企业
	Seal       int64 // may be 0 where only one fits
	Passphrase string
}

// Purpose of the usage record that an authorization itself leaves.
const usedToAuthorize = "电子合同签章授权"

// Until is when an authorization by this grant would end: with the grant, with
// the seal's certificate, and no later than a year from now.
func (s *Service) Until(g Granted) app.Time {
	end := s.db.Now().AddDate(1, 0, 0)
	for _, t := range []app.Time{{Time: g.Until.AddDays(1).In()}, g.endsAt} {
		if t.Before(end) {
			end = t.Time
		}
	}
	return app.At(end)
}

// Authorize gives the enterprise the actor's standing consent that the hall seals
// contracts (guide 1.3). The actor's own key signs the statement. Contracts that
// wait are sealed at once, by whoever handles SealJob.
func (s *Service) Authorize(ctx context.Context, by app.Actor, token string, a Answer) error {
	r, err := s.Request(ctx, by, token)
	if err != nil {
		return err
	}
	if r.State != TicketScanned {
		return app.Fail(app.Conflict, ticketGone)
	}
	g, faults := r.chosen(a)
	faults.Require("passphrase", a.Passphrase, "请输入证书密码。")
	if faults != nil {
		return faults.Err()
	}
	signed, problem, err := s.sign(ctx, by, r, g, a.Passphrase)
	if err != nil || problem != "" {
		return fault("passphrase", problem, err)
	}
	return s.db.Write(ctx, func(tx *store.Tx) error { return s.authorized(ctx, tx, by, r, g, signed) })
}

func (r Request) chosen(a Answer) (g Granted, faults app.Faults) {
	switch {
	case a.Enterprise == 0:
		faults.Add("enterprise", "请选择印章所属企业。")
	case a.Enterprise != r.EnterpriseID:
		faults.Add("enterprise", "这个二维码由“"+r.Enterprise+"”出示，不能用其他企业的印章授权。")
	}
	if a.Seal == 0 && len(r.Seals) == 1 {
		return r.Seals[0], faults
	}
	for _, g := range r.Seals {
		if g.Seal == a.Seal {
			return g, faults
		}
	}
	faults.Add("seal", "请选择使用的电子印章。")
	return g, faults
}

// sign makes the row of the authorization; nothing is stored yet.
func (s *Service) sign(ctx context.Context, by app.Actor, r Request, g Granted, passphrase string) (row store.InsertAuthorizationParams, problem string, err error) {
	seal, err := s.db.SealOf(ctx, store.SealOfParams{ID: g.Seal, EnterpriseID: r.EnterpriseID, TodayOn: s.today()})
	if err != nil {
		return row, "", err
	}
	start, end := s.db.Now(), s.Until(g)
	said, err := newStatement(r, g, seal.Serial, start, end)
	if err != nil {
		return row, "", err
	}
	key, problem, err := s.cert.Unlock(ctx, by, passphrase)
	if err != nil || problem != "" {
		return row, problem, err
	}
	signature, err := cms.SignDetached(said, key.Signer, s.cert.TSA())
	return store.InsertAuthorizationParams{EnterpriseID: r.EnterpriseID, SealCertificateID: seal.CertificateID, GrantID: g.Grant, PersonID: by.Person, CertificateID: key.Certificate,
		Statement: said, Signature: signature, StartsAt: start, EndsAt: end, TodayOn: s.today()}, "", err
}

// authorized stores the authorization, its usage record and the wish to seal what waits.
func (s *Service) authorized(ctx context.Context, tx *store.Tx, by app.Actor, r Request, g Granted, row store.InsertAuthorizationParams) error {
	id, err := s.insertAuthorization(ctx, tx, by, r, g, row)
	if err != nil {
		return err
	}
	err = tx.InsertUsage(ctx, store.InsertUsageParams{EnterpriseID: r.EnterpriseID, SealID: g.Seal, PersonID: by.Person, AuthorizationID: id, Purpose: usedToAuthorize, UsedAt: tx.Now})
	if err != nil {
		return err
	}
	if err := s.enterprise.MarkAuthorized(ctx, tx, r.EnterpriseID); err != nil {
		return err
	}
	enterprise := strconv.FormatInt(r.EnterpriseID, 10)
	if err := s.jobs.Add(ctx, tx, SealJob, enterprise, []byte(enterprise)); err != nil {
		return err
	}
	text := by.Name + "已完成电子合同签章授权，使用印章“" + g.Name + "”，有效期至" + LastDay(row.EndsAt).Chinese() + "。"
	if err := s.tellAuthorization(ctx, tx, r.EnterpriseID, by.Person, text); err != nil {
		return err
	}
	hash := sha256.Sum256(row.Statement)
	return s.audit.Add(ctx, tx, by, "authorization.given", audit.Subject("authorization", id),
		audit.Facts{"enterprise": r.EnterpriseID, "seal": g.Seal, "grant": g.Grant, "certificate": row.CertificateID, "statement": hex.EncodeToString(hash[:])})
}

// insertAuthorization replaces the operator's earlier one of the same seal. It
// fails if seal, grant or code ended while the operator was reading.
func (s *Service) insertAuthorization(ctx context.Context, tx *store.Tx, by app.Actor, r Request, g Granted, row store.InsertAuthorizationParams) (id int64, err error) {
	err = tx.SupersedeAuthorizations(ctx, store.SupersedeAuthorizationsParams{EnterpriseID: r.EnterpriseID, SealID: g.Seal, PersonID: by.Person, RevokedAt: tx.Now})
	if err != nil {
		return 0, err
	}
	id, err = tx.InsertAuthorization(ctx, row)
	if store.IsNone(err) {
		return 0, app.Fail(app.Conflict, "印章授权刚刚被取消，或者印章已作废、更换了证书，不能完成签章授权。请重新扫码。")
	}
	if err != nil {
		return 0, err
	}
	n, err := tx.AuthorizeTicket(ctx, store.AuthorizeTicketParams{ID: r.ticket, PersonID: app.Ref(by.Person), AuthorizationID: app.Ref(id), NowAt: tx.Now})
	return id, store.Changed(n, err, ticketGone)
}
