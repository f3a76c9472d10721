package web

import (
	"laoqi/app"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/views/acting"
	"laoqi/views/hall"
	"laoqi/views/layout"
	"laoqi/views/mobile"
)

const switchTitle = "切换企业"

// others are the other accounts of the person at work; none if nobody is.
func (q *request) others() []identity.Other {
	if !app.Clerk.Allows(q.actor) || q.session.Unconfirmed {
		return nil
	}
	all, err := q.s.Identity.Others(q.Request().Context(), q.actor)
	if err != nil && q.Request().Context().Err() == nil { // the browser still waits
		q.s.Log.Error("other accounts", "err", err)
	}
	return all
}

// What a switch on the mobile site is for, beside itself.
const (
	forEntry = "entry" // a click on 我的印章
	forVisit = "visit" // 切换企业 on its first page
)

// switchFor is what the switch is for; both lead on to 我的印章 of the enterprise.
func (q *request) switchFor() string {
	if f := q.form("for"); f == forEntry || f == forVisit {
		return f
	}
	return ""
}

// switchPaths are where the list and its choices lie on this face.
func (q *request) switchPaths() (list, to string) {
	if q.face == identity.FaceHall {
		return link.HallSwitch, link.HallSwitchTo
	}
	return link.With(link.MobileSwitch, "for", q.switchFor()), link.MobileSwitchTo
}

// switchPage lists the enterprises that the person acts for.
func (s *Server) switchPage(q *request) error {
	others, err := s.Identity.Others(q.Request().Context(), q.actor)
	if err != nil {
		return err
	}
	p := acting.List{Choices: []acting.Choice{q.ownChoice()}}
	for _, o := range others {
		if o.Manages || q.switchFor() == "" {
			p.Choices = append(p.Choices, q.switchChoice(o))
		}
	}
	if len(others) == 0 {
		p.Note = "您本人没有其他企业的单位账号。本人身份经审核窗口核验后，其他企业为您开设的账号会出现在这里；也可以退出登录，改用那家企业的账号登录。"
	}
	if q.face == identity.FaceHall {
		page := hall.SwitchList{Shell: q.hall(switchTitle, ""), List: p}
		page.List.Token = page.Frame.Token
		return q.page(hall.SwitchListPage(page))
	}
	page := mobile.SwitchList{Shell: q.mobile(switchTitle, link.MobileMe, layout.MineTab), List: p}
	switch q.switchFor() {
	case forEntry:
		page.Title = "选择企业"
	case forVisit:
		page.Bar.BackURL = link.MobileSealHome
	}
	page.List.Token = page.Frame.Token
	return q.page(mobile.SwitchListPage(page))
}

// ownChoice is the enterprise that the session acts for now.
func (q *request) ownChoice() acting.Choice {
	c := acting.Choice{Name: q.session.Enterprise, Text: accountLabel(q.actor.Kind), Current: true}
	switch q.switchFor() {
	case forEntry:
		c.URL, c.Posts, c.Field, c.Value = link.MobileSealEnter, true, "chosen", "1"
	case forVisit:
		c.URL = link.MobileSealHome
	}
	return c
}

func (q *request) switchChoice(o identity.Other) acting.Choice {
	_, to := q.switchPaths()
	c := acting.Choice{Name: o.Enterprise, Text: accountLabel(o.Kind) + "，需要输入密码", URL: link.With(link.To(to, o.Account), "for", q.switchFor())}
	if o.Given {
		c.Text, c.URL, c.Posts, c.Field, c.Value = accountLabel(o.Kind), link.To(to, o.Account), true, "for", q.switchFor()
	}
	return c
}

func (s *Server) otherOf(q *request) (identity.Other, error) {
	id, err := q.id("id")
	if err != nil {
		return identity.Other{}, err
	}
	return s.Identity.Other(q.Request().Context(), q.actor, id)
}

// switchToPage asks for the other account's password.
func (s *Server) switchToPage(q *request) error {
	o, err := s.otherOf(q)
	if err != nil {
		return err
	}
	return s.switchToView(q, o, nil)
}

func (s *Server) switchToView(q *request, o identity.Other, faults app.Faults) error {
	list, _ := q.switchPaths()
	p := acting.To{Enterprise: o.Enterprise, Account: accountLabel(o.Kind), Given: o.Given, For: q.switchFor(), ListURL: list, Faults: faults}
	show := q.page
	if faults != nil {
		show = q.faulty
	}
	if q.face == identity.FaceHall {
		page := hall.SwitchTo{Shell: q.hall(switchTitle, ""), To: p}
		page.To.Token = page.Frame.Token
		return show(hall.SwitchToPage(page))
	}
	page := mobile.SwitchTo{Shell: q.mobile(switchTitle, list, layout.MineTab), To: p}
	page.To.Token = page.Frame.Token
	return show(mobile.SwitchToPage(page))
}

// switchTo lets the session act for the other enterprise.
func (s *Server) switchTo(q *request) error {
	o, err := s.otherOf(q)
	if err != nil {
		return err
	}
	var problem string
	if err = s.logins.allow(q.RealIP()); err == nil {
		problem, err = s.Identity.Switch(q.Request().Context(), q.actor, o.Account, q.FormValue("password"))
	}
	if app.KindOf(err) == app.TooMany {
		problem, err = err.Error(), nil
	}
	list, _ := q.switchPaths()
	switch {
	case problem != "":
		return s.switchToView(q, o, app.Faults{{Field: "password", Text: problem}})
	case err != nil:
		return q.after(err, list, "")
	case q.switchFor() != "" && o.Manages && o.Confirmed:
		return s.sealCodeSent(q, "已切换到“"+o.Enterprise+"”。验证码已发送，请查收短信。")
	}
	return q.done("/"+q.face, "已切换到“"+o.Enterprise+"”。")
}

// mustChoose reports whether a click on 我的印章 leads to 选择企业 first.
func (q *request) mustChoose() bool {
	if q.form("chosen") != "" {
		return false
	}
	for _, o := range q.others() {
		if o.Manages {
			return true
		}
	}
	return false
}

// chooseURL is where 切换企业 on the first page of 我的印章 leads.
func (q *request) chooseURL() string {
	if q.actor.Kind == app.AccountPerson {
		return link.MobileSealChoose
	}
	return link.With(link.MobileSwitch, "for", forVisit)
}
