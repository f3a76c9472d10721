package pades

import (
	"bytes"
	"cmp"
	"crypto"
	"crypto/x509"
	"errors"
	"fmt"
	"slices"

	"laoqi/app/pdf/pades/syntax"
	"laoqi/app/pki/cms"
)

// Why a file cannot be checked at all.
var (
	ErrNotPDF    = syntax.ErrNotPDF
	ErrEncrypted = syntax.ErrEncrypted
	ErrBroken    = syntax.ErrBroken
	// ErrUnsigned means that the file has no signature.
	ErrUnsigned = errors.New("pades: file has no signature")
)

// What is wrong with a signature, beside a *Change after it and what package cms finds.
var (
	// ErrCutOff means that something other than a complete revision ends the file.
	ErrCutOff = errors.New("the file ends in the middle of a revision")
	// ErrSpan means that a signature leaves out more than itself, or ends elsewhere than a revision.
	ErrSpan = errors.New("the signed bytes are not all but the signature")
	// ErrKind means that a signature is of a kind that this package does not check.
	ErrKind = errors.New("signature of an unknown kind")
	// ErrRevoked means that the certificate had been revoked before it signed.
	ErrRevoked = errors.New("the certificate was revoked")
)

// maxSignatures bounds the work on one file.
const maxSignatures = 32

// Check examines every signature of a file. The errors are ErrNotPDF, ErrEncrypted, ErrBroken and ErrUnsigned; whatever else
// is wrong is in the report. Should the installation not know its own revocations, that is an error too.
func Check(pdf []byte, trust Trust) (Report, error) {
	f, err := syntax.Open(pdf)
	if err != nil {
		return Report{}, err
	}
	m, err := readForm(f)
	if err != nil {
		return Report{}, err
	}
	all, err := m.signatures(f, pdf)
	if err != nil {
		return Report{}, err
	}
	known := readProofs(f, m.catalog)
	for _, s := range all {
		if err := s.examine(trust, known); err != nil {
			return Report{}, err
		}
	}
	follow(all, f)
	r := summary(all)
	if len(r.Signatures) == 0 {
		return Report{}, ErrUnsigned
	}
	return r, nil
}

func summary(all []*signature) Report {
	r := Report{Verdict: Intact}
	for _, s := range all {
		if !s.stamping {
			r.Verdict = min(r.Verdict, s.Verdict)
			r.Signatures = append(r.Signatures, s.Signature)
			continue
		}
		if s.Verdict < Unchecked {
			r.Verdict = min(r.Verdict, s.Verdict)
		}
		r.Stamps = append(r.Stamps, DocumentStamp{s.Field, s.Stamp, s.Covers, s.WholeFile, s.CMS, len(r.Signatures), s.Verdict, s.Err})
	}
	return r
}

// A signature is a Signature, or a timestamp over the file, being examined.
type signature struct {
	Signature
	stamping bool
	ref      syntax.Ref // of the field
	dict     syntax.Dict
	pdf      []byte
	span     span
}

// fail records the worse verdict and its cause.
func (s *signature) fail(v Verdict, err error) {
	if v < s.Verdict {
		s.Verdict, s.Err = v, err
	}
}

// signatures returns the signatures of the form in the order of what they cover.
func (m *form) signatures(f *syntax.File, pdf []byte) ([]*signature, error) {
	var all []*signature
	for _, one := range m.fields {
		if one.kind != "Sig" || one.dict["V"] == nil {
			continue
		}
		dict, err := f.Dict(one.dict["V"])
		if err != nil {
			return nil, err
		}
		s := &signature{Signature: Signature{Field: one.name, Verdict: Intact}, ref: one.ref, dict: dict, pdf: pdf}
		s.stamping = dict["SubFilter"] == stampFilter
		s.readClaims()
		s.readSpan()
		all = append(all, s)
	}
	switch {
	case len(all) > maxSignatures:
		return nil, fmt.Errorf("%w: too many signatures", ErrBroken)
	case len(all) == 0 && f.Trailing:
		return nil, fmt.Errorf("%w: cut off", ErrBroken)
	case len(all) == 0:
		return nil, ErrUnsigned
	}
	slices.SortStableFunc(all, func(a, b *signature) int { return cmp.Compare(a.span.end, b.span.end) })
	return all, nil
}

// examine checks the signature's own bytes, its certificate and its timestamp.
func (s *signature) examine(trust Trust, known proofs) error {
	if s.Verdict < Intact {
		return nil
	}
	contents, _ := s.dict["Contents"].(syntax.String)
	s.CMS, s.Covers = contents.Value, [4]int{0, s.span.start, s.span.resume, s.span.end - s.span.resume}
	if s.stamping {
		s.examineStamp(trust)
		return nil
	}
	m, err := cms.Parse(contents.Value)
	if err != nil {
		s.fail(unread(err), err)
		return nil
	}
	s.Signer = m.Signer
	if err := m.Verify(s.span.digest(s.pdf, m.Hash)); err != nil {
		s.fail(Altered, err)
	}
	s.readStamp(m, trust)
	at, _ := s.Time()
	s.Source = trust.source(func(roots *x509.CertPool) error { return m.VouchedBy(roots, at, x509.ExtKeyUsageAny) })
	if s.Source == Unknown {
		s.fail(Unvouched, errors.New("no known authority vouches for the signer"))
	}
	return s.checkRevocation(m, trust, known)
}

// unread is the verdict on a signature or token that cannot be read.
func unread(err error) Verdict {
	if errors.Is(err, cms.ErrUnsupported) {
		return Unchecked
	}
	return Damaged
}

// examineStamp checks a timestamp over the file.
func (s *signature) examineStamp(trust Trust) {
	stamp, err := cms.VerifyTokenOf(s.CMS, func(h crypto.Hash) []byte { return s.span.digest(s.pdf, h) })
	if err != nil {
		s.fail(max(Altered, unread(err)), err)
		return
	}
	s.Stamp = newStamp(stamp, trust)
	if s.Stamp.Source == Unknown {
		s.fail(Unvouched, errors.New("no known authority vouches for the timestamp"))
	}
}

func newStamp(stamp *cms.Stamp, trust Trust) *Stamp {
	return &Stamp{stamp.Time, stamp.Authority(), trust.stamping(stamp.VouchedBy), stamp.Policy}
}

func (s *signature) readStamp(m *cms.Message, trust Trust) {
	stamp, err := m.Timestamp()
	if errors.Is(err, cms.ErrNoTimestamp) || errors.Is(err, cms.ErrUnsupported) {
		return // one that is not checked proves nothing
	}
	if err != nil {
		s.fail(Altered, err)
		return
	}
	s.Stamp = newStamp(stamp, trust)
}

// follow checks what came after each signature: later signatures, timestamps over the file, and data for checking.
func follow(all []*signature, f *syntax.File) {
	newer, between, after := f, []*signature(nil), error(nil)
	if f.Trailing {
		after = ErrCutOff
	}
	for _, s := range slices.Backward(all) {
		if s.Verdict == Damaged {
			between = append(between, s)
			continue
		}
		s.WholeFile = s.span.end == len(s.pdf)
		older, err := syntax.Open(s.pdf[:s.span.end])
		if err != nil || older.Trailing {
			s.fail(Damaged, cmp.Or(err, ErrSpan))
			between = append(between, s)
			continue
		}
		if after == nil && !s.WholeFile {
			after = cmp.Or(compare(older, newer, s.permits(older, between)), audit(older, newer))
		}
		if after != nil {
			s.fail(verdictOf(f), after)
		}
		newer, between = older, []*signature{s}
	}
}

// permits leaves out the signatures that may not follow: after one that permits no changes (DocMDP; ISO 32000-1, 12.8.2.2), none may.
func (s *signature) permits(f *syntax.File, between []*signature) []*signature {
	references, _ := f.Array(s.dict["Reference"])
	for _, one := range references {
		d, _ := f.Dict(one)
		params, _ := f.Dict(d["TransformParams"])
		if level, _ := f.Resolve(params["P"]); d["TransformMethod"] == syntax.Name("DocMDP") && level == 1 {
			return slices.DeleteFunc(slices.Clone(between), func(s *signature) bool { return !s.stamping })
		}
	}
	return between
}

// audit returns a *Change if readers may differ in what they see of what was added.
func audit(older, newer *syntax.File) error {
	if err := newer.Audit(older); err != nil {
		return &Change{Ambiguous, 0, err.Error()}
	}
	return nil
}

// verdictOf tells a file that was cut off from one that was added to.
func verdictOf(f *syntax.File) Verdict {
	if f.Trailing {
		return Damaged
	}
	return Changed
}

// stampFilter is the SubFilter of a timestamp over the file (ISO 32000-2, 12.8.5).
const stampFilter = syntax.Name("ETSI.RFC3161")

// readClaims reads what the signer says of himself.
func (s *signature) readClaims() {
	text := func(key syntax.Name) string {
		v, _ := s.dict[key].(syntax.String)
		return v.Text()
	}
	s.Name, s.Reason, s.Location = text("Name"), text("Reason"), text("Location")
	s.Claimed = parseDate(text("M"))
}

// readSpan reads ByteRange and checks that it leaves out exactly Contents.
func (s *signature) readSpan() {
	if sub := s.dict["SubFilter"]; sub != stampFilter && sub != syntax.Name("ETSI.CAdES.detached") && sub != syntax.Name("adbe.pkcs7.detached") {
		s.fail(Unchecked, fmt.Errorf("%w: %v", ErrKind, sub))
	}
	contents, _ := s.dict["Contents"].(syntax.String)
	var ok bool
	s.span, ok = newSpan(s.dict["ByteRange"], len(s.pdf))
	if !ok || contents.Start == 0 || s.span.start != contents.Start || s.span.resume != contents.End ||
		!bytes.HasPrefix(s.pdf[contents.Start:], []byte("<")) {
		s.fail(Damaged, ErrSpan)
	}
}
