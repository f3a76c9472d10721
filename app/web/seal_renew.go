package web

import (
	"fmt"

	"laoqi/app"
	"laoqi/app/link"
	"laoqi/app/pki"
	"laoqi/app/seal"
	"laoqi/views/layout"
	"laoqi/views/mobile"
	"laoqi/views/part"
)

func (s *Server) sealRenewPage(q *request) error {
	x, err := s.managedSeal(q)
	if err != nil {
		return err
	}
	return s.sealRenewView(q, x, nil)
}

func (s *Server) sealRenewView(q *request, x seal.Seal, faults app.Faults) error {
	detail := link.To(link.MobileSeal, x.ID)
	if x.Void() {
		return q.refused(detail, "这枚印章已经作废。")
	}
	proof, err := s.proofView(q, seal.ReplaceIntent(x.ID), link.MobileSealCode, faults)
	if err != nil {
		return err
	}
	p := mobile.SealRenew{Shell: q.mobile("更换证书", detail, layout.MineTab), ID: x.ID, URL: link.To(link.MobileSealRenew, x.ID), Now: sealCertificate(x),
		Source: q.form("source"), Limit: fmt.Sprintf("%d KB", pki.MaxBundle>>10), Proof: proof, Faults: faults,
		Consequence: fmt.Sprintf("更换后，%d 位被授权人的印章授权不变；正在生效的签章授权立即失效，操作员要重新扫码授权，等待盖章的合同随后盖章。原证书不能再用，已经盖章的合同继续有效。", x.Grants)}
	if seal.Importable(x.Kind) {
		p.Sources = append(p.Sources, app.Option{Value: seal.SourceImport, Label: "导入证书文件（.p12、.pfx）"})
	}
	p.Sources = append(p.Sources, app.Option{Value: seal.SourceSelf, Label: "由本系统重新签发（自签发）"})
	if p.Source == "" {
		p.Source = p.Sources[0].Value
	}
	if faults != nil {
		return q.faulty(mobile.SealRenewPage(p))
	}
	return q.page(mobile.SealRenewPage(p))
}

// sealRenew is 更换证书. The face comes before the file, which no browser sends twice.
func (s *Server) sealRenew(q *request) error {
	x, err := s.managedSeal(q)
	if err != nil {
		return err
	}
	switch {
	case q.returns():
		return s.returned(q, func(faults app.Faults) error { return s.sealRenewView(q, x, faults) })
	case q.wantsCheck():
		return s.check(q, seal.ReplaceIntent(x.ID), link.To(link.MobileSealRenew, x.ID), link.To(link.MobileSeal, x.ID))
	}
	file, err := q.file("file", pki.MaxBundle)
	if err != nil {
		return err
	}
	err = s.Seal.Replace(q.Request().Context(), q.actor, x.ID, seal.Replacement{Source: q.form("source"), File: file, Password: q.FormValue("file_password")}, q.proof())
	if faults := formFaults(err); faults != nil {
		return s.sealRenewView(q, x, faults)
	}
	return q.after(err, link.To(link.MobileSeal, x.ID), "证书已更换。")
}

// sealCertificate tells of a seal's present certificate.
func sealCertificate(x seal.Seal) []part.Item {
	issuer := "本系统自签发"
	if x.Issuer != "" {
		issuer = x.Issuer + "，由本单位导入"
	}
	return []part.Item{{Label: "证书签发方", Value: issuer}, {Label: "证书序列号", Value: x.Serial}, {Label: "证书有效期至", Value: seal.LastDay(x.EndsAt).String()}}
}
