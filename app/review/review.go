// Package review decides the filings of all enterprises (备案审核) and puts the
// approved ones on numbered rosters (名册).
package review

import (
	"context"
	"fmt"
	"unicode/utf8"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/enterprise"
	"laoqi/app/filing"
	"laoqi/app/hub"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/app/notify"
	"laoqi/app/outbox"
	"laoqi/app/store"
	"laoqi/app/vault"
)

// Service is the domain's entry; each exported method is one transaction.
type Service struct {
	db         *store.DB
	vault      *vault.Vault
	audit      *audit.Log
	hub        *hub.Hub
	enterprise *enterprise.Service
	filing     *filing.Service
	jobs       *outbox.Runner
	demo       bool
}

// New makes the service. In the demo, what it prints says so.
func New(db *store.DB, v *vault.Vault, a *audit.Log, h *hub.Hub, e *enterprise.Service, f *filing.Service, jobs *outbox.Runner, demo bool) *Service {
	s := &Service{db, v, a, h, e, f, jobs, demo}
	jobs.Handle(autoJob, s.decideAlone)
	return s
}

// PageSize is how many filings or rosters a list shows at once.
const PageSize = 20

// Filter narrows the queue; the zero Filter shows all of it.
type Filter struct {
	Kind       app.FilingKind
	Enterprise string // a piece of its name
}

// Waiting is one line of the queue.
type Waiting struct {
	ID         int64
	Version    int64
	Kind       app.FilingKind
	Paper      bool
	Enterprise string
	Name       string
	IDNumber   string // masked
	Post       string
	At         app.Time // submitted
}

// Queue lists the submitted filings of all enterprises after the id, the oldest
// first, one more than a page if there are more.
func (s *Service) Queue(ctx context.Context, f Filter, after int64) ([]Waiting, error) {
	rows, err := s.db.WaitingFilings(ctx, store.WaitingFilingsParams{After: after, Only: string(f.Kind), Enterprise: f.Enterprise})
	if err != nil {
		return nil, err
	}
	queue := make([]Waiting, len(rows))
	for i, r := range rows {
		number, err := identity.OpenNumber(s.vault, r.IDNumber)
		if err != nil {
			return nil, err
		}
		queue[i] = Waiting{r.ID, r.Version, r.Kind, r.Paper, r.Enterprise, r.Name, app.MaskID(number), r.Post, r.SubmittedAt}
	}
	return queue, nil
}

// Count is how many filings Queue has in all.
func (s *Service) Count(ctx context.Context, f Filter) (int64, error) {
	return s.db.CountWaitingFilings(ctx, store.CountWaitingFilingsParams{Only: string(f.Kind), Enterprise: f.Enterprise})
}

// Read shows a filing to the reviewer with the numbers in full, and logs that.
func (s *Service) Read(ctx context.Context, by app.Actor, id int64) (f filing.Filing, err error) {
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if f, err = s.filing.Open(ctx, tx, id); err != nil {
			return err
		}
		if f.State == app.FilingDraft {
			return app.Fail(app.NotFound, "这份备案没有提交，或已被单位撤回。")
		}
		return s.audit.Add(ctx, tx, by, "filing.read", audit.Subject("filing", id), nil)
	})
	return f, err
}

// Reasons are the common reasons to return a filing.
var Reasons = []string{
	"员工姓名或证件号码有误，请核对证件后修改。",
	"联系电话不是员工本人使用的号码，请核对后修改。",
	"合同期限或试用期与约定不符，请核对后修改。",
	"岗位、工作内容或工作地点填写不完整，请补充。",
	"工资或发薪日填写有误，请核对后修改。",
	"解除或终止的事由与情况说明不符，请核对后修改。",
}

// maxReason is the longest reason, in characters.
const maxReason = 300

// Approve approves the version of the filing that the reviewer has read.
func (s *Service) Approve(ctx context.Context, by app.Actor, id, version int64) error {
	return s.decide(ctx, by, store.DecideFilingParams{ID: id, Version: version, State: app.FilingApproved}, "已审核通过，等待生成名册。")
}

// Return gives the filing back to the clerk with the reason.
func (s *Service) Return(ctx context.Context, by app.Actor, id, version int64, reason string) error {
	var faults app.Faults
	faults.Require("reason", reason, "请选择或填写退回原因，单位要据此修改。")
	if utf8.RuneCountInString(reason) > maxReason {
		faults.Add("reason", fmt.Sprintf("退回原因最多 %d 个字，请缩短。", maxReason))
	}
	if err := faults.Err(); err != nil {
		return err
	}
	return s.decide(ctx, by, store.DecideFilingParams{ID: id, Version: version, State: app.FilingReturned, ReturnReason: reason}, "已退回："+reason)
}

func (s *Service) decide(ctx context.Context, by app.Actor, d store.DecideFilingParams, outcome string) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		f, err := s.filing.Open(ctx, tx, d.ID)
		if err != nil {
			return err
		}
		d.DecidedAt, d.DecidedBy = tx.Now, app.Ref(by.Account)
		n, err := tx.DecideFiling(ctx, d)
		if err := store.Changed(n, err, whyNot(f)); err != nil {
			return err
		}
		if d.State == app.FilingReturned {
			if err := s.filing.Keep(ctx, tx, f); err != nil {
				return err
			}
		}
		tx.AfterCommit(func() { s.hub.Publish(hub.Enterprise(f.Enterprise)) })
		if err := s.tell(ctx, tx, f, d.State, outcome); err != nil {
			return err
		}
		return s.audit.Add(ctx, tx, by, "filing."+string(d.State), audit.Subject("filing", d.ID), audit.Facts{"version": d.Version})
	})
}

// tell lets the clerks know: approvals, which come by the dozen, in one line; a
// return by itself, since each has a reason.
func (s *Service) tell(ctx context.Context, tx *store.Tx, f filing.Filing, state app.FilingState, outcome string) error {
	one, address := "的"+f.Kind.Label()+"备案"+outcome, link.To(link.HallFiling, f.ID)
	if state == app.FilingReturned {
		return s.enterprise.TellClerks(ctx, tx, f.Enterprise, notify.FilingDecided, f.Worker.Name+one, address)
	}
	return s.enterprise.TellClerksOf(ctx, tx, f.Enterprise, notify.Several{Kind: notify.FilingDecided, Who: f.Worker.Name, One: one, Link: address,
		Many: "份" + f.Kind.Label() + "备案" + outcome, List: link.To(link.HallFilings, f.Kind)})
}

// whyNot explains a refused decision to the reviewer who was late.
func whyNot(f filing.Filing) string {
	switch f.State {
	case app.FilingSubmitted:
		return "单位撤回并修改了这份备案，请重新查看内容后再审核。"
	case app.FilingDraft:
		return "单位刚才撤回了这份备案，不需要审核。"
	}
	return "这份备案已由其他审核人员处理，现在是“" + f.State.Label() + "”。"
}
