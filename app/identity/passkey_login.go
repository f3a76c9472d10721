package identity

import (
	"context"

	"laoqi/app"
	"laoqi/app/passkey"
	"laoqi/app/store"
	"laoqi/app/vault"
)

// passkeyLoginIntent is what an answer for logging in is good for.
var passkeyLoginIntent = Intent{Purpose: ForPasskeyLogin}

// AskPasskeyLogin returns what the browser of whoever wants to log in is asked. No
// account is named, so nothing in it tells whether there is one.
func (s *Service) AskPasskeyLogin(ctx context.Context, site passkey.Site) (options string, err error) {
	q, err := site.Ask(nil)
	if err != nil {
		return "", err
	}
	return q.Options, s.db.Write(ctx, func(tx *store.Tx) error {
		return s.ask(ctx, tx, app.Actor{}, site, passkeyLoginIntent, q)
	})
}

// LogInByPasskey opens a session of the face for the account that the passkey was
// made for: a passkey belongs to one account, so it also decides between 个人登录
// and 单位登录. A wrong answer is a conflict.
//
// The session is as good as one by password, but it does not count as a password
// given (proved_at): the phone that holds the passkey also gets the SMS codes, so
// who steals it unlocked would have all that activating a certificate asks. One
// device must not be enough, as one SIM is not.
func (s *Service) LogInByPasskey(ctx context.Context, face string, site passkey.Site, answer string, d app.Device) (token string, err error) {
	token = vault.Token()
	problem := ""
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		_, key, wrong, err := s.checkPasskey(ctx, tx, site, app.Actor{Device: d}, answer)
		if err != nil || wrong != "" {
			problem = wrong
			return err
		}
		if face == FaceHall && key.Kind == app.AccountPerson {
			problem = "这个通行密钥属于个人账号，请在手机端登录；网厅要用单位账号的通行密钥。"
			return nil
		}
		return s.openSession(ctx, tx, face, token, key.AccountID, d, app.Time{})
	})
	if err == nil && problem != "" {
		err = app.Fail(app.Conflict, problem)
	}
	return token, err
}
