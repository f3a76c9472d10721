package identity

import (
	"context"
	"net/http"
	"slices"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/link"
	"laoqi/app/notify"
	"laoqi/app/store"
)

// Claim is a person's wish that the desk compares the identity document.
type Claim struct {
	ID     int64
	Person Person
	State  string // waiting, accepted, refused; "" for none yet
	Reason string
	At     app.Time
}

// MaxPicture is the largest picture of a document that is taken, in bytes.
const MaxPicture = 8 << 20

// CheckPicture returns the sentence for the field if the content is no picture.
func CheckPicture(content []byte) string {
	switch {
	case len(content) == 0:
		return "请选择照片文件。"
	case len(content) > MaxPicture:
		return "照片不能超过 8 MB，请压缩后再上传。"
	case !slices.Contains([]string{"image/jpeg", "image/png"}, http.DetectContentType(content)):
		return "请上传 JPG 或 PNG 格式的照片。"
	}
	return ""
}

// Claim stores the picture, sealed, and puts the person into the desk's queue.
func (s *Service) Claim(ctx context.Context, by app.Actor, picture []byte) error {
	if problem := CheckPicture(picture); problem != "" {
		return app.Faults{{Field: "picture", Text: problem}}.Err()
	}
	err := s.KeepPicture(ctx, picture, func(tx *store.Tx, name string) error {
		p, err := tx.Person(ctx, by.Person)
		if err != nil {
			return err
		}
		if err := s.mayClaim(ctx, tx, p); err != nil {
			return err
		}
		id, err := tx.InsertClaim(ctx, store.InsertClaimParams{PersonID: by.Person, Picture: name, CreatedAt: tx.Now})
		if err != nil {
			return store.Taken(err, "您的证件照片正在等待核验，不需要重复上传。")
		}
		return s.audit.Add(ctx, tx, by, "identity.claimed", audit.Subject("person", by.Person), audit.Facts{"claim": id, "picture": name})
	})
	if err != nil {
		return err
	}
	return s.compareFace(ctx, by.Person, picture)
}

// mayClaim refuses a document that nothing waits for: neither the identity nor a face.
func (s *Service) mayClaim(ctx context.Context, tx *store.Tx, p store.Person) error {
	if p.Level != app.Verified {
		return nil
	}
	_, waits, err := s.takenFace(ctx, tx.Queries, p.ID)
	if err == nil && !waits {
		return app.Fail(app.Conflict, "您的身份已经核验，不需要再上传。")
	}
	return err
}

// MyClaim is the person's latest claim, the zero Claim if there is none.
func (s *Service) MyClaim(ctx context.Context, person int64) (Claim, error) {
	row, err := s.db.LatestClaim(ctx, person)
	if store.IsNone(err) {
		return Claim{}, nil
	}
	return Claim{ID: row.ID, State: row.State, Reason: row.Reason, At: row.CreatedAt}, err
}

// WaitingClaim is one line of the desk's identity queue.
type WaitingClaim struct {
	ID     int64
	Name   string
	IDType app.IDType
	At     app.Time
}

// WaitingClaims lists up to 21 claims after the id: a page of 20 and a sign of more.
func (s *Service) WaitingClaims(ctx context.Context, after int64) ([]WaitingClaim, error) {
	rows, err := s.db.WaitingClaims(ctx, after)
	claims := make([]WaitingClaim, len(rows))
	for i, r := range rows {
		claims[i] = WaitingClaim{r.ID, r.Name, r.IDType, r.CreatedAt}
	}
	return claims, err
}

// ReadClaim shows a claim to the reviewer: the numbers in full, and logged as read.
func (s *Service) ReadClaim(ctx context.Context, by app.Actor, id int64) (c Claim, err error) {
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		row, err := tx.Claim(ctx, id)
		if err != nil {
			return store.Found(err, "没有这份核验申请。")
		}
		person, err := tx.Person(ctx, row.PersonID)
		if err != nil {
			return err
		}
		c = Claim{ID: row.ID, State: row.State, Reason: row.Reason, At: row.CreatedAt}
		if c.Person, err = s.open(person); err != nil {
			return err
		}
		return s.audit.Add(ctx, tx, by, "identity.read", audit.Subject("person", row.PersonID), audit.Facts{"claim": id})
	})
	return c, err
}

// ClaimPicture returns the picture of a claim that waits, logged as read.
func (s *Service) ClaimPicture(ctx context.Context, by app.Actor, id int64) (picture []byte, err error) {
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		row, err := tx.Claim(ctx, id)
		if err != nil || row.Picture == "" {
			return app.Fail(app.NotFound, "这份申请的照片已按规定删除。")
		}
		if picture, err = s.files.Get(row.Picture); err != nil {
			return err
		}
		return s.audit.Add(ctx, tx, by, "identity.picture", audit.Subject("person", row.PersonID), audit.Facts{"claim": id})
	})
	return picture, err
}

// Verified is told when what is known of a person has changed, within the
// transaction: the identity was compared, or the mobile is another.
type Verified func(ctx context.Context, tx *store.Tx, person int64) error

// DecideClaim accepts a claim (reason empty) or refuses it with the reason. The
// picture is deleted either way. A face that waits for the document becomes good
// with it if it matches, or if the desk has seen the person.
func (s *Service) DecideClaim(ctx context.Context, by app.Actor, id int64, reason string, seen bool, then Verified) error {
	var picture string
	err := s.db.Write(ctx, func(tx *store.Tx) error {
		row, err := tx.Claim(ctx, id)
		if err != nil {
			return store.Found(err, "没有这份核验申请。")
		}
		picture = row.Picture
		state := "accepted"
		if reason != "" {
			state = "refused"
		}
		n, err := tx.DecideClaim(ctx, store.DecideClaimParams{ID: id, State: state, Reason: reason, DecidedAt: tx.Now, DecidedBy: app.Ref(by.Account)})
		if err := store.Changed(n, err, "这份核验申请已由其他审核人员处理。"); err != nil {
			return err
		}
		if reason != "" {
			err = s.TellPerson(ctx, tx, row.PersonID, notify.IdentityKnown, "身份核验未通过："+reason, link.MobileIdentity)
		} else {
			err = s.verify(ctx, tx, by, row.PersonID, then)
		}
		if err == nil {
			err = s.anchorFace(ctx, tx, by, row.PersonID, reason == "", seen)
		}
		if err != nil {
			return err
		}
		return s.audit.Add(ctx, tx, by, "identity."+state, audit.Subject("person", row.PersonID), audit.Facts{"claim": id})
	})
	if err != nil || picture == "" {
		return err
	}
	return s.DropPicture(ctx, picture)
}

// verify raises a person to 已核验 and tells all who wait for it.
func (s *Service) verify(ctx context.Context, tx *store.Tx, by app.Actor, person int64, then Verified) error {
	if err := s.bindAgents(ctx, tx, by, person); err != nil {
		return err
	}
	n, err := tx.VerifyPerson(ctx, store.VerifyPersonParams{ID: person, VerifiedAt: tx.Now})
	if err := store.Taken(err, "这个证件号码已由另一个账号通过核验，请核对后退回申请。"); err != nil || n == 0 {
		return err
	}
	if err := s.TellPerson(ctx, tx, person, notify.IdentityKnown, "您的身份已核验，可以签署合同、持有印章授权。", link.MobileMe); err != nil {
		return err
	}
	return then(ctx, tx, person)
}

// bindAgents gives the person the agents' accounts that were made before for whoever
// has this name, number and mobile, as those made later are the person's. What was
// known of such an agent, even a verified identity, is the person's from now on; the
// face is not, since it was taken for an account of an enterprise.
func (s *Service) bindAgents(ctx context.Context, tx *store.Tx, by app.Actor, person int64) error {
	selves, err := tx.AgentSelves(ctx, person)
	if err != nil {
		return err
	}
	for _, self := range selves {
		if err := s.bindAgent(ctx, tx, by, self, person); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) bindAgent(ctx context.Context, tx *store.Tx, by app.Actor, self, person int64) error {
	if err := tx.DeclarePerson(ctx, self); err != nil {
		return err
	}
	face, err := s.endFace(ctx, tx, by, self)
	if err != nil {
		return err
	}
	bound, err := tx.BindAgents(ctx, store.BindAgentsParams{PersonID: app.Ref(person), WasID: app.Ref(self)})
	for _, account := range bound {
		if err == nil {
			err = s.audit.Add(ctx, tx, by, "agent.bound", audit.Subject("account", account), audit.Facts{"person": person})
		}
	}
	if err != nil || !face {
		return err
	}
	return s.TellPerson(ctx, tx, person, notify.IdentityKnown, "您的经办人账号已归入个人身份，用经办人账号登记的人脸已删除，需要时请重新登记。", link.MobileFace)
}
