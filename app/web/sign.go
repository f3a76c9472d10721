package web

import (
	"context"
	"strconv"
	"strings"

	"laoqi/app"
	"laoqi/app/contract"
	"laoqi/app/link"
	"laoqi/views/layout"
	"laoqi/views/mobile"
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
	return s.signForm(q, d, nil)
}

// signForm shows the form, again if it has faults.
func (s *Server) signForm(q *request, d contract.Document, faults app.Faults) error {
	p, err := s.signView(q, d, faults)
	if err != nil {
		return err
	}
	if faults != nil {
		return q.faulty(mobile.SignPage(p))
	}
	return q.page(mobile.SignPage(p))
}

// visit reads what waits for the worker together with the document, in the order
// of reading, and what is signed already of the same contract.
func (s *Server) visit(q *request, d contract.Document) (waiting, signed []contract.Document, err error) {
	all, err := s.Contract.Visit(q.Request().Context(), q.actor, d.ID)
	for _, one := range all {
		if one.State == app.DocumentUnsigned {
			waiting = append(waiting, one)
		} else {
			signed = append(signed, one)
		}
	}
	return waiting, signed, err
}

// signView is the form. One document is signed by the form as such; of several the
// worker ticks those that were read.
func (s *Server) signView(q *request, d contract.Document, faults app.Faults) (p mobile.Sign, err error) {
	p = mobile.Sign{Shell: q.mobile("签署合同", link.To(link.MobileContract, d.ID), layout.NoTab), Number: d.Number, With: d.EnterpriseName,
		Signer: q.actor.Name, Faults: faults, FormURL: link.To(link.MobileSign, d.ID),
		Form: map[string]string{}}
	for _, name := range []string{contract.FieldWay, contract.FieldStrokes, contract.FieldTyped, contract.FieldConsent} {
		p.Form[name] = q.form(name)
	}
	p.Ticked = strings.Join(q.Request().Form[contract.FieldDocument], ",")
	p.Scripts = []string{layout.SignatureScript}
	if p.Proof, err = s.proofView(q, contract.SignIntent(q.signing().Read), link.To(link.MobileSignSMS, d.ID), faults); err != nil {
		return p, err
	}
	p.Proof.Secret = mobile.SignPassphrase(faults)
	waiting, _, err := s.visit(q, d)
	for _, one := range waiting {
		p.Documents = append(p.Documents, mobile.SignDocument{Reading: one.Reading().String(), Title: one.Title,
			Pages: strconv.Itoa(one.Pages), Hash: one.Hash, URL: link.To(link.MobileContract, one.ID)})
	}
	return p, err
}

func (s *Server) signCode(q *request) error {
	d, err := s.myDocument(q)
	if err != nil {
		return err
	}
	_, faults, err := q.codeSent(s.Contract.SendCode(q.Request().Context(), q.actor, d.ID))
	if err != nil {
		return err
	}
	return s.proofCode(q, contract.SignIntent(q.signing().Read), link.To(link.MobileSignSMS, d.ID), faults, func() error {
		return s.signForm(q, d, faults)
	})
}

// signing is the form as it was posted.
func (q *request) signing() contract.Signing {
	proof := q.proof()
	f := contract.Signing{Way: contract.Way(q.form(contract.FieldWay)), Strokes: q.form(contract.FieldStrokes), Typed: q.form(contract.FieldTyped), Consent: q.checked(contract.FieldConsent),
		Passphrase: q.FormValue(contract.FieldPassphrase), Code: proof.Code, Pass: proof.Pass}
	for _, text := range q.Request().Form[contract.FieldDocument] {
		f.Read = append(f.Read, contract.ReadReading(text))
	}
	return f
}

func (s *Server) sign(q *request) error {
	d, err := s.myDocument(q)
	if err != nil {
		return err
	}
	f, here := q.signing(), link.To(link.MobileSign, d.ID)
	switch {
	case q.returns():
		return s.returned(q, func(faults app.Faults) error { return s.signForm(q, d, faults) })
	case q.wantsCheck():
		return s.check(q, contract.SignIntent(f.Read), here, here)
	}
	err = s.Contract.Sign(context.WithoutCancel(q.Request().Context()), q.actor, f)
	faults := app.FaultsOf(err)
	switch app.KindOf(err) {
	case app.TooMany:
		faults = app.Faults{{Field: contract.FieldPassphrase, Text: err.Error()}}
	case app.Conflict:
		return q.refused(link.To(link.MobileContract, d.ID), err.Error())
	}
	if faults != nil {
		return s.signForm(q, d, faults)
	}
	if err != nil {
		return err
	}
	return q.leave(link.To(link.MobileSigned, f.Read[0].Document))
}

// signedPage is the result of the visit: what is signed of the contract, and what
// still waits.
func (s *Server) signedPage(q *request) error {
	d, err := s.myDocument(q)
	if err != nil {
		return err
	}
	if d.WorkerAt.IsZero() {
		return q.leave(link.To(link.MobileContract, d.ID))
	}
	waiting, signed, err := s.visit(q, d)
	if err != nil {
		return err
	}
	p := mobile.Signed{Shell: q.mobile("签署结果", shelfURL(contract.Signed), layout.NoTab), Number: d.Number, URL: link.To(link.MobileSigned, d.ID),
		Contract: link.To(link.MobileContract, d.ID), List: shelfURL(contract.Signed), Sealed: true}
	for _, one := range signed {
		p.Documents = append(p.Documents, mobile.SignedDocument{Title: one.Title, State: one.State, URL: link.To(link.MobileContract, one.ID)})
		p.Sealed = p.Sealed && one.State == app.DocumentSigned
	}
	if len(waiting) > 0 {
		p.Left = action("还有 "+strconv.Itoa(len(waiting))+" 份没有签署，去阅读", link.To(link.MobileContract, waiting[0].ID))
	}
	return q.show(mobile.SignedPage(p), mobile.SignedPart(p))
}
