package web

import (
	"strconv"

	"laoqi/app"
	"laoqi/app/link"
	"laoqi/app/seal"
	"laoqi/views/acting"
	"laoqi/views/layout"
	"laoqi/views/mobile"
	"laoqi/views/part"
)

// sealScope is the enterprise whose seals the visit is about.
type sealScope struct {
	enterprise int64 // 0: a personal account that holds no grant, or has yet to choose
	granted    []seal.Granted
}

// sealScope is the actor's own enterprise, or for a personal account the one
// chosen in 选择企业; the only one is chosen by itself.
func (s *Server) sealScope(q *request) (scope sealScope, err error) {
	if q.actor.Kind != app.AccountPerson {
		return sealScope{enterprise: q.actor.Enterprise}, nil
	}
	if scope.granted, err = s.Seal.Granted(q.Request().Context(), q.actor.Person); err != nil {
		return scope, err
	}
	for _, g := range scope.granted {
		if g.EnterpriseID == q.session.Chosen || !several(scope.granted) {
			scope.enterprise = g.EnterpriseID
		}
	}
	return scope, nil
}

// several reports whether the seals belong to more than one enterprise.
func several(all []seal.Granted) bool {
	for _, g := range all {
		if g.EnterpriseID != all[0].EnterpriseID {
			return true
		}
	}
	return false
}

func (s *Server) sealHome(q *request) error {
	scope, err := s.sealScope(q)
	if err != nil {
		return err
	}
	if scope.enterprise == 0 && len(scope.granted) > 0 {
		return q.leave(link.MobileSealChoose)
	}
	p := mobile.SealHome{Shell: q.mobile("我的印章", link.MobileMe, layout.MineTab), Who: accountLabel(q.actor.Kind), Company: q.session.Enterprise, Tiles: sealTiles(q, scope)}
	for _, g := range scope.granted {
		if g.EnterpriseID == scope.enterprise {
			p.Company, p.Who = g.Enterprise, "授权操作员："+q.actor.Name
		}
	}
	return q.page(mobile.SealHomePage(p))
}

func sealTiles(q *request, scope sealScope) (tiles []mobile.Tile) {
	seals := mobile.Tile{Label: "电子印章管理", URL: link.MobileSeals, Icon: part.IconSeal}
	usage := mobile.Tile{Label: "印章使用记录", URL: link.MobileUsage, Icon: part.IconList}
	if q.actor.Manages || len(scope.granted) > 0 {
		tiles = append(tiles, seals)
	}
	if q.actor.Manages || q.actor.Kind == app.AccountPerson {
		tiles = append(tiles, usage)
	}
	return append(tiles,
		mobile.Tile{Label: "数字证书", URL: link.MobileCertificate, Icon: part.IconKey},
		mobile.Tile{Label: "客服中心", URL: link.With(link.MobileService, "next", link.MobileSealHome), Icon: part.IconPhone},
		mobile.Tile{Label: "切换企业", URL: q.chooseURL(), Icon: part.IconSwitch},
	)
}

func (s *Server) sealChoosePage(q *request) error {
	scope, err := s.sealScope(q)
	if err != nil {
		return err
	}
	p := mobile.SealChoose{Shell: q.mobile("选择企业", link.MobileSealHome, layout.MineTab)}
	p.List.Token = p.Frame.Token
	for _, e := range enterprisesOf(scope.granted) {
		e.Current = e.Value == strconv.FormatInt(scope.enterprise, 10)
		p.Choices = append(p.Choices, e)
	}
	return q.page(mobile.SealChoosePage(p))
}

// enterprisesOf are the enterprises that granted the seals, each once.
func enterprisesOf(all []seal.Granted) (list []acting.Choice) {
	count := map[int64]int{}
	for _, g := range all {
		if count[g.EnterpriseID]++; count[g.EnterpriseID] == 1 {
			list = append(list, acting.Choice{Name: g.Enterprise, URL: link.MobileSealChoose, Posts: true, Field: "enterprise", Value: strconv.FormatInt(g.EnterpriseID, 10)})
		}
	}
	for i, c := range list {
		id, _ := strconv.ParseInt(c.Value, 10, 64)
		list[i].Text = "授权您使用 " + strconv.Itoa(count[id]) + " 枚印章"
	}
	return list
}

func (s *Server) sealChoose(q *request) error {
	scope, err := s.sealScope(q)
	if err != nil {
		return err
	}
	chosen, _ := strconv.ParseInt(q.form("enterprise"), 10, 64)
	for _, g := range scope.granted {
		if g.EnterpriseID == chosen {
			if err := s.Identity.Choose(q.Request().Context(), q.session.ID, chosen); err != nil {
				return err
			}
			return q.leave(link.MobileSealHome)
		}
	}
	return q.refused(link.MobileSealChoose, "这家企业没有授权您使用印章，请重新选择。")
}
