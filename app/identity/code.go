package identity

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"fmt"
	"math/big"
	"time"

	"laoqi/app"
	"laoqi/app/store"
)

// Purpose is what an SMS code is good for; a code serves its purpose only.
type Purpose string

const (
	ForRegistration Purpose = "register"
	ForConfirmation Purpose = "confirm"  // an agent's first log-in
	ForCertificate  Purpose = "activate" // 数字证书激活
	ForSigning      Purpose = "sign"     // a worker's signature
	ForSeal         Purpose = "seal"     // 生成印章, 作废
	ForAgent        Purpose = "agent"    // 添加经办人
	ForReset        Purpose = "reset"    // 忘记密码
	ForOldMobile    Purpose = "old"      // 修改手机号码, to the one so far
	ForNewMobile    Purpose = "new"      // 修改手机号码, to the one wanted
	ForFace         Purpose = "face"     // 登记人脸
	ForFaceLogin    Purpose = "login"    // 人脸验证登录
	ForPasskey      Purpose = "passkey"  // 添加通行密钥
	ForPasskeyLogin Purpose = "passkey_login"
)

func (p Purpose) label() string {
	return map[Purpose]string{
		ForRegistration: "注册账号",
		ForConfirmation: "确认本人使用经办人账号",
		ForCertificate:  "激活数字证书",
		ForSigning:      "签署劳动合同",
		ForSeal:         "生成或作废印章",
		ForAgent:        "添加经办人",
		ForReset:        "重置登录密码",
		ForOldMobile:    "修改手机号码",
		ForNewMobile:    "修改手机号码",
		ForFace:         "登记人脸",
		ForFaceLogin:    "人脸验证登录",
		ForPasskey:      "添加通行密钥",
	}[p]
}

// Rules of codes (guide 2.3).
const (
	CodeLife  = 5 * time.Minute
	CodePause = 60 * time.Second
	codeTries = 5
	codesADay = 20 // to one mobile, for all purposes that only its holder asks for
	openADay  = 5  // to one mobile, for each other purpose
)

// open reports whether somebody else may have the code sent to a mobile, such as
// whoever knows it, or a USCC. So these codes must not use up the holder's own.
func (p Purpose) open() bool {
	switch p {
	case ForRegistration, ForReset, ForFaceLogin, ForNewMobile, ForConfirmation:
		return true
	}
	return false
}

// sendCode makes a code for the mobile and queues the text message. Within a
// minute of the last one it does nothing and says how long to wait.
func (s *Service) sendCode(ctx context.Context, tx *store.Tx, mobile string, p Purpose) error {
	code, err := s.newCode(ctx, tx, mobile, p)
	if err != nil {
		return err
	}
	return s.textCode(ctx, tx, mobile, p, code)
}

func (s *Service) textCode(ctx context.Context, tx *store.Tx, mobile string, p Purpose, code string) error {
	return s.notify.Code(ctx, tx, mobile, fmt.Sprintf("【劳契】验证码 %s，用于%s，5 分钟内有效。请勿告诉他人。", code, p.label()), app.At(tx.Now.Add(CodeLife)))
}

// newCode makes a code that is good for the mobile, within the limits.
func (s *Service) newCode(ctx context.Context, tx *store.Tx, mobile string, p Purpose) (code string, err error) {
	hash := MobileHash(s.vault, mobile)
	last, err := tx.LatestCode(ctx, store.LatestCodeParams{MobileHash: hash, Purpose: string(p)})
	if err != nil && !store.IsNone(err) {
		return "", err
	}
	if wait := last.SentAt.Add(CodePause).Sub(tx.Now.Time); err == nil && wait > 0 && last.UsedAt.IsZero() {
		return "", app.Fail(app.TooMany, fmt.Sprintf("验证码已发送，请 %d 秒后再获取。", int(wait.Seconds()+0.999)))
	}
	if err := spare(ctx, tx, hash, p); err != nil {
		return "", err
	}
	n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
	if err != nil {
		return "", err
	}
	code = fmt.Sprintf("%06d", n)
	return code, tx.InsertCode(ctx, store.InsertCodeParams{MobileHash: hash, Purpose: string(p), CodeHash: s.codeHash(p, code), SentAt: tx.Now})
}

// spare fails if the mobile got as many codes today as the purpose allows.
func spare(ctx context.Context, tx *store.Tx, mobileHash []byte, p Purpose) error {
	counts, err := tx.CountCodes(ctx, store.CountCodesParams{MobileHash: mobileHash, SinceAt: app.At(tx.Now.Add(-24 * time.Hour))})
	if err != nil {
		return err
	}
	sent, limit, what := int64(0), int64(codesADay), "验证码"
	if p.open() {
		limit, what = openADay, "用于"+p.label()+"的验证码"
	}
	for _, c := range counts {
		if other := Purpose(c.Purpose); other == p || !p.open() && !other.open() {
			sent += c.Sent
		}
	}
	if sent >= limit {
		return app.Fail(app.TooMany, "这个手机号今天获取"+what+"次数太多，请明天再试。")
	}
	return nil
}

func (s *Service) codeHash(p Purpose, code string) []byte {
	return s.vault.Index("sms_code."+string(p), code)
}

const (
	wrongCode = "验证码不正确，请核对短信后重新输入。"
	codeUsed  = "这个验证码已经用过，请重新获取。"
)

// useCode consumes the code and returns "", or the sentence for its field. A
// wrong try is counted, so the caller must commit also then.
func (s *Service) useCode(ctx context.Context, tx *store.Tx, mobile string, p Purpose, code string) (problem string, err error) {
	id, problem, err := s.checkCode(ctx, tx, mobile, p, code)
	if err != nil || problem != "" {
		return problem, err
	}
	return "", spend(ctx, tx, id)
}

// checkCode is useCode without its end: the code with the id is still to be spent.
func (s *Service) checkCode(ctx context.Context, tx *store.Tx, mobile string, p Purpose, code string) (id int64, problem string, err error) {
	last, err := tx.LatestCode(ctx, store.LatestCodeParams{MobileHash: MobileHash(s.vault, mobile), Purpose: string(p)})
	switch {
	case store.IsNone(err):
		return 0, "请先获取验证码。", nil
	case err != nil:
		return 0, "", err
	case !last.UsedAt.IsZero():
		return 0, codeUsed, nil
	case tx.Now.Sub(last.SentAt.Time) >= CodeLife:
		return 0, "验证码已过期（5 分钟内有效），请重新获取。", nil
	case last.Tries >= codeTries:
		return 0, "验证码输错 5 次已作废，请重新获取。", nil
	case subtle.ConstantTimeCompare(last.CodeHash, s.codeHash(p, code)) != 1:
		return 0, wrongCode, tx.TryCode(ctx, last.ID)
	}
	return last.ID, "", nil
}

func spend(ctx context.Context, tx *store.Tx, id int64) error {
	n, err := tx.UseCode(ctx, store.UseCodeParams{ID: id, UsedAt: tx.Now})
	return store.Changed(n, err, codeUsed)
}

// SendCode sends the actor's person a code. It fails with app.TooMany if the
// last one is younger than a minute.
func (s *Service) SendCode(ctx context.Context, by app.Actor, p Purpose) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		mobile, err := s.mobile(ctx, tx, by)
		if err != nil {
			return err
		}
		return s.sendCode(ctx, tx, mobile, p)
	})
}

// UseCode consumes a code of the actor's person within the caller's transaction
// and returns "", or the sentence for its field. A wrong try is counted, so the
// transaction must commit also then.
func (s *Service) UseCode(ctx context.Context, tx *store.Tx, by app.Actor, p Purpose, code string) (problem string, err error) {
	mobile, err := s.mobile(ctx, tx, by)
	if err != nil {
		return "", err
	}
	return s.useCode(ctx, tx, mobile, p, code)
}

func (s *Service) mobile(ctx context.Context, tx *store.Tx, by app.Actor) (string, error) {
	row, err := tx.Person(ctx, by.Person)
	if err != nil {
		return "", err
	}
	plain, err := s.vault.Open(mobileLabel, row.Mobile)
	return string(plain), err
}

// CodeWait is how long the actor's person has to wait for the next code.
func (s *Service) CodeWait(ctx context.Context, by app.Actor, p Purpose) (time.Duration, error) {
	person, err := s.db.Person(ctx, by.Person)
	if err != nil {
		return 0, err
	}
	last, err := s.db.LatestCode(ctx, store.LatestCodeParams{MobileHash: person.MobileHash, Purpose: string(p)})
	if store.IsNone(err) || err == nil && !last.UsedAt.IsZero() {
		return 0, nil
	}
	return max(0, last.SentAt.Add(CodePause).Sub(s.db.Now().Time)), err
}
