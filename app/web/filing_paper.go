package web

import (
	"net/http"

	"laoqi/app"
	"laoqi/app/link"
)

// filingPaper shows the contract of a filing on paper, to be printed.
func (s *Server) filingPaper(q *request) error {
	id, err := q.id("id")
	if err != nil {
		return err
	}
	file, err := s.Filing.Print(q.Request().Context(), q.actor, id)
	if app.KindOf(err) == app.Conflict {
		return q.refused(link.To(link.HallFiling, id), err.Error())
	}
	if err != nil {
		return err
	}
	return q.print(file, "contract.pdf")
}

// print shows a PDF that only this page may show.
func (q *request) print(file []byte, name string) error {
	h := q.Response().Header()
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Disposition", `inline; filename="`+name+`"`)
	return q.Blob(http.StatusOK, "application/pdf", file)
}
