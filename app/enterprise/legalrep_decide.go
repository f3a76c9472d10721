package enterprise

import (
	"context"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/app/notify"
	"laoqi/app/store"
)

// Replaced ends what rested on the legal rep before, within the transaction that
// gives the enterprise another one.
type Replaced func(ctx context.Context, tx *store.Tx, by app.Actor, enterprise int64) error

// DecideLegalRep refuses an application with the reason, or (reason empty) makes
// the applicant the legal rep at once: the account of the one before ends with its
// sessions and its certificate, then ends what rested on him. The enterprise, its
// agents, filings and contracts stay. Whoever else applied to follow him is refused.
func (s *Service) DecideLegalRep(ctx context.Context, by app.Actor, id int64, reason string, revoke identity.Revoke, then Replaced) error {
	var dropped []string // pictures of refused applications
	err := s.db.Write(ctx, func(tx *store.Tx) error {
		c, err := tx.LegalRepChange(ctx, id)
		if err != nil {
			return store.Found(err, noChange)
		}
		if reason != "" {
			dropped = []string{c.Licence}
			return s.refuseLegalRep(ctx, tx, by, c, reason)
		}
		if err := s.replaceLegalRep(ctx, tx, by, c, revoke); err != nil {
			return err
		}
		if dropped, err = s.refuseOthers(ctx, tx, by, c); err != nil {
			return err
		}
		if err := then(ctx, tx, by, c.EnterpriseID); err != nil {
			return err
		}
		return s.tellReplaced(ctx, tx, c)
	})
	for _, name := range dropped {
		if err == nil {
			err = s.identity.DropPicture(ctx, name)
		}
	}
	return err
}

const changeDecided = "这份变更申请已由其他审核人员处理。"

func (s *Service) replaceLegalRep(ctx context.Context, tx *store.Tx, by app.Actor, c store.LegalRepChangeRow, revoke identity.Revoke) error {
	n, err := tx.DecideLegalRepChange(ctx, store.DecideLegalRepChangeParams{ID: c.ID, State: string(ChangeAccepted), Licence: c.Licence, WasLicence: c.PresentLicence,
		DecidedAt: tx.Now, DecidedBy: app.Ref(by.Account)})
	if err := store.Changed(n, err, changeDecided); err != nil {
		return err
	}
	n, err = tx.ReplaceLegalRep(ctx, store.ReplaceLegalRepParams{ID: c.EnterpriseID, PersonID: c.PersonID, FormerID: c.FormerID, Licence: c.Licence})
	if err := store.Changed(n, err, "这家企业的法定代表人刚刚已变更，请核对后退回这份申请。"); err != nil {
		return err
	}
	account, err := tx.EndLegalRep(ctx, store.EndLegalRepParams{EnterpriseID: app.Ref(c.EnterpriseID), EndedAt: tx.Now})
	if err != nil {
		return err
	}
	if _, err := s.endAccess(ctx, tx, by, account); err != nil {
		return err
	}
	if err := revoke(ctx, tx, by, account); err != nil {
		return err
	}
	_, err = tx.InsertStaff(ctx, store.InsertStaffParams{Kind: app.AccountLegalRep, PersonID: app.Ref(c.PersonID), EnterpriseID: app.Ref(c.EnterpriseID),
		Password: c.Password, Manages: true, ConfirmedAt: tx.Now, CreatedAt: tx.Now})
	if err != nil {
		return err
	}
	return s.audit.Add(ctx, tx, by, "legalrep.changed", audit.Subject("enterprise", c.EnterpriseID),
		audit.Facts{"change": c.ID, "former": c.FormerID, "person": c.PersonID, "licence": c.Licence, "account": account})
}

func (s *Service) refuseLegalRep(ctx context.Context, tx *store.Tx, by app.Actor, c store.LegalRepChangeRow, reason string) error {
	if err := s.refuse(ctx, tx, by, c.ID, c.PersonID, c.EnterpriseID, c.Enterprise, reason); err != nil {
		return err
	}
	rep, err := tx.LegalRepAccount(ctx, app.Ref(c.EnterpriseID))
	if err != nil {
		return err
	}
	return s.notify.Tell(ctx, tx, rep.ID, notify.LegalRepChange, "变更“"+c.Enterprise+"”法定代表人的申请没有通过审核，法定代表人不变。", link.MobileMe)
}

func (s *Service) refuse(ctx context.Context, tx *store.Tx, by app.Actor, id, person, enterprise int64, name, reason string) error {
	n, err := tx.DecideLegalRepChange(ctx, store.DecideLegalRepChangeParams{ID: id, State: string(ChangeRefused), Reason: reason, DecidedAt: tx.Now, DecidedBy: app.Ref(by.Account)})
	if err := store.Changed(n, err, changeDecided); err != nil {
		return err
	}
	err = s.identity.TellPersonal(ctx, tx, person, notify.LegalRepChange, "变更“"+name+"”法定代表人的申请未通过："+reason, link.MobileLegalRep, "变更"+name+"法定代表人的申请未通过审核，原因请登录手机端查看。")
	if err != nil {
		return err
	}
	return s.audit.Add(ctx, tx, by, "legalrep.refused", audit.Subject("enterprise", enterprise), audit.Facts{"change": id, "person": person})
}

// refuseOthers ends the applications whose legal rep before is none any more.
func (s *Service) refuseOthers(ctx context.Context, tx *store.Tx, by app.Actor, c store.LegalRepChangeRow) (dropped []string, err error) {
	others, err := tx.OtherLegalRepChanges(ctx, store.OtherLegalRepChangesParams{EnterpriseID: c.EnterpriseID, ID: c.ID})
	for _, o := range others {
		if err == nil {
			dropped = append(dropped, o.Licence)
			err = s.refuse(ctx, tx, by, o.ID, o.PersonID, c.EnterpriseID, c.Enterprise, "这家单位的法定代表人已按另一份申请变更。如有异议，请带营业执照到审核窗口办理。")
		}
	}
	return dropped, err
}

// tellReplaced tells the new legal rep, the one before, and all who act for the
// enterprise.
func (s *Service) tellReplaced(ctx context.Context, tx *store.Tx, c store.LegalRepChangeRow) error {
	now := "您已成为“" + c.Enterprise + "”的法定代表人，可以用单位登录。请核对经办人和印章授权是否仍然合适。"
	before := "您不再是“" + c.Enterprise + "”的法定代表人，单位账号已停用。如有异议，请联系审核窗口。"
	if err := s.identity.TellPersonal(ctx, tx, c.PersonID, notify.LegalRepChange, now, link.MobileLegalRep, now); err != nil {
		return err
	}
	if err := s.identity.TellPersonal(ctx, tx, c.FormerID, notify.LegalRepChange, before, link.MobileMe, before); err != nil {
		return err
	}
	return s.TellClerks(ctx, tx, c.EnterpriseID, notify.LegalRepChange, "“"+c.Enterprise+"”的法定代表人已由"+c.Former+"变更为"+c.Person+"。", link.Hall)
}
