package web

import (
	"math"

	"laoqi/app"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/app/seal"
	"laoqi/views/layout"
	"laoqi/views/mobile"
	"laoqi/views/part"
)

// sealAddPage shows 添加电子印章; htmx asks it again when the type changes.
func (s *Server) sealAddPage(q *request) error {
	f := q.sealForm()
	f.Name = ""
	p, err := s.sealAddView(q, f, nil)
	if err != nil {
		return err
	}
	return q.show(mobile.SealAddPage(p), mobile.SealAddPart(p))
}

func (q *request) sealForm() seal.Form {
	return seal.Form{Kind: app.SealKind(q.form("kind")), Name: q.form("name")}
}

// sealAddView composes the name where none was typed, and draws what can be drawn.
func (s *Server) sealAddView(q *request, f seal.Form, faults app.Faults) (p mobile.SealAdd, err error) {
	e, err := s.Enterprise.Get(q.Request().Context(), q.actor.Enterprise)
	if err != nil {
		return p, err
	}
	p = mobile.SealAdd{Shell: q.mobile("添加电子印章", link.MobileSeals, layout.MineTab), Kind: string(f.Kind), Name: f.Name, Max: seal.MaxName, Hint: seal.Hint,
		FormURL: link.MobileSealAdd, PreviewURL: link.MobileSealPreview, Faults: faults}
	for _, k := range seal.Kinds(q.actor) {
		p.Kinds = append(p.Kinds, app.Option{Value: string(k), Label: k.Label()})
	}
	if f.Kind.Label() == "" {
		return p, nil
	}
	if p.Name == "" {
		p.Name = seal.ComposeName(e.Name, f.Kind)
	}
	picture, err := s.Seal.Preview(q.Request().Context(), q.actor, f.Kind)
	if text := app.FaultsOf(err).Of("kind"); text != "" {
		p.Faults.Add("kind", text)
		return p, nil
	}
	p.Picture = picture
	return p, err
}

// sealPreview is 预览印章.
func (s *Server) sealPreview(q *request) error {
	f := q.sealForm()
	var faults app.Faults
	if f.Kind.Label() == "" {
		faults.Add("kind", "请选择印章类型。")
	}
	p, err := s.sealAddView(q, f, faults)
	if err != nil {
		return err
	}
	return q.show(mobile.SealAddPage(p), mobile.SealAddPart(p))
}

// sealAdd is 生成印章: first the form, then the proof who is at the phone.
func (s *Server) sealAdd(q *request) error {
	f := q.sealForm()
	if err := s.Seal.Check(q.Request().Context(), q.actor, f); err != nil {
		return s.sealAddFaulty(q, f, err)
	}
	switch {
	case !q.checked("proof"):
		return s.sealProof(q, f, nil)
	case q.returns():
		return s.returned(q, func(faults app.Faults) error { return s.sealProof(q, f, faults) })
	case q.wantsCheck():
		return s.check(q, seal.MakeIntent(q.actor, f), link.MobileSealAdd, link.MobileSealAdd)
	}
	id, err := s.Seal.Make(q.Request().Context(), q.actor, f, q.proof())
	if faults := formFaults(err); faults != nil {
		return s.sealProof(q, f, faults)
	}
	return q.after(err, link.To(link.MobileSeal, id), "印章已生成。")
}

func (s *Server) sealAddFaulty(q *request, f seal.Form, err error) error {
	faults := formFaults(err)
	if faults == nil {
		return err
	}
	p, err := s.sealAddView(q, f, faults)
	if err != nil {
		return err
	}
	return q.faulty(mobile.SealAddPage(p))
}

// sealProof asks who is at the phone; the type and name travel along.
func (s *Server) sealProof(q *request, f seal.Form, faults app.Faults) error {
	picture, err := s.Seal.Preview(q.Request().Context(), q.actor, f.Kind)
	if err != nil {
		return err
	}
	proof, err := s.proofView(q, seal.MakeIntent(q.actor, f), link.MobileSealCode, faults)
	if err != nil {
		return err
	}
	p := mobile.SealProof{Shell: q.mobile("生成印章", link.MobileSealAdd, layout.MineTab), Kind: f.Kind, Name: f.Name, Picture: picture, FormURL: link.MobileSealAdd, Proof: proof}
	if faults != nil {
		return q.faulty(mobile.SealProofPage(p))
	}
	return q.page(mobile.SealProofPage(p))
}

// codePhone is the masked mobile that a code of the purpose goes to, and the button
// that sends it by the address.
func (s *Server) codePhone(q *request, purpose identity.Purpose, url string) (phone string, send part.Send, err error) {
	ctx := q.Request().Context()
	person, err := s.Identity.Person(ctx, q.actor.Person)
	if err != nil {
		return "", send, err
	}
	wait, err := s.Identity.CodeWait(ctx, q.actor, purpose)
	return app.MaskMobile(person.Mobile), part.Send{URL: url, Wait: int(math.Ceil(wait.Seconds()))}, err
}

// sealCode sends the code for 生成印章 or, where the form names a seal, 更换证书 and 作废.
func (s *Server) sealCode(q *request) error {
	_, faults, err := q.codeSent(s.Identity.SendCode(q.Request().Context(), q.actor, identity.ForSeal))
	if err != nil {
		return err
	}
	return s.proofCode(q, identity.Intent{Purpose: identity.ForSeal}, link.MobileSealCode, faults, func() error {
		if q.form("seal") != "" {
			return s.sealAgain(q, faults)
		}
		return s.sealProof(q, q.sealForm(), faults)
	})
}
