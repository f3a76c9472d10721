package web

import (
	"laoqi/app"
	"laoqi/app/enterprise"
	"laoqi/app/link"
	"laoqi/views/layout"
	"laoqi/views/mobile"
	"laoqi/views/part"
)

// agentList is 我的经办人 (guide 2.1.1).
func (s *Server) agentList(q *request) error {
	agents, err := s.Enterprise.Agents(q.Request().Context(), q.actor)
	if err != nil {
		return err
	}
	p := mobile.AgentList{Shell: q.mobile("我的经办人", link.MobileMe, layout.MineTab), AddURL: link.MobileAgentAdd}
	today := app.DateOf(s.Now())
	for _, a := range agents {
		p.Agents = append(p.Agents, agentItem(a, today))
	}
	return q.page(mobile.AgentListPage(p))
}

func agentItem(a enterprise.Agent, today app.Date) mobile.AgentItem {
	state := a.State(today)
	tone := map[enterprise.AgentState]part.Tone{enterprise.AgentValid: part.OK, enterprise.AgentEarly: part.Wait, enterprise.AgentExpired: part.Mute}[state]
	item := mobile.AgentItem{Name: a.Name, Mobile: app.MaskMobile(a.Mobile), Tone: tone, State: state.Label(), Lines: []string{"有效期：" + a.From.Chinese() + "至" + a.Until.Chinese()},
		EditURL: link.To(link.MobileAgent, a.ID), PasswordURL: link.To(link.MobileAgentPassword, a.ID), RemoveURL: link.To(link.MobileAgentRemove, a.ID)}
	if a.Manages {
		item.Lines = append(item.Lines, "有“经办人管理”权限，可以管理印章")
	}
	if !a.Confirmed {
		item.Lines = append(item.Lines, "等待本人登录并用短信验证码确认")
	}
	return item
}
