package web

import (
	"fmt"

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
	return s.showDecline(q, d, nil)
}

func (s *Server) showDecline(q *request, d contract.Document, faults app.Faults) error {
	back := link.To(link.MobileContract, d.ID)
	p := mobile.Decline{Shell: q.mobile("拒签", back, layout.NoTab), Document: d.Title + " " + d.Number, Reason: q.form("reason"), Max: contract.MaxReason,
		URL: link.To(link.MobileDecline, d.ID), Back: back, Faults: faults}
	all, err := s.Contract.Visit(q.Request().Context(), q.actor, d.ID)
	if err != nil {
		return err
	}
	p.Consequence = declined(d, all)
	if faults != nil {
		return q.faulty(mobile.DeclinePage(p))
	}
	return q.page(mobile.DeclinePage(p))
}

// declined says what declining a document does; all are those of its contract.
func declined(d contract.Document, all []contract.Document) string {
	if d.Supplement {
		return "拒签后这份补充条款不能再签署，原因会告诉单位。如需订立，由单位与您协商后重新上传。劳动合同不受影响。"
	}
	open := 0
	for _, one := range all {
		if one.Supplement && one.State != app.DocumentSigned {
			open++
		}
	}
	with := ""
	if open > 0 {
		with = fmt.Sprintf("它的 %d 份还没有订立的补充条款随之撤回，", open)
	}
	return "拒签后这份合同不能再签署，" + with + "原因会告诉单位。如需订立，由单位与您协商后重新办理。"
}

func (s *Server) decline(q *request) error {
	d, err := s.myDocument(q)
	if err != nil {
		return err
	}
	err = s.Contract.Decline(q.Request().Context(), q.actor, d.ID, q.form("reason"))
	if app.KindOf(err) == app.Invalid {
		return s.showDecline(q, d, app.FaultsOf(err))
	}
	return q.after(err, link.To(link.MobileContract, d.ID), "已拒签，原因已告诉单位。")
}
