// Package filing knows the employment filings (用工备案): drafts, their checks
// against the statutes, and what is handed to the desk. Package review decides them.
package filing

import (
	"context"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/clause"
	"laoqi/app/contract"
	"laoqi/app/enterprise"
	"laoqi/app/hub"
	"laoqi/app/identity"
	"laoqi/app/outbox"
	"laoqi/app/store"
	"laoqi/app/vault"
)

// Contracts makes the contract of a filing: Make the electronic one, and nothing
// if it exists; Print the PDF of one on paper. Find gives filings by their worker.
type Contracts interface {
	Find(ctx context.Context, enterprise int64, f contract.Filter, before, count int64) ([]int64, error)
	Make(ctx context.Context, d contract.Draft) error
	Print(ctx context.Context, d contract.Draft, number string, on app.Date) ([]byte, error)
}

// Service is the domain's entry; each exported method is one transaction unless
// it takes one.
type Service struct {
	db         *store.DB
	vault      *vault.Vault
	audit      *audit.Log
	identity   *identity.Service
	enterprise *enterprise.Service
	clauses    *clause.Service
	hub        *hub.Hub
	jobs       *outbox.Runner
	contracts  Contracts
	minimum    app.Fen
	submitted  func(ctx context.Context, tx *store.Tx, enterprise int64) error // what follows a submission, nil for nothing
}

// New makes the service. Minimum is the place's monthly minimum wage, 0 if it
// is not configured.
func New(db *store.DB, v *vault.Vault, a *audit.Log, id *identity.Service, e *enterprise.Service, own *clause.Service, h *hub.Hub, jobs *outbox.Runner, c Contracts, minimum app.Fen) *Service {
	s := &Service{db: db, vault: v, audit: a, identity: id, enterprise: e, clauses: own, hub: h, jobs: jobs, contracts: c, minimum: minimum}
	jobs.Handle(contractJob, s.makeContract)
	return s
}

// Submitted sets what follows each submission within its transaction. Call it
// before anything is submitted.
func (s *Service) Submitted(then func(ctx context.Context, tx *store.Tx, enterprise int64) error) {
	s.submitted = then
}

// Filing is one filing as stored. Worker holds the full numbers: mask them on
// every page that does not need them.
type Filing struct {
	ID           int64
	Enterprise   int64
	Kind         app.FilingKind
	Paper        bool // the contract is concluded on paper
	State        app.FilingState
	Previous     int64 // the filing whose contract is renewed or ended
	Version      int64 // counts the saves
	Worker       app.Worker
	Terms        app.Terms
	Ending       app.Ending
	Own          clause.Set // the enterprise's own clauses that its contract carries, without MadeBy
	ReturnReason string     // why the reviewer returned it last
	MadeAt       app.Time
	SubmittedAt  app.Time
	DecidedAt    app.Time
	Automatic    bool // approved by the product itself (-review=auto)
	Roster       int64
	RosterNumber string
	RosterRow    int64
	Contract     int64 // 0 until it is made
	Document     app.DocumentState
}

// Editable reports whether the clerk may still change the filing.
func (f Filing) Editable() bool {
	return f.State == app.FilingDraft || f.State == app.FilingReturned
}

const unknownFiling = "没有这份备案，可能已被删除。"

// Get reads a filing of the actor's enterprise.
func (s *Service) Get(ctx context.Context, by app.Actor, id int64) (Filing, error) {
	return s.get(ctx, s.db.Queries, store.FilingParams{ID: id, EnterpriseID: by.Enterprise})
}

// Edit reads a filing to fill its form, which shows the numbers in full, and logs
// that. A filing that cannot be changed now is an app.Conflict.
func (s *Service) Edit(ctx context.Context, by app.Actor, id int64) (f Filing, err error) {
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if f, err = s.get(ctx, tx.Queries, store.FilingParams{ID: id, EnterpriseID: by.Enterprise}); err != nil {
			return err
		}
		if !f.Editable() {
			return app.Fail(app.Conflict, "这份备案现在是“"+f.State.Label()+"”，不能修改。")
		}
		return s.audit.Add(ctx, tx, by, "filing.read", audit.Subject("filing", id), nil)
	})
	return f, err
}

// Open reads a filing of any enterprise, for those who decide it.
func (s *Service) Open(ctx context.Context, tx *store.Tx, id int64) (Filing, error) {
	return s.get(ctx, tx.Queries, store.FilingParams{ID: id, Anybody: 1})
}

func (s *Service) get(ctx context.Context, q *store.Queries, which store.FilingParams) (Filing, error) {
	row, err := q.Filing(ctx, which)
	if err != nil {
		return Filing{}, store.Found(err, unknownFiling)
	}
	f := read(row)
	if f.Worker.IDNumber, err = identity.OpenNumber(s.vault, row.IDNumber); err != nil {
		return Filing{}, err
	}
	if f.Worker.Mobile, err = identity.OpenMobile(s.vault, row.Mobile); err != nil {
		return Filing{}, err
	}
	f.Own, err = s.clauses.Get(ctx, q, int64(row.ClauseSetID))
	return f, err
}

func read(r store.FilingRow) Filing {
	return Filing{
		ID: r.ID, Enterprise: r.EnterpriseID, Kind: r.Kind, Paper: r.Paper, State: r.State, Previous: int64(r.PreviousID), Version: r.Version,
		Worker: app.Worker{Name: r.Name, IDType: r.IDType, Domicile: r.Domicile, Address: r.Address,
			Sex: r.Sex, Birth: r.BirthOn, Ethnicity: r.Ethnicity, Education: r.Education, Household: r.Household},
		Terms: app.Terms{
			Kind: r.TermKind, Start: r.StartOn, End: r.EndOn, Task: r.Task, Probation: int(r.Probation), Employment: r.Employment,
			Post: r.Post, Duties: r.Duties, Workplace: r.Workplace, Hours: r.Hours,
			PayKind: r.PayKind, Pay: r.Pay, PayRule: r.PayRule, ProbationPay: r.ProbationPay, PayDay: int(r.PayDay),
			Insured: r.Insured, Insurance: r.Insurance, Protection: r.Protection, Clauses: r.Clauses,
		},
		Ending:       app.Ending{Reason: r.Reason, On: r.EndedOn, Detail: r.Detail},
		ReturnReason: r.ReturnReason, MadeAt: r.MadeAt, SubmittedAt: r.SubmittedAt, DecidedAt: r.DecidedAt,
		Automatic: r.DecidedBy == 0 && !r.DecidedAt.IsZero(),
		Roster:    int64(r.RosterID), RosterNumber: r.RosterNumber, RosterRow: int64(r.RosterRow),
		Contract: r.ContractID, Document: app.DocumentState(r.DocumentState),
	}
}

func known(w app.Worker) identity.Known {
	return identity.Known{Name: w.Name, IDType: w.IDType, IDNumber: w.IDNumber, Mobile: w.Mobile}
}

// Standing says how the worker's stated identity stands to the verified persons.
func (s *Service) Standing(ctx context.Context, w app.Worker) (identity.Matching, error) {
	_, m, err := s.identity.Match(ctx, s.db.Queries, known(w))
	return m, err
}

// Shared is what a worker has in common with somebody else who acts for the
// enterprise, and the desk must look at: mobile and device prove who signs.
type Shared struct{ Mobile, Device bool }

// Any reports whether there is anything to look at.
func (s Shared) Any() bool { return s.Mobile || s.Device }

// OfStaff reports what the worker of a filing shares.
func (s *Service) OfStaff(ctx context.Context, f Filing) (shared Shared, err error) {
	number := identity.NumberHash(s.vault, f.Worker.IDType, f.Worker.IDNumber)
	shared.Mobile, err = s.db.MobileOfStaff(ctx, store.MobileOfStaffParams{EnterpriseID: app.Ref(f.Enterprise),
		MobileHash: identity.MobileHash(s.vault, f.Worker.Mobile), IDHash: number})
	if err != nil {
		return shared, err
	}
	shared.Device, err = s.identity.SharesDevice(ctx, s.db.Queries, number, f.Enterprise)
	return shared, err
}
