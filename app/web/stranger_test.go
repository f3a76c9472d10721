package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/demo"
	"laoqi/app/enterprise"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/app/notify"
	"laoqi/app/seal"
	"laoqi/app/web"
)

// otherUSCC is a code of a second employer, with its check character.
func otherUSCC() string {
	for _, c := range "0123456789ABCDEFGHJKLMNPQRTUWXY" {
		if code, problem := app.CheckUSCC("91220101MA17H3P52" + string(c)); problem == "" {
			return code
		}
	}
	panic("no check character fits")
}

// rival is the legal rep of a second enterprise on both faces, inside 我的印章.
func (s *site) rival() browser {
	s.t.Helper()
	ctx := s.t.Context()
	person, desk := s.Actor(demo.WorkerB), s.Actor(demo.Reviewer)
	form := enterprise.Form{Name: "长春远大机械有限公司", USCC: otherUSCC(), Address: "长春市", Phone: "0431-80002000", Password: demo.Password, Again: demo.Password, Licence: []byte("\x89PNG\r\n\x1a\n")}
	id, err := s.Enterprise.Register(ctx, person, form)
	s.must(err)
	s.must(s.Enterprise.Decide(ctx, desk, id, ""))
	b := s.visitor()
	for _, face := range []string{identity.FaceHall, identity.FaceMobile} {
		b.logIn(face, identity.Credentials{Way: identity.AsEnterprise, USCC: form.USCC, Password: demo.Password})
	}
	b.enter(demo.WorkerB)
	return b
}

// objects are what the first enterprise and its people have: for the beginning of
// a route's pattern, the id of one of them.
func (s *site) objects() map[string]int64 {
	s.t.Helper()
	_, d := s.Conclude()
	boss := s.Actor(demo.Boss)
	supplement := s.supplement(d)
	upload, err := s.Intake.Start(s.t.Context(), s.clerk, true, apptest.Workbook(s.t, apptest.Form(demo.WorkerB)))
	s.must(err)
	rosters, err := s.Review.RostersOf(s.t.Context(), s.clerk, 0)
	s.must(err)
	seals, err := s.Seal.List(s.t.Context(), boss)
	s.must(err)
	grants, err := s.Seal.Grants(s.t.Context(), boss, seals[0].ID)
	s.must(err)
	lives, err := s.Seal.Lives(s.t.Context(), s.clerk.Enterprise)
	s.must(err)
	s.must(s.Contract.AskPaper(s.t.Context(), s.Actor(demo.WorkerA), d.ID))
	papers, err := s.Contract.Papers(s.t.Context(), s.clerk.Enterprise, 0)
	s.must(err)
	uses, err := s.Seal.Usage(s.t.Context(), boss, seal.Which{}, 0)
	s.must(err)
	return map[string]int64{
		"/hall/messages/": s.tell(s.clerk, notify.Concluded, "合同已签订。", link.HallContracts), "/m/messages/": s.tell(s.Actor(demo.WorkerA), notify.Concluded, "合同已签订。", link.MobileContracts),
		"/hall/filing/": d.Filing, "/hall/import/": upload, "/hall/roster/": rosters[0].ID, "/hall/contract/": d.Contract, "/hall/supplement/": supplement.ID, "/hall/paper/": papers.List[0].ID,
		"/hall/authorize/": lives[0].ID, "/m/agent/": s.clerk.Account, "/hall/switch/": s.clerk.Account, "/m/switch/": boss.Account, "/m/seal/": seals[0].ID, "/m/grant/": grants[0].ID,
		"/m/seals/authorization/": lives[0].ID, "/m/seals/usage/": uses[0].ID, "/m/contract/": d.ID, "/m/supplement/": supplement.ID, "/m/passkeys/": s.passkey(boss, demo.Boss),
	}
}

// refusals are said on the list that the form stands on, in place of 404: what a
// list shows may be gone when it is pressed, also for those whose it is.
var refusals = map[string]string{link.HallInboxOpen: "没有这条消息", link.MobileInboxOpen: "没有这条消息", link.HallUrge: "已经不需要劳动者签署"}

// TestAStrangersIDsAreNotFound asks for everything that the first enterprise and its
// people have, as the legal rep of a second enterprise and as a second person: each
// gets 404, also where a form is sent, and what was asked for stays as it was.
func TestAStrangersIDsAreNotFound(t *testing.T) {
	s := open(t)
	objects := s.objects()
	rival, person := s.rival(), s.as(demo.WorkerB)
	person.enter(demo.WorkerB)
	before := s.rows()
	asked := 0
	for _, r := range web.Routes() {
		method, pattern := r[0], r[1]
		if !strings.Contains(pattern, "/:id") || strings.HasPrefix(pattern, link.Desk) {
			continue
		}
		id, known := objects[pattern[:strings.Index(pattern, ":id")]]
		if !known {
			t.Errorf("%s: give the first enterprise one of these", pattern)
			continue
		}
		asked++
		path := strings.NewReplacer(":id", fmt.Sprint(id), ":n", "1").Replace(pattern)
		for name, b := range map[string]browser{"rival": rival, "person": person} {
			got := b.ask(method, path)
			if refusal := refusals[pattern]; refusal != "" && method == http.MethodPost && strings.Contains(got.Body, refusal) {
				continue
			}
			if got.Status != http.StatusNotFound && !denied(got) {
				t.Errorf("%s %s: the %s gets %d at %s:\n%s", method, pattern, name, got.Status, got.Path, got.text())
			}
		}
	}
	if asked < 60 {
		t.Errorf("only %d routes asked", asked)
	}
	if after := s.rows(); after != before {
		t.Errorf("a stranger changed something: before %s, after %s", before, after)
	}
}

// ask sends a request as a browser would; a form with the token of a page at hand.
func (b browser) ask(method, path string) page {
	b.s.t.Helper()
	if method == http.MethodGet {
		return b.get(path)
	}
	from := link.MobileMe
	if strings.HasPrefix(path, link.Hall) {
		from = link.Hall
	}
	if p := b.get(from); strings.Contains(p.Path, "/login") {
		return p
	}
	return b.sendFrom(from, path, url.Values{})
}

// denied reports whether the account has no business on such pages at all.
func denied(p page) bool {
	return strings.Contains(p.Path, "/login") || p.Status == http.StatusForbidden && strings.Contains(p.Body, "没有这项权限")
}

// rows counts what a stranger could have changed.
func (s *site) rows() string {
	s.t.Helper()
	clerk, boss := s.clerk, s.Actor(demo.Boss)
	lives, err := s.Seal.Lives(s.t.Context(), clerk.Enterprise)
	s.must(err)
	seals, err := s.Seal.List(s.t.Context(), boss)
	s.must(err)
	agents, err := s.Enterprise.Agents(s.t.Context(), boss)
	s.must(err)
	counts, err := s.Contract.Counts(s.t.Context(), clerk.Enterprise)
	s.must(err)
	unread, err := s.Notify.Unread(s.t.Context(), clerk.Account)
	s.must(err)
	keys, err := s.Identity.Passkeys(s.t.Context(), boss)
	s.must(err)
	return fmt.Sprintf("%d passkeys, %d authorizations, seals %v, agents %v, contracts %v, %d unread", len(keys), len(lives), seals, agents, counts, unread)
}
