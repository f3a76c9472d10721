package evidence

import (
	"context"
	"crypto/sha256"
	"crypto/x509"
	"encoding/json"
	"fmt"

	"laoqi/app"
	"laoqi/app/cert"
	"laoqi/app/contract"
	"laoqi/app/identity"
	"laoqi/app/pdf"
	"laoqi/app/pdf/pades"
	"laoqi/app/store"
)

// fields say whose signature a field of the PDF holds.
var fields = map[string]string{pdf.FieldWorker: "乙方（劳动者）签名", pdf.FieldSeal: "甲方（用人单位）盖章"}

// collection is all that goes into one package.
type collection struct {
	document  contract.Document
	row       store.EvidenceRow
	file      []byte
	report    pades.Report
	proofs    []proof // of the PDF, then those of the operator
	stamps    []fileStamp
	texts     []text // statements and consents
	events    []event
	stretches []stretch
	trust     trusted
	issuing   *x509.Certificate
	baseURL   string
	demo      bool
	madeAt    app.Time
}

// A text is a file whose SHA-256 stands in the facts of an event.
type text struct {
	name, title string
	content     []byte
}

func (s *Service) collect(ctx context.Context, by app.Actor, d contract.Document, row store.EvidenceRow) (c collection, err error) {
	c = collection{document: d, row: row, issuing: s.cert.Issuing(), baseURL: s.baseURL, demo: s.demo, madeAt: s.db.Now()}
	if c.file, err = s.contract.File(d); err != nil {
		return c, err
	}
	c.trust.own = root{rootFile, s.cert.Root()}
	if c.trust.Trust, err = s.cert.Trust(ctx); err != nil {
		return c, err
	}
	if c.report, err = pades.Check(c.file, c.trust.Trust); err != nil {
		return c, err
	}
	if c.proofs, err = within(c.report, &c.trust); err != nil {
		return c, err
	}
	if c.stamps, err = c.over(); err != nil {
		return c, err
	}
	if err := s.statements(ctx, &c); err != nil {
		return c, err
	}
	if err := s.ask(ctx, c.proofs); err != nil {
		return c, err
	}
	if c.events, err = s.events(ctx, by, row); err != nil {
		return c, err
	}
	if err := s.consents(&c); err != nil {
		return c, err
	}
	c.stretches, err = s.stretches(ctx, c.events)
	return c, err
}

// statements adds what the operator signed: the authorization, and the confirmation
// of a supplement.
func (s *Service) statements(ctx context.Context, c *collection) error {
	add := func(name, title string, statement, signature []byte) error {
		p, err := proof{name: name, title: title, content: name + ".json"}.read(signature, &c.trust)
		c.proofs = append(c.proofs, p)
		c.texts = append(c.texts, text{p.content, title, statement})
		return err
	}
	if err := add("authorization", "操作员的签章授权", c.row.Statement, c.row.Signature); err != nil {
		return err
	}
	k, err := s.db.EvidenceConfirmation(ctx, c.document.ID)
	if err != nil {
		return ignoreNone(err)
	}
	return add("confirmation", "操作员对补充条款的确认", k.Statement, k.Signature)
}

// ask adds to each signature whether its certificate was revoked, and when.
func (s *Service) ask(ctx context.Context, proofs []proof) error {
	for i, p := range proofs {
		if p.imported() {
			continue // its issuer alone could say
		}
		var err error
		if proofs[i].answer, err = s.cert.Answer(ctx, p.signer.SerialNumber.Text(16)); err != nil {
			return err
		}
	}
	return nil
}

// consents adds the words that were agreed to, as far as they are still the
// product's: the hash in the event is of those of that time.
func (s *Service) consents(c *collection) error {
	known := []text{
		{"consent-privacy.txt", identity.PrivacyTerms.Title, identity.PrivacyTerms.Text()},
		{"consent-certificate.txt", cert.Terms.Title, cert.Terms.Text()},
		{"notice-signing.txt", "签署前告知的内容", contract.Notice.Text()},
		{"consent-signing.txt", "签署时同意的内容", contract.Consent.Text()},
	}
	given := map[string]bool{}
	for _, e := range c.events {
		var facts struct{ Notice, Consent string }
		if err := json.Unmarshal([]byte(e.Facts), &facts); err != nil {
			return err
		}
		given[facts.Notice], given[facts.Consent] = true, true
	}
	for _, t := range known {
		if given[sum(t.content)] {
			c.texts = append(c.texts, t)
		}
	}
	return nil
}

// sum is the SHA-256 in hexadecimal, as sha256sum prints it.
func sum(b []byte) string { return fmt.Sprintf("%x", sha256.Sum256(b)) }
