package web

import (
	"strconv"

	"laoqi/app"
	"laoqi/app/enterprise"
	"laoqi/app/link"
	"laoqi/views/hall"
)

// filingStart is where a filing goes on after the question of 1.1: the form of a
// draft, or that of a new filing.
type filingStart struct {
	kind            app.FilingKind
	draft, previous int64 // 0 for none
	copied          int64 // the filing whose terms the form takes over, 0 for none
	again           int64 // the declined one whose worker it takes over, too
	imports         bool  // goes on to the import of many instead of a form
}

func (q *request) filingStart(kind app.FilingKind) filingStart {
	number := func(name string) int64 {
		n, _ := strconv.ParseInt(q.QueryParam(name), 10, 64)
		return max(n, 0)
	}
	return filingStart{kind, number("draft"), number("previous"), number("copy"), number("again"), q.QueryParam("import") != ""}
}

// form is the address of the form; paper "1" files a contract on paper.
func (f filingStart) form(paper string) string {
	if f.imports {
		return link.With(link.HallImports, "paper", paper)
	}
	if f.draft != 0 {
		return link.With(link.To(link.HallFilingEdit, f.draft), "paper", paper)
	}
	return link.With(link.To(link.HallFilingAdd, f.kind), "previous", some(f.previous), "copy", some(f.copied), "again", some(f.again), "paper", paper)
}

// ask is the address of the question.
func (f filingStart) ask() string {
	return link.With(link.To(link.HallFilingEnable, f.kind), "draft", some(f.draft), "previous", some(f.previous), "copy", some(f.copied), "again", some(f.again), "import", f.importing())
}

func (f filingStart) importing() string {
	if f.imports {
		return "1"
	}
	return ""
}

func some(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

// asks reports whether the clerk must first choose between electronic and paper.
func (q *request) asks(e enterprise.Enterprise, paper bool) bool {
	return e.State == enterprise.Admitted && !e.Electronic && !paper
}

func (s *Server) filingEnablePage(q *request) error {
	kind, err := q.filingKind()
	if err != nil {
		return err
	}
	e, err := s.Enterprise.Get(q.Request().Context(), q.actor.Enterprise)
	if err != nil {
		return err
	}
	start := q.filingStart(kind)
	if e.Electronic {
		return q.leave(start.form(""))
	}
	list := link.To(link.HallFilings, kind)
	p := hall.FilingEnable{Shell: q.hall("是否启用电子劳动合同", list, crumb(kind.Label()+"备案", list, "是否启用电子劳动合同")...),
		YesURL: start.ask(), NoURL: start.form("1"), DraftURL: start.form("")}
	if e.State != enterprise.Admitted {
		p.Waits = waits(e)
	}
	return q.page(hall.FilingEnablePage(p))
}

// waits says what an enterprise that is not admitted waits for.
func waits(e enterprise.Enterprise) string {
	return "本单位的入驻申请（" + e.CreatedAt.Local() + " 提交）正在等待审核人员核对营业执照和法定代表人身份。" +
		"审核通过后才能启用电子劳动合同、提交备案；现在可以先填写草稿。"
}

// filingEnable is the answer 【是】.
func (s *Server) filingEnable(q *request) error {
	kind, err := q.filingKind()
	if err != nil {
		return err
	}
	start := q.filingStart(kind)
	if err := s.Enterprise.Enable(q.Request().Context(), q.actor); err != nil {
		return q.after(err, start.ask(), "")
	}
	return q.done(start.form(""), "已启用电子劳动合同。")
}
