package identity

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/link"
	"laoqi/app/notify"
	"laoqi/app/passkey"
	"laoqi/app/store"
)

// ByPasskey is recognition by a key of the person's device, which the person
// unlocks each time. It stands in for the SMS code, never for the password.
const ByPasskey Method = "passkey"

const maxPasskeys = 10 // of one account

// Passkey is a key that a device holds for an account.
type Passkey struct {
	ID     int64
	Name   string
	Host   string // under which it serves
	MadeAt app.Time
	UsedAt app.Time // zero: never
}

// Passkeys lists the passkeys of the actor's account, the oldest first.
func (s *Service) Passkeys(ctx context.Context, by app.Actor) ([]Passkey, error) {
	rows, err := s.db.Passkeys(ctx, by.Account)
	list := make([]Passkey, len(rows))
	for i, r := range rows {
		list[i] = Passkey{r.ID, r.Name, r.Host, r.MadeAt, r.UsedAt}
	}
	return list, err
}

// Passkey reads one passkey of the actor's account.
func (s *Service) Passkey(ctx context.Context, by app.Actor, id int64) (Passkey, error) {
	r, err := s.db.Passkey(ctx, store.PasskeyParams{ID: id, AccountID: by.Account})
	if err != nil {
		return Passkey{}, store.Found(err, passkeyGone)
	}
	return Passkey{r.ID, r.Name, r.Host, r.MadeAt, r.UsedAt}, nil
}

const passkeyGone = "没有这个通行密钥，可能已经删除。"

// PasskeyIntent is what a proof for adding a passkey is good for.
func PasskeyIntent(by app.Actor) Intent {
	return Intent{ForPasskey, audit.Subject("account", by.Account)}
}

// NewPasskey is the form 添加通行密钥. Another passkey proves nothing here: who
// stole one device must not add a second.
type NewPasskey struct {
	Name string
	Proof
}

func (n *NewPasskey) check() app.Faults {
	var faults app.Faults
	faults.Add("name", checkPasskeyName(n.Name))
	n.Pass = ""
	n.Proof.Check(&faults)
	return faults
}

func checkPasskeyName(name string) string {
	if length := len([]rune(name)); length == 0 || length > 20 {
		return "请输入 1 到 20 个字的名称，例如“我的手机”。"
	}
	return ""
}

// MayAddPasskey tells, as a conflict, why the actor cannot add one now.
func (s *Service) MayAddPasskey(ctx context.Context, by app.Actor) error {
	return s.mayAddPasskey(ctx, s.db.Queries, by, s.db.Now())
}

func (s *Service) mayAddPasskey(ctx context.Context, q *store.Queries, by app.Actor, now app.Time) error {
	blocked, err := q.PasskeyBlock(ctx, by.Account)
	if err != nil {
		return err
	}
	if blocked.After(now.Time) {
		return app.Fail(app.Conflict, "您的密码或手机号刚刚变更，为防止他人冒用，"+blocked.Local()+" 之后才能添加通行密钥。")
	}
	have, err := q.Passkeys(ctx, by.Account)
	if err == nil && len(have) >= maxPasskeys {
		return app.Fail(app.Conflict, fmt.Sprintf("一个账号最多 %d 个通行密钥，请先删除不用的。", maxPasskeys))
	}
	return err
}

// AskNewPasskey consumes the proof and returns what the browser is asked, for its script.
func (s *Service) AskNewPasskey(ctx context.Context, by app.Actor, site passkey.Site, n NewPasskey) (options string, err error) {
	if err := n.check().Err(); err != nil {
		return "", err
	}
	if err := s.MayAddPasskey(ctx, by); err != nil {
		return "", err
	}
	i := PasskeyIntent(by)
	err = s.Proved(ctx, by, i, n.Proof, func(tx *store.Tx) error {
		owner, err := s.passkeyOwner(ctx, tx, by.Account)
		if err != nil {
			return err
		}
		have, err := passkeyIDs(ctx, tx.Queries, by, "")
		if err != nil {
			return err
		}
		q, err := site.AskNew(owner, have)
		if err != nil {
			return err
		}
		options = q.Options
		return s.ask(ctx, tx, by, site, i, q)
	})
	return options, err
}

// passkeyOwner is the account as devices know it, from its first passkey on: what
// a device kept of a passkey that was removed is replaced by the next one.
func (s *Service) passkeyOwner(ctx context.Context, tx *store.Tx, account int64) (o passkey.Owner, err error) {
	handle := make([]byte, 32)
	rand.Read(handle)
	if err := tx.MakePasskeyOwner(ctx, store.MakePasskeyOwnerParams{AccountID: account, Handle: handle}); err != nil {
		return o, err
	}
	row, err := tx.PasskeyOwner(ctx, account)
	name := row.Name + "（个人账号）"
	switch row.Kind {
	case app.AccountLegalRep:
		name = row.Name + "（" + row.Enterprise + " 法定代表人）"
	case app.AccountAgent:
		name = row.Name + "（" + row.Enterprise + " 经办人）"
	}
	return passkey.Owner{Handle: row.Handle, Name: name}, err
}

// passkeyIDs are those of the actor's passkeys that serve under the host, "" for all.
func passkeyIDs(ctx context.Context, q *store.Queries, by app.Actor, host string) (ids [][]byte, err error) {
	rows, err := q.Passkeys(ctx, by.Account)
	for _, r := range rows {
		if host == "" || r.Host == host {
			ids = append(ids, r.Credential)
		}
	}
	return ids, err
}

// AddPasskey keeps the key that the browser made.
func (s *Service) AddPasskey(ctx context.Context, by app.Actor, site passkey.Site, name, answer string) error {
	if problem := checkPasskeyName(name); problem != "" {
		return fault("name", problem, nil)
	}
	made, err := passkey.ReadMade(answer)
	if err != nil {
		return app.Fail(app.Conflict, wrongPasskey)
	}
	problem := ""
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		asked, over, err := s.take(ctx, tx, site, made.Challenge, by.Account)
		if err != nil || over != "" {
			problem = over
			return err
		}
		if Purpose(asked.Purpose) != ForPasskey {
			problem = passkeyOver
			return nil
		}
		if err := s.mayAddPasskey(ctx, tx.Queries, by, tx.Now); err != nil {
			return err
		}
		problem, err = s.keepPasskey(ctx, tx, by, site, name, made)
		return err
	})
	if err == nil && problem != "" {
		err = app.Fail(app.Conflict, problem)
	}
	return err
}

func (s *Service) keepPasskey(ctx context.Context, tx *store.Tx, by app.Actor, site passkey.Site, name string, made passkey.Made) (problem string, err error) {
	owner, err := s.passkeyOwner(ctx, tx, by.Account)
	if err != nil {
		return "", err
	}
	key, err := made.Check(site, owner)
	if err != nil {
		return wrongPasskey, s.audit.Add(ctx, tx, by, "passkey.failed", audit.Subject("account", by.Account), audit.Facts{"purpose": ForPasskey})
	}
	err = tx.InsertPasskey(ctx, store.InsertPasskeyParams{AccountID: by.Account, Credential: key.ID, PublicKey: key.Public, Host: site.Host, Name: name,
		Counter: int64(key.Counter), Shared: key.Shared, MadeAt: tx.Now})
	if err != nil {
		return "", store.Taken(err, "这台设备已经为账号添加过通行密钥，不用重复添加。")
	}
	text := "账号添加了通行密钥“" + name + "”，可以用来登录和验证本人。如果不是您本人操作，请立即在“账号与安全”中删除，并重置登录密码。"
	if err := s.notify.Tell(ctx, tx, by.Account, notify.Security, text, link.MobilePasskeys); err != nil {
		return "", err
	}
	return "", s.audit.Add(ctx, tx, by, "passkey.added", audit.Subject("account", by.Account), audit.Facts{"credential": credentialHash(key.ID), "host": site.Host})
}

// credentialHash names a key in the audit log.
func credentialHash(id []byte) string { return hex.EncodeToString(tokenHash(string(id))) }

// RemovePasskey ends one passkey of the actor's account at once.
func (s *Service) RemovePasskey(ctx context.Context, by app.Actor, id int64) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		row, err := tx.Passkey(ctx, store.PasskeyParams{ID: id, AccountID: by.Account})
		if err != nil {
			return store.Found(err, passkeyGone)
		}
		n, err := tx.DeletePasskey(ctx, store.DeletePasskeyParams{ID: id, AccountID: by.Account})
		if err := store.Changed(n, err, passkeyGone); err != nil {
			return err
		}
		return s.audit.Add(ctx, tx, by, "passkey.removed", audit.Subject("account", by.Account), audit.Facts{"credential": credentialHash(row.Credential)})
	})
}

// EndPasskeys removes all passkeys of an account whose password somebody else set
// or whose time is over. told is the sentence about it for the person, "" if there
// were none.
func (s *Service) EndPasskeys(ctx context.Context, tx *store.Tx, by app.Actor, account int64) (told string, err error) {
	count, err := tx.DeletePasskeysOf(ctx, account)
	if err != nil || count == 0 {
		return "", err
	}
	return fmt.Sprintf("%d 个通行密钥已删除。", count), s.audit.Add(ctx, tx, by, "passkeys.ended", audit.Subject("account", account), audit.Facts{"count": count})
}
