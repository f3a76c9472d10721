package web

import (
	"strconv"

	"laoqi/app"
	"laoqi/app/link"
	"laoqi/app/seal"
	"laoqi/views/layout"
	"laoqi/views/mobile"
)

// sealUsage is 印章使用记录: of the enterprise for who manages its seals, own ones for an operator.
func (s *Server) sealUsage(q *request) error {
	if q.actor.Kind != app.AccountPerson && !q.actor.Manages {
		return app.Fail(app.Forbidden, "您的账号没有“经办人管理”权限，不能查看印章使用记录。")
	}
	before, _ := strconv.ParseInt(q.QueryParam("before"), 10, 64)
	uses, err := s.Seal.Usage(q.Request().Context(), q.actor, before)
	if err != nil {
		return err
	}
	p := mobile.Usage{Shell: q.mobile("印章使用记录", link.MobileSealHome, layout.MineTab), Uses: uses, Months: strconv.Itoa(seal.UsageMonths)}
	if len(uses) > seal.UsagePage {
		p.Uses = uses[:seal.UsagePage]
		p.NextURL = link.With(link.MobileUsage, "before", strconv.FormatInt(p.Uses[seal.UsagePage-1].ID, 10))
	}
	return q.page(mobile.UsagePage(p))
}
