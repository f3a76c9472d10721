package web

import "net/http"

// revocationList is the CRL that the certificates name (RFC 5280, 4.2.1.13; the
// media type is that of RFC 2585).
func (s *Server) revocationList(q *request) error {
	der, err := s.Cert.CRL(q.Request().Context())
	if err != nil {
		return err
	}
	return q.Blob(http.StatusOK, "application/pkix-crl", der)
}
