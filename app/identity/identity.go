// Package identity knows who people are: persons and how sure the installation
// is of them, personal and desk accounts, log-in, sessions and SMS codes.
package identity

import (
	"cmp"
	"context"
	"sync"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/hub"
	"laoqi/app/notify"
	"laoqi/app/pdf/font"
	"laoqi/app/store"
	"laoqi/app/vault"
)

// Service is the domain's entry; each exported method is one transaction.
type Service struct {
	db     *store.DB
	vault  *vault.Vault
	hasher *vault.Hasher
	audit  *audit.Log
	notify *notify.Service
	hub    *hub.Hub
	files  *vault.Files
	faces  Faces

	pictures sync.RWMutex // read-locked from a picture's file to the row that names it
}

// New makes the service. Pictures of identity documents go to files.
func New(db *store.DB, v *vault.Vault, h *vault.Hasher, a *audit.Log, n *notify.Service, hub *hub.Hub, files *vault.Files, faces Faces) *Service {
	return &Service{db: db, vault: v, hasher: h, audit: a, notify: n, hub: hub, files: files, faces: faces}
}

// Labels of the sealed columns and of the keyed hashes.
const (
	numberLabel = "person.id_number"
	mobileLabel = "person.mobile"
)

// Person is a human as this product knows one. IDNumber and Mobile are the full
// values: mask them on every page.
type Person struct {
	ID       int64
	Name     string
	IDType   app.IDType
	IDNumber string
	IDFrom   app.Date
	IDUntil  app.Date // zero: 长期有效
	Mobile   string
	Level    app.IdentityLevel
}

// Known is a person as somebody else states one: the four elements (四要素).
type Known struct {
	Name     string
	IDType   app.IDType
	IDNumber string
	Mobile   string
}

// Check adds a fault for each element that breaks its rule and makes the
// numbers canonical.
func (k *Known) Check(faults *app.Faults, today app.Date) {
	k.checkDocument(faults, today)
	mobile, problem := app.CheckMobile(k.Mobile)
	faults.Add(app.FieldMobile, problem)
	k.Mobile = cmp.Or(mobile, k.Mobile)
}

// checkDocument is Check of what the identity document says.
func (k *Known) checkDocument(faults *app.Faults, today app.Date) {
	name, problem := app.CheckName(k.Name)
	faults.Add(app.FieldName, problem)
	faults.Add(app.FieldName, font.Refusal("姓名", name))
	number, problem := app.CheckIDNumber(k.IDType, k.IDNumber, today)
	faults.Add(app.FieldIDNumber, problem)
	k.Name, k.IDNumber = cmp.Or(name, k.Name), cmp.Or(number, k.IDNumber)
}

// NumberHash is the keyed hash by which an ID number is found.
func NumberHash(v *vault.Vault, t app.IDType, number string) []byte {
	return v.Index(numberLabel, string(t)+":"+number)
}

// MobileHash is the keyed hash by which a mobile number is found.
func MobileHash(v *vault.Vault, mobile string) []byte { return v.Index(mobileLabel, mobile) }

// Person reads one person.
func (s *Service) Person(ctx context.Context, id int64) (Person, error) {
	row, err := s.db.Person(ctx, id)
	if err != nil {
		return Person{}, store.Found(err, "没有这个人。")
	}
	return s.open(row)
}

func (s *Service) open(row store.Person) (Person, error) {
	number, err := s.vault.Open(numberLabel, row.IDNumber)
	if err != nil {
		return Person{}, err
	}
	mobile, err := s.vault.Open(mobileLabel, row.Mobile)
	return Person{row.ID, row.Name, row.IDType, string(number), row.IDFromOn, row.IDUntilOn, string(mobile), row.Level}, err
}

// Match returns the verified person of whom all four elements agree, and how
// the statement stands to the persons known: matched, unknown, or differing.
func (s *Service) Match(ctx context.Context, q *store.Queries, k Known) (id int64, m Matching, err error) {
	row, err := q.VerifiedPerson(ctx, NumberHash(s.vault, k.IDType, k.IDNumber))
	if store.IsNone(err) {
		return 0, Unknown, nil
	}
	if err != nil {
		return 0, Unknown, err
	}
	if row.Name != k.Name || string(row.MobileHash) != string(MobileHash(s.vault, k.Mobile)) {
		return 0, Differs, nil
	}
	return row.ID, Matched, nil
}

// Matching is how a stated identity stands to the verified persons.
type Matching int

const (
	Unknown Matching = iota // nobody verified has the ID number
	Differs                 // somebody has it, but name or mobile differ
	Matched                 // all agree
)

// Label is what an employer may learn: that the identity differs, never how.
func (m Matching) Label() string {
	return [...]string{Unknown: "未注册", Differs: "身份信息不一致", Matched: "已核验"}[m]
}

// Insert stores a person without an account, self-declared; the caller checked k.
func (s *Service) Insert(ctx context.Context, tx *store.Tx, k Known, from, until app.Date) (int64, error) {
	return tx.InsertPerson(ctx, s.row(k, from, until, false, tx.Now))
}

func (s *Service) row(k Known, from, until app.Date, registered bool, now app.Time) store.InsertPersonParams {
	return store.InsertPersonParams{
		Name: k.Name, IDType: k.IDType, IDFromOn: from, IDUntilOn: until,
		IDNumber: s.vault.Seal(numberLabel, []byte(k.IDNumber)), IDHash: NumberHash(s.vault, k.IDType, k.IDNumber),
		Mobile: s.vault.Seal(mobileLabel, []byte(k.Mobile)), MobileHash: MobileHash(s.vault, k.Mobile),
		Registered: registered, Level: app.Declared, CreatedAt: now,
	}
}

// TellPerson puts a message into the inbox of each account of the person.
func (s *Service) TellPerson(ctx context.Context, tx *store.Tx, person int64, k notify.Kind, text, link string) error {
	accounts, err := tx.AccountsOfPerson(ctx, app.Ref(person))
	for _, a := range accounts {
		if err == nil {
			err = s.notify.Tell(ctx, tx, a, k, text, link)
		}
	}
	return err
}

// TellPersonal writes to the personal account alone, and to the mobile: the
// sentence of the text message holds no personal data.
func (s *Service) TellPersonal(ctx context.Context, tx *store.Tx, person int64, k notify.Kind, text, link, sentence string) error {
	account, err := s.PersonalAccount(ctx, tx, person)
	if err != nil {
		return err
	}
	if account != 0 {
		if err := s.notify.Tell(ctx, tx, account, k, text, link); err != nil {
			return err
		}
	}
	return s.Alert(ctx, tx, person, account, k, sentence)
}

// PersonalAccount is the person's personal account, 0 if there is none.
func (s *Service) PersonalAccount(ctx context.Context, tx *store.Tx, person int64) (int64, error) {
	account, err := tx.PersonalAccount(ctx, app.Ref(person))
	if store.IsNone(err) {
		return 0, nil
	}
	return account, err
}

// Alert sends the person the text message beside a message of the kind, unless
// the account wants none. Its sentence holds no personal data.
func (s *Service) Alert(ctx context.Context, tx *store.Tx, person, account int64, k notify.Kind, sentence string) error {
	wanted, err := s.notify.Texts(ctx, tx, account, k)
	if err != nil || !wanted {
		return err
	}
	return s.Text(ctx, tx, person, "【劳契】"+sentence)
}

// Text sends the person a text message.
func (s *Service) Text(ctx context.Context, tx *store.Tx, person int64, text string) error {
	row, err := tx.Person(ctx, person)
	if err != nil {
		return err
	}
	p, err := s.open(row)
	if err != nil {
		return err
	}
	return s.notify.SMS(ctx, tx, p.Mobile, text)
}
