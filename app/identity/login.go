package identity

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"laoqi/app"
	"laoqi/app/store"
	"laoqi/app/vault"
)

// Way is how somebody logs in (guide 2.2).
type Way string

const (
	AsPerson     Way = "person"     // 个人登录: ID number or mobile
	AsEnterprise Way = "enterprise" // 单位登录: USCC, for an agent also mobile or ID number
	AsDesk       Way = "desk"       // the reviewer's user name
)

// Credentials are what the log-in page asks.
type Credentials struct {
	Way      Way
	USCC     string
	Name     string // ID number, mobile or user name; empty for the legal rep
	Password string
}

// Rules of log-in.
const (
	loginTries = 5
	loginLock  = 15 * time.Minute
)

const wrongLogin = "账号或密码不正确。连续输错 5 次将锁定 15 分钟。"

type candidate struct {
	id       int64
	password string
}

// LogIn checks the credentials and opens a session of the face. The token goes
// into the cookie. A wrong answer never tells whether the account exists.
func (s *Service) LogIn(ctx context.Context, face string, c Credentials, d app.Device) (token string, err error) {
	c = s.canonical(c)
	found, err := s.candidates(ctx, c)
	if err != nil {
		return "", err
	}
	token = vault.Token()
	right, err := s.admitted(ctx, s.loginGuard(c, d), found, c.Password, func(tx *store.Tx, account int64) error {
		return s.openSession(ctx, tx, face, token, account, d, tx.Now)
	})
	if err == nil && !right {
		err = app.Faults{{Field: "password", Text: wrongLogin}}.Err()
	}
	return token, err
}

// canonical is the one spelling of credentials, for all in which an account may be
// named: a lock counts them together.
func (s *Service) canonical(c Credentials) Credentials {
	if c.Way != AsEnterprise {
		c.USCC = ""
	} else if uscc, problem := app.CheckUSCC(c.USCC); problem == "" {
		c.USCC = uscc
	}
	if c.Way == AsDesk {
		return c
	}
	if mobile, problem := app.CheckMobile(c.Name); problem == "" {
		c.Name = mobile
	} else if _, number := s.idNumber(c.Name); number != "" {
		c.Name = number
	}
	return c
}

// admitted runs act for the candidate whose password it is, and forgets the wrong ones
// before it. If it is nobody's, that is counted; while the guard is locked, also by
// tries at the same moment, no password counts.
func (s *Service) admitted(ctx context.Context, g guard, found []candidate, password string, act func(tx *store.Tx, account int64) error) (right bool, err error) {
	if err := unlocked(ctx, s.db.Queries, s.db.Now(), g); err != nil {
		return false, err
	}
	c, err := s.matching(ctx, found, password)
	if err != nil {
		return false, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if err := unlocked(ctx, tx.Queries, tx.Now, g); err != nil {
			return err
		}
		if right, err = s.still(ctx, tx, c); err != nil {
			return err
		}
		if !right {
			return g.wrong(ctx, tx)
		}
		if err := g.clear(ctx, tx); err != nil {
			return err
		}
		return act(tx, c.id)
	})
	return right, err
}

// still reports whether there is a candidate whose password was not changed since.
func (s *Service) still(ctx context.Context, tx *store.Tx, c candidate) (bool, error) {
	if c.id == 0 {
		return false, nil
	}
	now, err := tx.AccountPassword(ctx, c.id)
	return now == c.password, err
}

// loginGuard counts wrong log-ins by account and network together, so that nobody
// locks somebody else out. The credentials are canonical.
func (s *Service) loginGuard(c Credentials, d app.Device) guard {
	return s.guardOf("login", strings.Join([]string{string(c.Way), c.USCC, c.Name}, "|"), d)
}

func (s *Service) guardOf(label, account string, d app.Device) guard {
	return guard{s.vault.Index(label, account+"|"+app.Network(d.Address)), loginTries, loginLock}
}

func unlocked(ctx context.Context, q *store.Queries, now app.Time, g guard) error {
	left, err := g.left(ctx, q, now)
	if err == nil && left > 0 {
		err = app.Fail(app.TooMany, fmt.Sprintf("密码连续输错 5 次，已锁定。请 %d 分钟后再试。", left))
	}
	return err
}

func (s *Service) candidates(ctx context.Context, c Credentials) (found []candidate, err error) {
	number, mobile := s.nameHashes(c.Name)
	switch {
	case c.Way == AsPerson:
		rows, err := s.db.FindPersonal(ctx, store.FindPersonalParams{IDHash: number, MobileHash: mobile})
		for _, r := range rows {
			found = append(found, candidate{r.ID, r.Password})
		}
		return found, err
	case c.Way == AsEnterprise && c.Name == "":
		rows, err := s.db.FindLegalRep(ctx, c.USCC)
		for _, r := range rows {
			found = append(found, candidate{r.ID, r.Password})
		}
		return found, err
	case c.Way == AsEnterprise:
		rows, err := s.db.FindAgent(ctx, store.FindAgentParams{Uscc: c.USCC, TodayOn: app.DateOf(s.db.Now().Time), IDHash: number, MobileHash: mobile})
		for _, r := range rows {
			found = append(found, candidate{r.ID, r.Password})
		}
		return found, err
	default:
		rows, err := s.db.FindDesk(ctx, c.Name)
		for _, r := range rows {
			found = append(found, candidate{r.ID, r.Password})
		}
		return found, err
	}
}

// nameHashes reads a canonical name as an ID number and as a mobile.
func (s *Service) nameHashes(name string) (number, mobile []byte) {
	if t, n := s.idNumber(name); n != "" {
		number = NumberHash(s.vault, t, n)
	}
	return number, MobileHash(s.vault, name)
}

// idNumber reads an ID number, "" for none. Only resident-like numbers and passports
// differ by type; the first type that accepts the number decides.
func (s *Service) idNumber(typed string) (t app.IDType, number string) {
	today := app.DateOf(s.db.Now().Time)
	for _, o := range app.IDTypes() {
		t = app.IDType(o.Value)
		if number, problem := app.CheckIDNumber(t, typed, today); problem == "" {
			return t, number
		}
	}
	return "", ""
}

// matching is the candidate whose password it is, the zero candidate for none.
func (s *Service) matching(ctx context.Context, found []candidate, password string) (candidate, error) {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	if len(found) == 0 {
		found = []candidate{{}}
	}
	for _, c := range found {
		ok, err := s.hasher.Matches(ctx, c.password, password)
		if err == vault.ErrBusy {
			return candidate{}, app.Fail(app.TooMany, "现在登录的人太多，请稍后再试。")
		}
		if err != nil {
			return candidate{}, err
		}
		if ok {
			return c, nil
		}
	}
	return candidate{}, nil
}

// Prove checks the password of the actor's own account and notes the moment in
// the session. A wrong one returns the sentence for its field; it counts like a
// wrong log-in.
func (s *Service) Prove(ctx context.Context, by app.Actor, password string) (problem string, err error) {
	return s.provenFor(ctx, by.Account, by.Device, password, func(tx *store.Tx) error {
		return tx.ProveSession(ctx, store.ProveSessionParams{ID: by.Session, AccountID: by.Account, ProvedAt: tx.Now})
	})
}

// provenFor runs act if the password is the account's.
func (s *Service) provenFor(ctx context.Context, account int64, d app.Device, password string, act func(*store.Tx) error) (problem string, err error) {
	hash, err := s.db.AccountPassword(ctx, account)
	if err != nil {
		return "", err
	}
	g := s.guardOf("prove", strconv.FormatInt(account, 10), d)
	right, err := s.admitted(ctx, g, []candidate{{account, hash}}, password, func(tx *store.Tx, _ int64) error { return act(tx) })
	if err == nil && !right {
		problem = "登录密码不正确。连续输错 5 次将锁定 15 分钟。"
	}
	return problem, err
}
