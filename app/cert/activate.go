package cert

import (
	"context"
	"crypto/x509"
	"encoding/hex"
	"fmt"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/identity"
	"laoqi/app/pki"
	"laoqi/app/store"
)

// Activation is the form of 数字证书激活 (guide 2.3, 2.5(1)). Agreed and Password
// are needed only where Asks says so.
type Activation struct {
	Code              string
	Passphrase, Again string
	Agreed            bool
	Password          string // of the account
}

// Asks says what an activation asks beside code and passphrase.
type Asks struct {
	Terms    bool   // the account never agreed to the present terms
	Password bool   // it was given longer ago than identity.ProofLife: one SIM is not enough
	Blocked  string // why none is made yet, "" if it is
}

// Asks returns what the actor's next activation asks.
func (s *Service) Asks(ctx context.Context, by app.Actor) (Asks, error) {
	agreed, err := s.identity.Agreed(ctx, by.Account, Terms)
	if err != nil {
		return Asks{}, err
	}
	proved, err := s.db.ProvedAt(ctx, store.ProvedAtParams{ID: by.Session, AccountID: by.Account})
	if err != nil {
		return Asks{}, store.Found(err, "请重新登录。")
	}
	asks := Asks{Terms: !agreed, Password: s.db.Now().Sub(proved.Time) >= identity.ProofLife}
	err = free(ctx, s.db.Queries, by, s.db.Now())
	if app.KindOf(err) == app.Conflict {
		asks.Blocked, err = err.Error(), nil
	}
	return asks, err
}

// free fails with app.Conflict if the account's password, mobile or name changed so
// lately that a thief may have done it.
func free(ctx context.Context, q *store.Queries, by app.Actor, now app.Time) error {
	cleared, err := q.ClearedAt(ctx, by.Account)
	if err == nil && cleared.After(now.Time) {
		err = app.Fail(app.Conflict, "您的密码、手机号或身份信息刚刚变更，为防止他人冒用，"+cleared.Local()+" 之后才能激活数字证书。")
	}
	return err
}

// SendCode sends the actor the code for Activate, once that is possible.
func (s *Service) SendCode(ctx context.Context, by app.Actor) error {
	if err := free(ctx, s.db.Queries, by, s.db.Now()); err != nil {
		return err
	}
	return s.identity.SendCode(ctx, by, identity.ForCertificate)
}

func (a Activation) check(asks Asks) app.Faults {
	var faults app.Faults
	if asks.Password {
		faults.Require("password", a.Password, "请输入登录密码，确认是您本人操作。")
	}
	faults.Require("code", a.Code, "请输入短信验证码。")
	checkPassphrase(&faults, a.Passphrase, a.Again)
	if asks.Terms && !a.Agreed {
		faults.Add("agreed", "请阅读并同意数字证书使用协议。")
	}
	return faults
}

func checkPassphrase(faults *app.Faults, passphrase, again string) {
	faults.Add("passphrase", app.CheckPassword(passphrase))
	if passphrase != again {
		faults.Add("again", "两次输入不一致，请重新输入。")
	}
}

// Activate gives the actor's account a new key under the passphrase and a
// certificate for it. The one before is revoked as superseded; what it signed
// stays valid.
func (s *Service) Activate(ctx context.Context, by app.Actor, a Activation) error {
	asks, err := s.Asks(ctx, by)
	if err != nil {
		return err
	}
	if err := a.check(asks).Err(); err != nil {
		return err
	}
	if asks.Password {
		if problem, err := s.identity.Prove(ctx, by, a.Password); err != nil || problem != "" {
			return fault("password", problem, err)
		}
	}
	made, err := s.newPersonal(ctx, by, a.Passphrase)
	if err != nil {
		return err
	}
	var problem string
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if problem, err = s.mayReplace(ctx, tx, by, a.Code); err != nil || problem != "" {
			return err
		}
		if asks.Terms {
			if err := s.identity.Agree(ctx, tx, by.Account, Terms); err != nil {
				return err
			}
		}
		return s.replace(ctx, tx, by, made)
	})
	return fault("code", problem, err)
}

// fault turns a problem that was committed into the fault of its field.
func fault(field, problem string, err error) error {
	if err != nil || problem == "" {
		return err
	}
	return app.Faults{{Field: field, Text: problem}}.Err()
}

// newPersonal makes key and certificate; nothing is stored yet.
func (s *Service) newPersonal(ctx context.Context, by app.Actor, passphrase string) (row store.InsertCertificateParams, err error) {
	person, err := s.identity.Person(ctx, by.Person)
	if err != nil {
		return row, err
	}
	key, err := pki.NewKey()
	if err != nil {
		return row, err
	}
	terms := s.terms(personYears)
	c, err := s.authority.IssuePerson(pki.Person{Name: person.Name, Reference: fmt.Sprint(person.ID)}, key.Public(), terms)
	if err != nil {
		return row, err
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return row, err
	}
	box, err := s.hasher.Lock(ctx, passphrase, der)
	return store.InsertCertificateParams{AccountID: by.Account, Serial: c.SerialNumber.Text(16), Certificate: c.Raw, Key: box,
		ActivatedAt: app.At(terms.Now), EndsAt: app.At(terms.Until)}, err
}

// mayReplace consumes the code, if the account is free.
func (s *Service) mayReplace(ctx context.Context, tx *store.Tx, by app.Actor, code string) (problem string, err error) {
	if err := free(ctx, tx.Queries, by, tx.Now); err != nil {
		return "", err
	}
	return s.identity.UseCode(ctx, tx, by, identity.ForCertificate, code)
}

func (s *Service) replace(ctx context.Context, tx *store.Tx, by app.Actor, made store.InsertCertificateParams) error {
	revoked, err := tx.RevokeCertificates(ctx, store.RevokeCertificatesParams{AccountID: by.Account, RevokedAt: tx.Now, RevokeReason: pki.ReasonSuperseded})
	if err != nil {
		return err
	}
	id, err := tx.InsertCertificate(ctx, made)
	if err != nil {
		return err
	}
	return s.audit.Add(ctx, tx, by, "certificate.activated", audit.Subject("account", by.Account),
		audit.Facts{"certificate": id, "serial": made.Serial, "superseded": revoked, "terms": Terms.Name, "consent": hex.EncodeToString(Terms.Hash())})
}
