// Package enterprise knows the employers: their registration by the legal rep,
// their admission by the desk, their agents, and whether they use electronic
// contracts (guide 1.1, 1.4).
package enterprise

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/hub"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/app/notify"
	"laoqi/app/pdf/font"
	"laoqi/app/store"
	"laoqi/app/vault"
)

// Service is the domain's entry; each exported method is one transaction.
type Service struct {
	db       *store.DB
	vault    *vault.Vault
	hasher   *vault.Hasher
	audit    *audit.Log
	notify   *notify.Service
	hub      *hub.Hub
	identity *identity.Service
	files    *vault.Files
	sms      bool
}

// New makes the service. Licence pictures go to files. Without an SMS provider
// no enterprise can switch electronic contracts on.
func New(db *store.DB, v *vault.Vault, h *vault.Hasher, a *audit.Log, n *notify.Service, hub *hub.Hub, id *identity.Service, files *vault.Files, sms bool) *Service {
	return &Service{db, v, h, a, n, hub, id, files, sms}
}

// State is where an enterprise's admission stands.
type State string

const (
	Waiting  State = "waiting"  // 待审核
	Admitted State = "admitted" // 已入驻
	Refused  State = "refused"  // 未通过
)

// Label is the printed name of the state.
func (s State) Label() string {
	return map[State]string{Waiting: "待审核", Admitted: "已入驻", Refused: "未通过"}[s]
}

// Enterprise is an employer.
type Enterprise struct {
	ID            int64
	Name          string
	USCC          string
	Address       string
	Phone         string
	LegalRepID    int64
	LegalRep      string
	LegalRepLevel app.IdentityLevel
	State         State
	Reason        string
	Electronic    bool
	AuthorizedAt  app.Time // first authorization ever completed
	CreatedAt     app.Time
}

// Get reads one enterprise.
func (s *Service) Get(ctx context.Context, id int64) (Enterprise, error) {
	row, err := s.db.Enterprise(ctx, id)
	if err != nil {
		return Enterprise{}, store.Found(err, "没有这家企业。")
	}
	return Enterprise{row.ID, row.Name, row.Uscc, row.Address, row.Phone, row.LegalrepID, row.Legalrep, row.LegalrepLevel,
		State(row.State), row.Reason, row.Electronic, row.AuthorizedAt, row.CreatedAt}, nil
}

// Form is what the legal rep states of the enterprise.
type Form struct {
	Name, USCC, Address, Phone string
	Password, Again            string
	Licence                    []byte
}

func (f *Form) check() app.Faults {
	var faults app.Faults
	f.Name = strings.TrimSpace(f.Name)
	if n := len([]rune(f.Name)); n < 4 || n > 100 {
		faults.Add("name", "请输入营业执照上的单位全称（4 到 100 个字）。")
	}
	uscc, problem := app.CheckUSCC(f.USCC)
	faults.Add("uscc", problem)
	if problem == "" {
		f.USCC = uscc
	}
	faults.Add("name", font.Refusal("单位名称", f.Name))
	checkPrinted(&faults, "address", "单位地址", f.Address, 100)
	checkPrinted(&faults, "phone", "联系电话", f.Phone, 50)
	faults.Add("licence", identity.CheckPicture(f.Licence))
	checkNewPassword(&faults, f.Password, f.Again)
	return faults
}

// checkPrinted adds a fault for a text that is missing, too long for the documents
// that show it, or not to be drawn there.
func checkPrinted(faults *app.Faults, field, label, text string, most int) {
	faults.Require(field, text, "请输入"+label+"。")
	if n := utf8.RuneCountInString(text); n > most {
		faults.Add(field, fmt.Sprintf("%s最多 %d 个字，现在是 %d 个，请缩短。", label, most, n))
	}
	faults.Add(field, font.Refusal(label, text))
}

// Register makes an enterprise that waits for the desk, and the enterprise
// account of its legal rep: the actor's person.
func (s *Service) Register(ctx context.Context, by app.Actor, f Form) (id int64, err error) {
	faults := f.check()
	if err := s.newcomer(ctx, s.db.Queries, by, f.USCC); err != nil {
		return 0, err
	}
	if faults != nil {
		return 0, faults.Err()
	}
	hash, err := s.hasher.Hash(ctx, f.Password)
	if err != nil {
		return 0, err
	}
	err = s.identity.KeepPicture(ctx, f.Licence, func(tx *store.Tx, licence string) (err error) {
		if err := s.newcomer(ctx, tx.Queries, by, f.USCC); err != nil {
			return err
		}
		if waiting, err := tx.USCCWaiting(ctx, store.USCCWaitingParams{Uscc: f.USCC, LegalrepID: by.Person}); err != nil || waiting {
			return cmp.Or(err, app.Faults{{Field: "uscc", Text: "您已经提交过这家单位的入驻申请，正在审核，请等结果。"}}.Err())
		}
		id, err = tx.InsertEnterprise(ctx, store.InsertEnterpriseParams{Name: f.Name, Uscc: f.USCC, Address: f.Address, Phone: f.Phone,
			LegalrepID: by.Person, Licence: licence, CreatedAt: tx.Now})
		if err != nil {
			return err
		}
		_, err = tx.InsertStaff(ctx, store.InsertStaffParams{Kind: app.AccountLegalRep, PersonID: app.Ref(by.Person), EnterpriseID: app.Ref(id),
			Password: hash, Manages: true, ConfirmedAt: tx.Now, CreatedAt: tx.Now})
		if err != nil {
			return err
		}
		return s.audit.Add(ctx, tx, by, "enterprise.registered", audit.Subject("enterprise", id), audit.Facts{"uscc": f.USCC, "licence": licence})
	})
	return id, err
}

// AlreadyAdmitted is the fault of a USCC whose enterprise has another legal rep:
// who took over from him applies by ApplyAsLegalRep.
const AlreadyAdmitted = "这家单位已经入驻。如果您是它新的法定代表人，请申请变更法定代表人。"

const alreadyYours = "您已经是这家单位的法定代表人，请退出后用单位登录。"

// newcomer is a fault where the USCC is that of an admitted enterprise.
func (s *Service) newcomer(ctx context.Context, q *store.Queries, by app.Actor, uscc string) error {
	e, err := q.Admitted(ctx, uscc)
	switch {
	case store.IsNone(err):
		return nil
	case err != nil:
		return err
	case e.LegalrepID == by.Person:
		return app.Faults{{Field: "uscc", Text: alreadyYours}}.Err()
	}
	return app.Faults{{Field: "uscc", Text: AlreadyAdmitted}}.Err()
}

// Mine lists the enterprises of which the person is legal rep.
func (s *Service) Mine(ctx context.Context, person int64) ([]Enterprise, error) {
	rows, err := s.db.EnterprisesOfLegalRep(ctx, person)
	list := make([]Enterprise, len(rows))
	for i, r := range rows {
		list[i] = Enterprise{ID: r.ID, Name: r.Name, State: State(r.State), Reason: r.Reason}
	}
	return list, err
}

// Waiting lists up to 21 enterprises after the id that wait for the desk.
func (s *Service) Waiting(ctx context.Context, after int64) ([]Enterprise, error) {
	rows, err := s.db.WaitingEnterprises(ctx, after)
	list := make([]Enterprise, len(rows))
	for i, r := range rows {
		list[i] = Enterprise{ID: r.ID, Name: r.Name, State: Waiting, CreatedAt: r.CreatedAt}
	}
	return list, err
}

// Licence returns the picture of the enterprise's licence.
func (s *Service) Licence(ctx context.Context, id int64) ([]byte, error) {
	row, err := s.db.Enterprise(ctx, id)
	if err != nil {
		return nil, store.Found(err, "没有这家企业。")
	}
	return s.files.Get(row.Licence)
}

// Decide admits a waiting enterprise (reason empty) or refuses it with the
// reason. Only one whose legal rep is verified can be admitted.
func (s *Service) Decide(ctx context.Context, by app.Actor, id int64, reason string) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		e, err := tx.Enterprise(ctx, id)
		if err != nil {
			return store.Found(err, "没有这家企业。")
		}
		state, text := Admitted, "企业“"+e.Name+"”已入驻，可以登录网厅办理业务。"
		if reason != "" {
			state, text = Refused, "企业“"+e.Name+"”的入驻申请未通过："+reason
		} else if e.LegalrepLevel != app.Verified {
			return app.Fail(app.Conflict, "法定代表人的身份还没有核验，请先在身份核验中处理。")
		}
		n, err := tx.DecideEnterprise(ctx, store.DecideEnterpriseParams{ID: id, State: string(state), Reason: reason, DecidedAt: tx.Now, DecidedBy: app.Ref(by.Account)})
		if err := store.Taken(err, "这个统一社会信用代码的单位已入驻。"); err != nil {
			return err
		}
		if err := store.Changed(n, nil, "这家企业的申请已由其他审核人员处理。"); err != nil {
			return err
		}
		if err := s.identity.TellPerson(ctx, tx, e.LegalrepID, notify.Enterprise, text, link.MobileMe); err != nil {
			return err
		}
		return s.audit.Add(ctx, tx, by, "enterprise."+string(state), audit.Subject("enterprise", id), nil)
	})
}

// Enable switches electronic contracts on (启用电子劳动合同, guide 1.1). It is no
// error if they are on already.
func (s *Service) Enable(ctx context.Context, by app.Actor) error {
	if !s.sms {
		return app.Fail(app.Conflict, "本系统还没有接通短信服务，暂不能启用电子劳动合同。请联系系统管理员配置短信接口。")
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		e, err := tx.Enterprise(ctx, by.Enterprise)
		if err != nil || e.Electronic {
			return err
		}
		n, err := tx.EnableElectronic(ctx, by.Enterprise)
		if err := store.Changed(n, err, "企业的入驻申请还在审核，通过后才能启用电子劳动合同。"); err != nil {
			return err
		}
		return s.audit.Add(ctx, tx, by, "electronic.enabled", audit.Subject("enterprise", by.Enterprise), nil)
	})
}

// Close switches electronic contracts off (电子劳动合同关闭, guide 1.4), where
// WhyOpen does not speak against it.
func (s *Service) Close(ctx context.Context, by app.Actor) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		why, err := whyOpen(ctx, tx.Queries, by.Enterprise)
		if err != nil {
			return err
		}
		if why != "" {
			return app.Fail(app.Conflict, why)
		}
		n, err := tx.CloseElectronic(ctx, by.Enterprise)
		if err := store.Changed(n, err, "企业的状态刚才有变化，请刷新页面后再试。"); err != nil {
			return err
		}
		return s.audit.Add(ctx, tx, by, "electronic.closed", audit.Subject("enterprise", by.Enterprise), nil)
	})
}

// WhyOpen says why electronic contracts cannot be switched off, "" if they can:
// an authorization was completed (as it was where anything is concluded), a worker has
// signed, or they are off.
func (s *Service) WhyOpen(ctx context.Context, id int64) (string, error) {
	return whyOpen(ctx, s.db.Queries, id)
}

func whyOpen(ctx context.Context, q *store.Queries, id int64) (string, error) {
	e, err := q.Enterprise(ctx, id)
	if err != nil {
		return "", err
	}
	signed, err := q.WorkerHasSigned(ctx, id)
	switch {
	case err != nil:
		return "", err
	case !e.AuthorizedAt.IsZero():
		return "企业已于 " + e.AuthorizedAt.Local() + " 完成电子签章授权，不允许关闭电子劳动合同。", nil
	case !e.Electronic:
		return "企业没有启用电子劳动合同，不需要关闭。办理新签、续签或解除备案时可以选择启用。", nil
	case signed:
		return "已有劳动者签署了电子劳动合同，不允许关闭。", nil
	}
	return "", nil
}

// MarkAuthorized notes the enterprise's first completed authorization.
func (s *Service) MarkAuthorized(ctx context.Context, tx *store.Tx, id int64) error {
	tx.AfterCommit(func() { s.hub.Publish(hub.Enterprise(id)) })
	return tx.MarkAuthorized(ctx, store.MarkAuthorizedParams{ID: id, AuthorizedAt: tx.Now})
}

// Name is the enterprise's name, within a transaction.
func (s *Service) Name(ctx context.Context, tx *store.Tx, id int64) (string, error) {
	e, err := tx.Enterprise(ctx, id)
	return e.Name, err
}

// TellClerks puts a message into the inbox of the legal rep and all agents.
func (s *Service) TellClerks(ctx context.Context, tx *store.Tx, id int64, k notify.Kind, text, link string) error {
	accounts, err := tx.ClerksOf(ctx, app.Ref(id))
	return s.tell(ctx, tx, accounts, err, k, text, link)
}

// TellClerksOf is TellClerks for what may come of many at once.
func (s *Service) TellClerksOf(ctx context.Context, tx *store.Tx, id int64, m notify.Several) error {
	accounts, err := tx.ClerksOf(ctx, app.Ref(id))
	for _, a := range accounts {
		if err == nil {
			err = s.notify.TellOf(ctx, tx, a, m)
		}
	}
	return err
}

// TellManagers puts a message into the inbox of all who manage the seals. What
// another did reaches the legal rep by text message too, whose sentence follows
// the enterprise's name.
func (s *Service) TellManagers(ctx context.Context, tx *store.Tx, by app.Actor, k notify.Kind, text, link, sentence string) error {
	accounts, err := tx.ManagersOf(ctx, app.Ref(by.Enterprise))
	if err := s.tell(ctx, tx, accounts, err, k, text, link); err != nil || by.Kind == app.AccountLegalRep || sentence == "" {
		return err
	}
	rep, err := tx.LegalRepAccount(ctx, app.Ref(by.Enterprise))
	if err != nil {
		return err
	}
	return s.identity.Alert(ctx, tx, int64(rep.PersonID), rep.ID, k, rep.Name+sentence)
}

func (s *Service) tell(ctx context.Context, tx *store.Tx, accounts []int64, err error, k notify.Kind, text, link string) error {
	for _, a := range accounts {
		if err == nil {
			err = s.notify.Tell(ctx, tx, a, k, text, link)
		}
	}
	return err
}
