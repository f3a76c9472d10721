// Package demo fills a throw-away installation with sample people. They come in
// by the same doors as real ones: codes sent and read, pictures compared,
// an enterprise admitted.
package demo

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"regexp"
	"strings"
	"time"

	"laoqi/app"
	"laoqi/app/enterprise"
	"laoqi/app/identity"
	"laoqi/app/office"
	"laoqi/app/provider"
)

// Password opens every sample account.
const Password = "Laoqi2026"

// Enterprise is the sample employer.
const (
	EnterpriseName = "长春启明精密制造有限公司"
	EnterpriseUSCC = "91220101MA0Y4K2X0Y"
)

// Who names a sample account.
type Who string

// The sample people.
const (
	Boss     Who = "boss"     // legal rep, by the enterprise account
	Agent    Who = "agent"    // clerk in the hall
	Operator Who = "operator" // will hold the grant
	WorkerA  Who = "worker"
	WorkerB  Who = "worker2"
	Reviewer Who = "reviewer"
)

// Sample is a sample person.
type Sample struct {
	Who    Who
	Name   string
	Role   string
	Text   string
	Number string // ID number, made up
	Mobile string
	Face   string
	Login  identity.Credentials
}

// Samples lists the people in the order of the story.
var Samples = []Sample{
	{Who: Agent, Name: "周敏", Role: "经办人", Text: "在网厅办理用工备案（电脑）", Number: sampleNumber("22010219910512", "202"), Mobile: "13800002028", Face: identity.FaceHall},
	{Who: Reviewer, Name: "审核员", Role: "审核人员", Text: "审核备案、生成名册（电脑）", Face: identity.FaceDesk},
	{Who: WorkerA, Name: "王秀兰", Role: "劳动者", Text: "在手机上阅读并签署劳动合同", Number: sampleNumber("22010219940307", "204"), Mobile: "13800002041", Face: identity.FaceMobile},
	{Who: Boss, Name: "孙庆国", Role: "法定代表人", Text: "在手机上制作印章、授权操作员", Number: sampleNumber("22010419740918", "151"), Mobile: "13800001517", Face: identity.FaceMobile},
	{Who: Operator, Name: "刘洋", Role: "授权操作员", Text: "用手机扫码，授权企业印章盖章", Number: sampleNumber("22010519880812", "081"), Mobile: "13800000812", Face: identity.FaceMobile},
	{Who: WorkerB, Name: "李建国", Role: "劳动者", Text: "第二位员工，可以再办一份", Number: sampleNumber("22020419900115", "151"), Mobile: "13800001518", Face: identity.FaceMobile},
}

// sampleNumber completes an ID number with its check character (GB 11643).
func sampleNumber(first14, sequence string) string {
	body := first14 + sequence
	sum := 0
	for i, r := range body {
		sum += int(r-'0') * (1 << (17 - i) % 11)
	}
	return body + string("10X98765432"[sum%11])
}

// Find returns a sample person.
func Find(who Who) (Sample, bool) {
	for _, s := range Samples {
		if s.Who == who {
			return s, true
		}
	}
	return Sample{}, false
}

// Credentials are what the sample logs in with.
func (s Sample) Credentials() identity.Credentials {
	c := identity.Credentials{Way: identity.AsPerson, Name: s.Mobile, Password: Password}
	switch s.Who {
	case Boss:
		c.Way, c.USCC, c.Name = identity.AsEnterprise, EnterpriseUSCC, ""
	case Agent:
		c.Way, c.USCC = identity.AsEnterprise, EnterpriseUSCC
	case Reviewer:
		c.Way, c.Name = identity.AsDesk, s.Name
	}
	return c
}

// Seed makes the sample people. The outbox must be running: codes are read from
// the screen's messages.
type Seed struct {
	*office.Office
	Screen *provider.Screen
	Today  app.Date
}

var device = app.Device{Address: "127.0.0.1", Agent: "demo"}

// Run makes them all, then clears the screen.
func (s Seed) Run(ctx context.Context) error {
	desk, err := s.reviewer(ctx)
	if err != nil {
		return err
	}
	for _, sample := range Samples {
		if sample.Who == Agent || sample.Who == Reviewer {
			continue
		}
		person, err := s.register(ctx, sample)
		if err == nil {
			err = s.verify(ctx, desk, person)
		}
		if err == nil && sample.Who == Boss {
			err = s.employer(ctx, desk, person)
		}
		if err != nil {
			return fmt.Errorf("demo: %s: %w", sample.Who, err)
		}
	}
	s.Screen.Clear()
	return nil
}

func (s Seed) reviewer(ctx context.Context) (app.Actor, error) {
	sample, _ := Find(Reviewer)
	if err := s.Identity.AddDesk(ctx, sample.Name, Password); err != nil {
		return app.Actor{}, err
	}
	return s.logIn(ctx, sample)
}

func (s Seed) logIn(ctx context.Context, sample Sample) (app.Actor, error) {
	token, err := s.Identity.LogIn(ctx, sample.Face, sample.Credentials(), device)
	if err != nil {
		return app.Actor{}, err
	}
	session, err := s.Identity.Session(ctx, sample.Face, token, device)
	return session.Actor, err
}

func (s Seed) known(sample Sample) identity.Known {
	return identity.Known{Name: sample.Name, IDType: app.IDResident, IDNumber: sample.Number, Mobile: sample.Mobile}
}

func (s Seed) register(ctx context.Context, sample Sample) (app.Actor, error) {
	if err := s.Identity.SendRegistrationCode(ctx, sample.Mobile); err != nil {
		return app.Actor{}, err
	}
	code, err := s.code(ctx, sample.Mobile, "验证码")
	if err != nil {
		return app.Actor{}, err
	}
	token, err := s.Identity.Register(ctx, identity.Registration{Known: s.known(sample), IDFrom: s.Today.AddYears(-5), IDUntil: s.Today.AddYears(15),
		Code: code, Password: Password, Again: Password, Agreed: true}, device)
	if err != nil {
		return app.Actor{}, err
	}
	session, err := s.Identity.Session(ctx, identity.FaceMobile, token, device)
	return session.Actor, err
}

func (s Seed) verify(ctx context.Context, desk, person app.Actor) error {
	if err := s.Identity.Claim(ctx, person, picture(person.Person)); err != nil {
		return err
	}
	claim, err := s.Identity.MyClaim(ctx, person.Person)
	if err != nil {
		return err
	}
	return s.Identity.DecideClaim(ctx, desk, claim.ID, "", false, s.Verified)
}

func (s Seed) employer(ctx context.Context, desk, person app.Actor) error {
	id, err := s.Enterprise.Register(ctx, person, enterprise.Form{Name: EnterpriseName, USCC: EnterpriseUSCC, Address: "吉林省长春市高新区硅谷大街 100 号",
		Phone: "0431-80001000", Password: Password, Again: Password, Licence: picture(0)})
	if err != nil {
		return err
	}
	if err := s.Enterprise.Decide(ctx, desk, id, ""); err != nil {
		return err
	}
	boss, _ := Find(Boss)
	by, err := s.logIn(ctx, boss)
	if err != nil {
		return err
	}
	return s.agent(ctx, by)
}

func (s Seed) agent(ctx context.Context, boss app.Actor) error {
	sample, _ := Find(Agent)
	draft, err := s.Enterprise.DraftAgent(ctx, boss, enterprise.AgentForm{Known: s.known(sample), IDFrom: s.Today.AddYears(-5), IDUntil: s.Today.AddYears(15),
		Password: Password, Again: Password, AgentTerms: enterprise.AgentTerms{From: s.Today, Until: s.Today.AddYears(3)}})
	if err != nil {
		return err
	}
	if err := s.addAgent(ctx, boss, draft); err != nil {
		return err
	}
	agent, err := s.logIn(ctx, sample)
	if err != nil {
		return err
	}
	if err := s.Identity.SendCode(ctx, agent, identity.ForConfirmation); err != nil {
		return err
	}
	code, err := s.code(ctx, sample.Mobile, "验证码")
	if err != nil {
		return err
	}
	problem, err := s.Identity.Confirm(ctx, agent, code)
	if problem != "" {
		return errors.New(problem)
	}
	return err
}

func (s Seed) addAgent(ctx context.Context, boss app.Actor, draft enterprise.AgentDraft) error {
	if err := s.Identity.SendCode(ctx, boss, identity.ForAgent); err != nil {
		return err
	}
	sample, _ := Find(Boss)
	code, err := s.code(ctx, sample.Mobile, "添加经办人")
	if err != nil {
		return err
	}
	_, err = s.Enterprise.AddAgent(ctx, boss, draft, identity.Proof{Password: Password, Code: code})
	return err
}

var sixDigits = regexp.MustCompile(`\b\d{6}\b`)

// code waits for the newest code on the mobile's screen, in a message with the words.
func (s Seed) code(ctx context.Context, mobile, words string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	for {
		for _, m := range s.Screen.Messages() {
			if code := sixDigits.FindString(m.Text); m.Mobile == mobile && strings.Contains(m.Text, words) && code != "" {
				return code, nil
			}
		}
		select {
		case <-ctx.Done():
			return "", ctx.Err()
		case <-time.After(2 * time.Millisecond):
		}
	}
}

// picture draws a plain card: the demo has no photos of documents.
func picture(seed int64) []byte {
	m := image.NewRGBA(image.Rect(0, 0, 320, 200))
	for y := range 200 {
		for x := range 320 {
			m.Set(x, y, color.RGBA{uint8(200 + seed%40), uint8(210 + x%30), uint8(220 + y%30), 255})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		panic(err)
	}
	return b.Bytes()
}
