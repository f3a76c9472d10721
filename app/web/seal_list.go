package web

import (
	"fmt"

	"laoqi/app"
	"laoqi/app/link"
	"laoqi/app/seal"
	"laoqi/views/layout"
	"laoqi/views/mobile"
)

// sealList is 电子印章管理: all seals for who manages them, granted ones for an operator.
func (s *Server) sealList(q *request) error {
	scope, err := s.sealScope(q)
	if err != nil {
		return err
	}
	if scope.enterprise == 0 {
		return q.leave(link.MobileSealHome)
	}
	e, err := s.Enterprise.Get(q.Request().Context(), scope.enterprise)
	if err != nil {
		return err
	}
	p := mobile.SealList{Shell: q.mobile("电子印章管理", link.MobileSealHome, layout.MineTab), Company: e.Name, USCC: app.MaskID(e.USCC), ChooseURL: q.chooseURL(), Hint: seal.Hint}
	if q.actor.Kind == app.AccountPerson {
		err = s.fillGranted(q, scope, &p)
	} else {
		err = s.fillManaged(q, &p)
	}
	if err != nil {
		return err
	}
	return q.page(mobile.SealListPage(p))
}

func (s *Server) fillManaged(q *request, p *mobile.SealList) error {
	if !q.actor.Manages {
		return app.Fail(app.Forbidden, "您的账号没有“经办人管理”权限，不能管理印章。")
	}
	ctx := q.Request().Context()
	list, err := s.Seal.List(ctx, q.actor)
	if err != nil {
		return err
	}
	for _, x := range list {
		item := mobile.SealItem{URL: link.To(link.MobileSeal, x.ID), Name: x.Name, Kind: x.Kind.Label(), Picture: x.Picture, Void: x.Void()}
		if x.Void() {
			item.Lines = []string{app.DateOf(x.VoidedAt.Time).Chinese() + " 作废"}
			p.Voided = append(p.Voided, item)
			continue
		}
		item.Lines = []string{grantsLine(x.Grants), "有效期至 " + seal.LastDay(x.EndsAt).Chinese()}
		if x.Issuer != "" {
			item.Lines = append(item.Lines, "证书："+x.Issuer)
		}
		item.Warning = x.Ending(s.Now())
		p.Live = append(p.Live, item)
	}
	p.AddURL = link.MobileSealAdd
	p.Bar.Action = action("添加", link.MobileSealAdd)
	if q.actor.Kind == app.AccountLegalRep {
		lives, err := s.Seal.Lives(ctx, q.actor.Enterprise)
		p.Authorizations = authorizationItems(lives)
		return err
	}
	return nil
}

func grantsLine(n int64) string {
	if n == 0 {
		return "未授权他人"
	}
	return fmt.Sprintf("已授权 %d 人", n)
}

func (s *Server) fillGranted(q *request, scope sealScope, p *mobile.SealList) error {
	ctx := q.Request().Context()
	for _, g := range scope.granted {
		if g.EnterpriseID != scope.enterprise {
			continue
		}
		picture, err := s.Seal.Picture(ctx, g)
		if err != nil {
			return err
		}
		p.Live = append(p.Live, mobile.SealItem{Name: g.Name, Kind: g.Kind.Label(), Picture: picture,
			Lines: []string{"授权您使用", g.From.Chinese() + "至" + g.Until.Chinese()}})
	}
	lives, err := s.Seal.LivesOf(ctx, q.actor.Person)
	p.Authorizations = authorizationItems(lives)
	return err
}

func authorizationItems(lives []seal.Live) []mobile.AuthorizationItem {
	items := make([]mobile.AuthorizationItem, len(lives))
	for i, l := range lives {
		items[i] = mobile.AuthorizationItem{Title: l.Seal, Text: l.Operator + "，授权至" + seal.LastDay(l.EndsAt).Chinese(), RevokeURL: link.To(link.MobileSealRevoke, l.ID)}
		if l.Operator == "" {
			items[i].Text = l.Enterprise + "，授权至" + seal.LastDay(l.EndsAt).Chinese()
		}
	}
	return items
}
