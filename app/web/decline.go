package web

import (
	"laoqi/app"
	"laoqi/app/contract"
	"laoqi/app/link"
	"laoqi/views/layout"
	"laoqi/views/mobile"
)

func (s *Server) declinePage(q *request) error {
	d, err := s.myDocument(q)
	if err != nil {
		return err
	}
	if d.State != app.DocumentUnsigned {
		return q.refused(link.To(link.MobileContract, d.ID), "这份合同现在不能拒签。")
	}
	return q.page(mobile.DeclinePage(q.declineView(d, nil)))
}

func (q *request) declineView(d contract.Document, faults app.Faults) mobile.Decline {
	back := link.To(link.MobileContract, d.ID)
	return mobile.Decline{Shell: q.mobile("拒签", back, layout.NoTab), Document: d.Title + " " + d.Number, Reason: q.form("reason"), Max: contract.MaxReason,
		URL: link.To(link.MobileDecline, d.ID), Back: back, Faults: faults}
}

func (s *Server) decline(q *request) error {
	d, err := s.myDocument(q)
	if err != nil {
		return err
	}
	err = s.Contract.Decline(q.Request().Context(), q.actor, d.ID, q.form("reason"))
	if app.KindOf(err) == app.Invalid {
		return q.faulty(mobile.DeclinePage(q.declineView(d, app.FaultsOf(err))))
	}
	return q.after(err, link.To(link.MobileContract, d.ID), "已拒签，原因已告诉单位。")
}
