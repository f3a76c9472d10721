package web

import (
	"laoqi/app"
	"laoqi/app/contract"
	"laoqi/app/link"
	"laoqi/views/layout"
	"laoqi/views/mobile"
	"laoqi/views/part"
)

// signPage shows the form to a worker who is ready to sign, and leads all others
// to what is missing: the identity or the certificate.
func (s *Server) signPage(q *request) error {
	d, err := s.myDocument(q)
	if err != nil {
		return err
	}
	if d.State != app.DocumentUnsigned {
		return q.refused(link.To(link.MobileContract, d.ID), "这份合同现在不需要您签署。")
	}
	ctx, here := q.Request().Context(), link.To(link.MobileSign, d.ID)
	person, err := s.Identity.Person(ctx, q.actor.Person)
	if err != nil {
		return err
	}
	if person.Level != app.Verified {
		return q.refused(link.MobileIdentity, "签署合同前请先完成身份核验。")
	}
	c, active, err := s.Cert.Active(ctx, q.actor)
	if err != nil {
		return err
	}
	if !active || c.Locked {
		return q.leave(link.With(link.MobileActivate, "next", here))
	}
	return q.page(mobile.SignPage(q.signView(d, d.Hash, 0, nil)))
}

func (q *request) signView(d contract.Document, hash string, wait int, faults app.Faults) mobile.Sign {
	p := mobile.Sign{Shell: q.mobile("签署合同", link.To(link.MobileContract, d.ID), layout.NoTab), Document: d.Title + " " + d.Number, With: d.EnterpriseName,
		Hash: hash, Read: link.To(link.MobileContract, d.ID), Signer: q.actor.Name, Faults: faults,
		FormURL: link.To(link.MobileSign, d.ID), Send: part.Send{URL: link.To(link.MobileSignSMS, d.ID), Wait: wait}, Form: map[string]string{}}
	for _, name := range []string{contract.FieldStrokes, contract.FieldTyped, contract.FieldCode, contract.FieldConsent} {
		p.Form[name] = q.form(name)
	}
	p.Scripts = []string{layout.SignatureScript}
	return p
}

func (s *Server) signCode(q *request) error {
	d, err := s.myDocument(q)
	if err != nil {
		return err
	}
	wait, faults, err := q.codeSent(s.Contract.SendCode(q.Request().Context(), q.actor, d.ID))
	if err != nil {
		return err
	}
	p := q.signView(d, q.form("hash"), wait, faults)
	if faults != nil && !q.fragmentWanted() {
		return q.faulty(mobile.SignPage(p))
	}
	return q.show(mobile.SignPage(p), part.CodeField(mobile.SignCode(p.Form[contract.FieldCode], faults), p.Send))
}

func (s *Server) sign(q *request) error {
	d, err := s.myDocument(q)
	if err != nil {
		return err
	}
	err = s.Contract.Sign(q.Request().Context(), q.actor, contract.Signing{
		Document: d.ID, Hash: q.form("hash"), Strokes: q.form(contract.FieldStrokes), Typed: q.form(contract.FieldTyped),
		Consent: q.checked(contract.FieldConsent), Passphrase: q.FormValue(contract.FieldPassphrase), Code: q.form(contract.FieldCode)})
	switch app.KindOf(err) {
	case app.Invalid:
		return q.faulty(mobile.SignPage(q.signView(d, q.form("hash"), 0, app.FaultsOf(err))))
	case app.TooMany:
		return q.faulty(mobile.SignPage(q.signView(d, q.form("hash"), 0, app.Faults{{Field: contract.FieldPassphrase, Text: err.Error()}})))
	case app.Conflict:
		return q.refused(link.To(link.MobileContract, d.ID), err.Error())
	}
	if err != nil {
		return err
	}
	return q.leave(link.To(link.MobileSigned, d.ID))
}

func (s *Server) signedPage(q *request) error {
	d, err := s.myDocument(q)
	if err != nil {
		return err
	}
	contractURL := link.To(link.MobileContract, d.ID)
	if d.WorkerAt.IsZero() {
		return q.leave(contractURL)
	}
	p := mobile.Signed{Shell: q.mobile("签署结果", link.MobileContracts, layout.NoTab), Document: d.Title + " " + d.Number, Sealed: d.State == app.DocumentSigned,
		URL: link.To(link.MobileSigned, d.ID), Contract: contractURL, List: shelfURL(contract.Signed)}
	return q.show(mobile.SignedPage(p), mobile.SignedPart(p))
}
