package web

import (
	"laoqi/app"
	"laoqi/app/contract"
	"laoqi/app/link"
	"laoqi/views/hall"
	"laoqi/views/part"
)

// hallHome is the hall's 首页: what waits for the clerk, and what can be begun.
func (s *Server) hallHome(q *request) error {
	todo, err := s.todo(q)
	if err != nil {
		return err
	}
	if q.fragmentWanted() {
		return q.page(hall.TodoPart(todo))
	}
	e, err := s.Enterprise.Get(q.Request().Context(), q.actor.Enterprise)
	if err != nil {
		return err
	}
	p := hall.Home{Shell: q.hall("首页", link.Hall), Notes: admissionNotes(e), Todo: todo}
	p.Work = []hall.Work{
		{Label: "新签", Text: "为新员工办理用工备案、订立劳动合同", URL: link.To(link.HallFilings, app.FilingNew), Icon: part.IconPen},
		{Label: "续签", Text: "合同到期前续订", URL: link.To(link.HallFilings, app.FilingRenewal), Icon: part.IconClock},
		{Label: "解除", Text: "解除或终止劳动合同", URL: link.To(link.HallFilings, app.FilingTermination), Icon: part.IconClose},
		{Label: "电子劳动合同生成", Text: "查看签署进度，下载电子劳动合同", URL: link.HallContracts, Icon: part.IconPaper},
		{Label: "电子合同签章授权", Text: "操作员扫码后，企业电子印章自动盖章", URL: link.HallAuthorize, Icon: part.IconSeal},
	}
	return q.page(hall.HomePage(p))
}

// todo counts what waits today; each number leads to the list of what it counts.
func (s *Server) todo(q *request) (t hall.Todo, err error) {
	c, err := s.Contract.Counts(q.Request().Context(), q.actor.Enterprise)
	if err != nil {
		return t, err
	}
	if t.Notes, err = s.waitingNotes(q, c.Unsealed()); err != nil {
		return t, err
	}
	filing := func(label string, state app.FilingState) hall.Number {
		return hall.Number{Label: label, Count: c.Filings[state], URL: statesURL(contract.Filter{Filing: state})}
	}
	document := func(label string, state app.DocumentState) hall.Number {
		return hall.Number{Label: label, Count: c.Contracts[state], URL: statesURL(contract.Filter{Document: state})}
	}
	t.Numbers = []hall.Number{
		filing("草稿待提交", app.FilingDraft), filing("退回待更正", app.FilingReturned), filing("等待审核", app.FilingSubmitted),
		document("待个人签名", app.DocumentUnsigned), document("待企业盖章", app.DocumentUnsealed), document("个人已拒签", app.DocumentDeclined),
	}
	due, err := s.dueNumbers(q)
	if err != nil {
		return t, err
	}
	papers, err := s.Contract.PapersAsked(q.Request().Context(), q.actor.Enterprise)
	t.Numbers = append(append(t.Numbers, due...), hall.Number{Label: "纸质文本待提供", Count: papers, URL: link.HallPapers})
	return t, err
}
