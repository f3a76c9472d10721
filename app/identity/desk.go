package identity

import (
	"context"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/store"
)

// AddDesk makes a reviewer's account. The name is taken once, also by one that ended,
// since the log of what it decided bears it.
func (s *Service) AddDesk(ctx context.Context, username, password string) error {
	var faults app.Faults
	if n := len([]rune(username)); n < 2 || n > 20 {
		faults.Add("username", "请输入 2 到 20 个字的账号名。")
	}
	faults.Add("password", app.CheckPassword(password))
	if err := faults.Err(); err != nil {
		return err
	}
	hash, err := s.hasher.Hash(ctx, password)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		id, err := tx.InsertAccount(ctx, store.InsertAccountParams{Kind: app.AccountDesk, Username: username, Password: hash, ConfirmedAt: tx.Now, CreatedAt: tx.Now})
		if err != nil {
			return store.Taken(err, "这个账号名已被使用，停用的也不能再用，请换一个。")
		}
		return s.audit.Add(ctx, tx, app.Actor{}, "desk.added", audit.Subject("account", id), nil)
	})
}

// HasDesk reports whether the installation has a reviewer yet.
func (s *Service) HasDesk(ctx context.Context) (bool, error) {
	ids, err := s.db.DeskAccounts(ctx)
	return len(ids) > 0, err
}

const deskGone = "没有这个审核账号，或者已经停用，请核对账号名。"

// deskAccount finds the account of a reviewer who may log in.
func deskAccount(ctx context.Context, tx *store.Tx, username string) (int64, error) {
	rows, err := tx.FindDesk(ctx, username)
	if err == nil && len(rows) == 0 {
		err = app.Fail(app.NotFound, deskGone)
	}
	if err != nil {
		return 0, err
	}
	return rows[0].ID, nil
}

// EndDesk ends a reviewer's account with its sessions; what the reviewer decided
// stays. Somebody must remain who decides.
func (s *Service) EndDesk(ctx context.Context, username string) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		id, err := deskAccount(ctx, tx, username)
		if err != nil {
			return err
		}
		all, err := tx.DeskAccounts(ctx)
		if err != nil {
			return err
		}
		if len(all) == 1 {
			return app.Fail(app.Conflict, "这是唯一的审核账号，停用后没有人能审核。请先用 laoqi desk 添加另一个审核账号。")
		}
		n, err := tx.EndDesk(ctx, store.EndDeskParams{ID: id, EndedAt: tx.Now})
		if err := store.Changed(n, err, deskGone); err != nil {
			return err
		}
		if err := s.EndSessions(ctx, tx, id); err != nil {
			return err
		}
		return s.audit.Add(ctx, tx, app.Actor{}, "desk.ended", audit.Subject("account", id), nil)
	})
}

// ResetDesk gives a reviewer another password, and ends the sessions.
func (s *Service) ResetDesk(ctx context.Context, username, password string) error {
	if problem := app.CheckPassword(password); problem != "" {
		return app.Faults{{Field: "password", Text: problem}}.Err()
	}
	hash, err := s.hasher.Hash(ctx, password)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		id, err := deskAccount(ctx, tx, username)
		if err != nil {
			return err
		}
		return s.setDesk(ctx, tx, app.Actor{}, id, hash)
	})
}

// DeskPassword is the form 修改密码 of the desk.
type DeskPassword struct {
	Password   string // so far
	New, Again string
}

// ChangeDesk gives the actor's account another password. All its sessions end but the
// actor's own.
func (s *Service) ChangeDesk(ctx context.Context, by app.Actor, c DeskPassword) error {
	var faults app.Faults
	faults.Require("password", c.Password, "请输入现在的登录密码。")
	faults.Add("new", app.CheckPassword(c.New))
	if c.New != c.Again {
		faults.Add("again", "两次输入的密码不一致，请重新输入。")
	}
	if err := faults.Err(); err != nil {
		return err
	}
	hash, err := s.hasher.Hash(ctx, c.New)
	if err != nil {
		return err
	}
	problem, err := s.provenFor(ctx, by.Account, by.Device, c.Password, func(tx *store.Tx) error {
		return s.setDesk(ctx, tx, by, by.Account, hash)
	})
	return fault("password", problem, err)
}

func (s *Service) setDesk(ctx context.Context, tx *store.Tx, by app.Actor, account int64, hash string) error {
	if err := tx.ResetAccount(ctx, store.ResetAccountParams{ID: account, Password: hash}); err != nil {
		return err
	}
	if _, err := s.endSessions(ctx, tx, account, by.Session); err != nil {
		return err
	}
	return s.audit.Add(ctx, tx, by, "desk.password", audit.Subject("account", account), nil)
}
