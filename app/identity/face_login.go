package identity

import (
	"context"

	"laoqi/app"
	"laoqi/app/store"
	"laoqi/app/vault"
)

// faceLoginIntent is what a pass for logging in to a face of the site is good for.
func faceLoginIntent(face string) Intent { return Intent{Purpose: ForFaceLogin, Object: face} }

// byFace finds the account that the credentials name, and the mobile for its
// code. Nobody's codes are counted like all others, under a mobile of that name.
func (s *Service) byFace(ctx context.Context, tx *store.Tx, c Credentials) (who app.Actor, mobile string, err error) {
	c = s.canonical(c)
	found, err := s.candidates(ctx, c)
	if err != nil || len(found) == 0 || c.Way == AsDesk {
		return who, "login:" + c.USCC + "|" + c.Name, err
	}
	person, err := tx.AccountPerson(ctx, found[0].id)
	if err != nil {
		return who, "", err
	}
	who = app.Actor{Account: found[0].id, Person: int64(person)}
	mobile, err = s.mobile(ctx, tx, who)
	return who, mobile, err
}

// SendFaceCode sends the code for 人脸验证登录. Nothing in its outcome tells
// whether there is such an account.
func (s *Service) SendFaceCode(ctx context.Context, c Credentials) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		who, mobile, err := s.byFace(ctx, tx, c)
		if err != nil {
			return err
		}
		code, err := s.newCode(ctx, tx, mobile, ForFaceLogin)
		if err != nil || who.Account == 0 {
			return err
		}
		return s.textCode(ctx, tx, mobile, ForFaceLogin, code)
	})
}

// OpenFaceLogin consumes the code and opens the check of the account's face, for a
// log-in to that face of the site. Only whoever holds the phone learns whether a
// face is known.
func (s *Service) OpenFaceLogin(ctx context.Context, face string, c Credentials, code string) (token string, err error) {
	var faults app.Faults
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		who, mobile, err := s.byFace(ctx, tx, c)
		if err != nil {
			return err
		}
		problem, err := s.useCode(ctx, tx, mobile, ForFaceLogin, code)
		if err != nil {
			return err
		}
		if who.Account == 0 {
			problem = wrongCode
		}
		if faults.Add("code", problem); faults != nil {
			return nil
		}
		state, err := s.Face(ctx, who)
		if err != nil {
			return err
		}
		if state != FaceActive {
			faults.Add("name", "这个账号没有开通人脸验证，请用账号密码登录，之后在“账号与安全”中开通。")
			return nil
		}
		token, err = s.openFaceCheck(ctx, tx, who, faceLoginIntent(face))
		return err
	})
	if err != nil {
		return "", err
	}
	return token, faults.Err()
}

// LogInByFace opens a session of the face for the holder of the pass.
func (s *Service) LogInByFace(ctx context.Context, face, pass string, d app.Device) (token string, err error) {
	token = vault.Token()
	var problem string
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		account, err := tx.PassAccount(ctx, tokenHash(pass))
		if store.IsNone(err) {
			problem = passOver
			return nil
		}
		if err != nil {
			return err
		}
		if _, problem, err = s.usePass(ctx, tx, app.Actor{Account: account, Device: d}, faceLoginIntent(face), pass); err != nil || problem != "" {
			return err
		}
		return s.openSession(ctx, tx, face, token, account, d, tx.Now)
	})
	return token, fault("name", problem, err)
}
