package enterprise

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/app/notify"
	"laoqi/app/store"
)

// AgentForm is the form 添加经办人 (guide 2.1.2).
type AgentForm struct {
	identity.Known
	IDFrom, IDUntil app.Date
	Long            bool // 长期有效
	Password, Again string
	AgentTerms
}

func (f *AgentForm) check(today app.Date) app.Faults {
	var faults app.Faults
	f.Known.Check(&faults, today)
	identity.CheckValidity(&faults, f.IDFrom, f.IDUntil, f.Long, today)
	checkNewPassword(&faults, f.Password, f.Again)
	f.AgentTerms.check(&faults, today)
	return faults
}

func checkNewPassword(faults *app.Faults, password, again string) {
	faults.Add("password", app.CheckPassword(password))
	if password != again {
		faults.Add("again", "两次输入的密码不一致，请重新输入。")
	}
}

// AgentDraft is a checked form that waits for the proof of whoever adds.
type AgentDraft struct {
	identity.Known
	IDFrom, IDUntil app.Date // no end: 长期有效
	AgentTerms
	Password string // its hash
}

// DraftAgent checks the form and makes the draft of an agent; nothing is stored.
func (s *Service) DraftAgent(ctx context.Context, by app.Actor, f AgentForm) (AgentDraft, error) {
	if err := f.check(app.DateOf(s.db.Now().Time)).Err(); err != nil {
		return AgentDraft{}, err
	}
	if f.Long {
		f.IDUntil = app.Date{}
	}
	if _, _, err := s.checkAgent(ctx, s.db.Queries, by, f.Known); err != nil {
		return AgentDraft{}, err
	}
	hash, err := s.hasher.Hash(ctx, f.Password)
	return AgentDraft{f.Known, f.IDFrom, f.IDUntil, f.AgentTerms, hash}, err
}

// SealDraft encrypts a draft for the page that asks for the proof. Only the
// actor's present session can open it.
func (s *Service) SealDraft(by app.Actor, d AgentDraft) (string, error) {
	plain, err := json.Marshal(d)
	return base64.RawURLEncoding.EncodeToString(s.vault.Seal(draftLabel(by), plain)), err
}

// OpenDraft reads what SealDraft encrypted.
func (s *Service) OpenDraft(by app.Actor, sealed string) (d AgentDraft, err error) {
	box, err := base64.RawURLEncoding.DecodeString(sealed)
	if err == nil {
		box, err = s.vault.Open(draftLabel(by), box)
	}
	if err != nil {
		return d, app.Fail(app.Conflict, "填写的经办人信息已失效，请重新填写。")
	}
	err = json.Unmarshal(box, &d)
	return d, err
}

func draftLabel(by app.Actor) string { return fmt.Sprintf("agent.draft:%d", by.Session) }

// AgentIntent is what a proof for adding the drafted agent is good for.
func AgentIntent(by app.Actor, d AgentDraft) identity.Intent {
	return identity.Intent{Purpose: identity.ForAgent, Object: fmt.Sprintf("%d:%s:%s:%t", by.Enterprise, d.IDType, d.IDNumber, d.Manages)}
}

// AddAgent makes the drafted agent's account at the actor's enterprise. The proof
// needs a code for identity.ForAgent. The account starts to work when the person
// confirms it by a code at the first log-in.
func (s *Service) AddAgent(ctx context.Context, by app.Actor, d AgentDraft, p identity.Proof) (id int64, err error) {
	var faults app.Faults
	if p.Check(&faults); faults != nil {
		return 0, faults.Err()
	}
	err = s.identity.Proved(ctx, by, AgentIntent(by, d), p, func(tx *store.Tx) error {
		person, err := s.agentPerson(ctx, tx, by, d)
		if err != nil {
			return err
		}
		id, err = tx.InsertStaff(ctx, store.InsertStaffParams{Kind: app.AccountAgent, PersonID: app.Ref(person), EnterpriseID: app.Ref(by.Enterprise),
			Password: d.Password, Manages: d.Manages, FromOn: d.From, UntilOn: d.Until, CreatedAt: tx.Now})
		if err != nil {
			return store.Taken(err, agentTaken)
		}
		if err := s.welcome(ctx, tx, by, id, d); err != nil {
			return err
		}
		return s.audit.Add(ctx, tx, by, "agent.added", audit.Subject("enterprise", by.Enterprise), audit.Facts{"account": id, "person": person, "manages": d.Manages})
	})
	return id, err
}

const agentTaken = "本单位已有使用这个证件号码或手机号码的经办人。"

// checkAgent reports whether the stated person may become an agent, and who it is.
func (s *Service) checkAgent(ctx context.Context, q *store.Queries, by app.Actor, k identity.Known) (person int64, m identity.Matching, err error) {
	known, err := q.AgentKnown(ctx, store.AgentKnownParams{EnterpriseID: app.Ref(by.Enterprise),
		IDHash: identity.NumberHash(s.vault, k.IDType, k.IDNumber), MobileHash: identity.MobileHash(s.vault, k.Mobile)})
	if err != nil {
		return 0, m, err
	}
	if known {
		return 0, m, app.Faults{{Text: agentTaken}}.Err()
	}
	person, m, err = s.identity.Match(ctx, q, k)
	if err == nil && m == identity.Differs {
		err = app.Faults{{Text: "经办人身份信息核验未通过，请核对姓名、证件号码和手机号码。"}}.Err()
	}
	return person, m, err
}

func (s *Service) agentPerson(ctx context.Context, tx *store.Tx, by app.Actor, d AgentDraft) (int64, error) {
	person, m, err := s.checkAgent(ctx, tx.Queries, by, d.Known)
	if err != nil || m == identity.Matched {
		return person, err
	}
	return s.identity.Insert(ctx, tx, d.Known, d.IDFrom, d.IDUntil)
}

// welcome tells the new agent by text message and in the inbox of the new account.
func (s *Service) welcome(ctx context.Context, tx *store.Tx, by app.Actor, id int64, d AgentDraft) error {
	e, err := tx.Enterprise(ctx, by.Enterprise)
	if err != nil {
		return err
	}
	text := "您已成为“" + e.Name + "”的经办人，有效期" + d.From.Chinese() + "至" + d.Until.Chinese() + "。"
	if err := s.notify.Tell(ctx, tx, id, notify.AgentChanged, text, link.MobileMe); err != nil {
		return err
	}
	return s.notify.SMS(ctx, tx, d.Mobile, "【劳契】"+text+"请用单位登录，首次登录需用短信验证码确认。")
}
