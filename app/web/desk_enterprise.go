package web

import (
	"laoqi/app"
	"laoqi/app/enterprise"
	"laoqi/app/link"
	"laoqi/views/desk"
	"laoqi/views/part"
)

func (s *Server) enterpriseQueue(q *request) error {
	waiting, err := s.Enterprise.Waiting(q.Request().Context(), q.pageAfter())
	if err != nil {
		return err
	}
	changes, err := s.Enterprise.LegalRepChanges(q.Request().Context())
	if err != nil {
		return err
	}
	p := desk.Enterprises{Shell: q.desk("企业入驻", link.DeskEnterprises), MoreChanges: len(changes) > queuePage}
	p.Changes = changes[:min(len(changes), queuePage)]
	p.Waiting, p.More = pageOf(waiting, link.DeskEnterprises, func(e enterprise.Enterprise) int64 { return e.ID })
	return q.page(desk.EnterprisesPage(p))
}

func (s *Server) enterprisePage(q *request) error {
	p, err := s.admissionView(q, nil)
	if err != nil {
		return err
	}
	return q.page(desk.EnterprisePage(p))
}

func (s *Server) admissionView(q *request, faults app.Faults) (p desk.Enterprise, err error) {
	id, err := q.id("id")
	if err != nil {
		return p, err
	}
	e, err := s.Enterprise.Get(q.Request().Context(), id)
	if err != nil {
		return p, err
	}
	return desk.Enterprise{Shell: q.desk(e.Name, link.DeskEnterprises, crumb("企业入驻", link.DeskEnterprises, e.Name)...), Faults: faults,
		Waiting: e.State == enterprise.Waiting, Licence: link.To(link.DeskLicence, id), Items: []part.Item{
			{Label: "单位名称", Value: e.Name},
			{Label: "统一社会信用代码", Value: e.USCC},
			{Label: "单位地址", Value: e.Address},
			{Label: "联系电话", Value: e.Phone},
			{Label: "法定代表人", Value: e.LegalRep + "（" + e.LegalRepLevel.Label() + "）"},
			{Label: "状态", Value: e.State.Label()},
			{Label: "退回原因", Value: e.Reason},
		}}, nil
}

func (s *Server) licence(q *request) error {
	id, err := q.id("id")
	if err != nil {
		return err
	}
	return q.picture(s.Enterprise.Licence(q.Request().Context(), id))
}

func (s *Server) enterpriseDecide(q *request) error {
	id, err := q.id("id")
	if err != nil {
		return err
	}
	reason, faults := q.decision()
	if faults != nil {
		p, err := s.admissionView(q, faults)
		if err != nil {
			return err
		}
		return q.faulty(desk.EnterprisePage(p))
	}
	err = s.Enterprise.Decide(q.Request().Context(), q.actor, id, reason)
	return q.after(err, link.DeskEnterprises, "已处理，并已通知法定代表人。")
}
