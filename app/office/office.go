// Package office assembles the services of one installation over its data folder.
package office

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/cert"
	"laoqi/app/clause"
	"laoqi/app/contract"
	"laoqi/app/enterprise"
	"laoqi/app/evidence"
	"laoqi/app/filing"
	"laoqi/app/hub"
	"laoqi/app/identity"
	"laoqi/app/intake"
	"laoqi/app/notify"
	"laoqi/app/outbox"
	"laoqi/app/pdf/raster"
	"laoqi/app/provider"
	"laoqi/app/review"
	"laoqi/app/seal"
	"laoqi/app/store"
	"laoqi/app/vault"
)

// Options are what an installation depends on.
type Options struct {
	Data       string // folder, made if absent
	Schema     string
	Now        func() time.Time
	Log        *slog.Logger
	Hasher     *vault.Hasher
	SMS        provider.SMS      // nil: there is no provider, messages wait
	Issuers    *provider.Issuers // of imported certificates; nil: they are not asked about revocation
	TSA        *provider.TSA     // nil: the built-in authority stamps all
	Hub        *hub.Hub
	BaseURL    string // what check codes and QR codes begin with
	PlainURL   string // the same over plain HTTP, "" for BaseURL
	Owner      string // who runs it, named in its own certificates
	Minimum    app.Fen
	Demo       bool
	Faces      identity.Faces
	AutoReview bool // approve and roster whatever is submitted
}

// Office is the services, in their order of import.
type Office struct {
	DB         *store.DB
	Vault      *vault.Vault
	Hub        *hub.Hub
	Jobs       *outbox.Runner
	Audit      *audit.Log
	Notify     *notify.Service
	Identity   *identity.Service
	Enterprise *enterprise.Service
	Clause     *clause.Service
	Cert       *cert.Service
	Seal       *seal.Service
	Contract   *contract.Service
	Evidence   *evidence.Service
	Filing     *filing.Service
	Intake     *intake.Service
	Review     *review.Service
}

// Open opens or makes the installation. Its jobs run once Jobs.Run is called.
func Open(ctx context.Context, o Options) (*Office, error) {
	if err := os.MkdirAll(o.Data, 0o700); err != nil {
		return nil, err
	}
	db, err := store.Open(ctx, o.Data, o.Schema, o.Now)
	if err != nil {
		return nil, err
	}
	f := &Office{DB: db, Hub: o.Hub}
	if err := f.assemble(ctx, o); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return f, nil
}

func (f *Office) assemble(ctx context.Context, o Options) (err error) {
	// Only where nothing was sealed yet may a missing key file be made anew.
	if f.Vault, err = vault.Open(filepath.Join(o.Data, "key"), audit.Empty(ctx, f.DB)); err != nil {
		return err
	}
	pictures, err := vault.NewSealedFiles(filepath.Join(o.Data, "pictures"), f.Vault)
	if err != nil {
		return err
	}
	sms := o.SMS
	if sms == nil {
		sms = noSMS{}
	}
	f.Audit = audit.New(f.Vault)
	f.Jobs = outbox.NewRunner(f.DB, o.Log)
	f.Notify = notify.New(f.DB, f.Vault, f.Hub, f.Jobs, sms)
	f.Identity = identity.New(f.DB, f.Vault, o.Hasher, f.Audit, f.Notify, f.Hub, pictures, o.Faces)
	f.Enterprise = enterprise.New(f.DB, f.Vault, o.Hasher, f.Audit, f.Notify, f.Hub, f.Identity, pictures, o.SMS != nil)
	f.Cert, err = cert.Open(ctx, f.DB, f.Vault, o.Hasher, f.Audit, f.Identity, o.Owner, cmp.Or(o.PlainURL, o.BaseURL), o.TSA)
	if err != nil {
		return err
	}
	f.Seal = seal.New(f.DB, f.Vault, f.Audit, f.Notify, f.Hub, f.Jobs, f.Identity, f.Enterprise, f.Cert, o.Issuers)
	return f.file(ctx, o)
}

// file adds the services of filings and their documents.
func (f *Office) file(ctx context.Context, o Options) error {
	documents, err := vault.NewFiles(filepath.Join(o.Data, "documents"))
	if err != nil {
		return err
	}
	pictures := raster.NewCache()
	f.Clause = clause.New(f.DB, f.Audit, f.Hub, f.Enterprise, pictures)
	f.Contract = contract.New(contract.Parts{Config: contract.Config{BaseURL: o.BaseURL, Demo: o.Demo}, DB: f.DB, Vault: f.Vault, Files: documents,
		Audit: f.Audit, Notify: f.Notify, Hub: f.Hub, Jobs: f.Jobs, Identity: f.Identity, Enterprise: f.Enterprise,
		Cert: f.Cert, Seal: f.Seal, Pictures: pictures})
	f.Evidence = evidence.New(f.DB, f.Audit, f.Jobs, f.Cert, f.Contract, o.BaseURL, o.Demo)
	f.Filing = filing.New(f.DB, f.Vault, f.Audit, f.Identity, f.Enterprise, f.Clause, f.Hub, f.Jobs, f.Contract, o.Minimum)
	workbooks, err := vault.NewSealedFiles(filepath.Join(o.Data, "workbooks"), f.Vault)
	if err != nil {
		return err
	}
	f.Intake = intake.New(f.DB, f.Vault, workbooks, f.Audit, f.Hub, f.Jobs, f.Enterprise, f.Filing)
	f.Review = review.New(f.DB, f.Vault, f.Audit, f.Hub, f.Enterprise, f.Filing, f.Jobs, o.Demo)
	if o.AutoReview {
		if err := f.Review.Automate(ctx); err != nil {
			return err
		}
	}
	return f.Contract.Sweep(ctx)
}

// Verified is what happens once a person's identity has been compared.
func (f *Office) Verified(ctx context.Context, tx *store.Tx, person int64) error {
	return f.Contract.Bind(ctx, tx, person)
}

// Corrected is what happens once the desk has corrected somebody's identity: what
// bears the former one ends, and contracts follow the new one.
func (f *Office) Corrected(ctx context.Context, tx *store.Tx, by app.Actor, person int64, renamed bool) error {
	if err := f.Seal.Corrected(ctx, tx, by, person, renamed); err != nil {
		return err
	}
	if err := f.Contract.Release(ctx, tx, by, person); err != nil {
		return err
	}
	return f.Contract.Bind(ctx, tx, person)
}

// Sweep removes what is over, tells of what lapsed, and once a day asks for the
// reminders.
func (f *Office) Sweep(ctx context.Context) error {
	return errors.Join(f.Contract.Daily(ctx), f.Contract.AskStamps(ctx), f.Seal.Sweep(ctx), f.Jobs.Sweep(ctx), f.Identity.Sweep(ctx), f.Intake.Sweep(ctx), f.Evidence.Sweep(ctx))
}

// Close ends the database; the jobs must have stopped.
func (f *Office) Close() error { return f.DB.Close() }

// noSMS is an installation without a provider: every message waits in the outbox, for a day.
type noSMS struct{}

func (noSMS) Send(context.Context, string, string) error {
	return errors.New("no SMS provider is configured (-sms-url)")
}
