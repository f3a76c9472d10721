package web

import (
	"laoqi/app"
	"laoqi/app/link"
	"laoqi/views/desk"
	"laoqi/views/hall"
	"laoqi/views/layout"
	"laoqi/views/mobile"
	"laoqi/views/part"
)

// hall is what surrounds a page of the hall; current is the menu's entry.
func (q *request) hall(title, current string, crumbs ...layout.Crumb) hall.Shell {
	nav := []layout.NavGroup{
		{Label: "用工备案管理", Items: []layout.NavItem{
			{Label: "新签", URL: link.To(link.HallFilings, app.FilingNew)},
			{Label: "续签", URL: link.To(link.HallFilings, app.FilingRenewal)},
			{Label: "解除", URL: link.To(link.HallFilings, app.FilingTermination)},
			{Label: "备案名册", URL: link.HallRosters},
			{Label: "电子劳动合同生成", URL: link.HallContracts, Children: []layout.NavItem{
				{Label: "电子合同签章授权", URL: link.HallAuthorize},
				{Label: "电子劳动合同关闭", URL: link.HallClose},
			}},
			{Label: "合同条款", URL: link.HallClauses},
		}},
		{Label: "单位", Items: []layout.NavItem{
			{Label: "首页", URL: link.Hall},
			{Label: "到期提醒", URL: link.HallReminders},
			{Label: papersTitle, URL: link.HallPapers},
			{Label: "消息", URL: link.HallInbox},
			{Label: "客服中心", URL: link.HallService},
		}},
	}
	return hall.Shell{Frame: q.frame(title), Nav: mark(nav, current), Crumbs: crumbs}
}

// desk is what surrounds a page of the desk.
func (q *request) desk(title, current string, crumbs ...layout.Crumb) desk.Shell {
	nav := []layout.NavGroup{
		{Label: "审核", Items: []layout.NavItem{
			{Label: "首页", URL: link.Desk},
			{Label: "用工备案审核", URL: link.DeskFilings},
			{Label: "身份核验", URL: link.DeskIdentities},
			{Label: "企业入驻", URL: link.DeskEnterprises},
			{Label: "人员服务", URL: link.DeskPersons},
		}},
		{Label: "系统", Items: []layout.NavItem{
			{Label: "设置自检", URL: link.DeskSelfCheck},
			{Label: "修改密码", URL: link.DeskPassword},
		}},
	}
	return desk.Shell{Frame: q.frame(title), Nav: mark(nav, current), Crumbs: crumbs}
}

func mark(groups []layout.NavGroup, current string) []layout.NavGroup {
	for _, g := range groups {
		markItems(g.Items, current)
	}
	return groups
}

func markItems(items []layout.NavItem, current string) {
	for i := range items {
		items[i].Current = items[i].URL == current
		markItems(items[i].Children, current)
	}
}

// mobile is what surrounds a page for phones; back "" gives no way back.
func (q *request) mobile(title, back string, tab layout.Tab) mobile.Shell {
	if q.actor.Account == 0 {
		tab = layout.NoTab
	}
	return mobile.Shell{Frame: q.frame(title), Bar: layout.MobileBar{BackURL: back}, Tab: tab}
}

func action(label, url string) *part.Action { return &part.Action{Label: label, URL: url} }
