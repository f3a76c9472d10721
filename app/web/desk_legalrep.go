package web

import (
	"laoqi/app"
	"laoqi/app/enterprise"
	"laoqi/app/link"
	"laoqi/views/desk"
	"laoqi/views/part"
)

// deskLegalRep compares the new legal rep of an enterprise with the licence.
func (s *Server) deskLegalRep(q *request) error { return s.deskLegalRepView(q, nil) }

func (s *Server) deskLegalRepView(q *request, faults app.Faults) error {
	id, err := q.id("id")
	if err != nil {
		return err
	}
	c, err := s.Enterprise.LegalRepChange(q.Request().Context(), id)
	if err != nil {
		return err
	}
	e := c.Enterprise
	p := desk.LegalRep{Shell: q.desk("变更法定代表人", link.DeskEnterprises, crumb("企业入驻", link.DeskEnterprises, "变更法定代表人")...), Former: e.LegalRep, Person: c.Person,
		Waiting: c.State == enterprise.ChangeWaiting, Before: link.With(link.To(link.DeskLegalRepLicence, id), "before", "1"), Faults: faults, Items: []part.Item{
			{Label: "单位名称", Value: e.Name},
			{Label: "统一社会信用代码", Value: e.USCC},
			{Label: "单位地址", Value: e.Address},
			{Label: "联系电话", Value: e.Phone},
			{Label: "原法定代表人", Value: e.LegalRep},
			{Label: "新法定代表人", Value: c.Person + "（" + c.Level.Label() + "）"},
			{Label: "提交时间", Value: c.At.Local()},
			{Label: "状态", Value: stateAndReason(c.State.Label(), c.Reason)},
		}}
	if c.State != enterprise.ChangeRefused {
		p.After = link.To(link.DeskLegalRepLicence, id)
	}
	if faults != nil {
		return q.faulty(desk.LegalRepPage(p))
	}
	return q.page(desk.LegalRepPage(p))
}

func (s *Server) deskLegalRepLicence(q *request) error {
	id, err := q.id("id")
	if err != nil {
		return err
	}
	before, after, err := s.Enterprise.ChangeLicences(q.Request().Context(), id)
	switch {
	case err != nil:
		return err
	case q.checked("before"):
		return q.picture(before, nil)
	case after == nil:
		return app.Fail(app.NotFound, "这份申请没有通过，照片已删除。")
	}
	return q.picture(after, nil)
}

func (s *Server) deskLegalRepDecide(q *request) error {
	id, err := q.id("id")
	if err != nil {
		return err
	}
	reason, faults := q.decision()
	if faults != nil {
		return s.deskLegalRepView(q, faults)
	}
	err = s.Enterprise.DecideLegalRep(q.Request().Context(), q.actor, id, reason, s.Cert.Revoke, s.Seal.LegalRepReplaced)
	done := "法定代表人已变更，并已通知新旧法定代表人和单位。"
	if reason != "" {
		done = "已退回，并已通知申请人和单位。"
	}
	return q.after(err, link.DeskEnterprises, done)
}
