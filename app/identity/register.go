package identity

import (
	"context"
	"encoding/hex"
	"strconv"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/store"
	"laoqi/app/vault"
)

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

// Registration is the form of 统一身份认证.
type Registration struct {
	Known
	IDFrom, IDUntil app.Date
	Long            bool // 长期有效
	Code            string
	Password        string
	Again           string
	Agreed          bool // to PrivacyTerms
}

// Check returns all faults of the form, except the code's.
func (r *Registration) Check(today app.Date) app.Faults {
	var faults app.Faults
	r.Known.Check(&faults, today)
	CheckValidity(&faults, r.IDFrom, r.IDUntil, r.Long, today)
	faults.Require("code", r.Code, "请输入短信验证码。")
	faults.Add("password", app.CheckPassword(r.Password))
	if r.Password != r.Again {
		faults.Add("again", "两次输入的密码不一致，请重新输入。")
	}
	if !r.Agreed {
		faults.Add("agreed", "请阅读并同意《"+PrivacyTerms.Title+"》后再注册。")
	}
	return faults
}

// CheckValidity checks the validity of an ID document.
func CheckValidity(faults *app.Faults, from, until app.Date, long bool, today app.Date) {
	switch {
	case from.IsZero():
		faults.Add("id_from", "请选择证件有效期开始日期。")
	case from.After(today):
		faults.Add("id_from", "证件有效期开始日期不能晚于今天。")
	}
	switch {
	case long:
	case until.IsZero():
		faults.Add("id_until", "请选择证件有效期结束日期，长期有效的请勾选“长期有效”。")
	case !until.After(from):
		faults.Add("id_until", "证件有效期结束日期应晚于开始日期。")
	case until.Before(today):
		faults.Add("id_until", "证件已过有效期，请换领新证件后再填写。")
	}
}

// SendRegistrationCode sends a code to a mobile that nobody proved yet.
func (s *Service) SendRegistrationCode(ctx context.Context, mobile string) error {
	mobile, problem := app.CheckMobile(mobile)
	if problem != "" {
		return app.Faults{{Field: app.FieldMobile, Text: problem}}.Err()
	}
	return s.db.Write(ctx, func(tx *store.Tx) error { return s.sendCode(ctx, tx, mobile, ForRegistration) })
}

// Register makes a personal account, self-declared (自报), and logs it in on the
// mobile face. The ID number is not reserved by it: only a verified one is.
func (s *Service) Register(ctx context.Context, r Registration, d app.Device) (token string, err error) {
	if err := r.Check(app.DateOf(s.db.Now().Time)).Err(); err != nil {
		return "", err
	}
	if r.Long {
		r.IDUntil = app.Date{}
	}
	hash, err := s.hasher.Hash(ctx, r.Password)
	if err != nil {
		return "", err
	}
	token = vault.Token()
	var problem string
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if problem, err = s.useCode(ctx, tx, r.Mobile, ForRegistration, r.Code); err != nil || problem != "" {
			return err
		}
		account, err := s.insertPersonal(ctx, tx, r, hash)
		if err != nil {
			return err
		}
		if err := s.Agree(ctx, tx, account, PrivacyTerms); err != nil {
			return err
		}
		by := app.Actor{Account: account, Device: d}
		if err := s.audit.Add(ctx, tx, by, "registered", audit.Subject("account", account), audit.Facts{"consent": hex.EncodeToString(PrivacyTerms.Hash())}); err != nil {
			return err
		}
		return s.openSession(ctx, tx, FaceMobile, token, account, d, tx.Now)
	})
	if err == nil && problem != "" {
		err = app.Faults{{Field: "code", Text: problem}}.Err()
	}
	return token, err
}

const mobileTaken = "这个手机号已注册过账号，请直接登录。"

func (s *Service) insertPersonal(ctx context.Context, tx *store.Tx, r Registration, hash string) (account int64, err error) {
	person, err := tx.InsertPerson(ctx, s.row(r.Known, r.IDFrom, r.IDUntil, true, tx.Now))
	if err != nil {
		return 0, store.Taken(err, mobileTaken)
	}
	return tx.InsertAccount(ctx, store.InsertAccountParams{
		Kind: app.AccountPerson, PersonID: app.Ref(person), Password: hash, ConfirmedAt: tx.Now, CreatedAt: tx.Now,
	})
}
