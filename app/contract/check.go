package contract

import (
	"context"
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"time"

	"laoqi/app"
	"laoqi/app/cert"
	"laoqi/app/pdf/pades"
	"laoqi/app/pki"
	"laoqi/app/store"
)

// Checked is what the public check page tells: no full name of a person, no
// number of a document of identity.
type Checked struct {
	Known   bool   // the file, or the code, is one of this installation's
	Current bool   // the file is the newest of its document
	Earlier bool   // the file was the newest of the concluded document, until a timestamp was added to it
	Hash    string // SHA-256 of the file
	Number  string
	Title   string
	State   app.DocumentState
	Company string
	Worker  string // masked
	Way     Way    // how the worker signed, "" if not yet
	Verdict pades.Verdict
	Signers []Signer
	Stamps  []FileStamp
}

// FileStamp is a timestamp over the whole file.
type FileStamp struct {
	At         app.Time // zero if it is not valid
	By         string   // who made it
	Signatures int      // how many it covers, the first ones
	Covers     int      // bytes
	Whole      bool     // nothing follows it
	Verdict    pades.Verdict
	Cause      string // why it is not in order
}

// Unsigned reports whether nobody has signed the file yet.
func (c Checked) Unsigned() bool { return len(c.Signers) == 0 }

// Signer is one signature of a file.
type Signer struct {
	Seal     bool   // an enterprise's seal, not a person
	Name     string // of the enterprise in full, of a person masked; "" if it cannot be read
	Detail   string // the seal's name
	At       app.Time
	Proven   bool // by a timestamp of an authority known here
	Source   pades.Source
	Verdict  pades.Verdict
	Cause    string // why it is not in order
	Followed string // by what, if only by what is allowed
	Covers   int    // bytes
	Whole    bool   // the bytes are those of the whole file
	Proof    Proof
}

// Proof is what an expert asks of a signature; empty if it cannot be read.
type Proof struct {
	Issuer      string
	Serial      string // hexadecimal
	From, Until app.Time
	Key         string // kind of the key
	Stamp       string // who made the timestamp; "" without one
	StampAt     app.Time
	Revoked     app.Time // zero if not
	Asked       app.Time // when the list or answer about revocation was made; zero for none
}

const noCode = "没有找到这个核验码对应的合同，请核对后重新输入。"

// ByCode checks the document of a check code, as typed or scanned.
func (s *Service) ByCode(ctx context.Context, typed string) (Checked, error) {
	id, err := s.DB.DocumentByCode(ctx, ReadCode(typed))
	if err != nil {
		return Checked{}, store.Found(err, noCode)
	}
	row, err := s.DB.Document(ctx, id)
	if err != nil {
		return Checked{}, err
	}
	file, err := s.Files.Get(newest(row))
	if err != nil {
		return Checked{}, err
	}
	return s.examine(ctx, file, known(row, true))
}

// ByFile checks a PDF from outside, in its turn. It is not kept.
func (s *Service) ByFile(ctx context.Context, file []byte) (Checked, error) {
	done, err := s.turn(ctx)
	if err != nil {
		return Checked{}, err
	}
	defer done()
	sum := sha256.Sum256(file)
	hash := hex.EncodeToString(sum[:])
	id, err := s.DB.DocumentByHash(ctx, hash)
	if store.IsNone(err) {
		return s.examine(ctx, file, Checked{})
	}
	if err != nil {
		return Checked{}, err
	}
	row, err := s.DB.Document(ctx, id)
	if err != nil {
		return Checked{}, err
	}
	c := known(row, newest(row) == hash)
	c.Earlier = !c.Current && row.State == app.DocumentSigned && hash != row.BaseHash && hash != row.WorkerHash
	return s.examine(ctx, file, c)
}

// checkWait is how long a file waits for its turn.
const checkWait = 10 * time.Second

// turn lets only so many files be checked at once: strangers must leave the pages a processor.
func (s *Service) turn(ctx context.Context) (done func(), err error) {
	ctx, stop := context.WithTimeout(ctx, checkWait)
	defer stop()
	select {
	case s.checks <- struct{}{}:
		return func() { <-s.checks }, nil
	case <-ctx.Done():
		return nil, refused("现在核验文件的人太多，请过一分钟再试，或输入合同上的核验码。")
	}
}

func known(r store.DocumentRow, current bool) Checked {
	return Checked{Known: true, Current: current, Number: r.Number, Title: r.Title, State: r.State, Company: r.Enterprise, Worker: app.MaskName(r.Worker), Way: Way(r.Way)}
}

// examine adds what the file's signatures say.
func (s *Service) examine(ctx context.Context, file []byte, c Checked) (Checked, error) {
	sum := sha256.Sum256(file)
	c.Hash = hex.EncodeToString(sum[:])
	trust, err := s.Cert.Trust(ctx)
	if err != nil {
		return c, err
	}
	report, err := pades.Check(file, trust)
	switch {
	case errors.Is(err, pades.ErrUnsigned):
		return c, nil
	case errors.Is(err, pades.ErrNotPDF):
		return c, refused("这不是 PDF 文件，请选择从本系统下载的合同 PDF。")
	case errors.Is(err, pades.ErrEncrypted):
		return c, refused("这个 PDF 加了密码，无法核验。请选择从本系统下载的原文件。")
	case errors.Is(err, pades.ErrBroken):
		return c, refused("这个 PDF 不完整或已损坏，无法核验。请重新下载原文件后再试。")
	case err != nil:
		return c, err
	}
	c.Verdict = report.Verdict
	for i, one := range report.Signatures {
		signer, err := s.signerOf(ctx, one)
		if err != nil {
			return c, err
		}
		signer.Followed = Followed(report, i)
		c.Signers = append(c.Signers, signer)
	}
	for _, one := range report.Stamps {
		c.Stamps = append(c.Stamps, stampOf(one))
	}
	return c, nil
}

func stampOf(one pades.DocumentStamp) FileStamp {
	s := FileStamp{Signatures: one.Signatures, Covers: one.Covers[1] + one.Covers[3], Whole: one.WholeFile, Verdict: one.Verdict, Cause: StampCause(one)}
	if one.Stamp != nil {
		s.At, s.By = app.At(one.Stamp.Time), StampedBy(*one.Stamp)
	}
	return s
}

// FieldFile is the field of the check page that takes a file.
const FieldFile = "file"

func refused(text string) error { return app.Faults{{Field: FieldFile, Text: text}}.Err() }

func (s *Service) signerOf(ctx context.Context, one pades.Signature) (Signer, error) {
	signer := signerOf(one)
	if one.Source != pades.Foreign {
		return signer, nil
	}
	h, err := s.Seal.HolderOf(ctx, one.Signer)
	signer.Seal, signer.Name, signer.Detail = true, h.Enterprise, h.Seal
	return signer, err
}

func signerOf(one pades.Signature) Signer {
	at, proven := one.Time()
	s := Signer{At: app.At(at), Proven: proven, Source: one.Source, Verdict: one.Verdict, Cause: Cause(one),
		Covers: one.Covers[1] + one.Covers[3], Whole: one.WholeFile}
	if one.Signer == nil {
		return s
	}
	s.Proof = proofOf(one)
	subject := one.Signer.Subject
	switch {
	case len(subject.Organization) > 0 && pki.USCC(one.Signer) != "":
		s.Seal, s.Name, s.Detail = true, subject.Organization[0], subject.CommonName
	case slices.Contains(subject.Organization, subject.CommonName):
		s.Seal, s.Name = true, subject.CommonName
	default:
		s.Name = masked(subject.CommonName)
	}
	return s
}

// masked hides a name that may be a person's. Some authorities write the number of
// an identity document or a mobile beside it.
func masked(name string) string {
	return numbers.ReplaceAllString(app.MaskName(name), "******")
}

var numbers = regexp.MustCompile(`[0-9]{5,}[0-9Xx]?`)

func proofOf(one pades.Signature) Proof {
	c := one.Signer
	p := Proof{Issuer: cert.Issuer(c), Serial: c.SerialNumber.Text(16), From: app.At(c.NotBefore), Until: app.At(c.NotAfter), Key: keyKind(c)}
	if one.Stamp != nil {
		p.Stamp, p.StampAt = StampedBy(*one.Stamp), app.At(one.Stamp.Time)
	}
	if r := one.Revocation; r != nil {
		p.Asked = app.At(r.ListedAt)
		if !r.At.IsZero() {
			p.Revoked = app.At(r.At)
		}
	}
	return p
}

func keyKind(c *x509.Certificate) string {
	switch k := c.PublicKey.(type) {
	case *ecdsa.PublicKey:
		return "ECDSA " + k.Params().Name
	case *rsa.PublicKey:
		return fmt.Sprintf("RSA %d 位", k.N.BitLen())
	}
	return c.PublicKeyAlgorithm.String()
}
