package web

import (
	"slices"

	"laoqi/app"
	"laoqi/app/face"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/views/layout"
	"laoqi/views/mobile"
)

// proof reads the part of a form that says who is at the phone.
func (q *request) proof() identity.Proof {
	p := identity.Proof{Password: q.FormValue("password"), Code: q.form("code")}
	if q.proofWay() == mobile.WayFace {
		p.Code, p.Pass = "", q.form("pass")
	}
	return p
}

func (q *request) proofWay() string {
	if q.form("other") == "" && q.form("by") == mobile.WayFace {
		return mobile.WayFace
	}
	return mobile.WayCode
}

// returns reports that the form comes from the capture page, only to be shown again.
func (q *request) returns() bool { return q.form("show") != "" }

// wantsFace reports that the form asks for the capture page first.
func (q *request) wantsFace() bool { return q.proofWay() == mobile.WayFace && q.form("pass") == "" }

// proofView is the part of a form that asks for a proof of the intent; the code
// is sent by a form to the address.
func (s *Server) proofView(q *request, i identity.Intent, sendURL string, faults app.Faults) (p mobile.Proof, err error) {
	p = mobile.Proof{Secret: mobile.LoginPassword(faults), Code: q.form("code"), Way: q.proofWay(), Faults: faults}
	if p.Mobile, p.Send, err = s.codePhone(q, i.Purpose, sendURL); err != nil {
		return p, err
	}
	ctx := q.Request().Context()
	state, err := s.Identity.Face(ctx, q.actor)
	if err != nil || state != identity.FaceActive {
		p.Way = mobile.WayCode
		return p, err
	}
	p.Ways = []app.Option{{Value: mobile.WayCode, Label: "短信验证码"}, {Value: mobile.WayFace, Label: "人脸验证"}}
	if p.Way == mobile.WayFace {
		passed, err := s.Identity.Passed(ctx, q.actor, i, q.form("pass"))
		if err != nil {
			return p, err
		}
		if passed {
			p.Pass = q.form("pass")
		}
	}
	return p, nil
}

// faceCheck answers a form with the capture page; what was typed comes back to
// the action, secrets excepted.
func (s *Server) faceCheck(q *request, i identity.Intent, action, back string) error {
	check, err := s.Identity.OpenFaceCheck(q.Request().Context(), q.actor, i)
	if err != nil {
		return err
	}
	return q.capture(mobile.FaceCheck{Shell: q.mobile("人脸验证", back, layout.NoTab), Check: check, Action: action, Other: "改用短信验证码", Fields: q.carried()})
}

// capture shows the capture page, the only one that may use the camera for it.
func (q *request) capture(p mobile.FaceCheck) error {
	p.Scripts, p.Steps, p.Lead = []string{mobile.FaceScript}, face.Steps, "请由您本人完成"
	q.allowCamera()
	return q.page(mobile.FaceCheckPage(p))
}

var secrets = []string{tokenField, "password", "again", "passphrase", "code", "by", "pass", "show", "other"}

// carried lists the fields of the form that travel along.
func (q *request) carried() (fields []mobile.Hidden) {
	for name, values := range q.Request().PostForm {
		if slices.Contains(secrets, name) {
			continue
		}
		for _, v := range values {
			fields = append(fields, mobile.Hidden{Name: name, Value: v})
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
	return identity.Prompt{Failed: true, Say: err.Error()}, nil
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
	p := mobile.Face{Shell: q.mobile("人脸验证", link.MobileSecurity, layout.MineTab), State: state, Agreed: q.form("agree")}
	p.Proof, err = s.proofView(q, identity.EnrolIntent(q.actor), link.MobileFaceSMS, faults)
	if err != nil {
		return err
	}
	p.Proof.Ways = nil // a face is taken by the old factors alone
	if faults != nil {
		return q.faulty(mobile.FacePage(p))
	}
	return q.page(mobile.FacePage(p))
}

// faceEnrol notes the consent and opens the capture page.
func (s *Server) faceEnrol(q *request) error {
	if q.returns() {
		if q.form("other") != "" {
			return q.leave(link.MobileSecurity)
		}
		return q.done(link.MobileFace, "人脸已登记。")
	}
	check, err := s.Identity.Enrol(q.Request().Context(), q.actor, identity.Enrolment{Agreed: q.checked("agree"), Proof: q.proof()})
	if faults := formFaults(err); faults != nil {
		return s.faceView(q, faults)
	}
	if err != nil {
		return q.after(err, link.MobileFace, "")
	}
	return q.capture(mobile.FaceCheck{Shell: q.mobile("登记人脸", link.MobileFace, layout.NoTab), Check: check, Action: link.MobileFace, Other: "暂不登记，返回"})
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
