package identity

import (
	"context"
	"time"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/link"
	"laoqi/app/notify"
	"laoqi/app/store"
)

// blockedLife is how long no certificate is made after a reset or a change of mobile.
const blockedLife = 24 * time.Hour

// Reset is the form 忘记密码: of a personal account, found by its mobile, or of
// the legal rep's enterprise account, found by the USCC.
type Reset struct {
	Way             Way // AsPerson or AsEnterprise
	Mobile          string
	USCC            string
	Code            string
	Password, Again string
}

func (r *Reset) checkName(faults *app.Faults) {
	if r.Way == AsEnterprise {
		uscc, problem := app.CheckUSCC(r.USCC)
		faults.Add("uscc", problem)
		r.USCC = uscc
		return
	}
	mobile, problem := app.CheckMobile(r.Mobile)
	faults.Add(app.FieldMobile, problem)
	r.Mobile = mobile
}

func (r *Reset) check() app.Faults {
	var faults app.Faults
	r.checkName(&faults)
	faults.Require("code", r.Code, "请输入短信验证码。")
	faults.Add("password", app.CheckPassword(r.Password))
	if r.Password != r.Again {
		faults.Add("again", "两次输入的密码不一致，请重新输入。")
	}
	return faults
}

// SendResetCode sends the code for 忘记密码. Nothing in its outcome tells whether
// there is such an account: where there is none, a code is made that nobody gets.
func (s *Service) SendResetCode(ctx context.Context, r Reset) error {
	var faults app.Faults
	if r.checkName(&faults); faults != nil {
		return faults.Err()
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		who, mobile, err := s.resetting(ctx, tx, r)
		if err != nil {
			return err
		}
		code, err := s.newCode(ctx, tx, mobile, ForReset)
		if err != nil || who.Account == 0 {
			return err
		}
		return s.textCode(ctx, tx, mobile, ForReset, code)
	})
}

// resetting finds whose password the form is about, and the mobile for the code.
// Nobody's codes are counted like all others, under a mobile of that name.
func (s *Service) resetting(ctx context.Context, tx *store.Tx, r Reset) (who app.Actor, mobile string, err error) {
	var person app.Ref
	if r.Way == AsEnterprise {
		row, e := tx.AccountByUSCC(ctx, r.USCC)
		who.Account, person, err, mobile = row.ID, row.PersonID, e, "uscc:"+r.USCC
	} else {
		row, e := tx.AccountByMobile(ctx, MobileHash(s.vault, r.Mobile))
		who.Account, person, err, mobile = row.ID, row.PersonID, e, r.Mobile
	}
	if store.IsNone(err) {
		return app.Actor{}, mobile, nil
	}
	if err != nil {
		return who, "", err
	}
	who.Person = int64(person)
	mobile, err = s.mobile(ctx, tx, who)
	return who, mobile, err
}

// ResetPassword sets a new password by a code to the account's mobile. One SIM is
// not enough to sign: the certificate is revoked, and none is made for 24 hours.
func (s *Service) ResetPassword(ctx context.Context, r Reset, d app.Device, revoke Revoke) error {
	if err := r.check().Err(); err != nil {
		return err
	}
	hash, err := s.hasher.Hash(ctx, r.Password)
	if err != nil {
		return err
	}
	var problem string
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		who, mobile, err := s.resetting(ctx, tx, r)
		if err != nil {
			return err
		}
		if problem, err = s.useCode(ctx, tx, mobile, ForReset, r.Code); err != nil || problem != "" {
			return err
		}
		if who.Account == 0 {
			problem = wrongCode
			return nil
		}
		who.Device = d
		if err := s.forgive(ctx, tx, who, r); err != nil {
			return err
		}
		return s.reset(ctx, tx, who, hash, revoke)
	})
	return fault("code", problem, err)
}

// forgive lifts the lock that made somebody set a new password, however the account
// was named at the log-in.
func (s *Service) forgive(ctx context.Context, tx *store.Tx, who app.Actor, r Reset) error {
	names := []string{""}
	if r.Way == AsPerson {
		row, err := tx.Person(ctx, who.Person)
		if err != nil {
			return err
		}
		p, err := s.open(row)
		if err != nil {
			return err
		}
		names = []string{p.Mobile, p.IDNumber}
	}
	for _, name := range names {
		c := s.canonical(Credentials{Way: r.Way, USCC: r.USCC, Name: name})
		if err := s.loginGuard(c, who.Device).clear(ctx, tx); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) reset(ctx context.Context, tx *store.Tx, who app.Actor, hash string, revoke Revoke) error {
	if err := tx.ResetAccount(ctx, store.ResetAccountParams{ID: who.Account, Password: hash}); err != nil {
		return err
	}
	if err := s.suspect(ctx, tx, who, who.Account, revoke); err != nil {
		return err
	}
	ended, err := s.EndPasskeys(ctx, tx, who, who.Account)
	if err != nil {
		return err
	}
	text := "登录密码已用短信验证码重置，所有设备已退出登录，数字证书已吊销，24 小时内不能激活。" + ended + "如果不是您本人操作，请立即联系审核窗口。"
	if err := s.notify.Tell(ctx, tx, who.Account, notify.Security, text, link.MobileMe); err != nil {
		return err
	}
	if err := s.Text(ctx, tx, who.Person, "【劳契】您的"+text); err != nil {
		return err
	}
	return s.audit.Add(ctx, tx, who, "password.reset", audit.Subject("account", who.Account), nil)
}

// suspect is what follows when somebody else may have come into an account: its
// sessions end, its certificate is revoked, and none is made for blockedLife.
func (s *Service) suspect(ctx context.Context, tx *store.Tx, by app.Actor, account int64, revoke Revoke) error {
	if err := tx.BlockAccount(ctx, store.BlockAccountParams{ID: account, ClearedAt: app.At(tx.Now.Add(blockedLife))}); err != nil {
		return err
	}
	if err := s.EndSessions(ctx, tx, account); err != nil {
		return err
	}
	return revoke(ctx, tx, by, account)
}
