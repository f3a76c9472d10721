package cert

import (
	"context"
	"time"

	"laoqi/app/pki"
	"laoqi/app/store"
	"laoqi/app/vault"
)

const authorityLabel = "authority.key"

func openAuthority(ctx context.Context, db *store.DB, v *vault.Vault, organization string) (*pki.Authority, error) {
	rows, err := db.Authorities(ctx)
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return makeAuthority(ctx, db, v, organization)
	}
	var stored pki.Stored
	parts := partsOf(&stored)
	for _, row := range rows {
		key, err := v.Open(authorityLabel, row.Key)
		if err != nil {
			return nil, err
		}
		*parts[row.Name] = pki.StoredPair{Certificate: row.Certificate, Key: key}
	}
	authority, err := pki.Load(stored)
	if err != nil {
		return nil, err
	}
	return renewStamping(ctx, db, v, authority)
}

// StampingLeft is how long before its end the built-in time-stamp authority is made
// anew, at the next start.
const StampingLeft = 365 * 24 * time.Hour

// renewStamping makes the time-stamp authority anew where it ends soon. What the old
// one stamped stays proven by the same root, and is to be stamped again before it ends.
func renewStamping(ctx context.Context, db *store.DB, v *vault.Vault, a *pki.Authority) (*pki.Authority, error) {
	now, end := db.Now().Time, a.Stamping().NotAfter
	if end.Sub(now) > StampingLeft || !a.Issuing().NotAfter.After(end) {
		return a, nil
	}
	renewed, err := a.Restamped(now)
	if err != nil {
		return nil, err
	}
	stored, err := renewed.Store()
	if err != nil {
		return nil, err
	}
	p := stored.Stamping
	return renewed, db.Write(ctx, func(tx *store.Tx) error {
		return tx.ReplaceAuthority(ctx, store.ReplaceAuthorityParams{Name: "tsa", Certificate: p.Certificate, Key: v.Seal(authorityLabel, p.Key)})
	})
}

// makeAuthority makes the authority and stores it; a second process that does the
// same at once fails by the primary key.
func makeAuthority(ctx context.Context, db *store.DB, v *vault.Vault, organization string) (*pki.Authority, error) {
	authority, err := pki.New(organization, db.Now().Time)
	if err != nil {
		return nil, err
	}
	stored, err := authority.Store()
	if err != nil {
		return nil, err
	}
	return authority, db.Write(ctx, func(tx *store.Tx) error {
		for name, p := range partsOf(&stored) {
			if err := tx.InsertAuthority(ctx, store.InsertAuthorityParams{Name: name, Certificate: p.Certificate, Key: v.Seal(authorityLabel, p.Key)}); err != nil {
				return err
			}
		}
		return nil
	})
}

// partsOf names the pairs as the table does.
func partsOf(s *pki.Stored) map[string]*pki.StoredPair {
	return map[string]*pki.StoredPair{"root": &s.Root, "issuing": &s.Issuing, "tsa": &s.Stamping}
}
