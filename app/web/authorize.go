package web

import (
	"slices"
	"strings"

	"laoqi/app"
	"laoqi/app/link"
	"laoqi/app/seal"
	"laoqi/views/hall"
	"laoqi/views/layout"
	"laoqi/views/part"
)

// unheard is after how many seconds a page that hears no events asks again.
const unheard = 5

// authorize is 电子合同签章授权 (guide 1.3). Opening it makes a QR code by itself
// while no authorization is in force.
func (s *Server) authorize(q *request) error {
	b, err := s.authorizeBlock(q)
	if err != nil {
		return err
	}
	p := hall.Authorize{Shell: q.hall("电子合同签章授权", link.HallAuthorize, layout.Crumb{Label: "电子劳动合同生成", URL: link.HallContracts}, layout.Crumb{Label: "电子合同签章授权"}), Block: b}
	p.Block.Token = p.Token
	if p.Sealing, err = s.sealingView(q, p.Token); err != nil {
		return err
	}
	p.Block.Start = !b.Disabled && !b.Waiting && b.Done == "" && len(b.Lives) == 0
	if b.Waiting || p.Sealing.Running {
		p.Refresh = unheard
	}
	return q.page(hall.AuthorizePage(p))
}

// authorizeState is the block of the page that the operator's steps change.
func (s *Server) authorizeState(q *request) error {
	if !q.fragmentWanted() {
		return q.leave(link.HallAuthorize)
	}
	b, err := s.authorizeBlock(q)
	if err != nil {
		return err
	}
	b.Token, b.Pops = q.token(), true
	return q.page(hall.AuthorizeState(b))
}

func (s *Server) authorizeBlock(q *request) (b hall.AuthorizeBlock, err error) {
	ctx := q.Request().Context()
	e, err := s.Enterprise.Get(ctx, q.actor.Enterprise)
	if err != nil {
		return b, err
	}
	lives, err := s.Seal.Lives(ctx, q.actor.Enterprise)
	if err != nil {
		return b, err
	}
	ticket, err := s.Seal.LatestTicket(ctx, q.actor)
	if err != nil {
		return b, err
	}
	counts, err := s.Contract.Counts(ctx, q.actor.Enterprise)
	if err != nil {
		return b, err
	}
	b = hall.AuthorizeBlock{ShowURL: link.HallAuthorize, StateURL: link.HallAuthorizeState, PageURL: link.HallAuthorize, Contracts: link.HallContracts,
		Disabled: !e.Electronic, Unsealed: counts.Unsealed(), CanRevoke: q.actor.Kind == app.AccountLegalRep, EndsAt: ticket.EndsAt, Now: s.DB.Now()}
	for _, l := range lives {
		name := l.Seal
		if l.Issuer != "" {
			name += "（证书由 " + l.Issuer + " 签发）"
		}
		b.Lives = append(b.Lives, hall.AuthorizeLive{Operator: l.Operator, Seal: name, From: l.StartsAt.Local(), Until: seal.LastDay(l.EndsAt).String(), RevokeURL: link.To(link.HallAuthorizeRevoke, l.ID)})
	}
	err = s.ticketState(&b, ticket, lives)
	return b, err
}

// ticketState shows the code, or what became of it while that is news.
func (s *Server) ticketState(b *hall.AuthorizeBlock, t seal.Ticket, lives []seal.Live) (err error) {
	switch t.State {
	case seal.TicketShown:
		b.Waiting = true
		b.Address = s.Config.BaseURL + link.To(link.MobileTicket, t.Token)
		b.Typed = t.Typed[:4] + " " + t.Typed[4:]
		b.QR, err = qrSVG(b.Address)
	case seal.TicketScanned:
		b.Waiting, b.Scanned = true, t.Operator
	case seal.TicketExpired:
		b.Expired = true
	case seal.TicketAuthorized:
		if !t.Ended && livesOn(lives, t.Authorization) {
			b.Done = t.Operator
		}
	case seal.TicketRefused:
		if !t.Ended {
			b.Refused = t.Operator
		}
	}
	return err
}

func livesOn(lives []seal.Live, id int64) bool {
	return slices.ContainsFunc(lives, func(l seal.Live) bool { return l.ID == id })
}

// authorizeShow makes a new QR code.
func (s *Server) authorizeShow(q *request) error {
	if err := s.Seal.ShowTicket(q.Request().Context(), q.actor); err != nil {
		return q.after(err, link.HallAuthorize, "")
	}
	return q.leave(link.HallAuthorize)
}

func (s *Server) authorizeRevokePage(q *request) error {
	id, err := q.id("id")
	if err != nil {
		return err
	}
	lives, err := s.Seal.Lives(q.Request().Context(), q.actor.Enterprise)
	if err != nil {
		return err
	}
	p := hall.Question{Shell: q.hall("撤销授权", link.HallAuthorize, layout.Crumb{Label: "电子合同签章授权", URL: link.HallAuthorize}, layout.Crumb{Label: "撤销授权"})}
	p.Confirm, err = revocation(lives, id, p.Token, link.To(link.HallAuthorizeRevoke, id), link.HallAuthorize)
	if err != nil {
		return err
	}
	return q.page(hall.QuestionPage(p))
}

// revocation asks before one of the authorizations is revoked.
func revocation(lives []seal.Live, id int64, token, url, back string) (part.Confirmation, error) {
	for _, l := range lives {
		if l.ID == id {
			return part.Confirmation{Title: "撤销电子合同签章授权", Object: strings.TrimSpace(l.Operator + "　" + l.Seal), URL: url, Token: token, Submit: "撤销授权", CancelURL: back,
				Consequence: "撤销后立即停止自动盖章，等待盖章的合同要重新授权；已经盖章的合同继续有效。"}, nil
		}
	}
	return part.Confirmation{}, app.Fail(app.NotFound, "没有这项签章授权，可能已经撤销。")
}

func (s *Server) authorizeRevoke(q *request) error {
	id, err := q.id("id")
	if err != nil {
		return err
	}
	return q.after(s.Seal.Revoke(q.Request().Context(), q.actor, id), link.HallAuthorize, "签章授权已撤销。")
}
