package identity

import (
	"context"
	"time"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/store"
	"laoqi/app/vault"
)

// Method is how somebody was recognised. A method gives a pass, which stands in
// for the SMS code of one act within PassLife.
type Method string

// ByCode is recognition by a code to the own mobile.
const ByCode Method = "sms"

// PassLife is how long a pass waits for its act.
const PassLife = 5 * time.Minute

const passOver = "本人验证已失效，请重新验证，或改用短信验证码。"

// givePass makes a pass of the account for the intent with the hash. Who holds the token has it.
func (s *Service) givePass(ctx context.Context, tx *store.Tx, account int64, m Method, intent []byte) (token string, err error) {
	token = vault.Token()
	return token, tx.InsertPass(ctx, store.InsertPassParams{
		TokenHash: tokenHash(token), AccountID: account, Method: string(m), Intent: intent, MadeAt: tx.Now,
	})
}

// usePass consumes the pass, and returns how it was come by or the sentence for its field.
func (s *Service) usePass(ctx context.Context, tx *store.Tx, by app.Actor, i Intent, token string) (m Method, problem string, err error) {
	method, err := tx.UsePass(ctx, store.UsePassParams{TokenHash: tokenHash(token), AccountID: by.Account, Intent: s.intentHash(i),
		UsedAt: tx.Now, SinceAt: app.At(tx.Now.Add(-PassLife))})
	if store.IsNone(err) {
		return "", passOver, nil
	}
	if err != nil {
		return "", "", err
	}
	return Method(method), "", s.audit.Add(ctx, tx, by, "pass.used", audit.Subject("account", by.Account), audit.Facts{"method": method, "purpose": i.Purpose})
}

// Passed reports whether the token is a pass of the actor that still waits for the intent.
func (s *Service) Passed(ctx context.Context, by app.Actor, i Intent, token string) (bool, error) {
	if token == "" {
		return false, nil
	}
	return s.db.PassIsOpen(ctx, store.PassIsOpenParams{TokenHash: tokenHash(token), AccountID: by.Account, Intent: s.intentHash(i),
		SinceAt: app.At(s.db.Now().Add(-PassLife))})
}

func (s *Service) intentHash(i Intent) []byte {
	return s.vault.Index("intent", string(i.Purpose)+"|"+i.Object)
}
