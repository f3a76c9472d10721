package web

import (
	"strconv"

	"laoqi/app"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/views/layout"
	"laoqi/views/mobile"
	"laoqi/views/part"
)

// security is 账号与安全: the mobile, and where the account is logged in.
func (s *Server) security(q *request) error {
	ctx := q.Request().Context()
	person, err := s.Identity.Person(ctx, q.actor.Person)
	if err != nil {
		return err
	}
	sessions, err := s.Identity.OpenSessions(ctx, q.actor)
	if err != nil {
		return err
	}
	p := mobile.Security{Shell: q.mobile("账号与安全", link.MobileMe, layout.MineTab), Mobile: app.MaskMobile(person.Mobile), EndURL: link.MobileSessions}
	state, err := s.Identity.Face(ctx, q.actor)
	if err != nil {
		return err
	}
	p.Face, p.FaceTone = faceLabel(state)
	keys, err := s.Identity.Passkeys(ctx, q.actor)
	if err != nil {
		return err
	}
	p.Passkeys, p.PasskeyTone = "未添加", part.Mute
	if len(keys) > 0 {
		p.Passkeys, p.PasskeyTone = strconv.Itoa(len(keys))+" 个", part.OK
	}
	if q.actor.Kind == app.AccountPerson {
		p.NumberURL = link.MobileNumber
	}
	for _, x := range sessions {
		p.Sessions = append(p.Sessions, sessionItem(x))
	}
	return q.page(mobile.SecurityPage(p))
}

func faceLabel(state identity.FaceState) (string, part.Tone) {
	switch state {
	case identity.FaceActive:
		return "已开通", part.OK
	case identity.FaceTaken:
		return "待上传证件照片", part.Wait
	case identity.FaceWaiting:
		return "待核对", part.Wait
	}
	return "未开通", part.Mute
}

func sessionItem(x identity.OpenSession) mobile.SessionItem {
	face := map[string]string{identity.FaceHall: "网厅", identity.FaceMobile: "手机端"}[x.Face]
	return mobile.SessionItem{Device: x.Device, Own: x.Own, Lines: []string{face + "，地址 " + x.Address, "登录于 " + x.Since.Local(), "最近使用 " + x.Seen.Local()}}
}

func (s *Server) endOtherSessions(q *request) error {
	return q.after(s.Identity.EndOtherSessions(q.Request().Context(), q.actor), link.MobileSecurity, "其他设备已退出登录。")
}

// numberPage is 修改手机号码.
func (s *Server) numberPage(q *request) error { return s.numberView(q, 0, nil) }

// numberView shows the form; wait is for the code to the new mobile.
func (s *Server) numberView(q *request, wait int, faults app.Faults) error {
	p := mobile.Number{Shell: q.mobile("修改手机号码", link.MobileSecurity, layout.MineTab), Mobile: q.form(app.FieldMobile), Code: q.form("code"), OldCode: q.form("old_code"), Faults: faults}
	var err error
	p.Old, p.SendOld, err = s.codePhone(q, identity.ForOldMobile, link.MobileNumberOld)
	if err != nil {
		return err
	}
	p.SendNew = part.Send{URL: link.MobileNumberNew, Wait: wait}
	if faults != nil {
		return q.faulty(mobile.NumberPage(p))
	}
	return q.page(mobile.NumberPage(p))
}

// numberOldCode sends the code to the mobile so far.
func (s *Server) numberOldCode(q *request) error {
	wait, faults, err := q.codeSent(s.Identity.SendCode(q.Request().Context(), q.actor, identity.ForOldMobile))
	if err != nil {
		return err
	}
	faults = atField("old_code", faults)
	if !q.fragmentWanted() {
		return s.numberView(q, 0, faults)
	}
	return q.page(part.CodeField(mobile.OldCode(q.form("old_code"), faults), part.Send{URL: link.MobileNumberOld, Wait: wait}))
}

// numberNewCode sends the code to the mobile that was typed.
func (s *Server) numberNewCode(q *request) error {
	err := s.logins.allow(q.RealIP())
	if err == nil {
		err = s.Identity.SendMobileCode(q.Request().Context(), q.form(app.FieldMobile))
	}
	wait, faults, err := q.codeSent(err)
	if err != nil {
		return err
	}
	if !q.fragmentWanted() {
		return s.numberView(q, wait, faults)
	}
	return q.page(part.CodeField(mobile.NewCode(q.form("code"), atField("code", faults)), part.Send{URL: link.MobileNumberNew, Wait: wait}))
}

// number changes the mobile; this session ends with all others.
func (s *Server) number(q *request) error {
	c := identity.MobileChange{Mobile: q.form(app.FieldMobile), OldCode: q.form("old_code"), NewCode: q.form("code"), Password: q.FormValue("password")}
	err := s.Identity.ChangeMobile(q.Request().Context(), q.actor, c, s.Cert.Revoke, s.Verified)
	if faults := formFaults(err); faults != nil {
		return s.numberView(q, 0, faults)
	}
	if err != nil {
		return err
	}
	if err := q.signIn(q.face, ""); err != nil {
		return err
	}
	return q.done(link.MobileLogin, "手机号码已修改，请重新登录。")
}
