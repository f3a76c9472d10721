package web

import (
	"strconv"

	"laoqi/app"
	"laoqi/app/contract"
	"laoqi/app/link"
	"laoqi/views/hall"
	"laoqi/views/part"
)

const papersTitle = "纸质文本申请"

// papers lists what workers asked for on paper.
func (s *Server) papers(q *request) error {
	from, _ := strconv.ParseInt(q.QueryParam("from"), 10, 64)
	found, err := s.Contract.Papers(q.Request().Context(), q.actor.Enterprise, from)
	if err != nil {
		return err
	}
	p := hall.Papers{Shell: q.hall(papersTitle, link.HallPapers), URL: q.Request().URL.RequestURI()}
	for _, r := range found.List {
		row := hall.PaperRow{Paper: r, URL: link.To(link.HallContract, r.Contract)}
		if r.GivenOn.IsZero() {
			row.Give, row.Late = link.To(link.HallPaper, r.ID), app.DateOf(s.Now()).After(r.DueOn())
		}
		p.Rows = append(p.Rows, row)
	}
	if from > 0 {
		p.First = link.HallPapers
	}
	if found.Next > 0 {
		p.Next = link.With(link.HallPapers, "from", some(found.Next))
	}
	return q.show(hall.PapersPage(p), hall.PapersPart(p))
}

func (s *Server) paperOf(q *request) (contract.Paper, error) {
	id, err := q.id("id")
	if err != nil {
		return contract.Paper{}, err
	}
	return s.Contract.Paper(q.Request().Context(), q.actor, id)
}

func (s *Server) paperPage(q *request) error {
	r, err := s.paperOf(q)
	if err != nil {
		return err
	}
	if !r.GivenOn.IsZero() {
		return q.refused(link.HallPapers, "这个申请已经登记为已提供。")
	}
	return q.page(hall.PaperGivePage(q.paperView(r, app.DateOf(s.Now()).String(), nil)))
}

func (q *request) paperView(r contract.Paper, on string, faults app.Faults) hall.PaperGive {
	p := hall.PaperGive{Shell: q.hall("登记已提供", link.HallPapers, crumb(papersTitle, link.HallPapers, "登记已提供")...), On: on, Faults: faults}
	p.Confirm = part.Confirmation{Title: "登记已提供纸质文本", Object: r.Worker + "　" + r.Title + "　" + r.Number, URL: link.To(link.HallPaper, r.ID), Token: p.Token,
		Submit: "登记为已提供", CancelURL: link.HallPapers, Consequence: "请先打印合同、盖章并交给劳动者。登记后会通知劳动者，不能撤回。"}
	return p
}

func (s *Server) paperGive(q *request) error {
	r, err := s.paperOf(q)
	if err != nil {
		return err
	}
	var faults app.Faults
	on := q.date(contract.FieldGivenOn, &faults)
	if faults == nil {
		err = s.Contract.GivePaper(q.Request().Context(), q.actor, r.ID, on)
		faults = app.FaultsOf(err)
	}
	if faults != nil {
		return q.faulty(hall.PaperGivePage(q.paperView(r, q.form(contract.FieldGivenOn), faults)))
	}
	return q.after(err, link.HallPapers, "已登记，并通知了劳动者。")
}
