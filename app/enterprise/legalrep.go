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

// LegalRepForm is what the new legal rep of an admitted enterprise states
// (变更法定代表人). The one so far need not take part: he may have left.
type LegalRepForm struct {
	USCC            string
	Licence         []byte // with the new name on it
	Password, Again string // of the enterprise account to come
}

func (f *LegalRepForm) check() app.Faults {
	var faults app.Faults
	uscc, problem := app.CheckUSCC(f.USCC)
	faults.Add("uscc", problem)
	f.USCC = uscc
	faults.Add("licence", identity.CheckPicture(f.Licence))
	checkNewPassword(&faults, f.Password, f.Again)
	return faults
}

// ApplyAsLegalRep puts the actor's wish to be the legal rep of an admitted
// enterprise into the desk's queue, and warns the present one. It returns the
// enterprise's name; who the present legal rep is stays unsaid.
func (s *Service) ApplyAsLegalRep(ctx context.Context, by app.Actor, f LegalRepForm) (enterprise string, err error) {
	p, err := s.identity.Person(ctx, by.Person)
	if err != nil {
		return "", err
	}
	if p.Level != app.Verified {
		return "", app.Fail(app.Conflict, "请先完成身份核验，再申请变更法定代表人。")
	}
	if err := f.check().Err(); err != nil {
		return "", err
	}
	hash, err := s.hasher.Hash(ctx, f.Password)
	if err != nil {
		return "", err
	}
	err = s.identity.KeepPicture(ctx, f.Licence, func(tx *store.Tx, licence string) (err error) {
		enterprise, err = s.applyAsLegalRep(ctx, tx, by, f.USCC, licence, hash)
		return err
	})
	return enterprise, err
}

func (s *Service) applyAsLegalRep(ctx context.Context, tx *store.Tx, by app.Actor, uscc, licence, hash string) (string, error) {
	e, err := tx.Admitted(ctx, uscc)
	switch {
	case store.IsNone(err):
		return "", app.Faults{{Field: "uscc", Text: "这个统一社会信用代码的单位还没有入驻，请核对；没有入驻的单位请办理“企业入驻”。"}}.Err()
	case err != nil:
		return "", err
	case e.LegalrepID == by.Person:
		return "", app.Faults{{Field: "uscc", Text: alreadyYours}}.Err()
	}
	id, err := tx.InsertLegalRepChange(ctx, store.InsertLegalRepChangeParams{EnterpriseID: e.ID, FormerID: e.LegalrepID, PersonID: by.Person,
		Licence: licence, Password: hash, CreatedAt: tx.Now})
	if err != nil {
		return "", store.Taken(err, "您对这家单位的变更申请正在等待审核，不需要重复提交。")
	}
	warning := "有人申请变更“" + e.Name + "”的法定代表人，审核人员正在核对营业执照。如果您不知情，请立即联系审核窗口。"
	rep, err := tx.LegalRepAccount(ctx, app.Ref(e.ID))
	if err != nil {
		return "", err
	}
	if err := s.notify.Tell(ctx, tx, rep.ID, notify.LegalRepChange, warning, link.MobileMe); err != nil {
		return "", err
	}
	if err := s.identity.Alert(ctx, tx, e.LegalrepID, rep.ID, notify.LegalRepChange, warning); err != nil {
		return "", err
	}
	return e.Name, s.audit.Add(ctx, tx, by, "legalrep.applied", audit.Subject("enterprise", e.ID), audit.Facts{"change": id, "person": by.Person, "licence": licence})
}

// LegalRepChange is an application of a new legal rep.
type LegalRepChange struct {
	ID         int64
	Enterprise Enterprise // those of its facts that the licence shows; its legal rep is the one before the change
	Person     string     // who applies
	Level      app.IdentityLevel
	State      ChangeState
	Reason     string
	At         app.Time
}

// ChangeState is where an application for a change stands.
type ChangeState string

const (
	ChangeWaiting  ChangeState = "waiting"
	ChangeAccepted ChangeState = "accepted"
	ChangeRefused  ChangeState = "refused"
)

// Label is the printed name of the state.
func (s ChangeState) Label() string {
	return map[ChangeState]string{ChangeWaiting: "待审核", ChangeAccepted: "已变更", ChangeRefused: "未通过"}[s]
}

// LegalRepChange shows an application to the desk.
func (s *Service) LegalRepChange(ctx context.Context, id int64) (LegalRepChange, error) {
	r, err := s.db.LegalRepChange(ctx, id)
	if err != nil {
		return LegalRepChange{}, store.Found(err, noChange)
	}
	e := Enterprise{ID: r.EnterpriseID, Name: r.Enterprise, USCC: r.Uscc, Address: r.Address, Phone: r.Phone, LegalRepID: r.FormerID, LegalRep: r.Former}
	return LegalRepChange{r.ID, e, r.Person, r.Level, ChangeState(r.State), r.Reason, r.CreatedAt}, nil
}

const noChange = "没有这份变更申请。"

// LegalRepChanges lists the applications that wait for the desk, the oldest first:
// 20 and one more as a sign that there are.
func (s *Service) LegalRepChanges(ctx context.Context) ([]LegalRepChange, error) {
	rows, err := s.db.WaitingLegalRepChanges(ctx)
	list := make([]LegalRepChange, len(rows))
	for i, r := range rows {
		list[i] = LegalRepChange{ID: r.ID, Enterprise: Enterprise{Name: r.Enterprise}, State: ChangeWaiting, At: r.CreatedAt}
	}
	return list, err
}

// MyLegalRepChanges lists the person's own applications, the newest first.
func (s *Service) MyLegalRepChanges(ctx context.Context, person int64) ([]LegalRepChange, error) {
	rows, err := s.db.LegalRepChangesOf(ctx, person)
	list := make([]LegalRepChange, len(rows))
	for i, r := range rows {
		list[i] = LegalRepChange{Enterprise: Enterprise{Name: r.Enterprise}, State: ChangeState(r.State), Reason: r.Reason}
	}
	return list, err
}

// ChangeLicences are the pictures of a change: the licence so far, and the new
// one, nil once the application was refused.
func (s *Service) ChangeLicences(ctx context.Context, id int64) (before, after []byte, err error) {
	r, err := s.db.LegalRepChange(ctx, id)
	if err != nil {
		return nil, nil, store.Found(err, noChange)
	}
	was := r.PresentLicence
	if r.WasLicence != "" {
		was = r.WasLicence
	}
	if before, err = s.files.Get(was); err != nil || r.Licence == "" {
		return before, nil, err
	}
	after, err = s.files.Get(r.Licence)
	return before, after, err
}
