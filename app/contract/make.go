package contract

import (
	"context"
	"fmt"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/enterprise"
	"laoqi/app/hub"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/app/notify"
	"laoqi/app/pdf"
	"laoqi/app/pdf/read"
	"laoqi/app/store"
)

// Make makes the document of a rostered filing and tells whose turn it is. It may
// be repeated: a filing has one contract, and the contract one main document.
func (s *Service) Make(ctx context.Context, d Draft) error {
	c, err := s.open(ctx, d)
	if err != nil {
		return err
	}
	if _, err := s.DB.MainDocument(ctx, c.ID); !store.IsNone(err) {
		return err
	}
	e, err := s.Enterprise.Get(ctx, d.EnterpriseID)
	if err != nil {
		return err
	}
	file, err := d.print(employer(e), s.record(c), false)
	if err != nil {
		return err
	}
	pages, err := read.Pages(file)
	if err != nil {
		return err
	}
	hash, err := s.Files.Put(file)
	if err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *store.Tx) error {
		return s.begin(ctx, tx, d, c, e.Name, store.InsertDocumentParams{ContractID: c.ID, EnterpriseID: d.EnterpriseID, Title: d.title(),
			State: d.state(), Pages: int64(pages), BaseHash: hash, MadeAt: tx.Now})
	})
}

func employer(e enterprise.Enterprise) pdf.Enterprise {
	return pdf.Enterprise{Name: e.Name, USCC: e.USCC, Address: e.Address, LegalRep: e.LegalRep, Phone: e.Phone}
}

// Print sets the document of a filing on paper, to be signed by hand; it is not kept.
func (s *Service) Print(ctx context.Context, d Draft, number string, on app.Date) ([]byte, error) {
	e, err := s.Enterprise.Get(ctx, d.EnterpriseID)
	if err != nil {
		return nil, err
	}
	return d.print(employer(e), pdf.Record{Number: number, MadeOn: on, Demo: s.Config.Demo}, true)
}

// open returns the filing's contract, which gets its number and code here, so
// that a repeated Make prints the same.
func (s *Service) open(ctx context.Context, d Draft) (c store.Contract, err error) {
	err = s.DB.Write(ctx, func(tx *store.Tx) error {
		c, err = tx.ContractOfFiling(ctx, d.FilingID)
		if !store.IsNone(err) {
			return err
		}
		year := app.DateOf(tx.Now.Time).Year
		n, err := tx.NextNumber(ctx, fmt.Sprintf("contract.%d", year))
		if err != nil {
			return err
		}
		c, err = tx.InsertContract(ctx, store.InsertContractParams{FilingID: d.FilingID, EnterpriseID: d.EnterpriseID,
			IDHash: identity.NumberHash(s.Vault, d.Worker.IDType, d.Worker.IDNumber),
			Number: fmt.Sprintf("HT-%d-%06d", year, n), CheckCode: newCode(), MadeAt: tx.Now})
		return err
	})
	return c, err
}

func (s *Service) record(c store.Contract) pdf.Record {
	return pdf.Record{Number: c.Number, CheckURL: s.Config.BaseURL + link.To(link.CheckCode, c.CheckCode), CheckCode: GroupCode(c.CheckCode),
		MadeOn: app.DateOf(c.MadeAt.Time), Demo: s.Config.Demo}
}

// begin stores the document, binds the worker where the identity agrees, and
// tells whose turn it is.
func (s *Service) begin(ctx context.Context, tx *store.Tx, d Draft, c store.Contract, enterprise string, row store.InsertDocumentParams) error {
	id, err := tx.InsertDocument(ctx, row)
	if store.IsNone(err) {
		return nil
	}
	if err != nil {
		return err
	}
	err = s.Audit.Add(ctx, tx, product, "document.made", audit.Subject("document", id),
		audit.Facts{"contract": c.ID, "filing": d.FilingID, "number": c.Number, "hash": row.BaseHash})
	if err != nil {
		return err
	}
	tx.AfterCommit(func() { s.Hub.Publish(hub.Enterprise(d.EnterpriseID)) })
	if row.State == app.DocumentUnsealed {
		if err := s.askSeal(ctx, tx, d.EnterpriseID); err != nil {
			return err
		}
	}
	holder, err := tx.HolderOfEnded(ctx, d.FilingID)
	if err == nil { // whose name or mobile may be another by now
		return s.bind(ctx, tx, bound{c.ID, d.Kind, enterprise}, int64(holder))
	}
	if !store.IsNone(err) {
		return err
	}
	worker := identity.Known{Name: d.Worker.Name, IDType: d.Worker.IDType, IDNumber: d.Worker.IDNumber, Mobile: d.Worker.Mobile}
	person, match, err := s.Identity.Match(ctx, tx.Queries, worker)
	if err != nil {
		return err
	}
	if match == identity.Matched {
		return s.bind(ctx, tx, bound{c.ID, d.Kind, enterprise}, person)
	}
	return s.missed(ctx, tx, d, c.ID, enterprise, match)
}

// missed tells a worker without an account how to get one, and the clerks if the
// number belongs to somebody stated otherwise: not in what, which is nobody's
// business (DOMAIN.md, Accounts).
func (s *Service) missed(ctx context.Context, tx *store.Tx, d Draft, contract int64, enterprise string, match identity.Matching) error {
	if match == identity.Differs {
		return s.Enterprise.TellClerksOf(ctx, tx, d.EnterpriseID, notify.Several{Kind: notify.WorkerSigned, Who: d.Worker.Name,
			One:  "的合同已生成，但备案填写的身份信息与已核验的账号不一致，劳动者暂时看不到。请与劳动者核对；劳动者换了手机号的，请本人在手机端“账号与安全”中修改，合同随即可见。",
			Link: link.To(link.HallContract, contract), Many: "份合同劳动者暂时看不到：备案填写的身份信息与已核验的账号不一致，请与劳动者核对。", List: link.HallContracts})
	}
	if d.Kind == app.FilingTermination {
		return nil
	}
	return s.Notify.SMS(ctx, tx, d.Worker.Mobile, fmt.Sprintf("【劳契】%s为您生成了电子劳动合同。请用本人手机号注册并完成身份核验，"+
		"之后即可免费查看和签署：%s", enterprise, s.Config.BaseURL+link.MobileContracts))
}
