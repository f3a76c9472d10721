package contract

import (
	"context"
	"fmt"

	"laoqi/app"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/app/notify"
	"laoqi/app/store"
)

// Stray is a contract whose filing names a verified person's ID number, but
// another name or mobile (身份信息不一致), so that it reaches nobody.
type Stray struct {
	ID         int64
	Person     int64
	Number     string
	Kind       app.FilingKind
	Enterprise string
	SameName   bool
	SameMobile bool
	Settled    bool // the desk has decided before
}

// fileAnew tells the clerks of a contract, by its number, that reaches nobody.
const fileAnew = "合同 %s 的身份信息与员工本人的账号不一致，请与员工核对姓名、证件和手机号码后重新备案。"

const noStray = "没有这份待处理的合同，可能已由其他审核人员处理。"

// Strays lists the newest such contracts of a person for the desk.
func (s *Service) Strays(ctx context.Context, person int64) ([]Stray, error) {
	rows, err := s.DB.StrayContracts(ctx, person)
	list := make([]Stray, len(rows))
	for i, r := range rows {
		list[i] = stray(store.StrayContractRow(r))
	}
	return list, err
}

// Stray reads one of them.
func (s *Service) Stray(ctx context.Context, id int64) (Stray, error) {
	row, err := s.DB.StrayContract(ctx, id)
	return stray(row), store.Found(err, noStray)
}

func stray(r store.StrayContractRow) Stray {
	return Stray{r.ID, r.PersonID, r.Number, r.Kind, r.Enterprise, r.SameName == 1, r.SameMobile == 1, r.Settled == 1}
}

// Settle is the desk's decision on such a contract. If the worker is the person
// after all, who only has another mobile, the contract is bound and the worker
// told to sign; else the clerks have to file anew. They learn that the identity
// differs, not how.
func (s *Service) Settle(ctx context.Context, by app.Actor, id int64, same bool, reason string) error {
	if problem := identity.CheckReason(reason); problem != "" {
		return app.Faults{{Field: "reason", Text: problem}}.Err()
	}
	return s.DB.Write(ctx, func(tx *store.Tx) error {
		row, err := tx.StrayContract(ctx, id)
		if err != nil {
			return store.Found(err, noStray)
		}
		if !same && row.Settled == 1 {
			return app.Fail(app.Conflict, "这份合同已认定身份信息不一致，并已通知单位，不需要重复处理。")
		}
		help := identity.Help{Kind: identity.OtherMan, Reason: reason}
		text := fmt.Sprintf(fileAnew, row.Number)
		if same {
			if row.SameName == 0 {
				return app.Fail(app.Conflict, "合同上的姓名与本人不同，不能认定为同一人，请让单位重新备案。")
			}
			help.Kind, text = identity.SameMan, fmt.Sprintf("审核窗口已核对合同 %s 的员工身份，并通知本人签署。", row.Number)
			if err := s.bind(ctx, tx, bound{row.ID, row.Kind, row.Enterprise}, row.PersonID); err != nil {
				return err
			}
		}
		if err := s.Enterprise.TellClerks(ctx, tx, row.EnterpriseID, notify.FilingDecided, text, link.To(link.HallContract, id)); err != nil {
			return err
		}
		return s.Identity.Helped(ctx, tx, by, row.PersonID, help, id)
	})
}
