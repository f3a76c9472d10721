package web

import (
	"laoqi/app"
	"laoqi/app/contract"
	"laoqi/app/link"
	"laoqi/views/layout"
	"laoqi/views/mobile"
)

// askPaperPage says what 申请纸质文本 sets going, before it does.
func (s *Server) askPaperPage(q *request) error {
	d, err := s.myDocument(q)
	if err != nil {
		return err
	}
	back := link.To(link.MobileContract, d.ID)
	if d.State != app.DocumentSigned {
		return q.refused(back, "签署完成后才能申请纸质文本。")
	}
	paper, err := s.Contract.LatestPaper(q.Request().Context(), d)
	if err != nil {
		return err
	}
	if paper.ID != 0 && paper.GivenOn.IsZero() {
		return q.refused(back, "这份文件已经申请过纸质文本，请等单位提供。")
	}
	return q.page(mobile.AskPaperPage(mobile.AskPaper{Shell: q.mobile("申请纸质文本", back, layout.NoTab), Document: d.Title, Number: d.Number,
		Enterprise: d.EnterpriseName, DueOn: contract.Paper{AskedAt: s.DB.Now()}.DueOn(), URL: link.To(link.MobilePaper, d.ID), Back: back}))
}

func (s *Server) askPaper(q *request) error {
	d, err := s.myDocument(q)
	if err != nil {
		return err
	}
	return q.after(s.Contract.AskPaper(q.Request().Context(), q.actor, d.ID), link.To(link.MobileContract, d.ID), "已申请纸质文本，单位提供后会通知您。")
}

// paperAsked tells the worker how a request stands that waits for the employer.
func (s *Server) paperAsked(p contract.Paper) string {
	asked, due := "已于 "+p.AskedAt.Local()+" 申请，", p.DueOn()
	if app.DateOf(s.Now()).After(due) {
		return asked + "单位没有在 " + due.Chinese() + "前提供。请与单位联系。"
	}
	return asked + "请单位在 " + due.Chinese() + "前提供"
}
