package web

import (
	"fmt"
	"strconv"

	"laoqi/app"
	"laoqi/app/contract"
	"laoqi/app/filing"
	"laoqi/app/link"
	"laoqi/views/hall"
	"laoqi/views/part"
)

// filingKind reads which of 新签, 续签, 解除 the path names.
func (q *request) filingKind() (app.FilingKind, error) {
	k := app.FilingKind(q.Param("kind"))
	if k.Label() == "" {
		return "", app.Fail(app.NotFound, "没有这个页面。")
	}
	return k, nil
}

// before is the id before which a page of a list starts, 0 for the newest.
func (q *request) before() int64 {
	n, _ := strconv.ParseInt(q.QueryParam("before"), 10, 64)
	return n
}

// older cuts a list that runs backwards to a page and returns the address of the
// next one, "" if there is none. The pairs go into it as with link.With.
func older[T any](list []T, id func(T) int64, path string, pairs ...string) ([]T, string) {
	if len(list) <= queuePage {
		return list, ""
	}
	list = list[:queuePage]
	return list, link.With(path, append(pairs, "before", strconv.FormatInt(id(list[queuePage-1]), 10))...)
}

func rowID(r filing.Row) int64 { return r.ID }

func (s *Server) filingList(q *request) error {
	kind, err := q.filingKind()
	if err != nil {
		return err
	}
	only := app.FilingState(q.QueryParam("state"))
	ctx := q.Request().Context()
	rows, err := s.Filing.List(ctx, q.actor, kind, only, q.before())
	if err != nil {
		return err
	}
	count, err := s.Filing.Count(ctx, q.actor, kind, only)
	if err != nil {
		return err
	}
	list := link.To(link.HallFilings, kind)
	p := hall.Filings{Shell: q.hall(kind.Label()+"备案", list), Kind: kind, Only: only, ListURL: list, Count: fmt.Sprintf("共 %d 人", count),
		Add:   part.Action{Label: "新增" + kind.Label() + "备案", URL: link.To(link.HallFilingAdd, kind)},
		Empty: "点击“新增" + kind.Label() + "备案”开始办理。"}
	p.Export = link.With(link.To(link.HallFilingExport, kind), "state", string(only))
	if kind == app.FilingNew {
		p.Import = action("导入", link.HallImports)
	}
	rows, p.More = older(rows, rowID, list, "state", string(only))
	if q.before() > 0 {
		p.First = link.With(list, "state", string(only))
	}
	for _, r := range rows {
		p.Rows = append(p.Rows, hall.FilingRow{Row: r, Period: period(kind, r.Terms, r.EndedOn)})
	}
	return q.page(hall.FilingsPage(p))
}

// period is what a list shows of a filing's days.
func period(kind app.FilingKind, t app.Terms, ended app.Date) string {
	if kind == app.FilingTermination {
		return ended.String()
	}
	return t.Period()
}

// filingPick lists the contracts from which a renewal or termination starts.
func (s *Server) filingPick(q *request, kind app.FilingKind) error {
	var f contract.Filter
	if q.QueryParam("found") != "" {
		f = q.savedFilter()
	}
	p, err := s.filingPickView(q, kind, f)
	if err != nil {
		return err
	}
	return q.page(hall.FilingPickPage(p))
}

// filingPickSearch keeps whose contract is looked for, as contractSearch does.
func (s *Server) filingPickSearch(q *request) error {
	kind, err := q.filingKind()
	if err != nil {
		return err
	}
	f := contract.Filter{Name: q.form(app.FieldName), IDNumber: q.form(app.FieldIDNumber)}
	add := link.With(link.To(link.HallFilingAdd, kind), "paper", q.form("paper"))
	faults := f.Check(app.DateOf(s.Now()))
	switch {
	case faults != nil:
		p := q.filingPick(kind, f)
		p.Faults, p.Empty = faults, "请修改查询条件后再查询。"
		return q.faulty(hall.FilingPickPage(p))
	case f == contract.Filter{}:
		return q.leave(add)
	}
	if err := q.saveFilter(link.To(link.HallFilings, kind), f); err != nil {
		return err
	}
	return q.leave(link.With(link.To(link.HallFilingAdd, kind), "found", "1", "paper", q.form("paper")))
}

func (s *Server) filingPickView(q *request, kind app.FilingKind, f contract.Filter) (hall.FilingPick, error) {
	p := q.filingPick(kind, f)
	rows, err := s.Filing.InForce(q.Request().Context(), q.actor, f, q.before())
	if err != nil {
		return p, err
	}
	add := link.To(link.HallFilingAdd, kind)
	rows, p.More = older(rows, rowID, add, "paper", p.Paper, "found", q.QueryParam("found"))
	for _, r := range rows {
		url := link.With(add, "previous", strconv.FormatInt(r.ID, 10), "paper", p.Paper)
		p.Rows = append(p.Rows, hall.PickRow{FilingRow: hall.FilingRow{Row: r, Period: r.Terms.Period()}, URL: url})
	}
	return p, nil
}

// filingPick is the page without its rows.
func (q *request) filingPick(kind app.FilingKind, f contract.Filter) hall.FilingPick {
	list, paper := link.To(link.HallFilings, kind), q.FormValue("paper")
	p := hall.FilingPick{Shell: q.hall("选择要"+kind.Label()+"的合同", list, crumb(kind.Label()+"备案", list, "选择合同")...),
		Kind: kind, Paper: paper, Filter: f, SearchURL: link.To(link.HallFilingPick, kind), AllURL: link.With(link.To(link.HallFilingAdd, kind), "paper", paper)}
	p.Empty = "审核通过并生成名册的合同才能续签或解除；正在办理的不再列出。"
	if f != (contract.Filter{}) {
		p.Empty = "请检查姓名和证件号码是否正确，或点“重置”查看全部。" + p.Empty
	}
	return p
}
