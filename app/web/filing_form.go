package web

import (
	"fmt"

	"laoqi/app"
	"laoqi/app/enterprise"
	"laoqi/app/filing"
	"laoqi/app/law"
	"laoqi/app/link"
	"laoqi/views/filed"
	"laoqi/views/hall"
	"laoqi/views/part"
)

func (s *Server) filingAddPage(q *request) error {
	kind, err := q.filingKind()
	if err != nil {
		return err
	}
	ctx := q.Request().Context()
	e, err := s.Enterprise.Get(ctx, q.actor.Enterprise)
	if err != nil {
		return err
	}
	start, paper := q.filingStart(kind), q.QueryParam("paper") != ""
	switch {
	case q.asks(e, paper):
		return q.leave(start.ask())
	case kind != app.FilingNew && start.previous == 0:
		return s.filingPick(q, kind)
	}
	f, err := s.filingBegin(q, start)
	if app.KindOf(err) == app.Conflict {
		return q.refused(link.To(link.HallFilings, kind), err.Error())
	}
	if err != nil {
		return err
	}
	f.Paper = paper && !e.Electronic
	p := q.filingForm(e, 0, f)
	if err := s.noteOwn(q, &p); err != nil {
		return err
	}
	return q.page(hall.FilingFormPage(p))
}

func (s *Server) filingBegin(q *request, start filingStart) (filing.Form, error) {
	switch {
	case start.copied != 0:
		return s.Filing.Copy(q.Request().Context(), q.actor, start.copied)
	case start.again != 0:
		return s.Filing.Again(q.Request().Context(), q.actor, start.again)
	}
	return s.Filing.Start(q.Request().Context(), q.actor, start.kind, start.previous)
}

func (s *Server) filingEditPage(q *request) error {
	id, err := q.id("id")
	if err != nil {
		return err
	}
	ctx := q.Request().Context()
	e, err := s.Enterprise.Get(ctx, q.actor.Enterprise)
	if err != nil {
		return err
	}
	stored, err := s.Filing.Edit(ctx, q.actor, id)
	if app.KindOf(err) == app.Conflict {
		return q.refused(link.To(link.HallFiling, id), err.Error())
	}
	if err != nil {
		return err
	}
	f := filing.FormOf(stored)
	f.Paper = (f.Paper || q.QueryParam("paper") != "") && !e.Electronic
	if q.asks(e, f.Paper) {
		return q.leave(filingStart{kind: f.Kind, draft: id}.ask())
	}
	p := q.filingForm(e, id, f)
	p.Returned = stored.ReturnReason
	if err := s.noteOwn(q, &p); err != nil {
		return err
	}
	return q.page(hall.FilingFormPage(p))
}

// filingForm is the page of the form f; id is 0 for a new filing.
func (q *request) filingForm(e enterprise.Enterprise, id int64, f filing.Form) hall.FilingForm {
	list := link.To(link.HallFilings, f.Kind)
	title := "新增" + f.Kind.Label() + "备案"
	p := hall.FilingForm{Kind: f.Kind, Paper: f.Paper, Previous: f.Previous, Version: f.Version, Values: filingValues(f), Told: told(f.Worker, app.DateOf(q.s.Now())),
		Reasons: reasonOptions(), Submits: e.State == enterprise.Admitted, CancelURL: list}
	if id != 0 {
		title, p.CancelURL = "修改"+f.Kind.Label()+"备案", link.To(link.HallFiling, id)
	}
	if f.Kind == app.FilingTermination {
		p.Contract = underContract(f)
	}
	p.Shell = q.hall(title, list, crumb(f.Kind.Label()+"备案", list, title)...)
	switch {
	case e.State != enterprise.Admitted:
		p.Notes = []hall.Note{{Tone: part.Wait, Text: waits(e)}}
	case f.Paper:
		p.Notes = []hall.Note{{Tone: part.Info, Text: "这份备案按照传统模式生成纸质劳动合同，审核通过后打印，由双方签字盖章。"}}
	}
	return p
}

// noteOwn tells the clerk that the contract will carry own clauses.
func (s *Server) noteOwn(q *request, p *hall.FilingForm) error {
	set, err := s.Clause.Current(q.Request().Context(), q.actor)
	if err == nil && len(set.Texts) > 0 && p.Kind != app.FilingTermination {
		p.Notes = append(p.Notes, hall.Note{Tone: part.Info, Text: fmt.Sprintf("合同将印入单位的 %d 条自定条款（第 %d 版，以提交时为准）。", len(set.Texts), set.Version),
			Action: action("查看合同条款", link.HallClauses)})
	}
	return err
}

// underContract is what a termination shows of the contract that it ends.
func underContract(f filing.Form) []filed.Section {
	w := f.Worker
	w.Mobile = app.MaskMobile(w.Mobile)
	return workerAndTerms(w, f.Terms, app.MaskID(w.IDNumber))[:3]
}

// told is what the worker's ID number says of itself, "" if it is mistyped.
func told(w app.Worker, today app.Date) string {
	if _, problem := app.CheckIDNumber(w.IDType, w.IDNumber, today); problem != "" {
		return ""
	}
	if sex, birth := app.Sex(w.IDType, w.IDNumber), app.BirthDate(w.IDType, w.IDNumber); sex != "" && !birth.IsZero() {
		return sex + "，" + birth.Chinese() + "出生"
	}
	return ""
}

func reasonOptions() []app.Option {
	var options []app.Option
	for _, r := range law.Reasons() {
		options = append(options, app.Option{Value: r.Code, Label: r.Article + "　" + r.Label})
	}
	return options
}

func (s *Server) filingAdd(q *request) error {
	kind, err := q.filingKind()
	if err != nil {
		return err
	}
	f := q.readFiling(kind)
	if kind != app.FilingNew {
		start, err := s.Filing.Start(q.Request().Context(), q.actor, kind, f.Previous)
		if app.KindOf(err) == app.Conflict {
			return q.refused(link.To(link.HallFilings, kind), err.Error())
		}
		if err != nil {
			return err
		}
		f.Inherit(start.Worker, start.Terms)
	}
	return s.filingSend(q, 0, f, "")
}

func (s *Server) filingEdit(q *request) error {
	id, err := q.id("id")
	if err != nil {
		return err
	}
	stored, err := s.Filing.Get(q.Request().Context(), q.actor, id)
	if err != nil {
		return err
	}
	f := q.readFiling(stored.Kind)
	f.Previous = stored.Previous
	f.Inherit(stored.Worker, stored.Terms)
	return s.filingSend(q, id, f, stored.ReturnReason)
}

// filingSend saves or submits the form. Where that is refused the form comes back
// with all that was typed.
func (s *Server) filingSend(q *request, id int64, f filing.Form, returned string) error {
	ctx := q.Request().Context()
	var warnings []app.Warning
	var err error
	submit := q.form("act") == "submit"
	to := id
	if submit {
		to, warnings, err = s.Filing.Submit(ctx, q.actor, id, f)
	} else {
		to, err = s.Filing.Save(ctx, q.actor, id, f)
	}
	switch app.KindOf(err) {
	case app.Invalid, app.Conflict:
		return s.filingBack(q, id, f, returned, err, nil)
	}
	switch {
	case err != nil:
		return err
	case len(warnings) > 0:
		return s.filingBack(q, id, f, returned, nil, warnings)
	case submit:
		return q.done(link.To(link.HallFiling, to), "备案已提交，请等待审核。")
	}
	return q.done(link.To(link.HallFiling, to), "草稿已保存。")
}

func (s *Server) filingBack(q *request, id int64, f filing.Form, returned string, refused error, warnings []app.Warning) error {
	e, err := s.Enterprise.Get(q.Request().Context(), q.actor.Enterprise)
	if err != nil {
		return err
	}
	p := q.filingForm(e, id, f)
	if err := s.noteOwn(q, &p); err != nil {
		return err
	}
	p.Values, p.Returned, p.Warnings = q.retyped(p.Values), returned, warnings
	p.Faults = app.FaultsOf(refused)
	if app.KindOf(refused) == app.Conflict {
		p.Faults = app.Faults{{Text: refused.Error()}}
		if id != 0 {
			p.Notes = append(p.Notes, hall.Note{Tone: part.Info, Text: "您填写的内容还在下面，没有丢失。", Action: action("打开最新内容", link.To(link.HallFiling, id))})
		}
	}
	return q.faulty(hall.FilingFormPage(p))
}

// retyped puts what was typed in place of the values that the form was made with.
func (q *request) retyped(values map[string]string) map[string]string {
	for name := range values {
		if _, sent := q.Request().Form[name]; sent {
			values[name] = q.entered(name)
		}
	}
	return values
}
