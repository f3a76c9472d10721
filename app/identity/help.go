package identity

import (
	"context"
	"unicode/utf8"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/link"
	"laoqi/app/notify"
	"laoqi/app/store"
)

// HelpKind is what the desk can do for a person whose document it has compared.
type HelpKind string

const (
	Cleared  HelpKind = "cleared" // certificates may be activated before the 24 hours are over
	NewPhone HelpKind = "mobile"  // another mobile, the old one being dead
	NoFace   HelpKind = "face"    // what the face is known by is deleted
	SameMan  HelpKind = "same"    // a contract's worker is this person
	OtherMan HelpKind = "differs" // a contract's worker is not this person
	Amended  HelpKind = "amended" // another name or number, as the document has it
	Renewed  HelpKind = "renewed" // the document is valid longer
)

// Label is what the list of helps says.
func (k HelpKind) Label() string {
	return map[HelpKind]string{Cleared: "提前解除激活限制", NewPhone: "更换手机号码", NoFace: "删除人脸特征", SameMan: "认定合同的劳动者是本人", OtherMan: "认定合同的身份信息不一致",
		Amended: "更正身份信息", Renewed: "更新证件有效期"}[k]
}

// Help is one act of the desk for a person, and why.
type Help struct {
	Kind     HelpKind
	Contract string // its number, for SameMan and OtherMan
	Reason   string
	By       string
	At       app.Time
}

// Standing is what the desk sees of a person.
type Standing struct {
	Person  Person
	Blocked app.Time // no certificate before then; zero: no limit
	Face    bool     // a template of the face is kept
	Helps   []Help
}

// CheckReason returns the sentence for the field if the desk does not say why. The
// reason stays at the desk.
func CheckReason(reason string) string {
	if n := utf8.RuneCountInString(reason); n < 2 || n > 200 {
		return "请写明怎样核对了本人身份（2-200 个字）。"
	}
	return ""
}

// FindPerson returns who has the ID number: the verified person before others.
func (s *Service) FindPerson(ctx context.Context, t app.IDType, number string) (int64, error) {
	number, problem := app.CheckIDNumber(t, number, app.DateOf(s.db.Now().Time))
	if problem != "" {
		return 0, app.Faults{{Field: app.FieldIDNumber, Text: problem}}.Err()
	}
	id, err := s.db.PersonByNumber(ctx, NumberHash(s.vault, t, number))
	if store.IsNone(err) {
		return 0, app.Faults{{Field: app.FieldIDNumber, Text: "没有人用这个证件号码注册，请核对。"}}.Err()
	}
	return id, err
}

// Stand shows a person to the reviewer: the ID number in full, and logged as read.
func (s *Service) Stand(ctx context.Context, by app.Actor, person int64) (x Standing, err error) {
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		row, err := tx.Person(ctx, person)
		if err != nil {
			return store.Found(err, "没有这个人。")
		}
		if x.Person, err = s.open(row); err != nil {
			return err
		}
		x.Blocked, err = tx.BlockedUntil(ctx, store.BlockedUntilParams{PersonID: app.Ref(person), NowAt: tx.Now})
		if err != nil && !store.IsNone(err) {
			return err
		}
		if x.Face, err = holdsFace(ctx, tx.Queries, person); err != nil {
			return err
		}
		rows, err := tx.Helps(ctx, person)
		if err != nil {
			return err
		}
		for _, r := range rows {
			x.Helps = append(x.Helps, Help{HelpKind(r.Kind), r.Contract, r.Reason, r.Username, r.MadeAt})
		}
		return s.audit.Add(ctx, tx, by, "identity.read", audit.Subject("person", person), nil)
	})
	return x, err
}

// ClearBlock lets a verified person activate certificates before the 24 hours
// after a reset or a change of mobile are over.
func (s *Service) ClearBlock(ctx context.Context, by app.Actor, person int64, reason string) error {
	if problem := CheckReason(reason); problem != "" {
		return app.Faults{{Field: "reason", Text: problem}}.Err()
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		if _, err := s.verified(ctx, tx, person); err != nil {
			return err
		}
		n, err := tx.ClearAccounts(ctx, store.ClearAccountsParams{PersonID: app.Ref(person), NowAt: tx.Now})
		if err := store.Changed(n, err, "现在没有激活限制，不需要解除。"); err != nil {
			return err
		}
		if err := s.TellPerson(ctx, tx, person, notify.Security, "审核窗口核对了您的证件，现在可以激活数字证书。如果不是您本人办理，请立即联系审核窗口。", link.MobileMe); err != nil {
			return err
		}
		return s.Helped(ctx, tx, by, person, Help{Kind: Cleared, Reason: reason}, 0)
	})
}

// DeleteFace deletes a face for somebody who does not do so on the own phone.
func (s *Service) DeleteFace(ctx context.Context, by app.Actor, person int64, reason string) error {
	if problem := CheckReason(reason); problem != "" {
		return app.Faults{{Field: "reason", Text: problem}}.Err()
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		held, err := s.endFace(ctx, tx, by, person)
		if err != nil {
			return err
		}
		if !held {
			return errNoFace
		}
		if err := s.TellPerson(ctx, tx, person, notify.Security, "您的人脸特征已由审核窗口删除，需要时可以重新登记。", link.MobileFace); err != nil {
			return err
		}
		return s.Helped(ctx, tx, by, person, Help{Kind: NoFace, Reason: reason}, 0)
	})
}

// Replacement is the form by which the desk gives a person another mobile, the
// old one being dead: a code to the new mobile, read out by the person.
type Replacement struct{ Mobile, Code, Reason string }

// ReplaceMobile does what ChangeMobile does, on the desk's word instead of the
// old mobile's code and the password, and ends the passkeys, too.
func (s *Service) ReplaceMobile(ctx context.Context, by app.Actor, person int64, r Replacement, revoke Revoke, then Verified) error {
	var faults app.Faults
	mobile, problem := app.CheckMobile(r.Mobile)
	faults.Add(app.FieldMobile, problem)
	faults.Require("code", r.Code, "请输入新手机收到的验证码。")
	faults.Add("reason", CheckReason(r.Reason))
	if err := faults.Err(); err != nil {
		return err
	}
	err := s.db.Write(ctx, func(tx *store.Tx) error {
		p, err := s.verified(ctx, tx, person)
		if err != nil {
			return err
		}
		if p.Mobile == mobile {
			return app.Faults{{Field: app.FieldMobile, Text: sameMobile}}.Err()
		}
		if problem, err = s.useCode(ctx, tx, mobile, ForNewMobile, r.Code); err != nil || problem != "" {
			return err
		}
		if err := s.setMobile(ctx, tx, by, person, p.Mobile, mobile, true, revoke); err != nil {
			return err
		}
		if err := s.Helped(ctx, tx, by, person, Help{Kind: NewPhone, Reason: r.Reason}, 0); err != nil {
			return err
		}
		return then(ctx, tx, person)
	})
	return fault("code", problem, err)
}

func (s *Service) verified(ctx context.Context, tx *store.Tx, person int64) (Person, error) {
	row, err := tx.Person(ctx, person)
	if err != nil {
		return Person{}, store.Found(err, "没有这个人。")
	}
	if row.Level != app.Verified {
		return Person{}, app.Fail(app.Conflict, "这个人的身份还没有核验，请先在“身份核验”中处理。")
	}
	return s.open(row)
}

// Helped keeps what the desk did for a person, within the transaction; contract
// is 0 unless the help is about one. The log holds no word of the reason.
func (s *Service) Helped(ctx context.Context, tx *store.Tx, by app.Actor, person int64, h Help, contract int64) error {
	err := tx.InsertHelp(ctx, store.InsertHelpParams{PersonID: person, Kind: string(h.Kind), ContractID: app.Ref(contract), Reason: h.Reason, MadeBy: by.Account, MadeAt: tx.Now})
	if err != nil {
		return err
	}
	return s.audit.Add(ctx, tx, by, "desk."+string(h.Kind), audit.Subject("person", person), audit.Facts{"contract": contract})
}

// TrySMS sends a test message to a mobile, which is not kept, and says at its field
// if the provider does not take it.
func (s *Service) TrySMS(ctx context.Context, by app.Actor, mobile string) error {
	mobile, problem := app.CheckMobile(mobile)
	if problem == "" {
		if err := s.notify.TrySMS(ctx, mobile); err != nil {
			problem = "短信接口没有收下这条短信（" + err.Error() + "）。请检查 -sms-url 和 -sms-token，以及短信服务本身。"
		}
	}
	if problem != "" {
		return app.Faults{{Field: app.FieldMobile, Text: problem}}.Err()
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		return s.audit.Add(ctx, tx, by, "sms.tried", audit.Subject("account", by.Account), nil)
	})
}
