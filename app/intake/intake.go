// Package intake takes new filings in from a workbook (导入): it reads the rows,
// checks each as the form would, and hands them to the desk once the clerk
// confirms. All of it happens in the outbox, in steps of a few rows, so that nothing
// else waits for long and a killed process goes on where it stopped.
package intake

import (
	"context"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/enterprise"
	"laoqi/app/filing"
	"laoqi/app/hub"
	"laoqi/app/outbox"
	"laoqi/app/store"
	"laoqi/app/vault"
)

// Service is the domain's entry; each exported method is one transaction.
type Service struct {
	db         *store.DB
	vault      *vault.Vault
	files      *vault.Files
	audit      *audit.Log
	hub        *hub.Hub
	jobs       *outbox.Runner
	enterprise *enterprise.Service
	filing     *filing.Service
}

// New makes the service. Workbooks go to files, which must be sealed.
func New(db *store.DB, v *vault.Vault, files *vault.Files, a *audit.Log, h *hub.Hub, jobs *outbox.Runner, e *enterprise.Service, f *filing.Service) *Service {
	s := &Service{db, v, files, a, h, jobs, e, f}
	jobs.Handle(importJob, s.step)
	return s
}

// State is where an import stands.
type State string

const (
	Reading  State = "reading"  // the workbook is being read
	Checking State = "checking" // its rows are being checked
	Checked  State = "checked"  // the clerk decides
	Storing  State = "storing"  // rows become filings
	Stored   State = "stored"   // over
	Refused  State = "refused"  // over: the workbook cannot be read
	Dropped  State = "dropped"  // over: the clerk gave it up, or two days passed
)

// Busy reports whether the outbox is at work.
func (s State) Busy() bool { return s == Reading || s == Checking || s == Storing }

// Over reports whether nothing more will happen.
func (s State) Over() bool { return s == Stored || s == Refused || s == Dropped }

// Label is the printed name of the state.
func (s State) Label() string {
	return map[State]string{Reading: "正在读取", Checking: "正在检查", Checked: "等待确认", Storing: "正在导入",
		Stored: "已完成", Refused: "不能导入", Dropped: "已放弃"}[s]
}

// Import is one uploaded workbook.
type Import struct {
	ID        int64
	State     State
	Problem   string // why it was refused
	Paper     bool
	Total     int // rows
	Unchecked int
	Good      int // checked, not yet filed
	Faulty    int
	Filed     int
	MadeAt    app.Time
}

const unknownImport = "没有这次导入，可能已经结束并删除。"

// Get reads an import of the actor's enterprise.
func (s *Service) Get(ctx context.Context, by app.Actor, id int64) (Import, error) {
	row, err := s.db.OneImport(ctx, store.OneImportParams{ID: id, EnterpriseID: by.Enterprise})
	if err != nil {
		return Import{}, store.Found(err, unknownImport)
	}
	return Import{row.ID, State(row.State), row.Problem, row.Paper, int(row.Total), int(row.Unchecked), int(row.Good), int(row.Faulty), int(row.Filed), row.MadeAt}, nil
}

// Open lists up to ten imports of the actor's enterprise that are not over, newest
// first, without the numbers of their rows.
func (s *Service) Open(ctx context.Context, by app.Actor) ([]Import, error) {
	rows, err := s.db.OpenImports(ctx, by.Enterprise)
	list := make([]Import, len(rows))
	for i, r := range rows {
		list[i] = Import{ID: r.ID, State: State(r.State), Total: int(r.Total), MadeAt: r.MadeAt}
	}
	return list, err
}
