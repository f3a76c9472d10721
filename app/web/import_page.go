package web

import (
	"fmt"
	"strconv"

	"laoqi/app"
	"laoqi/app/intake"
	"laoqi/app/link"
	"laoqi/views/hall"
	"laoqi/views/part"
)

func (s *Server) importPage(q *request) error {
	p, err := s.importView(q, nil)
	if err != nil {
		return err
	}
	return q.show(hall.ImportPage(p), hall.ImportPart(p))
}

// refreshImport is how often, in seconds, a page without events asks how far the
// outbox has come.
const refreshImport = 3

func (s *Server) importView(q *request, faults app.Faults) (p hall.Import, err error) {
	id, err := q.id("id")
	if err != nil {
		return p, err
	}
	ctx, list := q.Request().Context(), link.To(link.HallFilings, app.FilingNew)
	here := link.To(link.HallImport, id)
	p = hall.Import{Shell: q.hall(importTitle, list, crumb("新签备案", list, importTitle)...), URL: here, Faults: faults,
		Confirm: link.To(link.HallImportConfirm, id), Drop: link.To(link.HallImportDrop, id), List: list, Again: link.HallImports}
	if p.Import, err = s.Intake.Get(ctx, q.actor, id); err != nil {
		return p, err
	}
	if p.Paper {
		p.Again = link.With(link.HallImports, "paper", "1")
	}
	switch {
	case p.State.Busy():
		p.Refresh = refreshImport
		return p, nil
	case p.State == intake.Checked:
		if p.Warnings, err = s.Intake.Warnings(ctx, q.actor, id); err != nil {
			return p, err
		}
	}
	err = s.importReport(q, &p)
	return p, err
}

// importReport adds the page of faulty rows.
func (s *Server) importReport(q *request, p *hall.Import) (err error) {
	if p.Faulty == 0 || p.State == intake.Dropped {
		return nil
	}
	if p.State == intake.Checked {
		p.File = link.To(link.HallImportFile, p.ID)
	}
	if p.Rows, err = s.Intake.Report(q.Request().Context(), q.actor, p.ID, q.pageAfter()); err != nil {
		return err
	}
	if q.pageAfter() > 0 {
		p.First = p.URL
	}
	if len(p.Rows) > intake.ReportSize {
		p.Rows = p.Rows[:intake.ReportSize]
		p.More = link.With(p.URL, "after", strconv.FormatInt(p.Rows[intake.ReportSize-1].Row, 10))
	}
	return nil
}

// importFile is the uploaded workbook with the faults in it.
func (s *Server) importFile(q *request) error {
	id, err := q.id("id")
	if err != nil {
		return err
	}
	file, err := s.Intake.Corrected(q.Request().Context(), q.actor, id)
	if err != nil {
		return q.after(err, link.To(link.HallImport, id), "")
	}
	return q.workbook("新签备案错误说明.xlsx", file)
}

func (s *Server) importConfirm(q *request) error {
	id, err := q.id("id")
	if err != nil {
		return err
	}
	err = s.Intake.Confirm(q.Request().Context(), q.actor, id, intake.Confirmation{GoodOnly: q.checked("good"), Warned: q.checked(intake.FieldWarned)})
	if faults := app.FaultsOf(err); faults != nil {
		p, err := s.importView(q, faults)
		if err != nil {
			return err
		}
		return q.faulty(hall.ImportPage(p))
	}
	if err != nil {
		return q.after(err, link.To(link.HallImport, id), "")
	}
	return q.leave(link.To(link.HallImport, id))
}

func (s *Server) importDropPage(q *request) error {
	id, err := q.id("id")
	if err != nil {
		return err
	}
	i, err := s.Intake.Get(q.Request().Context(), q.actor, id)
	if err != nil {
		return err
	}
	list, here := link.To(link.HallFilings, app.FilingNew), link.To(link.HallImport, id)
	p := hall.ImportDrop{Shell: q.hall("放弃导入", list, crumb(importTitle, here, "放弃导入")...)}
	p.Confirmation = part.Confirmation{Title: "确定放弃这次导入？", Object: fmt.Sprintf("%s 上传的文件，共 %d 行", i.MadeAt.Local(), i.Total),
		Consequence: "上传的文件和检查结果会全部删除，不会产生备案。", URL: link.To(link.HallImportDrop, id), Token: p.Shell.Token, Submit: "放弃导入", CancelURL: here}
	return q.page(hall.ImportDropPage(p))
}

func (s *Server) importDrop(q *request) error {
	id, err := q.id("id")
	if err != nil {
		return err
	}
	if err := s.Intake.Drop(q.Request().Context(), q.actor, id); err != nil {
		return q.after(err, link.To(link.HallImport, id), "")
	}
	return q.done(link.HallImports, "已放弃导入，上传的文件已删除。")
}
