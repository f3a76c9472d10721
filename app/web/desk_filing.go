package web

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"laoqi/app"
	"laoqi/app/filing"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/app/review"
	"laoqi/views/desk"
	"laoqi/views/part"
)

func (s *Server) deskFilings(q *request) error {
	ctx := q.Request().Context()
	only := queueFilter(q)
	waiting, err := s.Review.Queue(ctx, only, q.pageAfter())
	if err != nil {
		return err
	}
	count, err := s.Review.Count(ctx, only)
	if err != nil {
		return err
	}
	ready, err := s.Review.Ready(ctx)
	if err != nil {
		return err
	}
	p := desk.Filings{Shell: q.desk("用工备案审核", link.DeskFilings), Only: only, Count: fmt.Sprintf("待审核 %d 份", count), Ready: ready}
	for _, k := range []app.FilingKind{app.FilingNew, app.FilingRenewal, app.FilingTermination} {
		p.Kinds = append(p.Kinds, app.Option{Value: string(k), Label: k.Label()})
	}
	p.Waiting, p.More = pageOf(waiting, link.DeskFilings, func(w review.Waiting) int64 { return w.ID }, "kind", string(only.Kind), "enterprise", only.Enterprise)
	return q.page(desk.FilingsPage(p))
}

func queueFilter(q *request) review.Filter {
	return review.Filter{Kind: app.FilingKind(q.form("kind")), Enterprise: q.form("enterprise")}
}

func (s *Server) deskFiling(q *request) error {
	p, err := s.deskFilingView(q)
	if err != nil {
		return err
	}
	return q.page(desk.FilingPage(p))
}

func (s *Server) deskFilingView(q *request) (p desk.Filing, err error) {
	id, err := q.id("id")
	if err != nil {
		return p, err
	}
	f, err := s.Review.Read(q.Request().Context(), q.actor, id)
	if err != nil {
		return p, err
	}
	e, err := s.Enterprise.Get(q.Request().Context(), f.Enterprise)
	if err != nil {
		return p, err
	}
	title := f.Worker.Name + "的" + f.Kind.Label() + "备案"
	p = desk.Filing{Shell: q.desk(title, link.DeskFilings, crumb("用工备案审核", link.DeskFilings, title)...), ID: f.ID, Version: f.Version,
		State: f.State, Returned: f.ReturnReason, Detail: q.form("reason"), Sections: filingSections(f, e.Name, f.Worker.IDNumber, app.MaskMobile(f.Worker.Mobile))}
	for _, r := range review.Reasons {
		p.Reasons = append(p.Reasons, desk.Reason{Text: r, Chosen: slices.Contains(q.Request().Form["common"], r)})
	}
	last := &p.Sections[len(p.Sections)-1]
	last.Items = append([]part.Item{{Label: "单位名称", Value: e.Name}}, last.Items...)
	if err := s.flag(q, &p, f); err != nil {
		return p, err
	}
	err = s.compare(q, &p, f, e.Name)
	return p, err
}

// flag adds what the reviewer should know of the worker's identity.
func (s *Server) flag(q *request, p *desk.Filing, f filing.Filing) error {
	ctx := q.Request().Context()
	standing, err := s.Filing.Standing(ctx, f.Worker)
	if err != nil {
		return err
	}
	p.Sections[0].Items = append(p.Sections[0].Items, part.Item{Label: "身份核验", Value: standing.Label()})
	if standing == identity.Differs {
		p.Flags = append(p.Flags, "备案填写的身份信息与这个证件号码已核验的账号不一致，请与单位和员工核对。")
	}
	shared, err := s.Filing.OfStaff(ctx, f)
	if shared.Mobile {
		p.Flags = append(p.Flags, "员工的联系电话与本单位法定代表人或经办人的手机号相同，请核实是否由员工本人使用。")
	}
	if shared.Device {
		p.Flags = append(p.Flags, "同一设备：员工的账号与本单位法定代表人、经办人或授权操作员的账号在同一台手机或电脑上登录过，请核实是否由员工本人签署。")
	}
	return err
}

func (s *Server) filingApprove(q *request) error {
	id, err := q.id("id")
	if err != nil {
		return err
	}
	err = s.Review.Approve(q.Request().Context(), q.actor, id, q.version())
	return q.after(err, link.DeskFilings, "已审核通过，并已通知单位。")
}

func (s *Server) filingReturn(q *request) error {
	id, err := q.id("id")
	if err != nil {
		return err
	}
	err = s.Review.Return(q.Request().Context(), q.actor, id, q.version(), q.returnReason())
	if app.KindOf(err) == app.Invalid {
		p, failed := s.deskFilingView(q)
		if failed != nil {
			return failed
		}
		p.Faults = app.FaultsOf(err)
		return q.faulty(desk.FilingPage(p))
	}
	return q.after(err, link.DeskFilings, "已退回，并已通知单位。")
}

// version is that of the filing which the page showed.
func (q *request) version() int64 {
	n, _ := strconv.ParseInt(q.form("version"), 10, 64)
	return n
}

// returnReason joins the common reasons picked and the text typed.
func (q *request) returnReason() string {
	var reasons []string
	for _, r := range review.Reasons {
		if slices.Contains(q.Request().Form["common"], r) {
			reasons = append(reasons, r)
		}
	}
	if typed := q.form("reason"); typed != "" {
		reasons = append(reasons, typed)
	}
	return strings.Join(reasons, "")
}
