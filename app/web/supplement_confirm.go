package web

import (
	"strconv"

	"laoqi/app"
	"laoqi/app/contract"
	"laoqi/app/link"
	"laoqi/views/layout"
	"laoqi/views/mobile"
	"laoqi/views/part"
)

// toConfirm reads the supplement that the path names for an operator.
func (s *Server) toConfirm(q *request) (contract.Document, error) {
	id, err := q.id("id")
	if err != nil {
		return contract.Document{}, err
	}
	return s.Contract.ToConfirm(q.Request().Context(), q.actor, id)
}

func (s *Server) confirmSupplementPage(q *request) error {
	d, err := s.toConfirm(q)
	if err != nil {
		return err
	}
	p, err := s.confirmSupplementView(q, d, nil)
	if err != nil {
		return err
	}
	return q.page(mobile.SupplementPage(p))
}

func (s *Server) confirmSupplementView(q *request, d contract.Document, faults app.Faults) (p mobile.Supplement, err error) {
	here := link.To(link.MobileSupplement, d.ID)
	p = mobile.Supplement{Shell: q.mobile("补充条款确认", link.Mobile, layout.NoTab), State: d.State, Next: confirmationFollows(d.State), Hash: d.Hash,
		Pictures: s.pictures(link.MobileSupplementPage, d), Download: link.To(link.MobileSupplementFile, d.ID), Faults: faults, Items: []part.Item{
			{Label: "甲方", Value: d.EnterpriseName}, {Label: "乙方", Value: d.Worker}, {Label: "文件", Value: d.Title}, {Label: "合同编号", Value: d.Number},
			{Label: "页数", Value: strconv.Itoa(d.Pages) + " 页（含签署页）"}, {Label: "劳动者签名", Value: d.WorkerAt.Local()}, {Label: "文件 SHA-256", Value: d.Hash},
		}}
	if d.State == app.DocumentUnsealed {
		p.RefreshURL = here
	}
	if d.State != app.DocumentUnconfirmed {
		return p, nil
	}
	p.ConfirmURL = here
	c, ok, err := s.Cert.Active(q.Request().Context(), q.actor)
	if !ok || c.Locked {
		p.ActivateURL, p.Locked = link.With(link.MobileActivate, "next", here), c.Locked
	}
	return p, err
}

func confirmationFollows(state app.DocumentState) string {
	switch state {
	case app.DocumentUnconfirmed:
		return "请阅读全文，确认无误后盖章。"
	case app.DocumentUnsealed:
		return "已确认，正在盖章。"
	case app.DocumentWithdrawn:
		return "劳动者已拒签这份合同，补充条款随之撤回，不再盖章。"
	}
	return "已确认并盖章。"
}

func (s *Server) confirmSupplement(q *request) error {
	d, err := s.toConfirm(q)
	if err != nil {
		return err
	}
	err = s.Contract.Confirm(q.Request().Context(), q.actor, contract.Confirming{Document: d.ID, Hash: q.form("hash"), Passphrase: q.FormValue(contract.FieldPassphrase)})
	faults := app.FaultsOf(err)
	if app.KindOf(err) == app.TooMany {
		faults = app.Faults{{Field: contract.FieldPassphrase, Text: err.Error()}}
	}
	if faults != nil {
		p, err := s.confirmSupplementView(q, d, faults)
		if err != nil {
			return err
		}
		return q.faulty(mobile.SupplementPage(p))
	}
	next := link.To(link.MobileSupplement, d.ID)
	if _, gone := s.toConfirm(q); gone != nil {
		next = link.Mobile
	}
	return q.after(err, next, "已确认，正在盖章。")
}

func (s *Server) confirmSupplementPicture(q *request) error {
	d, err := s.toConfirm(q)
	if err != nil {
		return err
	}
	return s.sendPicture(q, d)
}

func (s *Server) confirmSupplementFile(q *request) error {
	d, err := s.toConfirm(q)
	if err != nil {
		return err
	}
	return s.sendDocument(q, d, true)
}
