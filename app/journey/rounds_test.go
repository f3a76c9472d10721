package journey

import (
	"context"
	"testing"
	"time"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/contract"
	"laoqi/app/demo"
	"laoqi/app/filing"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/app/seal"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// rounds is a folder in which everything on the mobile site has something to show.
type rounds struct {
	*staff
	unsigned, concluded, proof contract.Document
	seal, grant, life, use     int64
	ticket                     string
}

func (r *rounds) must(err error) {
	r.T.Helper()
	if err != nil {
		r.T.Fatal(err)
	}
}

// fill lets WorkerA sign and leave and WorkerB be about to sign.
func (r *rounds) fill(s *staff) {
	r.staff = s
	ctx, today := s.T.Context(), app.DateOf(s.Now())
	r.must(s.Enterprise.Enable(ctx, s.clerk))
	operator, boss := s.operator(), s.Actor(demo.Boss)
	s.Authorize(s.clerk, operator)
	hire := func(who demo.Who) (worker app.Actor, filed int64) {
		f := apptest.Form(who)
		f.Terms.Start, f.Terms.End = today.AddDays(-20), today.AddYears(1)
		filed = s.submit(f)
		s.roster()
		s.Idle() // the message that there is something to sign came before the code
		worker = s.Actor(who)
		s.Activate(worker, who)
		return worker, filed
	}
	worker, hired := hire(demo.WorkerA)
	r.concluded = r.held(worker, contract.ToSign)
	s.Sign(worker, demo.WorkerA, r.concluded)
	s.submit(filing.Form{Kind: app.FilingTermination, Previous: hired, Ending: app.Ending{Reason: "36-worker", On: today}})
	s.roster()
	r.proof = r.held(worker, contract.Over)
	other, _ := hire(demo.WorkerB)
	r.unsigned = r.held(other, contract.ToSign)
	s.Activate(boss, demo.Boss)
	r.find(boss)
	if left := time.Since(s.Now()) - 2*time.Minute; left > 0 {
		s.Wait(left)
	}
	r.ticket = s.Ticket(s.clerk)
}

// held waits for the only document on a shelf.
func (r *rounds) held(worker app.Actor, shelf contract.Shelf) (d contract.Document) {
	r.T.Helper()
	r.Until("the document", func() bool {
		page, err := r.Contract.List(r.T.Context(), worker.Person, shelf, 0)
		r.must(err)
		if len(page.List) == 1 {
			d, err = r.Contract.Mine(r.T.Context(), worker, page.List[0].ID)
			r.must(err)
		}
		return d.ID != 0 && (shelf != contract.Over || d.State == app.DocumentSigned)
	})
	return d
}

// find reads the ids of what the legal rep manages.
func (r *rounds) find(boss app.Actor) {
	r.T.Helper()
	ctx := r.T.Context()
	seals, err := r.Seal.List(ctx, boss)
	r.must(err)
	r.seal = seals[0].ID
	grants, err := r.Seal.Grants(ctx, boss, r.seal)
	r.must(err)
	r.grant = grants[0].ID
	lives, err := r.Seal.Lives(ctx, boss.Enterprise)
	r.must(err)
	r.life = lives[0].ID
	uses, err := r.Seal.Usage(ctx, boss, seal.Which{}, 0)
	r.must(err)
	r.use = uses[0].ID
}

// A stop is a page on the way of a person.
type stop struct{ name, path string }

// walk takes each person through all pages.
func (r *rounds) walk(t *testing.T, d device, look func(*window, stop)) {
	g := newGateway(t)
	s := start(t, "劳契已启动：", []string{"LAOQI_SMS_URL=" + g.URL, "LAOQI_SMS_TOKEN=secret"}, "-data", prepare(t, r.fill))
	person := func(who demo.Who, stops ...stop) *sealed {
		sample, _ := demo.Find(who)
		v := &sealed{s.open(d, link.MobileLogin), s, g, sample}
		if sample.Credentials().Way == identity.AsEnterprise {
			v.click("单位登录")
		}
		v.logIn(who)
		v.sees("您好")
		for _, p := range stops {
			look(v.window, p)
		}
		return v
	}
	for _, p := range []stop{{"login", link.MobileLogin}, {"login-enterprise", link.With(link.MobileLogin, "way", "enterprise")}, {"register", link.MobileRegister},
		{"forgot", link.MobileForgot}, {"face-login", link.MobileFaceLogin}, {"service", link.MobileService}} {
		look(s.open(d, p.path), p)
	}
	on := func(pattern string, id int64) string { return link.To(pattern, id) }
	person(demo.WorkerB, stop{"worker-home", link.Mobile}, stop{"worker-contract", on(link.MobileContract, r.unsigned.ID)}, stop{"worker-sign", on(link.MobileSign, r.unsigned.ID)},
		stop{"worker-decline", on(link.MobileDecline, r.unsigned.ID)}, stop{"worker-activate", link.MobileActivate})
	person(demo.WorkerA, stop{"me", link.MobileMe}, stop{"contracts", link.With(link.MobileContracts, "shelf", "signed")}, stop{"concluded", on(link.MobileContract, r.concluded.ID)},
		stop{"proof", on(link.MobileContract, r.proof.ID)}, stop{"paper", on(link.MobilePaper, r.concluded.ID)}, stop{"signed", on(link.MobileSigned, r.concluded.ID)},
		stop{"info", link.MobileInfo}, stop{"inbox", link.MobileInbox}, stop{"settings", link.MobileInboxSet}, stop{"scan", link.MobileScan}, stop{"security", link.MobileSecurity},
		stop{"number", link.MobileNumber}, stop{"identity", link.MobileIdentity}, stop{"enterprise", link.MobileEnterprise}, stop{"passkeys", link.MobilePasskeys}, stop{"face", link.MobileFace})
	agent := r.clerk.Account
	boss := person(demo.Boss, stop{"boss-home", link.Mobile}, stop{"boss-me", link.MobileMe}, stop{"agents", link.MobileAgents}, stop{"agent-add", link.MobileAgentAdd},
		stop{"agent-edit", on(link.MobileAgent, agent)}, stop{"agent-password", on(link.MobileAgentPassword, agent)}, stop{"agent-remove", on(link.MobileAgentRemove, agent)})
	code := boss.knocks()
	look(boss.window, stop{"seal-unlock", link.MobileSealUnlock})
	boss.unlocks(code)
	for _, p := range []stop{{"seal-home", link.MobileSealHome}, {"seals", link.MobileSeals}, {"seal-add", link.MobileSealAdd}, {"seal", on(link.MobileSeal, r.seal)}, {"seal-void", on(link.MobileSealVoid, r.seal)},
		{"grants", on(link.MobileGrants, r.seal)}, {"grant-add", on(link.MobileGrantAdd, r.seal)}, {"grant", on(link.MobileGrant, r.grant)}, {"grant-remove", on(link.MobileGrantRemove, r.grant)},
		{"usage", link.MobileUsage}, {"use", on(link.MobileUse, r.use)}, {"certificate", link.MobileCertificate}, {"passphrase", link.MobilePassphrase}, {"revoke", on(link.MobileSealRevoke, r.life)}} {
		look(boss.window, p)
	}
	person(demo.Agent, stop{"agent-home", link.Mobile}, stop{"agent-me", link.MobileMe})
	person(demo.Operator, stop{"operator-home", link.Mobile}, stop{"ticket", link.To(link.MobileTicket, r.ticket)}).enters()
}

// TestPhonePagesBearSmallScreensAndLargeLetters looks at all pages on a small phone,
// then with letters of twice the size.
func TestPhonePagesBearSmallScreensAndLargeLetters(t *testing.T) {
	small := device{width: 320, height: 568, touch: true}
	(&rounds{}).walk(t, small, func(w *window, p stop) {
		w.do(w.ctx, unjudged) // axe judges these pages in other journeys
		w.visit(p.path)
		w.touches()
		w.picture("small-" + p.name)
		w.do(w.ctx, emulation.SetDeviceMetricsOverride(phone.width, phone.height, 1, true), chromedp.Evaluate(twice, nil))
		w.touches()
		w.picture("large-" + p.name)
		w.do(w.ctx, emulation.SetDeviceMetricsOverride(small.width, small.height, 1, true))
	})
}

// unjudged keeps axe from the pages that follow.
var unjudged = chromedp.ActionFunc(func(ctx context.Context) error {
	_, err := page.AddScriptToEvaluateOnNewDocument("window.judged = true").Do(ctx)
	return err
})

// twice doubles all letters, as a phone's setting for the size of text does.
const twice = `{
	const all = [...document.body.querySelectorAll('*')].map((e) => [e, parseFloat(getComputedStyle(e).fontSize), parseFloat(getComputedStyle(e).lineHeight)]);
	for (const [e, size, line] of all) {
		e.style.fontSize = 2 * size + 'px';
		if (line) e.style.lineHeight = 2 * line + 'px';
	}
}`
