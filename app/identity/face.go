package identity

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/face"
	"laoqi/app/store"
)

// ByFace is recognition by the face, which is never the only proof.
const ByFace Method = "face"

// FaceReader reads faces in pictures. It returns the errors of package face.
type FaceReader interface {
	Name() string // of the model; templates of different models do not compare
	Read(ctx context.Context, frame []byte, near face.Box) (face.Face, error)
	ReadDocument(ctx context.Context, picture []byte) (face.Face, error)
}

// Faces is how faces are verified. Without a Reader it is switched off.
type Faces struct {
	Reader    FaceReader
	Threshold float64 // greatest distance that counts as the same person
	Provider  string  // name and contact of whoever reads them outside, "" where pictures stay here
}

// FaceConsent is what somebody agrees to, apart from everything else, before the
// own face is taken on this machine.
var FaceConsent = Text{Name: "face/1", Title: faceTitle, Paragraphs: append([]string{
	"处理什么：您的正面和转头画面，只在内存中计算成一组数字（人脸特征），加密保存；画面本身不保存。您上传的证件照片核对后立即删除。",
	"用来做什么：只在您登录、添加经办人、生成或作废印章、签署合同时，与您本人的特征做一对一比对，不用于其他目的，不提供给他人。",
}, faceRights...)}

const (
	faceTitle     = "人脸信息处理单独同意书"
	providedTitle = "向其他处理者提供人脸信息单独同意书"
)

var faceRights = []string{
	"不是必须：所有业务都可以改用登录密码和短信验证码办理，效力相同，不同意不影响使用。",
	"保存多久：直到您停用人脸验证。停用后特征立即删除。",
	"可能的影响：特征一旦泄露不能像密码一样更换，所以它加密保存，密钥与数据库分开存放，并且人脸从不单独作为凭据。",
}

// Consents are the texts that somebody agrees to, each apart: where pictures leave
// the house, one of them names who gets them (个人信息保护法 art. 23).
func (f Faces) Consents() []Text {
	if f.Provider == "" {
		return []Text{FaceConsent}
	}
	return []Text{
		{Name: "face-outside/1", Title: faceTitle, Paragraphs: append([]string{
			"处理什么：您的正面和转头画面，由下一份同意书所列的接收方计算成一组数字（人脸特征），特征在本系统加密保存；画面本身本系统不保存。您上传的证件照片核对后，本系统立即删除。",
			"用来做什么：只在您登录、添加经办人、生成或作废印章、签署合同时，与您本人的特征做一对一比对，不用于其他目的。",
		}, faceRights...)},
		{Name: "face-provided/1", Title: providedTitle, Paragraphs: []string{
			"接收方及联系方式：" + f.Provider,
			"提供什么、怎样提供：您的正面和转头画面、您上传的证件照片，每次验证时经加密连接逐张发送，不附带您的姓名、证件号码和手机号码。",
			"接收方用来做什么：计算人脸的位置、朝向和特征，把结果交回本系统。您向接收方行使查阅、删除等权利，可以用上面的联系方式。",
			"停用人脸验证后，不再发送任何画面。",
		}},
	}
}

// FaceProvider is who outside reads the pictures, "" for nobody.
func (s *Service) FaceProvider() string { return s.faces.Provider }

// FaceConsents are the Consents of this installation.
func (s *Service) FaceConsents() []Text { return s.faces.Consents() }

// FaceConsentTitle is the title of a text of Consents by its name, "" for another.
func FaceConsentTitle(name string) string {
	return map[string]string{FaceConsent.Name: faceTitle, "face-outside/1": faceTitle, "face-provided/1": providedTitle}[name]
}

// FaceState is how far somebody's face is known.
type FaceState string

const (
	FaceOff     FaceState = "off"     // the installation does not verify faces
	FaceNone    FaceState = "none"    // nothing is known
	FaceTaken   FaceState = "taken"   // taken, but not compared to the identity document yet
	FaceWaiting FaceState = "waiting" // the document's picture waits at the desk
	FaceActive  FaceState = "active"
)

const templateLabel = "face.template"

// VerifiesFaces reports whether the installation verifies faces at all.
func (s *Service) VerifiesFaces() bool { return s.faces.Reader != nil }

// Face tells how far the actor's face is known.
func (s *Service) Face(ctx context.Context, by app.Actor) (FaceState, error) {
	if s.faces.Reader == nil {
		return FaceOff, nil
	}
	row, err := s.db.Face(ctx, by.Person)
	if store.IsNone(err) || err == nil && row.Model != s.faces.Reader.Name() {
		return FaceNone, nil
	}
	if err != nil || row.State == string(FaceActive) {
		return FaceActive, err
	}
	claim, err := s.MyClaim(ctx, by.Person)
	if claim.State == "waiting" {
		return FaceWaiting, err
	}
	return FaceTaken, err
}

// HoldsFace reports whether a template of the actor's face is kept, be it of use or not.
func (s *Service) HoldsFace(ctx context.Context, by app.Actor) (bool, error) {
	return holdsFace(ctx, s.db.Queries, by.Person)
}

func holdsFace(ctx context.Context, q *store.Queries, person int64) (bool, error) {
	_, err := q.Face(ctx, person)
	if store.IsNone(err) {
		return false, nil
	}
	return err == nil, err
}

// Enrolment is the form that begins to take a face.
type Enrolment struct {
	Agreed []string // names of the texts of Consents
	Proof
}

// AgreeField is the field of the box beside a text of Consents.
func AgreeField(t Text) string { return "agree-" + strings.TrimRight(t.Name, "/0123456789") }

// EnrolIntent is what a proof for taking one's face is good for.
func EnrolIntent(by app.Actor) Intent {
	return Intent{ForFace, audit.Subject("person", by.Person)}
}

// MayEnrol tells, as a conflict, why the actor's face cannot be taken now.
func (s *Service) MayEnrol(ctx context.Context, by app.Actor) error {
	if s.faces.Reader == nil {
		return errFaceOff
	}
	blocked, err := s.db.BlockedUntil(ctx, store.BlockedUntilParams{PersonID: app.Ref(by.Person), NowAt: s.db.Now()})
	if store.IsNone(err) {
		return nil
	}
	if err != nil {
		return err
	}
	return app.Fail(app.Conflict, "您的密码或手机号刚刚变更，为防止他人冒用，"+blocked.Local()+" 之后才能登记人脸。")
}

// Enrol opens the check that takes the actor's face, once the actor agreed to that.
// It asks for password and code also where a face is known already.
func (s *Service) Enrol(ctx context.Context, by app.Actor, e Enrolment) (token string, err error) {
	if err := s.MayEnrol(ctx, by); err != nil {
		return "", err
	}
	var faults app.Faults
	e.Proof.Pass = ""
	e.Proof.Check(&faults)
	texts := s.FaceConsents()
	for _, t := range texts {
		if !slices.Contains(e.Agreed, t.Name) {
			faults.Add(AgreeField(t), "需要您单独同意后才能登记人脸；不同意的，继续用登录密码和短信验证码办理。")
		}
	}
	if err := faults.Err(); err != nil {
		return "", err
	}
	i := EnrolIntent(by)
	err = s.Proved(ctx, by, i, e.Proof, func(tx *store.Tx) error {
		for _, t := range texts {
			if err := s.audit.Add(ctx, tx, by, "face.agreed", audit.Subject("person", by.Person), audit.Facts{"terms": t.Name, "consent": hex.EncodeToString(t.Hash())}); err != nil {
				return err
			}
		}
		token, err = s.openFaceCheck(ctx, tx, by, i)
		return err
	})
	return token, err
}

// takeFace keeps the template of a passed check until the document is compared, and
// the consent with it: who leaves before has none that holds.
func (s *Service) takeFace(ctx context.Context, tx *store.Tx, by app.Actor, t face.Template) error {
	plain, err := json.Marshal(t)
	if err != nil {
		return err
	}
	for _, text := range s.FaceConsents() {
		if err := s.Agree(ctx, tx, by.Account, text); err != nil {
			return err
		}
	}
	err = tx.TakeFace(ctx, store.TakeFaceParams{PersonID: by.Person, Template: s.vault.Seal(templateLabel, plain), Model: s.faces.Reader.Name(), TakenAt: tx.Now})
	if err != nil {
		return err
	}
	return s.audit.Add(ctx, tx, by, "face.taken", audit.Subject("person", by.Person), audit.Facts{"model": s.faces.Reader.Name()})
}

func (s *Service) openTemplate(row store.Face) (t face.Template, err error) {
	plain, err := s.vault.Open(templateLabel, row.Template)
	if err != nil {
		return nil, err
	}
	err = json.Unmarshal(plain, &t)
	return t, err
}

// takenFace is the face that waits for the person's document. One that another
// reader took is none: it compares with nothing that this one reads.
func (s *Service) takenFace(ctx context.Context, q *store.Queries, person int64) (row store.Face, waits bool, err error) {
	if s.faces.Reader == nil {
		return row, false, nil
	}
	row, err = q.Face(ctx, person)
	if store.IsNone(err) {
		return row, false, nil
	}
	return row, row.State == string(FaceTaken) && row.Model == s.faces.Reader.Name(), err
}

// WithdrawFace deletes the actor's template at once, and every check under way.
func (s *Service) WithdrawFace(ctx context.Context, by app.Actor) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		held, err := s.dropFace(ctx, tx, by.Person)
		if err != nil {
			return err
		}
		if !held {
			return errNoFace
		}
		return s.audit.Add(ctx, tx, by, "face.withdrawn", audit.Subject("person", by.Person), audit.Facts{"terms": s.FaceConsents()[0].Name})
	})
}

// dropFace deletes what a person's face is known by, the checks under way, and the
// passes that they gave and nobody used yet. It tells whether the face was known.
func (s *Service) dropFace(ctx context.Context, tx *store.Tx, person int64) (held bool, err error) {
	n, err := tx.DeleteFace(ctx, person)
	return n > 0, errors.Join(err, tx.DeleteFaceChecksOf(ctx, person), tx.DeleteFacePassesOf(ctx, app.Ref(person)))
}

// endFace is dropFace by somebody else than the person.
func (s *Service) endFace(ctx context.Context, tx *store.Tx, by app.Actor, person int64) (held bool, err error) {
	held, err = s.dropFace(ctx, tx, person)
	if err != nil || !held {
		return false, err
	}
	return true, s.audit.Add(ctx, tx, by, "face.ended", audit.Subject("person", person), nil)
}

// EndFace deletes the face of whoever had the account that has just ended, and has
// no other by which to withdraw it.
func (s *Service) EndFace(ctx context.Context, tx *store.Tx, by app.Actor, account int64) error {
	person, err := tx.AccountPerson(ctx, account)
	if err != nil {
		return err
	}
	open, err := tx.AccountsOfPerson(ctx, person)
	if err != nil || len(open) > 0 {
		return err
	}
	_, err = s.endFace(ctx, tx, by, int64(person))
	return err
}

var errNoFace = app.Fail(app.Conflict, "没有登记人脸，不需要停用。")

var errFaceOff = app.Fail(app.Conflict, "本系统没有开启人脸验证，请用登录密码和短信验证码办理。")
