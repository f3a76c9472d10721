package web

import (
	"fmt"
	"mime"
	"net/http"
	"strconv"

	"laoqi/app"
	"laoqi/app/contract"
	"laoqi/app/link"
)

// contractZip is 电子劳动合同下载 of several contracts: of those picked on the
// list, or with all=1 of all that its filter finds.
func (s *Server) contractZip(q *request) error {
	b, err := s.picked(q)
	if app.KindOf(err) == app.Conflict {
		return q.refused(link.HallContracts, err.Error())
	}
	if err != nil {
		return err
	}
	name := fmt.Sprintf("电子劳动合同-%d份-%s.zip", b.Count, app.DateOf(s.Now()))
	h := q.Response().Header()
	h.Set("Content-Type", "application/zip")
	h.Set("Content-Length", strconv.FormatInt(b.Size, 10)) // the browser shows how far it is
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	h.Set("Cache-Control", "no-store")
	q.Response().WriteHeader(http.StatusOK)
	return b.Write(q.Response())
}

func (s *Server) picked(q *request) (contract.Bundle, error) {
	ctx, query := q.Request().Context(), q.QueryParams()
	if query.Get("all") != "" {
		return s.Contract.PickAll(ctx, q.actor, q.savedFilter())
	}
	var filings []int64
	for _, p := range query["pick"] {
		id, err := strconv.ParseInt(p, 10, 64)
		if err != nil {
			return contract.Bundle{}, app.Fail(app.NotFound, "没有这份合同。")
		}
		filings = append(filings, id)
	}
	if len(filings) == 0 {
		return contract.Bundle{}, app.Fail(app.Conflict, "请先在列表中勾选要下载的合同。")
	}
	return s.Contract.Pick(ctx, q.actor, filings)
}
