package web

import (
	"strconv"

	"laoqi/app"
	"laoqi/app/link"
	"laoqi/app/seal"
	"laoqi/views/layout"
	"laoqi/views/mobile"
	"laoqi/views/part"
)

const ticketTitle = "电子合同签章授权"

// ticket is where the hall's QR code leads an operator.
func (s *Server) ticket(q *request) error {
	r, err := s.Seal.Request(q.Request().Context(), q.actor, q.Param("token"))
	if err != nil {
		return s.ticketProblem(q, err)
	}
	switch r.State {
	case seal.TicketShown:
		return q.page(mobile.TicketScanPage(mobile.TicketScan{Shell: q.ticketShell(), Company: r.Enterprise, ScanURL: q.ticketPath(link.MobileTicketScan)}))
	case seal.TicketAuthorized:
		return q.page(mobile.TicketDonePage(mobile.TicketDone{Shell: q.ticketShell(), Text: "“" + r.Enterprise + "”的电子劳动合同可以自动盖章了，等待盖章的合同正在盖章。", Records: link.MobileUsage}))
	}
	return s.ticketGiveView(q, r, nil)
}

func (q *request) ticketShell() mobile.Shell {
	return q.mobile(ticketTitle, link.Mobile, layout.ScanTab)
}

// ticketPath is a path of the code that this request is about.
func (q *request) ticketPath(pattern string) string { return link.To(pattern, q.Param("token")) }

// ticketProblem says why the operator cannot go on.
func (s *Server) ticketProblem(q *request, err error) error {
	p := mobile.TicketProblem{Text: err.Error()}
	switch app.KindOf(err) {
	case app.Forbidden:
		p.Logout, p.Next = link.MobileLogout, q.ticketPath(link.MobileTicket)
	case app.Conflict, app.NotFound:
	default:
		return err
	}
	p.Shell = q.ticketShell()
	return q.render(statuses[app.KindOf(err)], mobile.TicketProblemPage(p))
}

func (s *Server) ticketGiveView(q *request, r seal.Request, faults app.Faults) error {
	c, ok, err := s.Cert.Active(q.Request().Context(), q.actor)
	if err != nil {
		return err
	}
	p := mobile.TicketGive{Shell: q.ticketShell(), Enterprise: q.form("enterprise"), Seal: q.form("seal"), EndsAt: r.EndsAt, Now: s.DB.Now(), Locked: c.Locked,
		GiveURL: q.ticketPath(link.MobileTicketGive), RefuseURL: q.ticketPath(link.MobileTicketRefuse), Faults: faults, Items: s.authorizationItems(r)}
	for _, e := range enterprisesOf(r.All) {
		p.Enterprises = append(p.Enterprises, app.Option{Value: e.Value, Label: e.Name})
	}
	if len(p.Enterprises) == 1 {
		p.Enterprise = p.Enterprises[0].Value
	}
	for _, g := range r.Seals {
		p.Seals = append(p.Seals, app.Option{Value: strconv.FormatInt(g.Seal, 10), Label: g.Name})
	}
	if !ok || c.Locked {
		p.ActivateURL = link.With(link.MobileActivate, "next", q.ticketPath(link.MobileTicket))
	}
	if faults != nil {
		return q.faulty(mobile.TicketGivePage(p))
	}
	return q.page(mobile.TicketGivePage(p))
}

// authorizationItems is what the operator reads before agreeing.
func (s *Server) authorizationItems(r seal.Request) []part.Item {
	items := []part.Item{{Label: "授权范围", Value: seal.Scope}}
	for _, g := range r.Seals {
		items = append(items, part.Item{Label: "电子印章", Value: g.Name + "，自现在起至" + seal.LastDay(s.Seal.Until(g)).Chinese()})
	}
	return items
}

// ticketScan binds the code to the operator and tells the hall 已扫描.
func (s *Server) ticketScan(q *request) error {
	if err := s.Seal.Scan(q.Request().Context(), q.actor, q.Param("token")); err != nil && !refusedTicket(err) {
		return err
	}
	return q.leave(q.ticketPath(link.MobileTicket))
}

// refusedTicket reports whether the page of the code itself says what is wrong.
func refusedTicket(err error) bool {
	switch app.KindOf(err) {
	case app.Conflict, app.Forbidden, app.NotFound:
		return true
	}
	return false
}

func (s *Server) ticketGive(q *request) error {
	ctx, token := q.Request().Context(), q.Param("token")
	enterprise, _ := strconv.ParseInt(q.form("enterprise"), 10, 64)
	chosen, _ := strconv.ParseInt(q.form("seal"), 10, 64)
	err := s.Seal.Authorize(ctx, q.actor, token, seal.Answer{Enterprise: enterprise, Seal: chosen, Passphrase: q.FormValue("passphrase")})
	if faults := app.FaultsOf(err); faults != nil {
		r, err := s.Seal.Request(ctx, q.actor, token)
		if err != nil {
			return s.ticketProblem(q, err)
		}
		return s.ticketGiveView(q, r, faults)
	}
	if err != nil {
		return s.ticketProblem(q, err)
	}
	return q.leave(q.ticketPath(link.MobileTicket))
}

func (s *Server) ticketRefuse(q *request) error {
	if err := s.Seal.Refuse(q.Request().Context(), q.actor, q.Param("token")); err != nil {
		return s.ticketProblem(q, err)
	}
	return q.done(link.Mobile, "已拒绝这次签章授权。")
}
