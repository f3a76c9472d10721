package evidence

import (
	"cmp"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"laoqi/app"
	"laoqi/app/contract"
	"laoqi/app/pdf"
	"laoqi/app/pdf/font"
	"laoqi/app/pdf/pades"
)

// readable is the report for people: what the other files prove, in words.
func (c collection) readable(files []file) ([]byte, error) {
	d := c.document
	act := [2]string{"劳动者签名方式", cmp.Or(d.Way.Label(), "—")}
	if d.Proof() {
		act = [2]string{"劳动者签收", "尚未签收（不影响证明书的效力）"}
		if !d.ReceivedAt.IsZero() {
			act[1] = full(d.ReceivedAt.Time)
		}
	}
	return pdf.Report(pdf.ReportDoc{
		Record: pdf.Record{Number: d.Number, CheckCode: d.CheckCode, MadeOn: app.DateOf(c.madeAt.Time), Demo: c.demo},
		Title:  "电子劳动合同证据报告",
		Facts: append([][2]string{{"文件", d.Title}, {"合同编号", d.Number}, {"用人单位", c.row.Enterprise}, {"统一社会信用代码", c.row.Uscc}, {"劳动者", d.Worker},
			{"证件号码", d.MaskedID}, act, {"签署完成", full(c.row.FinalAt.Time)}, {"报告生成", full(c.madeAt.Time)}, {"合同文件 SHA-256", d.Hash[:32] + " " + d.Hash[32:]}}, c.shared()...),
		Sections: []pdf.ReportSection{c.conclusion(), c.signatures(), c.course(), c.anchors(), listed(files)},
	})
}

// shared says that the worker, when signing, had logged in with a device of somebody
// who acts for the enterprise.
func (c collection) shared() (facts [][2]string) {
	for _, e := range c.events {
		var signed struct {
			Shared bool `json:"shared_device"`
		}
		if e.Kind == "document.signed" && json.Unmarshal([]byte(e.Facts), &signed) == nil && signed.Shared {
			facts = [][2]string{{"同一设备", "签名时，劳动者的账号与用人单位人员的账号曾在同一设备上登录"}}
		}
	}
	return facts
}

func full(t time.Time) string { return t.In(app.Zone).Format(time.DateTime) }

func (c collection) conclusion() pdf.ReportSection {
	return pdf.ReportSection{Heading: "一、核验结论", Paragraphs: []string{
		"生成本报告时核验合同文件的结论：" + contract.Conclusions[c.report.Verdict],
		"签名和时间戳所用的证书，除另有标明的以外，由本系统自行签发（自签发），并非由依法设立的电子认证服务机构签发。",
		"本报告只是说明。证据是证据包中的其他文件：按照“" + guideFile + "”，只用 openssl 和 sha256sum 就能核验，不依赖本系统。",
	}}
}

func (c collection) signatures() pdf.ReportSection {
	s := pdf.ReportSection{Heading: "二、签名和时间戳", Heads: []string{"签名", "签名人（证书）", "证书序列号", "时间戳", "担保方"}, Shares: []float64{.17, .24, .25, .2, .14}}
	for _, p := range c.proofs {
		s.Rows = append(s.Rows, []string{p.title, holder(p.signer), p.signer.SerialNumber.Text(16), full(p.at) + "\n" + drawn(p.tsa.Subject.CommonName), contract.SourceLabels[pades.Self]})
	}
	for i, one := range c.report.Signatures {
		s.Rows[i][3], s.Rows[i][4] = stampedBy(*one.Stamp), contract.SourceLabels[one.Source]
		if p := c.proofs[i]; p.imported() {
			s.Rows[i][4] = drawn(p.issuer) + "（企业导入的证书）"
		}
	}
	for _, one := range c.report.Stamps {
		s.Rows = append(s.Rows, []string{"文件时间戳", "—", "—", stampedBy(*one.Stamp), "—"})
	}
	return s
}

// stampedBy is the time of a timestamp, and whose it is.
func stampedBy(s pades.Stamp) string { return full(s.Time) + "\n" + drawn(contract.StampedBy(s)) }

func holder(x *x509.Certificate) string {
	if len(x.Subject.Organization) == 0 {
		return x.Subject.CommonName
	}
	return x.Subject.CommonName + "\n" + x.Subject.Organization[0]
}

const hidden = "已隐去"

func (c collection) course() pdf.ReportSection {
	s := pdf.ReportSection{Heading: "三、操作过程", Paragraphs: []string{"行号是审计链中的行，内容见 events 文件夹。别人的网络地址和设备不向您披露，只保留摘要；有权机关可以向系统运营方调取。"},
		Heads: []string{"行号", "时间", "操作", "操作人", "网络地址和设备"}, Shares: []float64{.09, .2, .2, .13, .38}}
	for _, e := range c.events {
		s.Rows = append(s.Rows, []string{itoa(e.ID), full(time.UnixMilli(e.At)), kinds[e.Kind], e.actor, e.where()})
	}
	return s
}

// where tells the device, of the reader alone.
func (e event) where() string {
	switch {
	case e.detail != nil:
		return cmp.Or(e.device.Address, "—") + "\n" + drawn(e.device.Agent)
	case e.AccountID == 0:
		return "—"
	}
	return hidden
}

// drawn replaces what no font draws: a browser calls itself what it likes.
func drawn(s string) string {
	return strings.Map(func(r rune) rune {
		if font.Missing(string(r)) != nil {
			return '□'
		}
		return r
	}, s)
}

func (c collection) anchors() pdf.ReportSection {
	s := pdf.ReportSection{Heading: "四、审计链的时间戳", Paragraphs: []string{"以上操作不晚于所在一段的时间戳时间，先后顺序由链值证明。"},
		Heads: []string{"段", "行数", "时间戳时间", "链值"}, Shares: []float64{.1, .08, .2, .62}}
	for i, one := range c.stretches {
		s.Rows = append(s.Rows, []string{chainName(i), fmt.Sprint(one.rows), full(one.anchor.MadeAt.Time), fmt.Sprintf("%x", one.anchor.Hash)})
	}
	return s
}

func listed(files []file) pdf.ReportSection {
	s := pdf.ReportSection{Heading: "五、文件清单", Heads: []string{"文件", "内容", "SHA-256"}, Shares: []float64{.19, .17, .64}}
	for _, f := range files {
		s.Rows = append(s.Rows, []string{f.name, f.title, sum(f.content)})
	}
	return s
}
