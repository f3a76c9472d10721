package seal

import (
	"context"
	"crypto/sha256"
	"time"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/hub"
	"laoqi/app/store"
)

// TicketLife is how long a QR code of 电子合同签章授权 may be scanned and answered.
const TicketLife = 5 * time.Minute

const tokenLabel = "ticket.token"

// TicketState is where a QR code stands.
type TicketState string

const (
	TicketNone       TicketState = ""           // the clerk has shown none yet
	TicketShown      TicketState = "shown"      // waits for the scan
	TicketScanned    TicketState = "scanned"    // 已扫描
	TicketAuthorized TicketState = "authorized" // 授权成功
	TicketRefused    TicketState = "refused"    // 已拒绝
	TicketReplaced   TicketState = "replaced"   // by a newer one of the same clerk
	TicketExpired    TicketState = "expired"    // 已过期; never stored, told by the clock
)

// Ticket is the QR code as the clerk who shows it sees it.
type Ticket struct {
	State         TicketState
	Token         string // what the code's URL ends with, while it may be used
	Typed         string // the digits that stand for the token where nothing scans
	Operator      string // who scanned it
	Authorization int64  // what the operator gave, 0 for nothing
	EndsAt        app.Time
	Ended         bool // its five minutes are over, whatever became of it
}

func stateAt(state string, ends, now app.Time) TicketState {
	s := TicketState(state)
	if (s == TicketShown || s == TicketScanned) && !ends.After(now.Time) {
		return TicketExpired
	}
	return s
}

// ShowTicket makes a new code for the actor; the one before can no longer be used.
func (s *Service) ShowTicket(ctx context.Context, by app.Actor) error {
	e, err := s.enterprise.Get(ctx, by.Enterprise)
	if err != nil {
		return err
	}
	if !e.Electronic {
		return app.Fail(app.Conflict, "企业还没有启用电子劳动合同，请先在用工备案中启用。")
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		if err := tx.ReplaceTickets(ctx, by.Account); err != nil {
			return err
		}
		token, err := s.freshToken(ctx, tx)
		if err != nil {
			return err
		}
		id, err := tx.InsertTicket(ctx, store.InsertTicketParams{EnterpriseID: e.ID, AccountID: by.Account, TokenHash: hashToken(token),
			Token: s.vault.Seal(tokenLabel, []byte(token)), TypedHash: s.typedHash(typedOf(token)), CreatedAt: tx.Now, EndsAt: app.At(tx.Now.Add(TicketLife))})
		if err != nil {
			return err
		}
		return s.audit.Add(ctx, tx, by, "ticket.shown", audit.Subject("enterprise", e.ID), audit.Facts{"ticket": id})
	})
}

func hashToken(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// LatestTicket is the last code that the actor showed, the zero Ticket if none.
func (s *Service) LatestTicket(ctx context.Context, by app.Actor) (Ticket, error) {
	row, err := s.db.LatestTicket(ctx, by.Account)
	if store.IsNone(err) {
		return Ticket{}, nil
	}
	if err != nil {
		return Ticket{}, err
	}
	now := s.db.Now()
	t := Ticket{State: stateAt(row.State, row.EndsAt, now), Operator: row.Person, Authorization: int64(row.AuthorizationID), EndsAt: row.EndsAt, Ended: !row.EndsAt.After(now.Time)}
	if t.State == TicketShown || t.State == TicketScanned {
		token, err := s.vault.Open(tokenLabel, row.Token)
		if err != nil {
			return Ticket{}, err
		}
		t.Token, t.Typed = string(token), typedOf(string(token))
	}
	return t, nil
}

// publish tells the enterprise's pages that its authorizations or codes changed.
func (s *Service) publish(tx *store.Tx, enterprise int64) {
	tx.AfterCommit(func() { s.hub.Publish(hub.Enterprise(enterprise)) })
}
