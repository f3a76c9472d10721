package contract

import (
	"context"
	"fmt"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/hub"
	"laoqi/app/link"
	"laoqi/app/notify"
	"laoqi/app/store"
)

// bound is a contract that a person is bound to.
type bound struct {
	id         int64
	kind       app.FilingKind
	enterprise string
}

// Bind gives a person just verified the contracts of filings that name this
// person: ID number, name and mobile all agree. Those that an agent's account of the
// same human held until then are among them. It is an identity.Verified.
func (s *Service) Bind(ctx context.Context, tx *store.Tx, person int64) error {
	if err := tx.UnbindContracts(ctx, person); err != nil {
		return err
	}
	rows, err := tx.UnboundContracts(ctx, person)
	if err != nil {
		return err
	}
	for _, r := range rows {
		if err := s.bind(ctx, tx, bound{r.ID, r.Kind, r.Enterprise}, person); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) bind(ctx context.Context, tx *store.Tx, b bound, person int64) error {
	n, err := tx.BindContract(ctx, store.BindContractParams{ID: b.id, PersonID: app.Ref(person)})
	if err != nil || n == 0 {
		return err
	}
	tx.AfterCommit(func() { s.Hub.Publish(hub.Person(person)) })
	err = s.Audit.Add(ctx, tx, product, "contract.bound", audit.Subject("contract", b.id), audit.Facts{"person": person})
	if err != nil {
		return err
	}
	doc, err := tx.MainDocument(ctx, b.id)
	if err != nil || doc.State != app.DocumentUnsigned {
		return err
	}
	what := map[app.FilingKind]string{app.FilingNew: "劳动合同", app.FilingRenewal: "续订的劳动合同"}[b.kind]
	text := fmt.Sprintf("%s的%s已生成，请阅读后签署，办理免费。", b.enterprise, what)
	return s.tellWorker(ctx, tx, person, notify.ToSign, doc.ID, text, b.enterprise+"的"+what+"待您签署，办理免费：")
}

// tellWorker tells a worker of a document; the sentence of the text message ends
// with the address.
func (s *Service) tellWorker(ctx context.Context, tx *store.Tx, person int64, k notify.Kind, document int64, text, sentence string) error {
	return s.Identity.TellPersonal(ctx, tx, person, k, text, link.To(link.MobileContract, document), sentence+s.Config.BaseURL+link.MobileContracts)
}
