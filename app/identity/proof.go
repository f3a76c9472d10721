package identity

import (
	"context"

	"laoqi/app"
	"laoqi/app/store"
)

// Intent is what a proof is good for: an act, and the one object it is done to.
type Intent struct {
	Purpose Purpose
	Object  string
}

// Proof is how somebody logged in proves to be the account's owner before an act
// of weight: by its password and, beside it, a code or a pass.
type Proof struct{ Password, Code, Pass string }

// Check adds a fault for each part that is missing.
func (p Proof) Check(faults *app.Faults) {
	faults.Require("password", p.Password, "请输入登录密码，确认是您本人操作。")
	p.CheckFactor(faults)
}

// CheckFactor is Check for an act that has another secret than the password.
func (p Proof) CheckFactor(faults *app.Faults) {
	if p.Pass == "" {
		faults.Require("code", p.Code, "请输入短信验证码。")
	}
}

// Proved runs act in a transaction that consumes the proof. A wrong password or
// factor is a fault of its field, and counted.
func (s *Service) Proved(ctx context.Context, by app.Actor, i Intent, p Proof, act func(*store.Tx) error) error {
	problem, err := s.Prove(ctx, by, p.Password)
	if err != nil || problem != "" {
		return fault("password", problem, err)
	}
	var used app.Faults
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if _, used, err = s.UseFactor(ctx, tx, by, i, p); err != nil || used != nil {
			return err
		}
		return act(tx)
	})
	if err != nil {
		return err
	}
	return used.Err()
}

// UseFactor consumes the code or pass of the proof within the caller's
// transaction and tells which it was. A wrong one is a fault and counted, so the
// transaction must commit also then.
func (s *Service) UseFactor(ctx context.Context, tx *store.Tx, by app.Actor, i Intent, p Proof) (m Method, faults app.Faults, err error) {
	if p.Pass != "" {
		m, problem, err := s.usePass(ctx, tx, by, i, p.Pass)
		faults.Add("by", problem)
		return m, faults, err
	}
	problem, err := s.UseCode(ctx, tx, by, i.Purpose, p.Code)
	faults.Add("code", problem)
	return ByCode, faults, err
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
