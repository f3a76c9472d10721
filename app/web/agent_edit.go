package web

import (
	"fmt"

	"laoqi/app"
	"laoqi/app/enterprise"
	"laoqi/app/link"
	"laoqi/views/layout"
	"laoqi/views/mobile"
	"laoqi/views/part"
)

// agentOf reads the agent whom the address names; others' agents are not found.
func (s *Server) agentOf(q *request) (enterprise.Agent, error) {
	id, err := q.id("id")
	if err != nil {
		return enterprise.Agent{}, err
	}
	return s.Enterprise.Agent(q.Request().Context(), q.actor, id)
}

// agentEditPage is 编辑经办人 (guide 2.1.4).
func (s *Server) agentEditPage(q *request) error {
	a, err := s.agentOf(q)
	if err != nil {
		return err
	}
	return q.page(mobile.AgentEditPage(q.agentEditView(a, a.AgentTerms, termsForm(a.AgentTerms), nil)))
}

func termsForm(t enterprise.AgentTerms) map[string]string {
	form := map[string]string{"from": t.From.String(), "until": t.Until.String()}
	if t.Manages {
		form["manages"] = "on"
	}
	return form
}

// agentEditView shows the form with the terms that its editor saw first.
func (q *request) agentEditView(a enterprise.Agent, seen enterprise.AgentTerms, form map[string]string, faults app.Faults) mobile.AgentEdit {
	return mobile.AgentEdit{Shell: q.mobile("编辑经办人", link.MobileAgents, layout.MineTab), Name: a.Name, IDType: a.IDType.Label(),
		IDNumber: app.MaskID(a.IDNumber), Mobile: app.MaskMobile(a.Mobile), Form: form, Seen: termsForm(seen), Faults: faults}
}

func (s *Server) agentEdit(q *request) error {
	a, err := s.agentOf(q)
	if err != nil {
		return err
	}
	seen, malformed := q.agentTerms("seen_")
	if malformed != nil {
		return app.Fail(app.Conflict, "页面已失效，请重新打开。")
	}
	now, faults := q.agentTerms("")
	if faults == nil {
		err = s.Enterprise.EditAgent(q.Request().Context(), q.actor, a.ID, seen, now)
		faults = app.FaultsOf(err)
	}
	if faults != nil {
		return q.faulty(mobile.AgentEditPage(q.agentEditView(a, seen, q.typed("from", "until", "manages"), faults)))
	}
	return q.after(err, link.MobileAgents, "经办人"+a.Name+"的信息已修改。")
}

// agentPasswordPage is 经办人修改密码 (guide 2.1.5).
func (s *Server) agentPasswordPage(q *request) error {
	a, err := s.agentOf(q)
	if err != nil {
		return err
	}
	return q.page(mobile.AgentPasswordPage(q.agentPasswordView(a, nil)))
}

func (q *request) agentPasswordView(a enterprise.Agent, faults app.Faults) mobile.AgentPassword {
	return mobile.AgentPassword{Shell: q.mobile("经办人修改密码", link.MobileAgents, layout.MineTab), Name: a.Name, Mobile: app.MaskMobile(a.Mobile), Faults: faults}
}

func (s *Server) agentPassword(q *request) error {
	a, err := s.agentOf(q)
	if err != nil {
		return err
	}
	err = s.Enterprise.SetAgentPassword(q.Request().Context(), q.actor, a.ID, q.FormValue("password"), q.FormValue("again"))
	if faults := formFaults(err); faults != nil {
		return q.faulty(mobile.AgentPasswordPage(q.agentPasswordView(a, faults)))
	}
	return q.after(err, link.MobileAgents, "经办人"+a.Name+"的密码已修改，请把新密码告诉本人。")
}

// agentRemovePage asks before 【删除】 (guide 2.1.3).
func (s *Server) agentRemovePage(q *request) error {
	a, err := s.agentOf(q)
	if err != nil {
		return err
	}
	p := mobile.AgentRemove{Shell: q.mobile("删除经办人", link.MobileAgents, layout.MineTab), Name: a.Name}
	if p.Seals, err = s.Seal.HeldBy(q.Request().Context(), q.actor, a.ID); err != nil {
		return err
	}
	p.Confirm = part.Confirmation{Title: "删除经办人", Object: a.Name + " " + app.MaskMobile(a.Mobile), URL: link.To(link.MobileAgentRemove, a.ID), Token: p.Token, Submit: "删除", CancelURL: link.MobileAgents,
		Consequence: "删除以后，该经办人无法再登录，已登录的网页立即退出，其经办人账号的数字证书同时吊销。其办理的备案和合同不受影响；本人的个人账号和个人合同也不受影响。"}
	return q.page(mobile.AgentRemovePage(p))
}

func (s *Server) agentRemove(q *request) error {
	a, err := s.agentOf(q)
	if err != nil {
		return err
	}
	ctx := q.Request().Context()
	held, err := s.Seal.HeldBy(ctx, q.actor, a.ID)
	if err != nil {
		return err
	}
	end, told := s.Cert.Revoke, "经办人"+a.Name+"已删除。"
	switch grants := q.checked("grants"); {
	case grants && len(held) > 0:
		end = s.Seal.WithGrants(end)
		told += fmt.Sprintf("其 %d 枚印章的授权同时取消。", len(held))
	case len(held) > 0:
		told += fmt.Sprintf("其 %d 枚印章的授权仍然有效，需要时在印章详情的【授权】中删除。", len(held))
	}
	return q.after(s.Enterprise.RemoveAgent(ctx, q.actor, a.ID, end), link.MobileAgents, told)
}
