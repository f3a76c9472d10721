package web

import (
	"fmt"
	"net/http"
	"strings"

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
	if err := s.files.allow(q.RealIP()); err != nil {
		return err
	}
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

func answer(c contract.Checked) *check.Answer {
	a := conclusion(c)
	a.Fingerprint = c.Hash
	if c.Known {
		a.Items = []part.Item{{Label: "合同编号", Value: c.Number}, {Label: "文件", Value: c.Title}, {Label: "用人单位", Value: c.Company},
			{Label: "劳动者", Value: c.Worker}, {Label: "签署状态", Value: c.State.Label()}}
		if c.Way != "" {
			a.Items = append(a.Items, part.Item{Label: "签名方式", Value: c.Way.Label()})
		}
	}
	for i, one := range c.Signers {
		a.Signers = append(a.Signers, signer(i+1, one))
	}
	for _, one := range c.Stamps {
		a.Signers = append(a.Signers, stamped(one))
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
		return check.Answer{Tone: part.Bad, Title: "这份补充条款已撤回，没有订立。"}
	case c.Unsigned() && !c.Current:
		return check.Answer{Tone: part.Wait, Title: "这是合同签署之前的版本，文件中没有签名。", Text: []string{"请下载最新的文件。"}}
	case c.Unsigned():
		return check.Answer{Tone: part.Wait, Title: "这是本系统生成的合同，还没有签署。"}
	case c.Verdict != pades.Intact:
		return disorder(c)
	case !c.Known:
		return check.Answer{Tone: part.Wait, Title: "文件中的签名有效，签名之后没有被改动；但它与本系统保存的文件不同。", Text: []string{"请用核验码再核验一次，并以本系统下载的文件为准。"}}
	case c.Earlier:
		return check.Answer{Tone: part.OK, Title: contract.Conclusions[pades.Intact], Text: []string{"本系统后来给这份文件加盖了新的时间戳，内容没有变化。长期保存请下载最新的文件。"}}
	case !c.Current:
		return check.Answer{Tone: part.Wait, Title: "签名有效，但这是合同签署完成之前的版本。", Text: []string{"请下载最新的文件。"}}
	case c.State != app.DocumentSigned:
		return check.Answer{Tone: part.Wait, Title: "劳动者的签名有效，内容没有被改动；企业还没有盖章，合同尚未订立。"}
	}
	return check.Answer{Tone: part.OK, Title: contract.Conclusions[pades.Intact]}
}

// disorder is the answer where a signature is not in order, and what to do then.
func disorder(c contract.Checked) check.Answer {
	a := check.Answer{Tone: toneOf(c.Verdict), Title: contract.Conclusions[c.Verdict]}
	switch c.Verdict {
	case pades.Changed:
		a.Text = []string{"被签名的原内容仍在，但现在看到的内容可能不是签署时的内容。"}
	case pades.Unvouched:
		a.Text = []string{strangers(c.Signers)}
	}
	if !c.Known {
		a.Text = append(a.Text, "本系统没有保存这个文件。请输入合同上的核验码核验，并以合同双方从本系统下载的文件为准。")
	}
	return a
}

// strangers says which signers nobody known vouches for.
func strangers(signers []contract.Signer) string {
	var which []string
	for i, one := range signers {
		if one.Verdict == pades.Unvouched {
			which = append(which, fmt.Sprint(i+1))
		}
	}
	if len(which) == 0 || len(which) == len(signers) {
		return "不能确认签署人的身份。"
	}
	return "不能确认第 " + strings.Join(which, "、") + " 个签名是谁签的。"
}

func signer(n int, one contract.Signer) check.Signer {
	s := check.Signer{Title: signerTitle(n, one), Tone: toneOf(one.Verdict), Tag: contract.VerdictLabels[one.Verdict]}
	if one.Cause != "" {
		s.Items = append(s.Items, part.Item{Label: "发现的问题", Value: one.Cause})
	}
	s.Items = append(s.Items, part.Item{Label: "签署人", Value: one.Name})
	if one.Detail != "" {
		s.Items = append(s.Items, part.Item{Label: "印章", Value: one.Detail})
	}
	if !one.Seal && one.Source == pades.Self && one.Verdict >= pades.Changed { // else it is not known what he signed
		s.Items = append(s.Items, part.Item{Label: "身份", Value: app.Verified.Label() + "（签署前由本系统的审核人员核对证件）"})
	}
	s.Items = append(s.Items, part.Item{Label: "签署时间", Value: signedAt(one)})
	if one.Proof.Stamp != "" {
		s.Items = append(s.Items, part.Item{Label: "时间戳", Value: one.Proof.Stamp})
	}
	s.Items = append(s.Items, part.Item{Label: "证书签发方", Value: vouched(one)})
	if one.Verdict == pades.Intact || one.Verdict == pades.Unvouched {
		s.Items = append(s.Items, part.Item{Label: "之后的改动", Value: followed(one)})
	}
	if one.Proof.Serial != "" {
		s.Details = details(one)
	}
	return s
}

func toneOf(v pades.Verdict) part.Tone {
	switch v {
	case pades.Intact:
		return part.OK
	case pades.Unvouched, pades.Unchecked:
		return part.Wait
	}
	return part.Bad
}

// signerTitle knows the parties only where this installation vouches for them.
func signerTitle(n int, one contract.Signer) string {
	switch {
	case one.Source == pades.Unknown && one.Seal:
		return fmt.Sprintf("签名 %d（单位）", n)
	case one.Source == pades.Unknown:
		return fmt.Sprintf("签名 %d", n)
	case one.Seal:
		return "甲方（用人单位）盖章"
	}
	return "乙方（劳动者）签名"
}

func signedAt(one contract.Signer) string {
	switch {
	case one.At.IsZero():
		return ""
	case one.Proven:
		return one.At.Local() + "（时间戳证明）"
	}
	return one.At.Local() + "（签署软件记录的时间，没有可信时间戳）"
}

// vouched says who issued the certificate and who vouches for that.
func vouched(one contract.Signer) string {
	switch {
	case one.Source == pades.Unknown && one.Proof.Issuer != "":
		return one.Proof.Issuer + "，本系统不认识，不能确认签署人的身份"
	case one.Source == pades.Foreign:
		return one.Proof.Issuer + "（证书由企业导入，签发机构的资质请自行核实）"
	}
	return contract.SourceLabels[one.Source]
}

// details are for those who know what a certificate is.
func details(one contract.Signer) []part.Item {
	p := one.Proof
	list := []part.Item{{Label: "证书签发者", Value: p.Issuer}, {Label: "证书序列号", Value: p.Serial},
		{Label: "证书有效期", Value: p.From.Local() + " 至 " + p.Until.Local()}, {Label: "密钥", Value: p.Key}, {Label: "吊销情况", Value: revoked(p)}}
	if p.Stamp != "" {
		list = append(list, part.Item{Label: "时间戳", Value: p.StampAt.Local() + "，" + p.Stamp})
	}
	if one.Covers == 0 {
		return list
	}
	return append(list, covered("签名", one.Covers, one.Whole))
}

func covered(when string, bytes int, whole bool) part.Item {
	covers := fmt.Sprintf("%s时的整个文件，%d 字节；之后附加的部分不在其内", when, bytes)
	if whole {
		covers = fmt.Sprintf("整个文件，%d 字节", bytes)
	}
	return part.Item{Label: "覆盖范围", Value: covers}
}

// stamped is a timestamp over the whole file, which shows nothing on its pages.
func stamped(one contract.FileStamp) check.Signer {
	s := check.Signer{Title: "文件时间戳", Tone: toneOf(one.Verdict), Tag: contract.VerdictLabels[one.Verdict]}
	if one.Cause != "" {
		s.Items = append(s.Items, part.Item{Label: "发现的问题", Value: one.Cause})
	}
	if one.By == "" {
		return s
	}
	s.Items = append(s.Items, part.Item{Label: "时间", Value: one.At.Local()}, part.Item{Label: "时间戳", Value: one.By},
		part.Item{Label: "作用", Value: fmt.Sprintf("证明这个时间文件和其中 %d 个签名已经存在；附加时间戳是允许的，不影响签名", one.Signatures)})
	s.Details = []part.Item{covered("加盖", one.Covers, one.Whole)}
	return s
}

func revoked(p contract.Proof) string {
	switch {
	case p.Asked.IsZero():
		return "文件中没有吊销信息"
	case p.Revoked.IsZero():
		return "没有吊销（吊销信息制作于 " + p.Asked.Local() + "）"
	}
	return p.Revoked.Local() + " 吊销"
}

// followed says what follows a signature in the file, and why it may.
func followed(one contract.Signer) string {
	if one.Followed == "" {
		return "签名之后没有改动"
	}
	return "签名之后没有改动，" + one.Followed + "（允许附加，不影响签名；有的软件会提示“未覆盖整个文件”）"
}
