package web

import (
	"encoding/pem"
	"net/http"

	"laoqi/app"
	"laoqi/app/contract"
	"laoqi/app/link"
	"laoqi/app/pdf/pades"
	"laoqi/views/check"
	"laoqi/views/part"
)

const maxChecked = 10 << 20 // bytes of an uploaded contract

func (q *request) checkView() check.Check {
	p := check.Check{Frame: q.frame("合同核验")}
	p.Lead = "核验电子劳动合同由谁签署、签署后有没有被改动"
	return p
}

func (s *Server) checkPage(q *request) error {
	if code := q.form("code"); code != "" {
		return q.leave(link.To(link.CheckCode, contract.GroupCode(contract.ReadCode(code))))
	}
	return q.page(check.CheckPage(q.checkView()))
}

func (s *Server) checkCode(q *request) error {
	p := q.checkView()
	p.Code = q.Param("code")
	found, err := s.Contract.ByCode(q.Request().Context(), p.Code)
	if app.KindOf(err) == app.NotFound {
		p.Faults = app.Faults{{Field: "code", Text: err.Error()}}
		return q.render(http.StatusNotFound, check.CheckPage(p))
	}
	if err != nil {
		return err
	}
	p.Answer = answer(found)
	return q.page(check.CheckPage(p))
}

func (s *Server) checkFile(q *request) error {
	p := q.checkView()
	file, err := q.file(contract.FieldFile, maxChecked)
	if err != nil {
		return err
	}
	switch {
	case len(file) == 0:
		p.Faults.Add(contract.FieldFile, "请选择要核验的 PDF 文件。")
	case len(file) > maxChecked:
		p.Faults.Add(contract.FieldFile, "文件不能超过 10 MB。")
	}
	if p.Faults != nil {
		return q.faulty(check.CheckPage(p))
	}
	found, err := s.Contract.ByFile(q.Request().Context(), file)
	if app.KindOf(err) == app.Invalid {
		p.Faults = app.FaultsOf(err)
		return q.faulty(check.CheckPage(p))
	}
	if err != nil {
		return err
	}
	p.Answer = answer(found)
	return q.page(check.CheckPage(p))
}

// root is the certificate to trust for those who check by other programs.
func (s *Server) root(q *request) error {
	h := q.Response().Header()
	h.Set("Content-Disposition", `attachment; filename="ca.pem"`)
	return q.Blob(http.StatusOK, "application/x-pem-file", pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Cert.Root().Raw}))
}

func answer(c contract.Checked) *check.Answer {
	a := conclusion(c)
	if c.Known {
		a.Items = []part.Item{{Label: "合同编号", Value: c.Number}, {Label: "文件", Value: c.Title}, {Label: "用人单位", Value: c.Company},
			{Label: "劳动者", Value: c.Worker}, {Label: "签署状态", Value: c.State.Label()}}
	}
	for _, one := range c.Signers {
		a.Signers = append(a.Signers, signer(one))
	}
	return &a
}

// conclusion is the answer in one sentence: first what is wrong with the
// signatures, then what is missing.
func conclusion(c contract.Checked) check.Answer {
	switch {
	case !c.Known && c.Unsigned():
		return check.Answer{Tone: part.Bad, Title: "这个文件没有电子签名，也不是本系统保存的合同。"}
	case c.State == app.DocumentDeclined:
		return check.Answer{Tone: part.Bad, Title: "这份合同已被劳动者拒签，没有订立。"}
	case c.State == app.DocumentWithdrawn:
		return check.Answer{Tone: part.Bad, Title: "这份补充条款已被单位撤回，没有订立。"}
	case c.Unsigned():
		return check.Answer{Tone: part.Wait, Title: "这是本系统生成的合同，还没有签署。"}
	case c.Verdict != pades.Intact:
		return verdicts[c.Verdict]
	case !c.Known:
		return check.Answer{Tone: part.Wait, Title: "文件中的签名有效，签名之后没有被改动；但它与本系统保存的文件不同。", Text: []string{"请用核验码再核验一次，并以本系统下载的文件为准。"}}
	case !c.Current:
		return check.Answer{Tone: part.Wait, Title: "签名有效，但这是合同签署完成之前的版本。", Text: []string{"请下载最新的文件。"}}
	case c.State != app.DocumentSigned:
		return check.Answer{Tone: part.Wait, Title: "劳动者的签名有效，内容没有被改动；企业还没有盖章，合同尚未订立。"}
	}
	return check.Answer{Tone: part.OK, Title: contract.Conclusions[pades.Intact]}
}

// verdicts are the answers for signatures that are not in order.
var verdicts = map[pades.Verdict]check.Answer{
	pades.Damaged:   {Tone: part.Bad, Title: contract.Conclusions[pades.Damaged]},
	pades.Altered:   {Tone: part.Bad, Title: contract.Conclusions[pades.Altered]},
	pades.Changed:   {Tone: part.Bad, Title: contract.Conclusions[pades.Changed], Text: []string{"被签名的原内容仍在，但现在看到的内容可能不是签署时的内容。"}},
	pades.Revoked:   {Tone: part.Bad, Title: contract.Conclusions[pades.Revoked]},
	pades.Unvouched: {Tone: part.Wait, Title: contract.Conclusions[pades.Unvouched], Text: []string{"不能确认签署人的身份。"}},
}

func signer(one contract.Signer) check.Signer {
	s := check.Signer{Title: "乙方（劳动者）签名", Tone: part.Bad, Tag: contract.VerdictLabels[one.Verdict]}
	if one.Seal {
		s.Title = "甲方（用人单位）盖章"
	}
	switch one.Verdict {
	case pades.Intact:
		s.Tone = part.OK
	case pades.Unvouched:
		s.Tone = part.Wait
	}
	s.Items = []part.Item{{Label: "签署人", Value: one.Name}}
	if one.Detail != "" {
		s.Items = append(s.Items, part.Item{Label: "印章", Value: one.Detail})
	}
	if !one.Seal && one.Source == pades.Self {
		s.Items = append(s.Items, part.Item{Label: "身份", Value: app.Verified.Label() + "（签署前由本系统的审核人员核对证件）"})
	}
	at := one.At.Local() + "（签署软件记录的时间，没有可信时间戳）"
	if one.Proven {
		at = one.At.Local() + "（时间戳证明）"
	}
	s.Items = append(s.Items, part.Item{Label: "签署时间", Value: at}, part.Item{Label: "证书签发方", Value: contract.SourceLabels[one.Source]})
	if one.Verdict == pades.Intact {
		s.Items = append(s.Items, part.Item{Label: "内容", Value: followed(one)})
	}
	return s
}

// followed says what follows a signature in the file, and why it may.
func followed(one contract.Signer) string {
	switch {
	case !one.Last:
		return "签名之后没有改动，只增加了后面的签名"
	case one.Tail:
		return "签名之后没有改动，只附加了供长期核验的证书和吊销列表（允许附加，不影响签名；有的软件会提示“未覆盖整个文件”）"
	}
	return "签名之后没有改动"
}
