package web

import (
	"fmt"

	"laoqi/app"
	"laoqi/app/enterprise"
	"laoqi/app/link"
	"laoqi/views/hall"
	"laoqi/views/layout"
	"laoqi/views/mobile"
	"laoqi/views/part"
	"laoqi/views/plain"
)

// home is the site's first page: the demo, the first run, or the doors.
func (s *Server) home(q *request) error {
	if s.Screen != nil {
		return s.demoHome(q)
	}
	if s.inSetup(q) == nil {
		return q.leave(link.Setup)
	}
	f := q.frame(s.Config.Product)
	f.Lead = s.Config.Owner
	return q.page(plain.StartPage(plain.Start{Frame: f, Doors: []plain.Door{
		{Label: s.Config.HallTitle, Text: "企业办理用工备案和电子劳动合同（电脑）", URL: link.Hall, Icon: part.IconPaper},
		{Label: "手机端", Text: "劳动者签署合同，企业管理电子印章", URL: link.Mobile, Icon: part.IconPhone},
		{Label: "合同核验", Text: "核验电子劳动合同的签名是否有效", URL: link.Check, Icon: part.IconShield},
		{Label: "审核端", Text: "审核人员办理核验、入驻和备案审核", URL: link.Desk, Icon: part.IconBadge},
	}}))
}

// admissionNotes says what an enterprise that is not yet admitted waits for.
func admissionNotes(e enterprise.Enterprise) []hall.Note {
	switch e.State {
	case enterprise.Waiting:
		return []hall.Note{{Tone: part.Wait, Text: "企业的入驻申请正在审核（核对营业执照和法定代表人身份）。通过前可以填写备案草稿，暂不能启用电子劳动合同和制作印章。"}}
	case enterprise.Refused:
		return []hall.Note{{Tone: part.Bad, Text: "企业的入驻申请未通过：" + e.Reason}}
	}
	return nil
}

func (s *Server) mobileHome(q *request) error {
	p := mobile.Home{Shell: q.mobile("首页", "", layout.HomeTab), Greeting: q.actor.Name + "，您好", Account: accountLabel(q.actor.Kind), URL: link.Mobile}
	p.Tiles = s.tiles(q, p.Token)
	if q.actor.Kind == app.AccountAgent && !q.actor.Manages {
		p.Note = "用工备案和劳动合同，请用电脑登录网厅办理。您的账号没有“经办人管理”权限，不能在手机上管理印章；需要时请法定代表人在“我的经办人”中修改。"
	}
	if q.actor.Kind == app.AccountPerson {
		waiting, err := s.waiting(q)
		if err != nil {
			return err
		}
		p.Waiting = waiting
	}
	return q.show(mobile.HomePage(p), mobile.WaitingPart(p))
}

// waiting lists what a person has to do next.
func (s *Server) waiting(q *request) (list []part.Action, err error) {
	person, err := s.Identity.Person(q.Request().Context(), q.actor.Person)
	if err != nil {
		return nil, err
	}
	if person.Level != app.Verified {
		list = append(list, part.Action{Label: "您的身份还没有核验，核验后才能签署合同", URL: link.MobileIdentity})
	}
	unsigned, err := s.Contract.Unsigned(q.Request().Context(), q.actor.Person)
	if err != nil {
		return nil, err
	}
	if unsigned > 0 {
		list = append(list, part.Action{Label: fmt.Sprintf("有 %d 份合同等您签署", unsigned), URL: link.MobileContracts})
	}
	unconfirmed, err := s.Contract.Unconfirmed(q.Request().Context(), q.actor.Person)
	for _, d := range unconfirmed {
		list = append(list, part.Action{Label: d.Worker + "的" + d.Title + "等您确认盖章", URL: link.To(link.MobileSupplement, d.ID)})
	}
	return list, err
}

func accountLabel(k app.AccountKind) string {
	switch k {
	case app.AccountLegalRep:
		return "单位账号（法定代表人）"
	case app.AccountAgent:
		return "单位账号（经办人）"
	}
	return "个人账号"
}

// tiles is the menu of an account.
func (s *Server) tiles(q *request, token string) []mobile.Tile {
	seals := mobile.Tile{Label: "我的印章", URL: link.MobileSealEnter, Icon: part.IconSeal, Token: token}
	service := mobile.Tile{Label: "客服中心", URL: link.MobileService, Icon: part.IconPhone}
	switch {
	case q.actor.Kind == app.AccountPerson:
		return []mobile.Tile{
			{Label: "我的合同", URL: link.MobileContracts, Icon: part.IconPaper},
			seals,
			{Label: "身份核验", URL: link.MobileIdentity, Icon: part.IconBadge},
			{Label: "企业入驻", URL: link.MobileEnterprise, Icon: part.IconShield},
			service,
		}
	case q.actor.Kind == app.AccountLegalRep:
		return []mobile.Tile{{Label: "我的经办人", URL: link.MobileAgents, Icon: part.IconUsers}, seals, service}
	case q.actor.Manages:
		return []mobile.Tile{seals, service}
	}
	return []mobile.Tile{service}
}

func (s *Server) me(q *request) error {
	person, err := s.Identity.Person(q.Request().Context(), q.actor.Person)
	if err != nil {
		return err
	}
	p := mobile.Me{Shell: q.mobile("我的", "", layout.MineTab), Name: person.Name, Account: accountLabel(q.actor.Kind), Lines: personItems(person), Logout: link.MobileLogout}
	p.Tiles = s.tiles(q, p.Token)
	if len(q.others()) > 0 {
		p.Tiles = append(p.Tiles, mobile.Tile{Label: switchTitle, URL: link.MobileSwitch, Icon: part.IconSwitch})
	}
	p.Tiles = append(p.Tiles, mobile.Tile{Label: "账号与安全", URL: link.MobileSecurity, Icon: part.IconKey},
		mobile.Tile{Label: "消息设置", URL: link.MobileInboxSet, Icon: part.IconBell})
	if q.actor.Kind == app.AccountPerson {
		p.Tiles = append(p.Tiles, mobile.Tile{Label: "我的信息", URL: link.MobileInfo, Icon: part.IconUser})
	}
	return q.page(mobile.MePage(p))
}
