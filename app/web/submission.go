package web

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"net/http"
	"strconv"
	"time"

	"laoqi/app"
	"laoqi/app/store"
	"laoqi/app/vault"
)

// Forms remembers which forms were sent, so that a form sent twice acts once.
// Every form carries a token bound to the session (or, before log-in, to a
// cookie of its own), so that no other site can send one.
type Forms struct {
	db    *store.DB
	vault *vault.Vault
}

// NewForms makes the memory of forms.
func NewForms(db *store.DB, v *vault.Vault) *Forms { return &Forms{db, v} }

const (
	formCookie = "laoqi_form"
	tokenField = "_token" // as part.SubmitToken names it
	nonceSize  = 16
)

func (f *Forms) issue(binding string) string {
	nonce := make([]byte, nonceSize)
	rand.Read(nonce)
	return base64.RawURLEncoding.EncodeToString(append(nonce, f.mac(binding, nonce)...))
}

func (f *Forms) mac(binding string, nonce []byte) []byte {
	return f.vault.Index("form", binding+"|"+string(nonce))[:nonceSize]
}

func (f *Forms) read(binding, token string) ([]byte, bool) {
	b, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(b) != 2*nonceSize {
		return nil, false
	}
	return b, hmac.Equal(f.mac(binding, b[:nonceSize]), b[nonceSize:])
}

// claim marks the token as being at work. If it was sent before, first is false
// and location says where its result is, "" if that is not known.
func (f *Forms) claim(ctx context.Context, token []byte) (first bool, location string, err error) {
	err = f.db.Write(ctx, func(tx *store.Tx) error {
		n, err := tx.InsertSubmission(ctx, store.InsertSubmissionParams{Token: token, CreatedAt: tx.Now})
		if err != nil || n > 0 {
			first = err == nil
			return err
		}
		location, err = tx.Submission(ctx, token)
		return err
	})
	return first, location, err
}

// settle remembers where the result is; without a result the form may be sent again.
func (f *Forms) settle(ctx context.Context, token []byte, location string) error {
	return f.db.Write(ctx, func(tx *store.Tx) error {
		if location == "" {
			return tx.DeleteSubmission(ctx, token)
		}
		return tx.FinishSubmission(ctx, store.FinishSubmissionParams{Token: token, Location: location})
	})
}

// Sweep forgets forms sent more than two days ago; their sessions are over.
func (f *Forms) Sweep(ctx context.Context) error {
	return f.db.Write(ctx, func(tx *store.Tx) error {
		return tx.DeleteOldSubmissions(ctx, app.At(tx.Now.Add(-48*time.Hour)))
	})
}

// token is for the hidden field of a form on this request's page.
func (q *request) token() string { return q.s.Forms.issue(q.binding(true)) }

// binding is what tokens of this browser are bound to: the session and the account
// that it acts for. A browser that is not logged in gets a cookie for it where
// create is set.
func (q *request) binding(create bool) string {
	if q.actor.Account != 0 {
		cookie, _ := q.cookie(cookieName(q.face))
		return cookie.Value + "|" + strconv.FormatInt(q.actor.Account, 10)
	}
	if q.Get(formCookie) != nil {
		return q.Get(formCookie).(string)
	}
	if cookie, err := q.cookie(formCookie); err == nil && cookie.Value != "" {
		return cookie.Value
	}
	if !create {
		return ""
	}
	value := vault.Token()
	q.Set(formCookie, value)
	q.putCookie(http.Cookie{Name: formCookie, Value: value, Path: "/"})
	return value
}

const staleForm = "这个页面打开得太久，或者打开后重新登录、切换了企业，刚才的操作没有执行。请重新打开页面，核对单位后再提交。"

// once runs the action of a form unless the same form was sent before; then it
// leads to the first one's result. A form that repeats only needs a sound token.
func (q *request) once(repeats bool, act func() error) error {
	if err := q.readForm(); err != nil {
		return err
	}
	binding := q.binding(false)
	token, ok := q.s.Forms.read(binding, q.FormValue(tokenField))
	if binding == "" || !ok {
		return q.stale(token)
	}
	if repeats {
		return act()
	}
	ctx := context.WithoutCancel(q.Request().Context())
	first, location, err := q.claim(ctx, token)
	if err != nil {
		return err
	}
	if !first {
		return q.repeated(location)
	}
	err = act()
	if settled := q.s.Forms.settle(ctx, token, q.result(err)); err == nil {
		err = settled
	}
	return err
}

// sentAgain is how long a form sent again waits for the result of the first.
const sentAgain, glance = 5 * time.Second, 50 * time.Millisecond

// claim is Forms.claim that waits for the result of the same form while it is at
// work: whoever pressed twice sees what came of it.
func (q *request) claim(ctx context.Context, token []byte) (first bool, location string, err error) {
	for range sentAgain / glance {
		first, location, err = q.s.Forms.claim(ctx, token)
		if err != nil || first || location != "" {
			break
		}
		select {
		case <-q.Request().Context().Done():
			return false, "", nil
		case <-time.After(glance):
		}
	}
	return first, location, err
}

// stale refuses a form of another log-in or account. One that was sent before, such
// as a second click on 切换企业, leads to its result.
func (q *request) stale(token []byte) error {
	location, err := q.s.Forms.db.Submission(q.Request().Context(), token)
	if err != nil && !store.IsNone(err) {
		return err
	}
	if location != "" {
		return q.leave(location)
	}
	return app.Fail(app.Forbidden, staleForm)
}

const maxForm = 24 << 20 // bytes of a form with its files, kept in memory

// readForm reads the form, files and all, into memory: nothing uploaded touches
// the disk before its page decides so.
func (q *request) readForm() error {
	r := q.Request()
	r.Body = http.MaxBytesReader(q.Response(), r.Body, maxForm)
	err := r.ParseMultipartForm(maxForm)
	if _, large := errors.AsType[*http.MaxBytesError](err); large {
		return app.Fail(app.Invalid, "上传的文件太大，请压缩后再试。")
	}
	if err != nil && !errors.Is(err, http.ErrNotMultipart) {
		return app.Fail(app.Invalid, "没有收到完整的表单，请返回后重新提交。")
	}
	return nil
}

func (q *request) result(err error) string {
	if err != nil {
		return ""
	}
	h := q.Response().Header()
	if q.Response().Status == http.StatusSeeOther {
		return h.Get("Location")
	}
	return h.Get("HX-Redirect")
}

func (q *request) repeated(location string) error {
	if location == "" {
		return app.Fail(app.Conflict, "这份表单已经提交过，正在处理或上次被中断。请返回列表核对结果，不要重复提交。")
	}
	return q.leave(location)
}
