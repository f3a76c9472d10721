package web

import (
	"encoding/base64"
	"io"
	"net/http"
	"strings"

	"golang.org/x/crypto/ocsp"

	"laoqi/app/link"
)

// revocationList is the CRL that the certificates name (RFC 5280, 4.2.1.13; the
// media type is that of RFC 2585).
func (s *Server) revocationList(q *request) error {
	der, err := s.Cert.CRL(q.Request().Context())
	if err != nil {
		return err
	}
	return q.Blob(http.StatusOK, "application/pkix-crl", der)
}

func (s *Server) rootRevocationList(q *request) error {
	der, err := s.Cert.RootCRL()
	if err != nil {
		return err
	}
	return q.Blob(http.StatusOK, "application/pkix-crl", der)
}

// maxQuestion is how long an OCSP question may be, in bytes; one takes about 120.
const maxQuestion = 4 << 10

// ocspPost and ocspGet answer whether a certificate is revoked (RFC 6960, appendix A).
func (s *Server) ocspPost(q *request) error {
	question, err := io.ReadAll(io.LimitReader(q.Request().Body, maxQuestion))
	if err != nil {
		return err
	}
	return s.ocspAnswer(q, question)
}

func (s *Server) ocspGet(q *request) error {
	question, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(q.Request().URL.Path, link.OCSP+"/"))
	if err != nil {
		question = nil // malformed, as the answer says
	}
	return s.ocspAnswer(q, question)
}

func (s *Server) ocspAnswer(q *request, question []byte) error {
	answer := ocsp.TryLaterErrorResponse
	if s.questions.allow(q.RealIP()) == nil {
		q.Response().Header().Set("Cache-Control", "public, max-age=300")
		var err error
		if answer, err = s.Cert.Respond(q.Request().Context(), question); err != nil {
			return err
		}
	}
	return q.Blob(http.StatusOK, "application/ocsp-response", answer)
}
