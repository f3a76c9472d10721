package cert

import (
	"context"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/pki"
	"laoqi/app/store"
)

// Revoke ends the account's certificate, if it has one, because the account has
// ended or somebody else may have come into it. What it signed stays valid.
func (s *Service) Revoke(ctx context.Context, tx *store.Tx, by app.Actor, account int64) error {
	revoked, err := tx.RevokeCertificates(ctx, store.RevokeCertificatesParams{AccountID: account, RevokedAt: tx.Now, RevokeReason: pki.ReasonCessationOfOperation})
	if err != nil || len(revoked) == 0 {
		return err
	}
	return s.audit.Add(ctx, tx, by, "certificate.revoked", audit.Subject("account", account), audit.Facts{"certificates": revoked})
}
