package identity

import (
	"context"

	"laoqi/app"
	"laoqi/app/store"
)

// Proof is how somebody logged in proves to be the account's owner before an act
// of weight: by its password and a code, until a face is compared.
type Proof struct{ Password, Code string }

// Check adds a fault for each part that is missing.
func (p Proof) Check(faults *app.Faults) {
	faults.Require("password", p.Password, "请输入登录密码，确认是您本人操作。")
	faults.Require("code", p.Code, "请输入短信验证码。")
}

// Proved runs act in a transaction that consumes the proof. A wrong password or
// code is a fault of its field, and counted.
func (s *Service) Proved(ctx context.Context, by app.Actor, purpose Purpose, p Proof, act func(*store.Tx) error) error {
	problem, err := s.Prove(ctx, by, p.Password)
	if err != nil || problem != "" {
		return fault("password", problem, err)
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if problem, err = s.UseCode(ctx, tx, by, purpose, p.Code); err != nil || problem != "" {
			return err
		}
		return act(tx)
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

// Revoke ends the certificate of an account that is no longer safe to sign with,
// within the transaction. It is no error if there is none.
type Revoke func(ctx context.Context, tx *store.Tx, by app.Actor, account int64) error
