package identity

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"time"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/face"
	"laoqi/app/store"
	"laoqi/app/vault"
)

// Rules of a face check.
const (
	faceCheckLife = 10 * time.Minute
	faceTries     = 5
	faceLock      = 30 * time.Minute
	enrolLooks    = 4 // straight looks that make a template
	checkLooks    = 2
)

const challengeLabel = "face.challenge"

// Prompt is what the capture page is told next.
type Prompt struct {
	Nonce  string `json:"nonce,omitempty"` // for the next frame
	Step   int    `json:"step"`            // done so far, of face.Steps
	Turn   string `json:"turn,omitempty"`
	Say    string `json:"say"`
	Passed bool   `json:"passed,omitempty"`
	Pass   string `json:"pass,omitempty"` // "" after an enrolment
	Failed bool   `json:"failed,omitempty"`
	Over   bool   `json:"over,omitempty"` // failed, and trying again is of no use
}

var says = map[face.Turn]string{face.Straight: "请正对屏幕", face.Left: "请慢慢向左转头", face.Right: "请慢慢向右转头"}

// OpenFaceCheck opens a check of the actor's face for the intent; its token
// belongs to the capture page.
func (s *Service) OpenFaceCheck(ctx context.Context, by app.Actor, i Intent) (token string, err error) {
	state, err := s.Face(ctx, by)
	if err != nil {
		return "", err
	}
	if state != FaceActive {
		return "", app.Fail(app.Conflict, "您没有开通人脸验证，请用登录密码和短信验证码办理。")
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		token, err = s.openFaceCheck(ctx, tx, by, i)
		return err
	})
	return token, err
}

func (s *Service) openFaceCheck(ctx context.Context, tx *store.Tx, by app.Actor, i Intent) (token string, err error) {
	token = vault.Token()
	return token, tx.InsertFaceCheck(ctx, store.InsertFaceCheckParams{TokenHash: tokenHash(token), AccountID: by.Account, PersonID: by.Person,
		Purpose: string(i.Purpose), Intent: s.intentHash(i), Nonce: tokenHash(vault.Token()), Challenge: []byte{}, MadeAt: tx.Now})
}

// faceCheck reads a check that the actor may go on with. Before the log-in the
// token alone opens it.
func (s *Service) faceCheck(ctx context.Context, by app.Actor, token string) (store.FaceCheck, error) {
	if s.faces.Reader == nil {
		return store.FaceCheck{}, errFaceOff
	}
	row, err := s.db.FaceCheck(ctx, store.FaceCheckParams{TokenHash: tokenHash(token), SinceAt: app.At(s.db.Now().Add(-faceCheckLife))})
	if err != nil {
		return row, store.Found(err, faceCheckOver)
	}
	if row.Purpose != string(ForFaceLogin) && row.AccountID != by.Account {
		return row, app.Fail(app.NotFound, faceCheckOver)
	}
	return row, nil
}

// ErrFaceLocked says that a face was tried too often.
var ErrFaceLocked = app.Fail(app.TooMany, "人脸验证连续 5 次没有通过，已锁定 30 分钟。请改用登录密码和短信验证码。")

const (
	faceCheckOver = "这次人脸验证已失效，请返回重新开始。"
	faceElsewhere = "这次人脸验证已在另一个页面进行，请在那里继续，或重新开始。"
)

// BeginFace begins an attempt. It is counted before the first frame: of five in a
// row without success, the last locks the person's face for 30 minutes.
func (s *Service) BeginFace(ctx context.Context, by app.Actor, token string) (p Prompt, err error) {
	row, err := s.faceCheck(ctx, by, token)
	if err != nil {
		return p, err
	}
	looks := checkLooks
	if row.Purpose == string(ForFace) {
		looks = enrolLooks
	}
	c := face.NewChallenge(s.db.Now().Time, looks)
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if err := s.countFaceTry(ctx, tx, row.PersonID); err != nil {
			return err
		}
		nonce, box, err := s.sealChallenge(c)
		if err != nil {
			return err
		}
		n, err := tx.BeginFaceCheck(ctx, store.BeginFaceCheckParams{TokenHash: row.TokenHash, Next: tokenHash(nonce), Challenge: box})
		p = Prompt{Nonce: nonce, Turn: string(c.Turn()), Say: says[c.Turn()]}
		return store.Changed(n, err, faceCheckOver)
	})
	return p, err
}

func (s *Service) countFaceTry(ctx context.Context, tx *store.Tx, person int64) error {
	g := s.faceGuard(person)
	left, err := g.left(ctx, tx.Queries, tx.Now)
	if err != nil {
		return err
	}
	if left > 0 {
		return ErrFaceLocked
	}
	return g.wrong(ctx, tx)
}

// giveBack ends a try that failed through no fault of the person, and uncounts it.
// Once a turn was revealed it counts, or somebody could try on for turns that suit a film.
func (s *Service) giveBack(ctx context.Context, row store.FaceCheck) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		n, err := tx.StepFaceCheck(ctx, store.StepFaceCheckParams{TokenHash: row.TokenHash, Nonce: row.Nonce, Next: row.Nonce, Challenge: []byte{}})
		if err := store.Changed(n, err, faceElsewhere); err != nil {
			return err
		}
		return store.Found(s.faceGuard(row.PersonID).back(ctx, tx), faceCheckOver)
	})
}

var errFaceDown = app.Fail(app.Unavailable, "人脸验证服务暂时不可用，请选择下面的另一种方式，或稍后再试。")

func (s *Service) faceGuard(person int64) guard {
	return guard{s.vault.Index("face.tries", audit.Subject("person", person)), faceTries, faceLock}
}

func (s *Service) sealChallenge(c *face.Challenge) (nonce string, box []byte, err error) {
	plain, err := json.Marshal(c)
	return vault.Token(), s.vault.Seal(challengeLabel, plain), err
}

// SeeFace judges a frame. Each carries the nonce of the answer before, so that
// of two pages with the same check one goes on and the other is told so.
func (s *Service) SeeFace(ctx context.Context, by app.Actor, token, nonce string, frame []byte) (p Prompt, err error) {
	row, err := s.faceCheck(ctx, by, token)
	if err != nil {
		return p, err
	}
	if len(row.Challenge) == 0 || !bytes.Equal(row.Nonce, tokenHash(nonce)) {
		return p, app.Fail(app.Conflict, faceElsewhere)
	}
	plain, err := s.vault.Open(challengeLabel, row.Challenge)
	if err != nil {
		return p, err
	}
	var c face.Challenge
	if err := json.Unmarshal(plain, &c); err != nil {
		return p, err
	}
	revealed := c.At > 0
	v, hint, err := s.look(ctx, &c, frame)
	if err == errFaceDown && !revealed {
		err = cmp.Or(s.giveBack(ctx, row), err)
	}
	if err != nil {
		return p, err
	}
	by.Account, by.Person = row.AccountID, row.PersonID
	p, err = s.judged(ctx, by, row, &c, v, hint)
	if err == nil && p.Passed && row.Purpose == string(ForFace) {
		err = s.compareWaiting(ctx, row.PersonID)
	}
	return p, err
}

// look shows the frame to the challenge. What the person can mend is a hint.
func (s *Service) look(ctx context.Context, c *face.Challenge, frame []byte) (v face.Verdict, hint string, err error) {
	now := s.db.Now().Time
	f, err := s.faces.Reader.Read(ctx, frame, c.Near)
	if err == nil {
		v, err = c.See(ctx, now, f)
	}
	switch {
	case errors.Is(err, face.ErrBusy):
		return v, "", app.Fail(app.TooMany, "现在验证的人太多，请稍后再试，或改用短信验证码。")
	case errors.Is(err, face.ErrDown):
		return v, "", errFaceDown
	case errors.Is(err, face.ErrPicture):
		return v, "", app.Faults{{Field: "frame", Text: "没有收到完整的画面，请重试。"}}.Err()
	case errors.Is(err, face.ErrNone):
		return c.Miss(now), "没有看到人脸，请把脸放进框里，避免背光", nil
	case errors.Is(err, face.ErrSeveral):
		return c.Miss(now), "画面里有多个人，请只留您自己", nil
	case v == face.Closer:
		return v, "请靠近一些", nil
	}
	return v, "", err
}

var failures = map[face.Verdict]string{
	face.TooLate:   "没有在规定时间内完成动作。请看清提示，按提示慢慢转头。",
	face.WrongTurn: "转头的方向与提示不一致。请看清提示后再转头。",
	face.Changed:   "验证过程中人脸发生了变化。请保持光线均匀，全程由本人完成。",
}

const faceDiffers = "没有认出是您本人。请摘下口罩、帽子，正对光线再试，或改用短信验证码。"

// judged stores what the frame made of the check and answers.
func (s *Service) judged(ctx context.Context, by app.Actor, row store.FaceCheck, c *face.Challenge, v face.Verdict, hint string) (p Prompt, err error) {
	nonce, box, err := s.sealChallenge(c)
	if err != nil {
		return p, err
	}
	step := store.StepFaceCheckParams{TokenHash: row.TokenHash, Nonce: row.Nonce, Next: tokenHash(nonce), Challenge: box}
	p = Prompt{Nonce: nonce, Step: c.At, Turn: string(c.Turn()), Say: says[c.Turn()]}
	if hint != "" {
		p.Say = hint
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		if v == face.Passed {
			if err := s.passed(ctx, tx, by, row, c, &p); err != nil {
				return err
			}
			step.Passed = p.Passed
		} else if failures[v] != "" {
			p = Prompt{Failed: true, Step: c.At, Say: failures[v]}
		}
		if p.Passed || p.Failed {
			step.Challenge = []byte{}
		}
		n, err := tx.StepFaceCheck(ctx, step)
		if err := store.Changed(n, err, faceElsewhere); err != nil || !p.Failed {
			return err
		}
		return s.auditFace(ctx, tx, by, row, "face.failed", audit.Facts{"verdict": int(v), "step": c.At})
	})
	return p, err
}

// passed compares the face after a challenge that was followed: an enrolment
// keeps it, anything else gets a pass where it is the person's own.
func (s *Service) passed(ctx context.Context, tx *store.Tx, by app.Actor, row store.FaceCheck, c *face.Challenge, p *Prompt) error {
	done := Prompt{Passed: true, Step: face.Steps, Say: "人脸验证通过"}
	if row.Purpose == string(ForFace) {
		*p = done
		if err := s.faceGuard(row.PersonID).clear(ctx, tx); err != nil {
			return err
		}
		return s.takeFace(ctx, tx, by, c.Template())
	}
	known, err := tx.Face(ctx, row.PersonID)
	if err != nil {
		return store.Found(err, faceCheckOver)
	}
	template, err := s.openTemplate(known)
	if err != nil {
		return err
	}
	distance := template.Distance(c.Template())
	if known.State != string(FaceActive) || !(distance <= s.faces.Threshold) {
		*p = Prompt{Failed: true, Say: faceDiffers}
		return s.auditFace(ctx, tx, by, row, "face.differs", audit.Facts{"distance": thousandths(distance)})
	}
	if done.Pass, err = s.givePass(ctx, tx, row.AccountID, ByFace, row.Intent); err != nil {
		return err
	}
	*p = done
	if err := s.faceGuard(row.PersonID).clear(ctx, tx); err != nil {
		return err
	}
	return s.auditFace(ctx, tx, by, row, "face.passed", audit.Facts{"distance": thousandths(distance), "turns": c.Turns, "model": known.Model})
}

func (s *Service) auditFace(ctx context.Context, tx *store.Tx, by app.Actor, row store.FaceCheck, kind string, facts audit.Facts) error {
	facts["method"], facts["purpose"], facts["check"] = ByFace, row.Purpose, row.TokenHash[:8]
	return s.audit.Add(ctx, tx, by, kind, audit.Subject("account", row.AccountID), facts)
}
