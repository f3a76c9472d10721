package web

import (
	"crypto/sha1"
	"crypto/sha256"
	"encoding/pem"
	"fmt"
	"net/http"
	"strings"

	"laoqi/app"
	"laoqi/app/cert"
	"laoqi/app/link"
	"laoqi/views/check"
)

// trustPage tells how to trust the root certificate in other programs. Windows
// shows the SHA-1 of what it is about to trust, so that is told too.
func (s *Server) trustPage(q *request) error {
	root := s.Cert.Root()
	strong, weak := sha256.Sum256(root.Raw), sha1.Sum(root.Raw)
	p := check.Trust{Frame: q.frame("信任本系统的根证书"), Name: root.Subject.CommonName, Until: app.DateOf(root.NotAfter).Chinese(),
		SHA256: fingerprint(strong[:]), SHA1: fingerprint(weak[:]), OCSP: s.Config.PlainURL + link.OCSP}
	if c := s.Cert.ImportedTSA(); c != nil {
		sum := sha256.Sum256(c.Raw)
		p.Stamp = &check.StampCertificate{Name: c.Subject.CommonName, Issuer: cert.Issuer(c), Until: app.DateOf(c.NotAfter).Chinese(), SHA256: fingerprint(sum[:])}
	}
	p.Lead = "装好根证书后，Acrobat 等软件打开合同时能认出签名"
	return q.page(check.TrustPage(p))
}

// fingerprint writes groups of four digits, which two people can read to each other.
func fingerprint(sum []byte) string {
	var groups []string
	for ; len(sum) > 0; sum = sum[2:] {
		groups = append(groups, fmt.Sprintf("%X", sum[:2]))
	}
	return strings.Join(groups, " ")
}

func (s *Server) root(q *request) error {
	q.attach("ca.pem")
	return q.Blob(http.StatusOK, "application/x-pem-file", pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Cert.Root().Raw}))
}

func (s *Server) rootDER(q *request) error {
	q.attach("ca.cer")
	return q.Blob(http.StatusOK, "application/pkix-cert", s.Cert.Root().Raw)
}
