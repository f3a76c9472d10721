package identity

import (
	"context"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/store"
)

// Record is what the installation holds about a person beside the contracts (我的信息;
// 个人信息保护法 arts 44, 45).
type Record struct {
	Person   Person
	Accounts []HeldAccount
	Consents []HeldConsent // the newest 200
	Sessions []OpenSession // of the account that asks
	Devices  int64         // with which the person logged in, within DeviceLife
	Face     bool          // a template of the face is kept
	Passkeys []HeldPasskey
}

// HeldAccount is an account that acts as the person.
type HeldAccount struct {
	Kind       app.AccountKind
	Enterprise string
	Since      app.Time
}

// HeldPasskey is a device's key for an account of the person.
type HeldPasskey struct {
	Name    string
	Account HeldAccount
	MadeAt  app.Time
	UsedAt  app.Time
}

// HeldConsent is a text that the person agreed to: its name and version.
type HeldConsent struct {
	Text string
	At   app.Time
}

// Record reads what is held about the actor's person.
func (s *Service) Record(ctx context.Context, by app.Actor) (r Record, err error) {
	if r.Person, err = s.Person(ctx, by.Person); err != nil {
		return r, err
	}
	accounts, err := s.db.HeldAccounts(ctx, app.Ref(by.Person))
	if err != nil {
		return r, err
	}
	for _, a := range accounts {
		r.Accounts = append(r.Accounts, HeldAccount{a.Kind, a.Enterprise, a.CreatedAt})
	}
	consents, err := s.db.HeldConsents(ctx, app.Ref(by.Person))
	if err != nil {
		return r, err
	}
	for _, c := range consents {
		r.Consents = append(r.Consents, HeldConsent{c.Text, c.GivenAt})
	}
	passkeys, err := s.db.HeldPasskeys(ctx, app.Ref(by.Person))
	if err != nil {
		return r, err
	}
	for _, k := range passkeys {
		r.Passkeys = append(r.Passkeys, HeldPasskey{k.Name, HeldAccount{Kind: k.Kind, Enterprise: k.Enterprise}, k.MadeAt, k.UsedAt})
	}
	if r.Sessions, err = s.OpenSessions(ctx, by); err != nil {
		return r, err
	}
	if r.Devices, err = s.db.CountDevices(ctx, by.Person); err != nil {
		return r, err
	}
	r.Face, err = s.HoldsFace(ctx, by)
	return r, err
}

// Exported is Record for a file that holds the numbers in full; it is logged.
func (s *Service) Exported(ctx context.Context, by app.Actor) (Record, error) {
	r, err := s.Record(ctx, by)
	if err != nil {
		return r, err
	}
	return r, s.db.Write(ctx, func(tx *store.Tx) error {
		return s.audit.Add(ctx, tx, by, "person.exported", audit.Subject("person", by.Person), nil)
	})
}
