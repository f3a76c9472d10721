package web

import (
	"errors"
	"slices"

	"laoqi/app"
	"laoqi/app/face"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/views/layout"
	"laoqi/views/mobile"
	"laoqi/views/part"
	"laoqi/views/plain"
)

// proof reads the part of a form that says who is at the phone.
func (q *request) proof() identity.Proof {
	p := identity.Proof{Password: q.FormValue("password"), Code: q.form("code")}
	if q.proofWay() != mobile.WayCode {
		p.Code, p.Pass = "", q.form("pass")
	}
	return p
}

func (q *request) proofWay() string {
	if by := q.form("by"); q.form("other") == "" && (by == mobile.WayFace || by == mobile.WayPasskey) {
		return by
	}
	return mobile.WayCode
}

// returns reports that the form comes from the page that recognises somebody, only
// to be shown again.
func (q *request) returns() bool { return q.form("show") != "" }

// returned shows such a form again, with the pass for what a device answered.
func (s *Server) returned(q *request, show func(app.Faults) error) error {
	if q.proofWay() != mobile.WayPasskey {
		return show(nil) // the capture page brings its pass along
	}
	site, err := q.mustPasskeySite()
	if err != nil {
		return err
	}
	pass, err := s.Identity.AnswerPasskey(q.Request().Context(), q.actor, site, q.form("answer"))
	if err != nil && app.FaultsOf(err) == nil {
		return err
	}
	q.Request().Form.Set("pass", pass)
	return show(app.FaultsOf(err))
}

// wantsCheck reports that the form asks to be recognised by face or device first.
func (q *request) wantsCheck() bool { return q.proofWay() != mobile.WayCode && q.form("pass") == "" }

// proofView is the part of a form that asks for a proof of the intent; the code
// is sent by a form to the address.
func (s *Server) proofView(q *request, i identity.Intent, sendURL string, faults app.Faults) (p mobile.Proof, err error) {
	p = mobile.Proof{Secret: mobile.LoginPassword(faults), Code: q.form("code"), Way: q.proofWay(), Faults: faults}
	if p.Mobile, p.Send, err = s.codePhone(q, i.Purpose, sendURL); err != nil {
		return p, err
	}
	ctx := q.Request().Context()
	ways, err := s.ways(q)
	if err != nil {
		return p, err
	}
	if !slices.Contains(ways, p.Way) {
		p.Way = mobile.WayCode
	}
	for _, way := range ways {
		p.Ways = append(p.Ways, mobile.WayOption(way))
	}
	passed, err := s.Identity.Passed(ctx, q.actor, i, q.form("pass"))
	if passed && p.Way != mobile.WayCode {
		p.Pass = q.form("pass")
	}
	return p, err
}

// ways lists how the actor can be recognised here, the code first.
func (s *Server) ways(q *request) (list []string, err error) {
	ctx := q.Request().Context()
	list = []string{mobile.WayCode}
	if site, ok := q.passkeySite(); ok {
		has, err := s.Identity.HasPasskey(ctx, q.actor, site)
		if err != nil {
			return nil, err
		}
		if has {
			list = append(list, mobile.WayPasskey)
		}
	}
	state, err := s.Identity.Face(ctx, q.actor)
	if state == identity.FaceActive {
		list = append(list, mobile.WayFace)
	}
	return list, err
}

// check answers a form with the page that recognises somebody by face or device;
// what was typed comes back to the action, secrets excepted.
func (s *Server) check(q *request, i identity.Intent, action, back string) error {
	if q.proofWay() == mobile.WayPasskey {
		return s.deviceCheck(q, i, action, back)
	}
	check, err := s.Identity.OpenFaceCheck(q.Request().Context(), q.actor, i)
	if err != nil {
		return err
	}
	return q.capture("人脸验证", back, part.Capture{Check: check, Action: action, Other: useCode, Fields: q.carried()})
}

const useCode = "改用短信验证码"

func (s *Server) deviceCheck(q *request, i identity.Intent, action, back string) error {
	site, err := q.mustPasskeySite()
	if err != nil {
		return err
	}
	options, err := s.Identity.AskPasskey(q.Request().Context(), q.actor, site, i)
	if err != nil {
		return err
	}
	return q.passkeyCheck(mobile.PasskeyCheck{Shell: q.mobile("设备验证", back, layout.NoTab), Options: options, Action: action, Fields: q.carried(),
		Lead: "请由您本人完成", Hint: "点击下面的按钮，按设备的提示用指纹、面容或锁屏密码确认。", Start: "使用通行密钥", Other: useCode})
}

// capture shows the capture page, the only one that may use the camera for it.
func (q *request) capture(title, back string, c part.Capture) error {
	q.allow(camera)
	c.Begin, c.Frame, c.Lead, c.Steps = q.facePaths().begin, q.facePaths().frame, "请由您本人完成", face.Steps
	c.Provider = q.s.Identity.FaceProvider()
	c.Fields = append(c.Fields, part.Hidden{Name: "by", Value: mobile.WayFace})
	if q.face == identity.FaceHall {
		p := plain.FaceCheck{Frame: q.frame(title), Capture: c}
		p.Scripts, p.Capture.Token = []string{part.CaptureScript}, p.Token
		return q.page(plain.FaceCheckPage(p))
	}
	p := mobile.FaceCheck{Shell: q.mobile(title, back, layout.NoTab), Capture: c}
	p.Scripts, p.Capture.Token = []string{part.CaptureScript}, p.Token
	return q.page(mobile.FaceCheckPage(p))
}

var secrets = []string{tokenField, "password", "again", "passphrase", "file_password", "code", "by", "pass", "answer", "show", "other"}

// carried lists the fields of the form that travel along.
func (q *request) carried() (fields []part.Hidden) {
	for name, values := range q.Request().PostForm {
		if slices.Contains(secrets, name) {
			continue
		}
		for _, v := range values {
			fields = append(fields, part.Hidden{Name: name, Value: v})
		}
	}
	return fields
}

// faceFailures are answers to the capture page, not pages of their own.
func faceFailure(err error) (identity.Prompt, error) {
	switch app.KindOf(err) {
	case app.Internal, app.SignedOut, app.Forbidden:
		return identity.Prompt{}, err
	}
	return identity.Prompt{Failed: true, Over: errors.Is(err, identity.ErrFaceLocked), Say: err.Error()}, nil
}

func (s *Server) faceBegin(q *request) error {
	p, err := s.Identity.BeginFace(q.Request().Context(), q.actor, q.form("check"))
	return q.prompt(p, err)
}

func (s *Server) faceFrame(q *request) error {
	frame, err := q.file("frame", face.MaxFrame)
	if err != nil {
		return err
	}
	p, err := s.Identity.SeeFace(q.Request().Context(), q.actor, q.form("check"), q.form("nonce"), frame)
	return q.prompt(p, err)
}

func (q *request) prompt(p identity.Prompt, err error) error {
	if err != nil {
		if p, err = faceFailure(err); err != nil {
			return err
		}
	}
	q.Response().Header().Set("Cache-Control", "no-store")
	return q.JSON(200, p)
}

// facePage is 人脸验证.
func (s *Server) facePage(q *request) error { return s.faceView(q, nil) }

func (s *Server) faceView(q *request, faults app.Faults) error {
	state, err := s.Identity.Face(q.Request().Context(), q.actor)
	if err != nil {
		return err
	}
	held, err := s.Identity.HoldsFace(q.Request().Context(), q.actor)
	if err != nil {
		return err
	}
	p := mobile.Face{Shell: q.mobile("人脸验证", link.MobileSecurity, layout.MineTab), State: state, Held: held, Texts: s.Identity.FaceConsents(), Agreed: q.agreed()}
	p.Proof, err = s.proofView(q, identity.EnrolIntent(q.actor), link.MobileFaceSMS, faults)
	if err != nil {
		return err
	}
	switch err := s.Identity.MayEnrol(q.Request().Context(), q.actor); app.KindOf(err) {
	case app.Conflict:
		p.Blocked = err.Error()
	default:
		if err != nil {
			return err
		}
	}
	p.Proof.Ways, p.Proof.Pass = nil, "" // a face is taken by the old factors alone
	if faults != nil {
		return q.faulty(mobile.FacePage(p))
	}
	return q.page(mobile.FacePage(p))
}

// agreed lists the texts whose boxes are ticked.
func (q *request) agreed() (names []string) {
	for _, t := range q.s.Identity.FaceConsents() {
		if q.checked(identity.AgreeField(t)) {
			names = append(names, t.Name)
		}
	}
	return names
}

// faceEnrol notes the consent and opens the capture page.
func (s *Server) faceEnrol(q *request) error {
	if q.returns() {
		if q.form("other") != "" {
			return q.leave(link.MobileSecurity)
		}
		return q.done(link.MobileFace, "人脸已登记。")
	}
	check, err := s.Identity.Enrol(q.Request().Context(), q.actor, identity.Enrolment{Agreed: q.agreed(), Proof: q.proof()})
	if faults := formFaults(err); faults != nil {
		return s.faceView(q, faults)
	}
	if err != nil {
		return q.after(err, link.MobileFace, "")
	}
	return q.capture("登记人脸", link.MobileFace, part.Capture{Check: check, Action: link.MobileFace, Other: "暂不登记，返回"})
}

func (s *Server) faceCode(q *request) error {
	_, faults, err := q.codeSent(s.Identity.SendCode(q.Request().Context(), q.actor, identity.ForFace))
	if err != nil {
		return err
	}
	return s.proofCode(q, identity.EnrolIntent(q.actor), link.MobileFaceSMS, faults, func() error { return s.faceView(q, faults) })
}

// proofCode answers a form that sent a code: htmx gets the field alone.
func (s *Server) proofCode(q *request, i identity.Intent, sendURL string, faults app.Faults, whole func() error) error {
	if !q.fragmentWanted() {
		return whole()
	}
	p, err := s.proofView(q, i, sendURL, faults)
	if err != nil {
		return err
	}
	return q.page(mobile.ProofCodeField(p))
}

// faceDocument takes the picture of the document that the face is compared to.
func (s *Server) faceDocument(q *request) error {
	picture, err := q.file("picture", identity.MaxPicture)
	if err != nil {
		return err
	}
	if problem := identity.CheckPicture(picture); problem != "" {
		return s.faceView(q, app.Faults{{Field: "picture", Text: problem}})
	}
	return q.after(s.Identity.Claim(q.Request().Context(), q.actor, picture), link.MobileFace, "证件照片已提交，核对结果会在消息中通知您。")
}
