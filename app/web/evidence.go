package web

import (
	"net/http"

	"laoqi/app"
	"laoqi/app/contract"
	"laoqi/app/link"
)

// evidence is 证据包下载 of a contract of the clerk's enterprise.
func (s *Server) evidence(q *request) error {
	d, err := s.hallDocument(q)
	if err != nil {
		return err
	}
	return s.sendEvidence(q, d, link.To(link.HallContract, d.Contract))
}

// myEvidence is 证据包下载 of a document of the worker.
func (s *Server) myEvidence(q *request) error {
	d, err := s.myDocument(q)
	if err != nil {
		return err
	}
	return s.sendEvidence(q, d, link.To(link.MobileContract, d.ID))
}

func (s *Server) sendEvidence(q *request, d contract.Document, page string) error {
	pack, err := s.Evidence.Make(q.Request().Context(), q.actor, d)
	if app.KindOf(err) == app.Conflict {
		return q.refused(page, err.Error())
	}
	if err != nil {
		return err
	}
	q.attach(pack.Name)
	return q.Blob(http.StatusOK, "application/zip", pack.Zip)
}
