package web

import (
	"cmp"
	"context"
	"fmt"
	"io"

	"laoqi/app"
	"laoqi/app/cert"
	"laoqi/app/contract"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/app/sheet"
	"laoqi/views/layout"
	"laoqi/views/mobile"
	"laoqi/views/part"
)

// info is 我的信息: what is held about the person, and how to have it corrected.
func (s *Server) info(q *request) error {
	r, err := s.Identity.Record(q.Request().Context(), q.actor)
	if err != nil {
		return err
	}
	p := mobile.Info{Shell: q.mobile("我的信息", link.MobileMe, layout.MineTab), Person: personItems(r.Person), Verified: r.Person.Level == app.Verified, Devices: r.Devices, Days: int(identity.DeviceLife.Hours() / 24), Face: r.Face}
	for _, a := range r.Accounts {
		p.Accounts = append(p.Accounts, part.Item{Label: accountKind(a), Value: a.Since.Local() + " 建立"})
	}
	for _, c := range r.Consents {
		p.Consents = append(p.Consents, part.Item{Label: consentTitle(c.Text), Value: c.At.Local()})
	}
	for _, k := range r.Passkeys {
		p.Passkeys = append(p.Passkeys, part.Item{Label: k.Name + "，" + accountKind(k.Account), Value: k.MadeAt.Local() + " 添加"})
	}
	return q.page(mobile.InfoPage(p))
}

func accountKind(a identity.HeldAccount) string {
	switch a.Kind {
	case app.AccountLegalRep:
		return "单位账号（法定代表人）" + a.Enterprise
	case app.AccountAgent:
		return "经办人账号 " + a.Enterprise
	}
	return "个人账号"
}

// consentTitle is the title of a text by its name, the name itself for a version
// that is no longer used.
func consentTitle(name string) string {
	for _, t := range []identity.Text{identity.PrivacyTerms, cert.Terms, contract.Notice, contract.Consent} {
		if t.Name == name {
			return t.Title
		}
	}
	return cmp.Or(identity.FaceConsentTitle(name), name)
}

// infoExport is 导出我的信息: the numbers in full, for the person alone.
func (s *Server) infoExport(q *request) error {
	ctx := q.Request().Context()
	r, err := s.Identity.Exported(ctx, q.actor)
	if err != nil {
		return err
	}
	return q.workbook("我的信息-"+app.DateOf(s.Now()).String()+".xlsx", func(w io.Writer) error {
		out := sheet.NewStream(w, "我的信息", []string{"类别", "项目", "内容", "时间"})
		for _, row := range recordRows(r) {
			out.Add(row)
		}
		if err := s.heldContracts(ctx, q.actor.Person, out); err != nil {
			return err
		}
		return out.Close()
	})
}

func recordRows(r identity.Record) [][]string {
	p := r.Person
	face := "没有保存"
	if r.Face {
		face = "加密保存特征，不保存画面"
	}
	rows := [][]string{
		{"身份", "姓名", p.Name, ""}, {"身份", "证件类型", p.IDType.Label(), ""}, {"身份", "证件号码", p.IDNumber, ""},
		{"身份", "证件有效期", idValidity(p), ""}, {"身份", "手机号码", p.Mobile, ""},
		{"身份", "身份状态", p.Level.Label(), ""}, {"身份", "人脸信息", face, ""},
	}
	rows = append(rows, []string{"登录设备", "随机设备标识", fmt.Sprintf("%d 台", r.Devices), ""})
	for _, a := range r.Accounts {
		rows = append(rows, []string{"账号", accountKind(a), "", a.Since.Local()})
	}
	for _, c := range r.Consents {
		rows = append(rows, []string{"同意的文本", consentTitle(c.Text), c.Text, c.At.Local()})
	}
	for _, k := range r.Passkeys {
		rows = append(rows, []string{"通行密钥", k.Name, accountKind(k.Account), k.MadeAt.Local()})
	}
	for _, x := range r.Sessions {
		rows = append(rows, []string{"登录设备", x.Device, x.Address, x.Since.Local()})
	}
	return rows
}

// heldContracts adds a row for each document of the person.
func (s *Server) heldContracts(ctx context.Context, person int64, out *sheet.Stream) error {
	for _, shelf := range []contract.Shelf{contract.ToSign, contract.Signed, contract.Over} {
		for from, more := int64(0), true; more; more = from != 0 {
			page, err := s.Contract.List(ctx, person, shelf, from)
			if err != nil {
				return err
			}
			for _, d := range page.List {
				out.Add([]string{"合同", d.Title + " " + d.Number, d.Enterprise + "，" + d.State.Label(), d.Terms.Start.String()})
			}
			from = page.Next
		}
	}
	return nil
}
