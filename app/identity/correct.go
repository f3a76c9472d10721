package identity

import (
	"bytes"
	"context"
	"encoding/hex"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/link"
	"laoqi/app/notify"
	"laoqi/app/store"
)

// Correction is the form 更正身份信息: a person as the document in hand has it.
type Correction struct {
	Name            string
	IDType          app.IDType
	IDNumber        string
	IDFrom, IDUntil app.Date
	Long            bool // 长期有效
}

func (c *Correction) check(today app.Date) app.Faults {
	var faults app.Faults
	k := Known{Name: c.Name, IDType: c.IDType, IDNumber: c.IDNumber}
	k.checkDocument(&faults, today)
	CheckValidity(&faults, c.IDFrom, c.IDUntil, c.Long, today)
	c.Name, c.IDNumber = k.Name, k.IDNumber
	if c.Long {
		c.IDUntil = app.Date{}
	}
	return faults
}

// MayCorrect fails with app.Conflict, and says what to do, if the person cannot
// correct the own statement: the desk has compared it, or is comparing it.
func (s *Service) MayCorrect(ctx context.Context, person int64) error {
	return mayCorrect(ctx, s.db.Queries, person)
}

func mayCorrect(ctx context.Context, q *store.Queries, person int64) error {
	row, err := q.Person(ctx, person)
	if err != nil {
		return err
	}
	if row.Level == app.Verified {
		return app.Fail(app.Conflict, "您的身份已核验。姓名、证件有误或证件已更换的，请带证件到审核窗口更正。")
	}
	claim, err := q.LatestClaim(ctx, person)
	if store.IsNone(err) {
		return nil
	}
	if err == nil && claim.State == "waiting" {
		err = app.Fail(app.Conflict, "证件照片正在等待核验，现在不能更正。信息有误的，核验会退回，之后可以更正。")
	}
	return err
}

// CorrectOwn corrects what the actor's person stated at registration, while nobody
// has compared it. Certificates bear the name, so they end with it.
func (s *Service) CorrectOwn(ctx context.Context, by app.Actor, c Correction, revoke Revoke) error {
	if err := c.check(app.DateOf(s.db.Now().Time)).Err(); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		if err := mayCorrect(ctx, tx.Queries, by.Person); err != nil {
			return err
		}
		other, err := s.correct(ctx, tx, by, by.Person, c)
		if err != nil || !other.identity {
			return err
		}
		accounts, err := tx.AccountsOfPerson(ctx, app.Ref(by.Person))
		for _, account := range accounts {
			if err == nil {
				err = revoke(ctx, tx, by, account)
			}
		}
		return err
	})
}

// Corrected ends what bears the identity that the desk corrected, within the
// transaction; renamed says that the name is another.
type Corrected func(ctx context.Context, tx *store.Tx, by app.Actor, person int64, renamed bool) error

// CorrectPerson gives a verified person the identity that the document in hand has.
// As after a change of mobile, sessions end, certificates are revoked and none is
// made for 24 hours. A document that is only valid longer changes nothing else.
func (s *Service) CorrectPerson(ctx context.Context, by app.Actor, person int64, c Correction, reason string, revoke Revoke, then Corrected) error {
	faults := c.check(app.DateOf(s.db.Now().Time))
	faults.Add("reason", CheckReason(reason))
	if err := faults.Err(); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		if _, err := s.verified(ctx, tx, person); err != nil {
			return err
		}
		other, err := s.correct(ctx, tx, by, person, c)
		if err != nil {
			return err
		}
		if !other.identity {
			if err := s.TellPerson(ctx, tx, person, notify.Security, "审核窗口核对了您的证件，更新了证件有效期。", link.MobileInfo); err != nil {
				return err
			}
			return s.Helped(ctx, tx, by, person, Help{Kind: Renewed, Reason: reason}, 0)
		}
		if err := s.amended(ctx, tx, by, person, revoke); err != nil {
			return err
		}
		if err := s.Helped(ctx, tx, by, person, Help{Kind: Amended, Reason: reason}, 0); err != nil {
			return err
		}
		return then(ctx, tx, by, person, other.name)
	})
}

// amended treats all accounts of a verified person who has another name or number as
// after a change of mobile, and gives the person the agents' accounts of that identity.
func (s *Service) amended(ctx context.Context, tx *store.Tx, by app.Actor, person int64, revoke Revoke) error {
	accounts, err := tx.AccountsOfPerson(ctx, app.Ref(person))
	if err != nil {
		return err
	}
	for _, account := range accounts {
		if err := s.suspect(ctx, tx, by, account, revoke); err != nil {
			return err
		}
	}
	text := "您的身份信息已由审核窗口更正，所有设备已退出登录，数字证书已吊销，24 小时内不能激活。如果不是您本人办理，请立即联系审核窗口。"
	if err := s.TellPerson(ctx, tx, person, notify.Security, text, link.MobileInfo); err != nil {
		return err
	}
	if err := s.Text(ctx, tx, person, "【劳契】"+text); err != nil {
		return err
	}
	return s.bindAgents(ctx, tx, by, person)
}

// corrected is what a correction changed beside the validity.
type corrected struct{ identity, name bool }

// correct stores what the document says. The log keeps the former statement as a
// keyed hash.
func (s *Service) correct(ctx context.Context, tx *store.Tx, by app.Actor, person int64, c Correction) (other corrected, err error) {
	was, err := tx.Person(ctx, person)
	if err != nil {
		return other, err
	}
	hash := NumberHash(s.vault, c.IDType, c.IDNumber)
	other = corrected{was.Name != c.Name || !bytes.Equal(was.IDHash, hash), was.Name != c.Name}
	if !other.identity && was.IDFromOn == c.IDFrom && was.IDUntilOn == c.IDUntil {
		return other, app.Faults{{Text: "与现在登记的信息相同，没有需要更正的内容。"}}.Err()
	}
	n, err := tx.CorrectPerson(ctx, store.CorrectPersonParams{ID: person, Level: was.Level, Name: c.Name, IDType: c.IDType,
		IDNumber: s.vault.Seal(numberLabel, []byte(c.IDNumber)), IDHash: hash, IDFromOn: c.IDFrom, IDUntilOn: c.IDUntil})
	if err := store.Changed(n, err, "身份刚刚由审核人员核验，请核对。"); err != nil {
		return other, store.Taken(err, "这个证件号码已由另一个账号通过核验，请核对。")
	}
	return other, s.audit.Add(ctx, tx, by, "identity.corrected", audit.Subject("person", person), audit.Facts{
		"identity": other.identity, "name": other.name, "was": hex.EncodeToString(s.vault.Index("person.was", was.Name+"|"+hex.EncodeToString(was.IDHash)))})
}
