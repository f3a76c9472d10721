package cert

import (
	"context"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/pki"
	"laoqi/app/store"
)

// Holds is app.Conflict if the certificate was revoked since its key was unlocked: it
// must not sign what the caller's transaction is about to store.
func (s *Service) Holds(ctx context.Context, tx *store.Tx, certificate int64) error {
	holds, err := tx.CertificateHolds(ctx, certificate)
	if err != nil || holds {
		return err
	}
	return app.Fail(app.Conflict, "您的数字证书刚刚被更换或吊销（例如在另一个页面重新激活），这次操作没有生效。请重新打开页面，用现在的证书密码再办理一次；没有可用的证书时请先激活。")
}

// Revoke ends the account's certificate, if it has one, because the account has
// ended or somebody else may have come into it. What it signed stays valid.
func (s *Service) Revoke(ctx context.Context, tx *store.Tx, by app.Actor, account int64) error {
	revoked, err := tx.RevokeCertificates(ctx, store.RevokeCertificatesParams{AccountID: account, RevokedAt: tx.Now, RevokeReason: pki.ReasonCessationOfOperation})
	if err != nil || len(revoked) == 0 {
		return err
	}
	return s.audit.Add(ctx, tx, by, "certificate.revoked", audit.Subject("account", account), audit.Facts{"certificates": revoked})
}
