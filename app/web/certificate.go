package web

import (
	"laoqi/app"
	"laoqi/app/cert"
	"laoqi/app/link"
	"laoqi/views/layout"
	"laoqi/views/mobile"
	"laoqi/views/part"
)

// certificate is 数字证书.
func (s *Server) certificate(q *request) error {
	c, ok, err := s.Cert.Active(q.Request().Context(), q.actor)
	if err != nil {
		return err
	}
	earlier, err := s.Cert.Earlier(q.Request().Context(), q.actor)
	if err != nil {
		return err
	}
	p := mobile.Certificate{Shell: q.mobile("数字证书", link.MobileSealHome, layout.MineTab),
		Locked: c.Locked, ChangeURL: link.MobilePassphrase, ActivateURL: link.With(link.MobileActivate, "next", link.MobileCertificate)}
	if ok {
		p.Items = certificateItems(c)
	}
	for _, e := range earlier {
		p.Earlier = append(p.Earlier, mobile.CertificateItem{Serial: e.Serial, State: e.Reason, Days: e.ActivatedAt.Local() + " 至 " + e.EndedAt.Local()})
	}
	return q.page(mobile.CertificatePage(p))
}

func certificateItems(c cert.Certificate) []part.Item {
	state := part.StatusTag(part.OK, "有效")
	if c.Locked {
		state = part.StatusTag(part.Bad, "已锁定，请重新激活")
	}
	return []part.Item{
		{Label: "状态", Body: state},
		{Label: "持有人", Value: c.Holder},
		{Label: "序列号", Value: c.Serial},
		{Label: "签发方", Value: c.Issuer},
		{Label: "激活时间", Value: c.ActivatedAt.Local()},
		{Label: "有效期至", Value: app.DateOf(c.EndsAt.Time).String()},
	}
}

func (s *Server) passphrasePage(q *request) error { return s.passphraseView(q, nil) }

func (s *Server) passphraseView(q *request, faults app.Faults) error {
	p := mobile.Passphrase{Shell: q.mobile("修改证书密码", link.MobileCertificate, layout.MineTab), Faults: faults}
	if faults != nil {
		return q.faulty(mobile.PassphrasePage(p))
	}
	return q.page(mobile.PassphrasePage(p))
}

func (s *Server) passphrase(q *request) error {
	err := s.Cert.ChangePassphrase(q.Request().Context(), q.actor, cert.Passphrases{Old: q.FormValue("old"), New: q.FormValue("passphrase"), Again: q.FormValue("again")})
	if faults := formFaults(err); faults != nil {
		return s.passphraseView(q, faults)
	}
	return q.after(err, link.MobileCertificate, "证书密码已修改。")
}
