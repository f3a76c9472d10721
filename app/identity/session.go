package identity

import (
	"context"
	"crypto/sha256"
	"errors"
	"time"

	"laoqi/app"
	"laoqi/app/hub"
	"laoqi/app/store"
)

// The faces of the site: each has its own cookie and log-in.
const (
	FaceHall   = "hall"
	FaceMobile = "m"
	FaceDesk   = "desk"
)

// Rules of sessions.
const (
	sessionIdle = 12 * time.Hour
	touchEvery  = time.Minute
	VisitIdle   = 30 * time.Minute // of a visit to 我的印章
	ProofLife   = 10 * time.Minute // how long a given password counts for activation
)

// Session is an open log-in.
type Session struct {
	ID          int64
	Actor       app.Actor
	Enterprise  string   // name, "" for personal and desk accounts
	Unconfirmed bool     // an agent who has not yet proved the own mobile
	ProvedAt    app.Time // zero: by a passkey alone
	UnlockedAt  app.Time
	Chosen      int64 // enterprise picked in 选择企业, 0 for none
}

// openSession opens a session of the face; proved is when password or face were shown.
func (s *Service) openSession(ctx context.Context, tx *store.Tx, face, token string, account int64, d app.Device, proved app.Time) error {
	id, err := tx.InsertSession(ctx, store.InsertSessionParams{
		TokenHash: tokenHash(token), Face: face, AccountID: account, Address: d.Address, Agent: d.Agent,
		CreatedAt: tx.Now, EndsAt: app.At(tx.Now.Add(sessionIdle)), ProvedAt: proved,
	})
	if err != nil {
		return err
	}
	if err := s.seeDevice(ctx, tx, account, d); err != nil {
		return err
	}
	return s.audit.Add(ctx, tx, app.Actor{Account: account, Session: id, Device: d}, "login", "account:"+itoa(account), nil)
}

func tokenHash(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// Session returns the session of the token, or app.SignedOut.
func (s *Service) Session(ctx context.Context, face, token string, d app.Device) (Session, error) {
	now := s.db.Now()
	row, err := s.db.Session(ctx, store.SessionParams{TokenHash: tokenHash(token), Face: face, NowAt: now, TodayOn: app.DateOf(now.Time)})
	if store.IsNone(err) {
		return Session{}, app.Fail(app.SignedOut, "请先登录。")
	}
	if err != nil {
		return Session{}, err
	}
	if now.Sub(row.SeenAt.Time) > touchEvery {
		err = s.db.Write(ctx, func(tx *store.Tx) error {
			return tx.TouchSession(ctx, store.TouchSessionParams{ID: row.ID, SeenAt: tx.Now, EndsAt: app.At(tx.Now.Add(sessionIdle))})
		})
	}
	return Session{
		ID: row.ID, Enterprise: row.Enterprise, ProvedAt: row.ProvedAt, UnlockedAt: row.UnlockedAt, Chosen: int64(row.ChosenID),
		Unconfirmed: row.Kind == app.AccountAgent && row.ConfirmedAt.IsZero(),
		Actor: app.Actor{Account: row.AccountID, Kind: row.Kind, Person: int64(row.PersonID), Enterprise: int64(row.EnterpriseID),
			Manages: row.Manages || row.Kind == app.AccountLegalRep, Name: row.Name, Session: row.ID, Device: d},
	}, err
}

// LogOut ends the actor's session.
func (s *Service) LogOut(ctx context.Context, by app.Actor) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		tx.AfterCommit(func() { s.hub.Publish(hub.Session(by.Session)) })
		return tx.DeleteSession(ctx, by.Session)
	})
}

// EndSessions ends all sessions of the account, and the streams they hold. One that
// acts for another account but may return to this one ends too.
func (s *Service) EndSessions(ctx context.Context, tx *store.Tx, account int64) error {
	_, err := s.endSessions(ctx, tx, account, 0)
	return err
}

// endSessions is EndSessions for all but one, and says how many they were.
func (s *Service) endSessions(ctx context.Context, tx *store.Tx, account, but int64) (int, error) {
	ended, err := tx.DeleteSessionsOf(ctx, store.DeleteSessionsOfParams{AccountID: account, But: but})
	tx.AfterCommit(func() {
		for _, id := range ended {
			s.hub.Publish(hub.Session(id))
		}
	})
	return len(ended), err
}

// Unlock notes a step of the actor in 我的印章; the visit ends VisitIdle after the last one.
func (s *Service) Unlock(ctx context.Context, by app.Actor) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		return tx.UnlockSession(ctx, store.UnlockSessionParams{ID: by.Session, AccountID: by.Account, UnlockedAt: tx.Now})
	})
}

// Choose notes the enterprise picked in 选择企业; the caller checked the right to it.
func (s *Service) Choose(ctx context.Context, session, enterprise int64) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		return tx.ChooseEnterprise(ctx, store.ChooseEnterpriseParams{ID: session, EnterpriseID: app.Ref(enterprise)})
	})
}

// Confirm lets an agent's account work once its person proved the own mobile.
func (s *Service) Confirm(ctx context.Context, by app.Actor, code string) (problem string, err error) {
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		problem, err = s.UseCode(ctx, tx, by, ForConfirmation, code)
		if err != nil || problem != "" {
			return err
		}
		if err := tx.ConfirmAccount(ctx, store.ConfirmAccountParams{ID: by.Account, ConfirmedAt: tx.Now}); err != nil {
			return err
		}
		return s.audit.Add(ctx, tx, by, "agent.confirmed", "account:"+itoa(by.Account), nil)
	})
	return problem, err
}

// Sweep forgets sessions and questions that ended, codes and passes older than two days, old
// guards, devices after DeviceLife, and pictures that nothing names.
func (s *Service) Sweep(ctx context.Context) error {
	err := s.db.Write(ctx, func(tx *store.Tx) error {
		past := app.At(tx.Now.Add(-48 * time.Hour))
		return errors.Join(tx.DeleteOldSessions(ctx, tx.Now), tx.DeleteOldCodes(ctx, past), tx.DeleteOldGuards(ctx, past), tx.DeleteOldPasses(ctx, past), tx.DeleteOldFaceChecks(ctx, past), tx.DeleteOldPasskeyChallenges(ctx, app.At(tx.Now.Add(-passkeyLife))),
			tx.DeleteOldDevices(ctx, app.At(tx.Now.Add(-DeviceLife))))
	})
	return errors.Join(err, s.purgePictures(ctx))
}
