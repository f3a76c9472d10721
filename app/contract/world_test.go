package contract_test

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/cert"
	"laoqi/app/contract"
	"laoqi/app/demo"
	"laoqi/app/filing"
	"laoqi/app/identity"
	"laoqi/app/seal"
)

// world is an installation with an enterprise that uses electronic contracts.
type world struct {
	*apptest.World
	t     *testing.T
	clerk app.Actor
}

func open(t *testing.T) *world { return openIn(t, t.TempDir()) }

func openIn(t *testing.T, folder string) *world {
	w := &world{World: apptest.Open(t, folder), t: t}
	w.People()
	w.clerk = w.Actor(demo.Agent)
	w.must(w.Enterprise.Enable(t.Context(), w.clerk))
	return w
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

const passphrase = "Sign2026"

// activated logs a sample person in, with an active certificate.
func (w *world) activated(who demo.Who) app.Actor {
	w.t.Helper()
	by := w.Actor(who)
	w.Screen.Clear()
	w.must(w.Identity.SendCode(w.t.Context(), by, identity.ForCertificate))
	w.must(w.Cert.Activate(w.t.Context(), by, cert.Activation{Code: w.Code(who), Passphrase: passphrase, Again: passphrase, Agreed: true, Password: demo.Password}))
	return by
}

func day(year int, month time.Month, d int) app.Date {
	return app.Date{Year: year, Month: month, Day: d}
}

func form(who demo.Who) filing.Form {
	worker, _ := demo.Find(who)
	return filing.Form{Kind: app.FilingNew,
		Worker: app.Worker{Name: worker.Name, IDType: app.IDResident, IDNumber: worker.Number, Mobile: worker.Mobile, Address: "长春市南关区人民大街 1 号"},
		Terms: app.Terms{Kind: app.TermFixed, Start: day(2026, 5, 1), End: day(2027, 4, 30), Probation: 2, Employment: app.EmploymentFull,
			Post: "装配工", Duties: "装配", Workplace: "长春市", Hours: app.HoursStandard,
			PayKind: app.PayMonthly, Pay: 4500_00, ProbationPay: 3600_00, PayDay: 15, Insured: app.AllInsurances, Insurance: "依法参加", Protection: "依法提供"}}
}

// draft stores a filing and returns what it hands over.
func (w *world) draft(f filing.Form) contract.Draft {
	w.t.Helper()
	id, err := w.Filing.Save(w.t.Context(), w.clerk, 0, f)
	w.must(err)
	return contract.Draft{FilingID: id, EnterpriseID: w.clerk.Enterprise, Kind: f.Kind, Worker: f.Worker, Terms: f.Terms}
}

// made makes the contract of a new filing of the sample worker.
func (w *world) made(who demo.Who) contract.Document {
	w.t.Helper()
	return w.make(w.draft(form(who)))
}

func (w *world) make(d contract.Draft) contract.Document {
	w.t.Helper()
	w.must(w.Contract.Make(w.t.Context(), d))
	page, err := w.Contract.Search(w.t.Context(), w.clerk.Enterprise, contract.Filter{}, 0)
	w.must(err)
	for _, r := range page.Rows {
		if r.Filing == d.FilingID {
			return w.document(r.Contract)
		}
	}
	w.t.Fatal("the contract made is not in the list")
	return contract.Document{}
}

func (w *world) document(id int64) contract.Document {
	w.t.Helper()
	d, err := w.Contract.OfContract(w.t.Context(), w.clerk, id)
	w.must(err)
	return d
}

// hand is a signature as the signature pad posts it.
const hand = `{"w":358,"h":200,"strokes":[[[40,60,0],[90,50,20],[150,70,40],[200,120,60],[260,90,80],[300,60,100]],[[60,120,200],[120,150,220],[180,140,240]]]}`

func signing(d contract.Document, code string) contract.Signing {
	return contract.Signing{Read: []contract.Reading{d.Reading()}, Strokes: hand, Consent: true, Passphrase: passphrase, Code: code}
}

// sentCode sends a signing code to the worker and reads it.
func (w *world) sentCode(by app.Actor, who demo.Who, d contract.Document) string {
	w.t.Helper()
	w.Wait(2 * time.Minute)
	w.Screen.Clear()
	w.must(w.Contract.SendCode(w.t.Context(), by, d.ID))
	return w.Code(who)
}

// sign signs a document as the sample worker.
func (w *world) sign(by app.Actor, who demo.Who, d contract.Document) {
	w.t.Helper()
	w.must(w.Contract.Sign(w.t.Context(), by, signing(d, w.sentCode(by, who, d))))
}

// authorize makes a seal, grants it to the operator, and gives the authorization.
func (w *world) authorize() {
	w.t.Helper()
	ctx, boss := w.t.Context(), w.Actor(demo.Boss)
	w.Screen.Clear()
	w.must(w.Identity.SendCode(ctx, boss, identity.ForSeal))
	id, err := w.Seal.Make(ctx, boss, seal.Form{Kind: app.SealName, Name: demo.EnterpriseName + "电子法定名称章"}, seal.Proof{Password: demo.Password, Code: w.Code(demo.Boss)})
	w.must(err)
	operator, _ := demo.Find(demo.Operator)
	today := app.DateOf(w.Now())
	_, err = w.Seal.AddGrant(ctx, boss, id, identity.Known{Name: operator.Name, IDType: app.IDResident, IDNumber: operator.Number, Mobile: operator.Mobile},
		seal.Period{From: today, Until: today.AddYears(1)})
	w.must(err)
	by := w.activated(demo.Operator)
	w.must(w.Seal.ShowTicket(ctx, w.clerk))
	ticket, err := w.Seal.LatestTicket(ctx, w.clerk)
	w.must(err)
	w.must(w.Seal.Scan(ctx, by, ticket.Token))
	w.must(w.Seal.Authorize(ctx, by, ticket.Token, seal.Answer{Enterprise: w.clerk.Enterprise, Seal: id, Passphrase: passphrase}))
}

// concluded waits until the contract is signed by both.
func (w *world) concluded(id int64) contract.Document {
	w.t.Helper()
	w.Until("the seal", func() bool { return w.document(id).State == app.DocumentSigned })
	return w.document(id)
}

// stored writes the newest file of a document to a place for foreign tools.
func (w *world) stored(d contract.Document) string {
	w.t.Helper()
	file, err := w.Contract.File(d)
	w.must(err)
	path := filepath.Join(w.t.TempDir(), "contract.pdf")
	w.must(os.WriteFile(path, file, 0o600))
	return path
}

// refused checks the kind of an error and that it says the words.
func refused(t *testing.T, err error, kind app.Kind, words string) {
	t.Helper()
	if err == nil || app.KindOf(err) != kind || !strings.Contains(err.Error(), words) {
		t.Errorf("error %v, want kind %d with %q", err, kind, words)
	}
}

// withCheck replaces the last character by the check character (GB 11643).
func withCheck(number string) string {
	sum := 0
	for i, r := range number[:17] {
		sum += int(r-'0') * (1 << (17 - i) % 11)
	}
	return number[:17] + string("10X98765432"[sum%11])
}

// registered makes a personal account, self-declared.
func (w *world) registered(worker app.Worker) app.Actor {
	w.t.Helper()
	ctx, device := w.t.Context(), app.Device{Address: "192.0.2.1", Agent: "test"}
	w.Screen.Clear()
	w.must(w.Identity.SendRegistrationCode(ctx, worker.Mobile))
	code := ""
	w.Until("the code of the registration", func() bool {
		for _, m := range w.Screen.Messages() {
			if m.Mobile == worker.Mobile {
				code = sixDigits.FindString(m.Text)
			}
		}
		return code != ""
	})
	today := app.DateOf(w.Now())
	known := identity.Known{Name: worker.Name, IDType: worker.IDType, IDNumber: worker.IDNumber, Mobile: worker.Mobile}
	token, err := w.Identity.Register(ctx, identity.Registration{Known: known, IDFrom: today.AddYears(-5), IDUntil: today.AddYears(5),
		Code: code, Password: demo.Password, Again: demo.Password, Agreed: true}, device)
	w.must(err)
	session, err := w.Identity.Session(ctx, identity.FaceMobile, token, device)
	w.must(err)
	return session.Actor
}

var sixDigits = regexp.MustCompile(`\b\d{6}\b`)

// verified lets the desk accept the person's document.
func (w *world) verified(person app.Actor) {
	w.t.Helper()
	var picture bytes.Buffer
	w.must(png.Encode(&picture, image.NewGray(image.Rect(0, 0, 8, 8))))
	w.must(w.Identity.Claim(w.t.Context(), person, picture.Bytes()))
	claim, err := w.Identity.MyClaim(w.t.Context(), person.Person)
	w.must(err)
	w.must(w.Identity.DecideClaim(w.t.Context(), w.Actor(demo.Reviewer), claim.ID, "", false, w.Verified))
}
