package web

import (
	"cmp"
	"io"
	"strconv"

	"laoqi/app"
	"laoqi/app/contract"
	"laoqi/app/link"
	"laoqi/app/seal"
	"laoqi/views/layout"
	"laoqi/views/mobile"
	"laoqi/views/part"
)

// sealUsage is 印章使用记录: of the enterprise for who manages its seals, own ones for an operator.
func (s *Server) sealUsage(q *request) error {
	ctx := q.Request().Context()
	which := seal.Which{Enterprise: q.number("enterprise"), Seal: q.number("seal")}
	uses, err := s.Seal.Usage(ctx, q.actor, which, q.before())
	if err != nil {
		return err
	}
	seals, err := s.Seal.Used(ctx, q.actor)
	if err != nil {
		return err
	}
	p := mobile.Usage{Shell: q.mobile("印章使用记录", link.MobileSealHome, layout.MineTab), Months: strconv.Itoa(seal.UsageMonths), URL: link.MobileUsage,
		Enterprise: q.QueryParam("enterprise"), Seal: q.QueryParam("seal")}
	p.Enterprises, p.Seals = usageChoices(seals)
	if q.actor.Kind == app.AccountLegalRep {
		p.ExportURL = link.MobileUsageExport
	}
	uses, p.NextURL = older(uses, func(u seal.Use) int64 { return u.ID }, link.MobileUsage, "enterprise", p.Enterprise, "seal", p.Seal)
	for _, u := range uses {
		p.Uses = append(p.Uses, mobile.UsageRow{Use: u, URL: link.With(link.To(link.MobileUse, u.ID), "next", q.Request().URL.RequestURI())})
	}
	return q.page(mobile.UsagePage(p))
}

// number reads a numeric parameter of the query, 0 for none.
func (q *request) number(name string) int64 {
	n, _ := strconv.ParseInt(q.QueryParam(name), 10, 64)
	return n
}

// usageChoices are what the records can be narrowed to; a single enterprise is no choice.
func usageChoices(all []seal.Used) (enterprises, seals []app.Option) {
	known := map[int64]bool{}
	for _, u := range all {
		if !known[u.EnterpriseID] {
			known[u.EnterpriseID] = true
			enterprises = append(enterprises, app.Option{Value: strconv.FormatInt(u.EnterpriseID, 10), Label: u.Enterprise})
		}
		seals = append(seals, app.Option{Value: strconv.FormatInt(u.ID, 10), Label: u.Name})
	}
	if len(enterprises) < 2 {
		enterprises = nil
	}
	return enterprises, seals
}

// sealUse is one record with what it rests on.
func (s *Server) sealUse(q *request) error {
	id, err := q.id("id")
	if err != nil {
		return err
	}
	e, err := s.Seal.Evidence(q.Request().Context(), q.actor, id)
	if err != nil {
		return err
	}
	p := mobile.UseDetail{Shell: q.mobile("使用记录详情", q.next(link.MobileUsage), layout.MineTab), Use: useItems(e), Authorization: authorizationEvidence(e)}
	if e.Code != "" {
		p.CheckURL = link.To(link.CheckCode, contract.GroupCode(e.Code))
	}
	return q.page(mobile.UseDetailPage(p))
}

func useItems(e seal.Evidence) []part.Item {
	items := []part.Item{
		{Label: "使用时间", Value: e.At.Local()},
		{Label: "使用人员", Value: e.Operator},
		{Label: "所属企业", Value: e.Enterprise},
		{Label: "印章名称", Value: e.Seal},
		{Label: "印章类型", Value: e.Kind.Label()},
		{Label: "印章证书签发方", Value: cmp.Or(e.SealIssuer, "本系统自签发")},
		{Label: "印章证书序列号", Value: e.SealSerial},
	}
	if e.Title == "" {
		return append(items, part.Item{Label: "用途", Value: e.Purpose})
	}
	return append(items,
		part.Item{Label: "盖章文件", Value: e.Title},
		part.Item{Label: "合同编号", Value: e.Number},
		part.Item{Label: "核验码", Value: contract.GroupCode(e.Code)},
		part.Item{Label: "文件指纹（SHA-256）", Value: e.FinalHash})
}

func authorizationEvidence(e seal.Evidence) []part.Item {
	items := []part.Item{
		{Label: "授权编号", Value: strconv.FormatInt(e.Authorization, 10)},
		{Label: "授权人", Value: e.Operator},
		{Label: "授权内容", Value: seal.Scope},
		{Label: "授权时间", Value: e.From.Local()},
		{Label: "授权至", Value: seal.LastDay(e.Until).Chinese()},
	}
	if !e.RevokedAt.IsZero() {
		items = append(items, part.Item{Label: "撤销时间", Value: e.RevokedAt.Local()})
	}
	return append(items,
		part.Item{Label: "授权人证书序列号", Value: e.Certificate},
		part.Item{Label: "授权书指纹（SHA-256）", Value: e.Statement})
}

// usageExport is 导出全部记录.
func (s *Server) usageExport(q *request) error {
	rows, err := s.Seal.ExportUsage(q.Request().Context(), q.actor)
	if err != nil {
		return err
	}
	name := "印章使用记录-" + app.DateOf(s.Now()).String() + ".xlsx"
	return q.workbook(name, func(w io.Writer) error { return export(w, "印章使用记录", usageColumns, rows) })
}

var usageColumns = []exportColumn[seal.Use]{
	{"使用时间", func(u seal.Use) string { return u.At.Local() }},
	{"使用人员", func(u seal.Use) string { return u.Operator }},
	{"所属企业", func(u seal.Use) string { return u.Enterprise }},
	{"印章名称", func(u seal.Use) string { return u.Seal }},
	{"用途", func(u seal.Use) string { return u.Purpose }},
	{"核验码", func(u seal.Use) string { return contract.GroupCode(u.Code) }},
	{"记录编号", func(u seal.Use) string { return strconv.FormatInt(u.ID, 10) }},
}
