// Package seal keeps the electronic seals of enterprises (guide 2.5), who may use
// them (grants), the operators' standing consent that the hall seals contracts
// (authorizations, guide 1.3) and the record of every use (guide 2.6).
package seal

import (
	"context"
	"crypto/x509"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/cert"
	"laoqi/app/enterprise"
	"laoqi/app/hub"
	"laoqi/app/identity"
	"laoqi/app/notify"
	"laoqi/app/outbox"
	"laoqi/app/pdf/stamp"
	"laoqi/app/provider"
	"laoqi/app/store"
	"laoqi/app/vault"
)

// Service is the domain's entry; each exported method is one transaction.
type Service struct {
	db         *store.DB
	vault      *vault.Vault
	audit      *audit.Log
	notify     *notify.Service
	hub        *hub.Hub
	jobs       *outbox.Runner
	identity   *identity.Service
	enterprise *enterprise.Service
	cert       *cert.Service
	issuers    *provider.Issuers // nil: they are not asked
}

// New makes the service. Whoever handles SealJob seals what waits for an authorization.
func New(db *store.DB, v *vault.Vault, a *audit.Log, n *notify.Service, h *hub.Hub, jobs *outbox.Runner,
	id *identity.Service, e *enterprise.Service, c *cert.Service, issuers *provider.Issuers) *Service {
	s := &Service{db, v, a, n, h, jobs, id, e, c, issuers}
	jobs.Handle(issuerJob, s.askIssuer)
	return s
}

// Seal is an enterprise's seal.
type Seal struct {
	ID       int64
	Kind     app.SealKind
	Name     string
	Serial   string // of its certificate, hexadecimal
	Issuer   string // of an imported certificate, "" for one of our own
	MadeAt   app.Time
	EndsAt   app.Time // of its certificate
	VoidedAt app.Time
	Grants   int64  // persons whose grant has not ended
	Picture  string // SVG

	certificate int64
}

// Void reports whether the seal was voided (已作废).
func (s Seal) Void() bool { return !s.VoidedAt.IsZero() }

// List returns the actor's enterprise's seals: live ones first, newest first.
func (s *Service) List(ctx context.Context, by app.Actor) ([]Seal, error) {
	e, err := s.enterprise.Get(ctx, by.Enterprise)
	if err != nil {
		return nil, err
	}
	rows, err := s.db.Seals(ctx, store.SealsParams{EnterpriseID: by.Enterprise, TodayOn: s.today()})
	seals := make([]Seal, len(rows))
	for i, r := range rows {
		if err == nil {
			seals[i], err = sealOf(e, store.SealOfRow(r))
		}
	}
	return seals, err
}

// Get returns one seal of the actor's enterprise.
func (s *Service) Get(ctx context.Context, by app.Actor, id int64) (Seal, error) {
	e, err := s.enterprise.Get(ctx, by.Enterprise)
	if err != nil {
		return Seal{}, err
	}
	row, err := s.db.SealOf(ctx, store.SealOfParams{ID: id, EnterpriseID: by.Enterprise, TodayOn: s.today()})
	if err != nil {
		return Seal{}, store.Found(err, noSeal)
	}
	return sealOf(e, row)
}

// Managed is Get for one who wants to grant or void the seal: an app.Forbidden
// where MayManage says no.
func (s *Service) Managed(ctx context.Context, by app.Actor, id int64) (Seal, error) {
	seal, err := s.Get(ctx, by, id)
	if err == nil && !MayManage(by, seal.Kind) {
		err = errNotYours
	}
	return seal, err
}

const noSeal = "没有这枚印章。"

func sealOf(e enterprise.Enterprise, r store.SealOfRow) (Seal, error) {
	e.LegalRep = r.Maker // 法定代表人名章 shows who made it, also when another came after
	picture, err := draw(r.Kind, e)
	if err != nil {
		return Seal{}, err
	}
	x := Seal{ID: r.ID, Kind: r.Kind, Name: r.Name, Serial: r.Serial, MadeAt: r.MadeAt, EndsAt: r.EndsAt, VoidedAt: r.VoidedAt, Grants: r.Grants, Picture: picture.SVG(), certificate: r.CertificateID}
	if r.Imported {
		x.Issuer, err = issuerIn(r.Certificate)
	}
	return x, err
}

// issuerIn names who issued a certificate in DER.
func issuerIn(der []byte) (string, error) {
	c, err := x509.ParseCertificate(der)
	if err != nil {
		return "", err
	}
	return cert.Issuer(c), nil
}

func draw(k app.SealKind, e enterprise.Enterprise) (*stamp.Picture, error) {
	return stamp.Seal{Kind: k, Enterprise: e.Name, USCC: e.USCC, LegalRep: e.LegalRep}.Draw()
}

func (s *Service) today() app.Date { return app.DateOf(s.db.Now().Time) }

// MayManage reports whether the actor makes, grants and voids seals of the kind:
// that of the legal rep's name is his own only.
func MayManage(by app.Actor, k app.SealKind) bool {
	return by.Kind == app.AccountLegalRep || by.Kind == app.AccountAgent && by.Manages && k != app.SealLegalRep
}

// Kinds lists the types of seal that the actor may make.
func Kinds(by app.Actor) (kinds []app.SealKind) {
	for _, k := range app.SealKinds() {
		if MayManage(by, k) {
			kinds = append(kinds, k)
		}
	}
	return kinds
}

var errNotYours = app.Fail(app.Forbidden, "法定代表人名章只能由法定代表人本人申请、授权和作废。")

// Proof is what making and voiding a seal ask, with a code for identity.ForSeal.
type Proof = identity.Proof

// fault turns a problem that was committed into the fault of its field.
func fault(field, problem string, err error) error {
	if err != nil || problem == "" {
		return err
	}
	return app.Faults{{Field: field, Text: problem}}.Err()
}
