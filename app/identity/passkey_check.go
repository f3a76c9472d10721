package identity

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/link"
	"laoqi/app/notify"
	"laoqi/app/passkey"
	"laoqi/app/store"
)

const passkeyLife = 5 * time.Minute // of a question

const (
	wrongPasskey  = "通行密钥没有通过验证。请用设备的指纹、面容或锁屏密码解锁后重试，或改用其他方式。"
	passkeyOver   = "这次设备验证已失效，请重新验证，或改用其他方式。"
	copiedPasskey = "通行密钥的使用次数对不上，可能被人复制，本次没有通过。请改用其他方式，并在“账号与安全”中删除这个通行密钥。"
)

// ask keeps the question until its answer comes; the actor is nobody before a log-in.
func (s *Service) ask(ctx context.Context, tx *store.Tx, by app.Actor, site passkey.Site, i Intent, q passkey.Question) error {
	return tx.InsertPasskeyChallenge(ctx, store.InsertPasskeyChallengeParams{Hash: tokenHash(string(q.Challenge)), AccountID: app.Ref(by.Account),
		Purpose: string(i.Purpose), Intent: s.intentHash(i), Origin: site.Origin, MadeAt: tx.Now})
}

// take consumes the question with the challenge, asked at the site of the account,
// 0 for whoever logs in. over says why there is none.
func (s *Service) take(ctx context.Context, tx *store.Tx, site passkey.Site, challenge []byte, account int64) (asked store.PasskeyChallenge, over string, err error) {
	asked, err = tx.TakePasskeyChallenge(ctx, tokenHash(string(challenge)))
	if store.IsNone(err) {
		return asked, passkeyOver, nil
	}
	if err != nil {
		return asked, "", err
	}
	if tx.Now.Sub(asked.MadeAt.Time) > passkeyLife || asked.Origin != site.Origin || int64(asked.AccountID) != account {
		return asked, passkeyOver, nil
	}
	return asked, "", nil
}

// HasPasskey reports whether the actor can be recognised by passkey at the site.
func (s *Service) HasPasskey(ctx context.Context, by app.Actor, site passkey.Site) (bool, error) {
	ids, err := passkeyIDs(ctx, s.db.Queries, by, site.Host)
	return len(ids) > 0, err
}

// AskPasskey returns what the actor's browser is asked before the act of the intent.
func (s *Service) AskPasskey(ctx context.Context, by app.Actor, site passkey.Site, i Intent) (options string, err error) {
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		ids, err := passkeyIDs(ctx, tx.Queries, by, site.Host)
		if err != nil {
			return err
		}
		if len(ids) == 0 {
			return app.Fail(app.Conflict, "这个账号没有可以在这里使用的通行密钥，请改用其他方式。")
		}
		q, err := site.Ask(ids)
		if err != nil {
			return err
		}
		options = q.Options
		return s.ask(ctx, tx, by, site, i, q)
	})
	return options, err
}

// AnswerPasskey gives a pass for the intent that the browser was asked for. A wrong
// answer is a fault of the field by.
func (s *Service) AnswerPasskey(ctx context.Context, by app.Actor, site passkey.Site, answer string) (pass string, err error) {
	problem := ""
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		asked, _, wrong, err := s.checkPasskey(ctx, tx, site, by, answer)
		if err != nil || wrong != "" {
			problem = wrong
			return err
		}
		pass, err = s.givePass(ctx, tx, by.Account, ByPasskey, asked.Intent)
		return err
	})
	return pass, fault("by", problem, err)
}

// checkPasskey consumes the question that the answer is to, and returns it with the
// key that answered, or the sentence why nothing is proved; the transaction must
// commit also then. The actor is nobody before a log-in.
func (s *Service) checkPasskey(ctx context.Context, tx *store.Tx, site passkey.Site, by app.Actor, answer string) (asked store.PasskeyChallenge, key store.UsablePasskeyRow, problem string, err error) {
	used, err := passkey.ReadUsed(answer)
	if err != nil {
		return asked, key, wrongPasskey, nil
	}
	if asked, problem, err = s.take(ctx, tx, site, used.Challenge, by.Account); err != nil || problem != "" {
		return asked, key, problem, err
	}
	key, err = tx.UsablePasskey(ctx, store.UsablePasskeyParams{Credential: used.ID, TodayOn: app.DateOf(tx.Now.Time)})
	if store.IsNone(err) || err == nil && by.Account != 0 && key.AccountID != by.Account {
		return asked, key, wrongPasskey, nil
	}
	if err != nil {
		return asked, key, "", err
	}
	by.Account, by.Person = key.AccountID, int64(key.PersonID)
	g := s.guardOf("passkey", strconv.FormatInt(by.Account, 10), by.Device)
	if problem, err = passkeyLock(ctx, tx, g); err != nil || problem != "" {
		return asked, key, problem, err
	}
	counter, err := used.Check(site, passkey.Owner{Handle: key.Handle}, passkey.Key{ID: key.Credential, Public: key.PublicKey, Counter: uint32(key.Counter), Shared: key.Shared})
	if err != nil {
		problem, err = s.refused(ctx, tx, by, asked, key, g, err)
		return asked, key, problem, err
	}
	n, err := tx.CountPasskey(ctx, store.CountPasskeyParams{ID: key.ID, Counter: int64(counter), Was: key.Counter, UsedAt: tx.Now})
	if err := store.Changed(n, err, passkeyOver); err != nil {
		return asked, key, "", err
	}
	if err := g.clear(ctx, tx); err != nil {
		return asked, key, "", err
	}
	return asked, key, "", s.auditPasskey(ctx, tx, by, "passkey.passed", asked, key, counter)
}

func passkeyLock(ctx context.Context, tx *store.Tx, g guard) (problem string, err error) {
	left, err := g.left(ctx, tx.Queries, tx.Now)
	if left > 0 {
		problem = fmt.Sprintf("通行密钥连续 5 次没有通过，已锁定。请 %d 分钟后再试，或改用其他方式。", left)
	}
	return problem, err
}

// refused counts an answer that proves nothing. Of a key that may have been copied
// the person is told.
func (s *Service) refused(ctx context.Context, tx *store.Tx, by app.Actor, asked store.PasskeyChallenge, key store.UsablePasskeyRow, g guard, why error) (problem string, err error) {
	if err := g.wrong(ctx, tx); err != nil {
		return "", err
	}
	if !errors.Is(why, passkey.ErrCounter) {
		return wrongPasskey, s.auditPasskey(ctx, tx, by, "passkey.failed", asked, key, 0)
	}
	text := "通行密钥“" + key.Name + "”的使用次数对不上，可能被人复制，这次使用已拒绝。请在“账号与安全”中删除它，再重新添加。"
	if err := s.notify.Tell(ctx, tx, by.Account, notify.Security, text, link.MobilePasskeys); err != nil {
		return "", err
	}
	if err := s.Text(ctx, tx, by.Person, "【劳契】您账号的"+text); err != nil {
		return "", err
	}
	return copiedPasskey, s.auditPasskey(ctx, tx, by, "passkey.copied", asked, key, 0)
}

func (s *Service) auditPasskey(ctx context.Context, tx *store.Tx, by app.Actor, kind string, asked store.PasskeyChallenge, key store.UsablePasskeyRow, counter uint32) error {
	return s.audit.Add(ctx, tx, by, kind, audit.Subject("account", by.Account), audit.Facts{"method": ByPasskey, "purpose": asked.Purpose,
		"credential": credentialHash(key.Credential), "counter": counter})
}
