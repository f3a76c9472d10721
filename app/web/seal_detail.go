package web

import (
	"fmt"
	"strconv"

	"laoqi/app"
	"laoqi/app/link"
	"laoqi/app/seal"
	"laoqi/views/layout"
	"laoqi/views/mobile"
	"laoqi/views/part"
)

func (s *Server) sealDetail(q *request) error {
	x, err := s.sealOf(q)
	if err != nil {
		return err
	}
	p := mobile.SealDetail{Shell: q.mobile("印章详情", link.MobileSeals, layout.MineTab), Name: x.Name, Picture: x.Picture, Void: x.Void(), Items: sealItems(x)}
	if !x.Void() && seal.MayManage(q.actor, x.Kind) {
		p.Bar.Action = action("授权", link.To(link.MobileGrants, x.ID))
		p.VoidURL, p.RenewURL = link.To(link.MobileSealVoid, x.ID), link.To(link.MobileSealRenew, x.ID)
		p.Ending = x.Ending(s.Now())
	}
	return q.page(mobile.SealDetailPage(p))
}

// sealOf reads the seal that the path names.
func (s *Server) sealOf(q *request) (seal.Seal, error) {
	id, err := q.id("id")
	if err != nil {
		return seal.Seal{}, err
	}
	return s.Seal.Get(q.Request().Context(), q.actor, id)
}

// managedSeal is sealOf for pages on which the seal is granted, certified or voided.
func (s *Server) managedSeal(q *request) (seal.Seal, error) {
	id, err := q.id("id")
	if err != nil {
		return seal.Seal{}, err
	}
	return s.Seal.Managed(q.Request().Context(), q.actor, id)
}

func sealItems(x seal.Seal) []part.Item {
	items := []part.Item{
		{Label: "印章名称", Value: x.Name},
		{Label: "印章类型", Value: x.Kind.Label()},
		{Label: "生成时间", Value: x.MadeAt.Local()},
	}
	items = append(items, sealCertificate(x)...)
	if x.Void() {
		return append(items, part.Item{Label: "作废时间", Value: x.VoidedAt.Local()})
	}
	return append(items, part.Item{Label: "授权", Value: grantsLine(x.Grants)})
}

func (s *Server) sealVoidPage(q *request) error {
	x, err := s.managedSeal(q)
	if err != nil {
		return err
	}
	return s.sealVoidView(q, x, nil)
}

// sealAgain shows the page of 作废 or 更换证书 after a code was sent without JavaScript.
func (s *Server) sealAgain(q *request, faults app.Faults) error {
	id, err := strconv.ParseInt(q.form("seal"), 10, 64)
	if err != nil {
		return app.Fail(app.NotFound, "没有这枚印章。")
	}
	x, err := s.Seal.Managed(q.Request().Context(), q.actor, id)
	if err != nil {
		return err
	}
	if q.form("source") != "" {
		return s.sealRenewView(q, x, faults)
	}
	return s.sealVoidView(q, x, faults)
}

func (s *Server) sealVoidView(q *request, x seal.Seal, faults app.Faults) error {
	detail := link.To(link.MobileSeal, x.ID)
	if x.Void() {
		return q.refused(detail, "这枚印章已经作废。")
	}
	proof, err := s.proofView(q, seal.VoidIntent(x.ID), link.MobileSealCode, faults)
	if err != nil {
		return err
	}
	p := mobile.SealVoid{Shell: q.mobile("作废印章", detail, layout.MineTab), ID: x.ID, Proof: proof}
	p.Confirm = part.Confirmation{Title: "作废后不能恢复", Object: x.Name, URL: link.To(link.MobileSealVoid, x.ID), Token: p.Token, Submit: "作废", CancelURL: detail,
		Consequence: fmt.Sprintf("作废后，%d 位被授权人立即看不到、也不能再使用这枚印章；用它完成的签章授权同时失效，等待盖章的合同要重新授权。已经盖章的合同继续有效。作废后可以重新申请同类型的印章。", x.Grants)}
	if faults != nil {
		return q.faulty(mobile.SealVoidPage(p))
	}
	return q.page(mobile.SealVoidPage(p))
}

func (s *Server) sealVoid(q *request) error {
	x, err := s.managedSeal(q)
	if err != nil {
		return err
	}
	switch {
	case q.returns():
		return s.returned(q, func(faults app.Faults) error { return s.sealVoidView(q, x, faults) })
	case q.wantsCheck():
		return s.check(q, seal.VoidIntent(x.ID), link.To(link.MobileSealVoid, x.ID), link.To(link.MobileSeal, x.ID))
	}
	err = s.Seal.Void(q.Request().Context(), q.actor, x.ID, q.proof())
	if faults := app.FaultsOf(err); faults != nil {
		return s.sealVoidView(q, x, faults)
	}
	return q.after(err, link.MobileSeals, "印章“"+x.Name+"”已作废。")
}
