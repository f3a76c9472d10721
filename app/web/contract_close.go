package web

import (
	"laoqi/app/link"
	"laoqi/views/hall"
	"laoqi/views/part"
)

func (s *Server) closePage(q *request) error {
	const title = "电子劳动合同关闭"
	e, err := s.Enterprise.Get(q.Request().Context(), q.actor.Enterprise)
	if err != nil {
		return err
	}
	p := hall.Close{Shell: q.hall(title, link.HallClose, crumb(contractsTitle, link.HallContracts, title)...)}
	why, err := s.Enterprise.WhyOpen(q.Request().Context(), q.actor.Enterprise)
	if err != nil {
		return err
	}
	if why != "" {
		p.Notes = []hall.Note{{Tone: part.Info, Text: why}}
		return q.page(hall.ClosePage(p))
	}
	p.Confirm = &part.Confirmation{Title: "关闭电子劳动合同", Object: e.Name, URL: link.HallClose, Token: p.Token, Submit: "确认关闭", CancelURL: link.HallContracts,
		Consequence: "关闭后，新办理的备案将按传统模式生成纸质劳动合同，办理备案时会再次询问是否启用。已经有劳动者签署或完成签章授权的，不允许关闭。"}
	return q.page(hall.ClosePage(p))
}

func (s *Server) close(q *request) error {
	return q.after(s.Enterprise.Close(q.Request().Context(), q.actor), link.HallClose, "已关闭电子劳动合同。")
}
