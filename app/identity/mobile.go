package identity

import (
	"context"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/link"
	"laoqi/app/notify"
	"laoqi/app/store"
)

// MobileChange is the form 修改手机号码: a code to the mobile so far, one to the
// new mobile, and the account's password.
type MobileChange struct {
	Mobile           string
	OldCode, NewCode string
	Password         string
}

const sameMobile = "新手机号码与原手机号码相同，请重新输入。"

func (c *MobileChange) check() app.Faults {
	var faults app.Faults
	faults.Require("password", c.Password, "请输入登录密码，确认是您本人操作。")
	faults.Require("old_code", c.OldCode, "请输入原手机收到的验证码。")
	mobile, problem := app.CheckMobile(c.Mobile)
	faults.Add(app.FieldMobile, problem)
	faults.Require("code", c.NewCode, "请输入新手机收到的验证码。")
	c.Mobile = mobile
	return faults
}

// SendMobileCode sends a code to the mobile that the actor wants to change to.
func (s *Service) SendMobileCode(ctx context.Context, mobile string) error {
	mobile, problem := app.CheckMobile(mobile)
	if problem != "" {
		return app.Faults{{Field: app.FieldMobile, Text: problem}}.Err()
	}
	return s.db.Write(ctx, func(tx *store.Tx) error { return s.sendCode(ctx, tx, mobile, ForNewMobile) })
}

// ChangeMobile gives the actor's person another mobile. All accounts of the
// person are treated as after a reset: sessions end, certificates are revoked,
// and none is made for 24 hours. then is told, since what did not match the old
// mobile may match the new one.
func (s *Service) ChangeMobile(ctx context.Context, by app.Actor, c MobileChange, revoke Revoke, then Verified) error {
	if err := c.check().Err(); err != nil {
		return err
	}
	problem, err := s.Prove(ctx, by, c.Password)
	if err != nil || problem != "" {
		return fault("password", problem, err)
	}
	field := ""
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		was, err := s.mobile(ctx, tx, by)
		if err != nil {
			return err
		}
		if was == c.Mobile {
			return app.Faults{{Field: app.FieldMobile, Text: sameMobile}}.Err()
		}
		if field, problem, err = s.useBoth(ctx, tx, was, c); err != nil || problem != "" {
			return err
		}
		if err := s.setMobile(ctx, tx, by, by.Person, was, c.Mobile, false, revoke); err != nil {
			return err
		}
		return then(ctx, tx, by.Person)
	})
	return fault(field, problem, err)
}

// useBoth spends both codes, or neither if one of them is wrong.
func (s *Service) useBoth(ctx context.Context, tx *store.Tx, was string, c MobileChange) (field, problem string, err error) {
	old, problem, err := s.checkCode(ctx, tx, was, ForOldMobile, c.OldCode)
	if err != nil || problem != "" {
		return "old_code", problem, err
	}
	now, problem, err := s.checkCode(ctx, tx, c.Mobile, ForNewMobile, c.NewCode)
	if err != nil || problem != "" {
		return "code", problem, err
	}
	if err := spend(ctx, tx, old); err != nil {
		return "", "", err
	}
	return "", "", spend(ctx, tx, now)
}

// setMobile gives a person another mobile. Of a phone that is lost, which may be in
// other hands, the passkeys end, too.
func (s *Service) setMobile(ctx context.Context, tx *store.Tx, by app.Actor, person int64, was, now string, lost bool, revoke Revoke) error {
	n, err := tx.SetMobile(ctx, store.SetMobileParams{ID: person, Mobile: SealMobile(s.vault, now), MobileHash: MobileHash(s.vault, now), WasHash: MobileHash(s.vault, was)})
	if err != nil {
		return store.Taken(err, "新手机号码已注册过账号，不能使用。")
	}
	if err := store.Changed(n, nil, "手机号码刚刚在另一个页面修改过，请核对。"); err != nil {
		return err
	}
	accounts, err := tx.AccountsOfPerson(ctx, app.Ref(person))
	if err != nil {
		return err
	}
	ended := ""
	for _, account := range accounts {
		if err := s.suspect(ctx, tx, by, account, revoke); err != nil {
			return err
		}
		if !lost {
			continue
		}
		told, err := s.EndPasskeys(ctx, tx, by, account)
		if err != nil {
			return err
		}
		if told != "" {
			ended = "通行密钥已删除，"
		}
	}
	text := "手机号码已修改，所有设备已退出登录，" + ended + "数字证书已吊销，24 小时内不能激活。如果不是您本人操作，请立即联系审核窗口。"
	if err := s.TellPerson(ctx, tx, person, notify.Security, "您的"+text, link.MobileMe); err != nil {
		return err
	}
	if err := s.notify.SMS(ctx, tx, was, "【劳契】您账号的"+text); err != nil {
		return err
	}
	return s.audit.Add(ctx, tx, by, "mobile.changed", audit.Subject("person", person), audit.Facts{"accounts": accounts})
}
