package contract

import (
	"context"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/docx"
	"laoqi/app/identity"
	"laoqi/app/store"
)

// Template makes the Word file 电子劳动合同补充条款模板下载 of a contract. It holds the
// worker's ID number in full, so the download is evidence.
func (s *Service) Template(ctx context.Context, by app.Actor, contract int64) ([]byte, error) {
	c, err := s.supplemented(ctx, by, contract)
	if err != nil {
		return nil, err
	}
	m, err := s.DB.Document(ctx, c.MainID)
	if err != nil {
		return nil, err
	}
	e, err := s.Enterprise.Get(ctx, m.EnterpriseID)
	if err != nil {
		return nil, err
	}
	number, err := identity.OpenNumber(s.Vault, m.IDNumber)
	if err != nil {
		return nil, err
	}
	terms := app.Terms{Kind: m.TermKind, Start: m.StartOn, End: m.EndOn}
	file, err := docx.Supplement{Contract: m.Number, Enterprise: e.Name, USCC: e.USCC, LegalRep: e.LegalRep, Worker: m.Worker, IDType: m.IDType.Label(),
		IDNumber: number, Post: m.Post, Period: terms.Period(), On: app.DateOf(s.DB.Now().Time).Chinese()}.File()
	if err != nil {
		return nil, err
	}
	return file, s.DB.Write(ctx, func(tx *store.Tx) error {
		return s.Audit.Add(ctx, tx, by, "template.downloaded", audit.Subject("contract", contract), audit.Facts{"number": m.Number})
	})
}
