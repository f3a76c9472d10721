package web

import (
	"io"
	"strconv"

	"laoqi/app"
	"laoqi/app/filing"
	"laoqi/app/law"
	"laoqi/app/review"
	"laoqi/app/sheet"
	"laoqi/views/filed"
)

// exportColumn is one column of an exported table of rows T.
type exportColumn[T any] struct {
	title string
	cell  func(T) string
}

func titlesOf[T any](columns []exportColumn[T]) (titles []string) {
	for _, c := range columns {
		titles = append(titles, c.title)
	}
	return titles
}

func cellsOf[T any](columns []exportColumn[T], row T) (cells []string) {
	for _, c := range columns {
		cells = append(cells, c.cell(row))
	}
	return cells
}

// export streams rows as a workbook.
func export[T any](w io.Writer, title string, columns []exportColumn[T], rows func(func(T, error) bool)) error {
	out := sheet.NewStream(w, title, titlesOf(columns))
	for row, err := range rows {
		if err != nil {
			return err
		}
		out.Add(cellsOf(columns, row))
	}
	return out.Close()
}

// filingExport is 导出 of a list of filings, as it is filtered.
func (s *Server) filingExport(q *request) error {
	kind, err := q.filingKind()
	if err != nil {
		return err
	}
	rows, err := s.Filing.Export(q.Request().Context(), q.actor, kind, app.FilingState(q.QueryParam("state")))
	if err != nil {
		return err
	}
	name := kind.Label() + "备案-" + app.DateOf(s.Now()).String()
	return q.workbook(name+".xlsx", func(w io.Writer) error { return export(w, kind.Label()+"备案", filingColumns(kind), rows) })
}

// filingColumns are what the form asks for and what became of it.
func filingColumns(kind app.FilingKind) (columns []exportColumn[filing.Filing]) {
	for _, x := range filing.Fields() {
		columns = append(columns, exportColumn[filing.Filing]{x.Label, func(f filing.Filing) string {
			form := filing.FormOf(f)
			return x.Print(form.Value(x))
		}})
	}
	if kind == app.FilingTermination {
		columns = append(columns, exportColumn[filing.Filing]{"法定事由", func(f filing.Filing) string {
			reason, _ := law.ReasonOf(f.Ending.Reason)
			return reason.Label
		}}, exportColumn[filing.Filing]{"解除或终止日期", func(f filing.Filing) string { return f.Ending.On.String() }},
			exportColumn[filing.Filing]{"情况说明", func(f filing.Filing) string { return f.Ending.Detail }})
	}
	return append(columns, courseColumns...)
}

var courseColumns = []exportColumn[filing.Filing]{
	{"备案审核", func(f filing.Filing) string { return f.State.Label() }},
	{"退回原因", func(f filing.Filing) string { return f.ReturnReason }},
	{"合同形式", func(f filing.Filing) string { return filed.Medium(f.Paper) }},
	{"电子合同", func(f filing.Filing) string {
		if f.Paper {
			return ""
		}
		return f.Document.Label()
	}},
	{"提交时间", func(f filing.Filing) string { return f.SubmittedAt.Local() }},
	{"审核时间", func(f filing.Filing) string { return f.DecidedAt.Local() }},
	{"名册", func(f filing.Filing) string { return f.RosterNumber }},
	{"名册序号", func(f filing.Filing) string { return some(f.RosterRow) }},
}

// rosterExport is 导出 of a roster, in the hall and at the desk.
func (s *Server) rosterExport(q *request) error {
	id, err := q.id("id")
	if err != nil {
		return err
	}
	roster, rows, err := s.Review.Export(q.Request().Context(), q.actor, id)
	if err != nil {
		return err
	}
	return q.workbook("名册-"+roster.Number+".xlsx", func(w io.Writer) error { return export(w, "名册 "+roster.Number, rosterColumns, rows) })
}

// rosterColumns are what a list of staff states (劳动合同法实施条例 art. 8).
var rosterColumns = []exportColumn[review.Entry]{
	{"序号", func(e review.Entry) string { return strconv.FormatInt(e.Row, 10) }},
	{"姓名", func(e review.Entry) string { return e.Worker.Name }},
	{"性别", func(e review.Entry) string { return e.Sex }},
	{"证件类型", func(e review.Entry) string { return e.Worker.IDType.Label() }},
	{"证件号码", func(e review.Entry) string { return e.Worker.IDNumber }},
	{"联系方式", func(e review.Entry) string { return e.Worker.Mobile }},
	{"户籍地址", func(e review.Entry) string { return e.Worker.Domicile }},
	{"现住地址", func(e review.Entry) string { return e.Worker.Address }},
	{"用工形式", func(e review.Entry) string { return app.LabelOf(app.Employments, string(e.Terms.Employment)) }},
	{"用工起始日期", func(e review.Entry) string { return e.Since.String() }},
	{"劳动合同期限", func(e review.Entry) string { return period(e.Kind, e.Terms, e.EndedOn) }},
	{"岗位", func(e review.Entry) string { return e.Post }},
	{"备案类型", func(e review.Entry) string { return e.Kind.Label() }},
	{"合同形式", func(e review.Entry) string { return filed.Medium(e.Paper) }},
}
