package web

import (
	"io"
	"mime"
	"net/http"

	"laoqi/app"
	"laoqi/app/enterprise"
	"laoqi/app/intake"
	"laoqi/app/link"
	"laoqi/app/sheet"
	"laoqi/views/hall"
	"laoqi/views/part"

	"github.com/labstack/echo/v4"
)

const importTitle = "导入新签备案"

func (s *Server) importStart(q *request) error {
	e, err := s.Enterprise.Get(q.Request().Context(), q.actor.Enterprise)
	if err != nil {
		return err
	}
	if q.asks(e, q.importPaper()) {
		return q.leave(filingStart{kind: app.FilingNew, imports: true}.ask())
	}
	p, err := s.importStartView(q, e, nil)
	if err != nil {
		return err
	}
	return q.page(hall.ImportStartPage(p))
}

// importPaper reports whether the import asks for contracts on paper.
func (q *request) importPaper() bool { return q.QueryParam("paper") != "" }

func (s *Server) importStartView(q *request, e enterprise.Enterprise, faults app.Faults) (p hall.ImportStart, err error) {
	list := link.To(link.HallFilings, app.FilingNew)
	p = hall.ImportStart{Shell: q.hall(importTitle, list, crumb("新签备案", list, importTitle)...), Takes: e.State == enterprise.Admitted, Faults: faults, Cancel: list}
	switch {
	case e.State != enterprise.Admitted:
		p.Notes = []hall.Note{{Tone: part.Wait, Text: waits(e)}}
	case !e.Electronic:
		p.Notes = []hall.Note{{Tone: part.Info, Text: "这次导入的备案按照传统模式生成纸质劳动合同，审核通过后打印，由双方签字盖章。"}}
	}
	p.Open, err = s.Intake.Open(q.Request().Context(), q.actor)
	return p, err
}

func (s *Server) importUpload(q *request) error {
	workbook, err := q.file(intake.FieldFile, sheet.MaxBytes)
	if err != nil {
		return err
	}
	ctx := q.Request().Context()
	id, err := s.Intake.Start(ctx, q.actor, q.importPaper(), workbook)
	if faults := app.FaultsOf(err); faults != nil {
		e, err := s.Enterprise.Get(ctx, q.actor.Enterprise)
		if err != nil {
			return err
		}
		p, err := s.importStartView(q, e, faults)
		if err != nil {
			return err
		}
		return q.faulty(hall.ImportStartPage(p))
	}
	if err != nil {
		return err
	}
	return q.leave(link.To(link.HallImport, id))
}

func (s *Server) importTemplate(q *request) error {
	return q.workbook("新签备案导入模板.xlsx", intake.Template)
}

// workbook sends a file that write writes. If that fails before the first byte there
// is an error page, afterwards the connection breaks.
func (q *request) workbook(name string, write func(io.Writer) error) error {
	h := q.Response().Header()
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	h.Set(echo.HeaderContentType, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	err := write(q.Response())
	switch {
	case err == nil:
		return nil
	case !q.Response().Committed:
		h.Del("Content-Disposition")
		return err
	}
	q.s.Log.Error("workbook cut off", "route", q.Path(), "err", err)
	panic(http.ErrAbortHandler) // the browser must not keep half a file
}
