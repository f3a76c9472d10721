package web

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"net/url"
	"text/template"

	"laoqi/app"
	"laoqi/app/https"
	"laoqi/app/link"
	"laoqi/views/plain"
)

var errNoAuthority = app.Fail(app.NotFound, "本系统的安全连接不需要安装证书，请直接使用。")

// connect tells a colleague how the own phone or computer comes to trust the site's HTTPS.
func (s *Server) connect(q *request) error {
	if s.Config.Authority == nil {
		return errNoAuthority
	}
	here := s.Config.PlainURL + link.Connect
	qr, err := qrSVG(here)
	if err != nil {
		return err
	}
	base, err := url.Parse(s.Config.BaseURL)
	if err != nil {
		return err
	}
	root := s.Config.Authority.Root()
	f := q.frame("安装安全连接证书")
	f.Lead = "每台手机和电脑只做一次，做完就能扫码、拍照和签署"
	return q.page(plain.ConnectPage(plain.Connect{Frame: f, QR: qr, Here: here, Site: s.Config.BaseURL, Misnamed: !s.Config.Authority.VouchesFor(base.Hostname()),
		Name: root.Subject.CommonName, Until: app.DateOf(root.NotAfter).Chinese(), Fingerprint: https.Fingerprint(root)}))
}

func (s *Server) connectCert(q *request) error {
	if s.Config.Authority == nil {
		return errNoAuthority
	}
	q.attach("laoqi.cer")
	return q.Blob(http.StatusOK, "application/x-x509-ca-cert", s.Config.Authority.Root().Raw)
}

//go:embed connect.mobileconfig
var profileText string

var profile = template.Must(template.New("").Parse(profileText))

// connectProfile is the certificate as iPhones install it (Apple's Configuration
// Profile Reference). Its ids follow from the certificate, so a second
// installation replaces the first.
func (s *Server) connectProfile(q *request) error {
	if s.Config.Authority == nil {
		return errNoAuthority
	}
	root := s.Config.Authority.Root()
	q.attach("laoqi.mobileconfig")
	q.Response().Header().Set("Content-Type", "application/x-apple-aspen-config")
	return profile.Execute(q.Response(), map[string]string{
		"Name": root.Subject.CommonName, "Content": base64.StdEncoding.EncodeToString(root.Raw), "Fingerprint": https.Fingerprint(root),
		"ID": uuidOf("profile", root.Raw), "CertificateID": uuidOf("certificate", root.Raw),
	})
}

// uuidOf is a name-based UUID of version 8 (RFC 9562, 5.8).
func uuidOf(label string, content []byte) string {
	sum := sha256.Sum256(append([]byte(label), content...))
	sum[6], sum[8] = sum[6]&0x0f|0x80, sum[8]&0x3f|0x80
	h := hex.EncodeToString(sum[:16])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}
