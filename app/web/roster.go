package web

import (
	"strconv"

	"laoqi/app/link"
	"laoqi/app/review"
	"laoqi/views/desk"
	"laoqi/views/filed"
	"laoqi/views/hall"
)

func (s *Server) rosterList(q *request) error {
	rosters, err := s.Review.RostersOf(q.Request().Context(), q.actor, q.before())
	if err != nil {
		return err
	}
	return q.page(hall.RostersPage(hall.Rosters{Shell: q.hall("备案名册", link.HallRosters), Rosters: rostersView(rosters, link.HallRosters, link.HallRoster)}))
}

// rostersView cuts a list of rosters to a page; page is the pattern of one roster's.
func rostersView(rosters []review.Roster, list, page string) filed.Rosters {
	v := filed.Rosters{Path: func(id int64) string { return link.To(page, id) }}
	v.Rosters, v.More = older(rosters, func(r review.Roster) int64 { return r.ID }, list)
	return v
}

func (s *Server) rosterPage(q *request) error {
	v, err := s.rosterView(q, rosterLinks{link.HallRoster, link.HallFiling, link.HallRosterPrint, link.HallRosterExport})
	if err != nil {
		return err
	}
	title := "名册 " + v.Number
	return q.page(hall.RosterPage(hall.Roster{Shell: q.hall(title, link.HallRosters, crumb("备案名册", link.HallRosters, title)...), Roster: v}))
}

// rosterLinks are the patterns of a roster's page, its rows, its print and its export.
type rosterLinks struct{ page, filing, print, export string }

// rosterView reads a roster for its page in the hall or at the desk.
func (s *Server) rosterView(q *request, to rosterLinks) (v filed.Roster, err error) {
	id, err := q.id("id")
	if err != nil {
		return v, err
	}
	roster, entries, err := s.Review.Roster(q.Request().Context(), q.actor, id, q.pageAfter())
	if err != nil {
		return v, err
	}
	v.Roster, v.PrintURL, v.ExportURL = roster, link.To(to.print, id), link.To(to.export, id)
	if len(entries) > review.RosterSize {
		entries = entries[:review.RosterSize]
		v.More = link.With(link.To(to.page, id), "after", strconv.FormatInt(entries[review.RosterSize-1].Row, 10))
	}
	for _, e := range entries {
		v.Rows = append(v.Rows, filed.Entry{Entry: e, Period: period(e.Kind, e.Terms, e.EndedOn), URL: link.To(to.filing, e.Filing)})
	}
	return v, nil
}

// rosterPrint is 打印名册, of the hall and of the desk.
func (s *Server) rosterPrint(q *request) error {
	id, err := q.id("id")
	if err != nil {
		return err
	}
	file, err := s.Review.Print(q.Request().Context(), q.actor, id)
	if err != nil {
		return err
	}
	return q.print(file, "roster.pdf")
}

func (s *Server) deskRosters(q *request) error {
	ctx := q.Request().Context()
	ready, err := s.Review.Ready(ctx)
	if err != nil {
		return err
	}
	rosters, err := s.Review.Rosters(ctx, q.before())
	if err != nil {
		return err
	}
	p := desk.Rosters{Shell: q.desk("备案名册", link.DeskFilings, crumb("用工备案审核", link.DeskFilings, "备案名册")...), Ready: ready,
		Rosters: rostersView(rosters, link.DeskRosters, link.DeskRoster)}
	return q.page(desk.RostersPage(p))
}

func (s *Server) deskRoster(q *request) error {
	v, err := s.rosterView(q, rosterLinks{link.DeskRoster, link.DeskFiling, link.DeskRosterPrint, link.DeskRosterExport})
	if err != nil {
		return err
	}
	title := "名册 " + v.Number
	return q.page(desk.RosterPage(desk.Roster{Shell: q.desk(title, link.DeskFilings, crumb("备案名册", link.DeskRosters, title)...), Roster: v}))
}

// rosterMake is 生成名册.
func (s *Server) rosterMake(q *request) error {
	enterprise, _ := strconv.ParseInt(q.form("enterprise"), 10, 64)
	id, err := s.Review.MakeRoster(q.Request().Context(), q.actor, enterprise)
	if err != nil {
		return q.after(err, link.DeskFilings, "")
	}
	return q.done(link.To(link.DeskRoster, id), "名册已生成，并已通知单位。")
}
