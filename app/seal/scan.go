package seal

import (
	"context"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/store"
)

// Request is a QR code as the operator who scans it sees it.
type Request struct {
	EnterpriseID int64
	Enterprise   string
	State        TicketState // shown, scanned or authorized
	EndsAt       app.Time
	Seals        []Granted // of the enterprise, fit for contracts
	All          []Granted // of all enterprises, fit for contracts
	ticket       int64
	uscc         string
}

// Request reads the code for the actor. What stands against going on is the
// sentence of an app.Conflict, app.Forbidden or app.NotFound.
func (s *Service) Request(ctx context.Context, by app.Actor, token string) (Request, error) {
	row, err := s.db.TicketByToken(ctx, hashToken(token))
	if err != nil {
		return Request{}, store.Found(err, "没有这个二维码，请重新扫描网厅页面上的二维码。")
	}
	if by.Kind != app.AccountPerson {
		return Request{}, app.Fail(app.Forbidden, "请退出后用操作员的个人账号登录，再扫描二维码。")
	}
	all, err := s.Granted(ctx, by.Person)
	if err != nil {
		return Request{}, err
	}
	r := Request{EnterpriseID: row.EnterpriseID, Enterprise: row.Enterprise, State: stateAt(row.State, row.EndsAt, s.db.Now()),
		EndsAt: row.EndsAt, All: fitting(all), ticket: row.ID, uscc: row.Uscc}
	r.Seals = of(r.EnterpriseID, r.All)
	mine := int64(row.PersonID) == by.Person
	if text := r.problem(row.PersonID == 0 || mine, mine); text != "" {
		return Request{}, app.Fail(app.Conflict, text)
	}
	return r, nil
}

// problem says why an operator cannot go on: free tells that nobody else scanned
// the code, mine that this operator did.
func (r Request) problem(free, mine bool) string {
	switch {
	case r.State == TicketAuthorized && mine:
		return ""
	case r.State == TicketReplaced:
		return "这个二维码已被更新的替换，请扫描网厅页面上现在的二维码。"
	case r.State == TicketAuthorized, r.State == TicketRefused:
		return "这个二维码已经使用过，请在网厅重新生成后再扫。"
	case r.State == TicketExpired:
		return "二维码已过期（5 分钟内有效），请在网厅重新生成后再扫。"
	case !free:
		return "这个二维码已由其他操作员扫描，请在网厅重新生成后再扫。"
	case len(r.Seals) == 0:
		return "您没有“" + r.Enterprise + "”可用于劳动合同的印章授权，不能完成签章授权。请联系该企业添加授权。"
	}
	return ""
}

const ticketGone = "二维码刚刚失效或已被其他操作员使用，请在网厅重新生成后再扫。"

// Scan binds the code to the actor: from then on nobody else can answer it.
func (s *Service) Scan(ctx context.Context, by app.Actor, token string) error {
	r, err := s.Request(ctx, by, token)
	if err != nil || r.State != TicketShown {
		return err
	}
	return s.answer(ctx, by, r, "ticket.scanned", func(tx *store.Tx) (int64, error) {
		return tx.ScanTicket(ctx, store.ScanTicketParams{ID: r.ticket, PersonID: app.Ref(by.Person), NowAt: tx.Now})
	})
}

// Refuse answers the code with no.
func (s *Service) Refuse(ctx context.Context, by app.Actor, token string) error {
	r, err := s.Request(ctx, by, token)
	if err != nil {
		return err
	}
	return s.answer(ctx, by, r, "ticket.refused", func(tx *store.Tx) (int64, error) {
		return tx.RefuseTicket(ctx, store.RefuseTicketParams{ID: r.ticket, PersonID: app.Ref(by.Person), NowAt: tx.Now})
	})
}

func (s *Service) answer(ctx context.Context, by app.Actor, r Request, kind string, change func(*store.Tx) (int64, error)) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		n, err := change(tx)
		if err := store.Changed(n, err, ticketGone); err != nil {
			return err
		}
		s.publish(tx, r.EnterpriseID)
		return s.audit.Add(ctx, tx, by, kind, audit.Subject("enterprise", r.EnterpriseID), audit.Facts{"ticket": r.ticket})
	})
}
