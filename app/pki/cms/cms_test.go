package cms_test

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"errors"
	"testing"
	"time"

	"laoqi/app/pki"
	"laoqi/app/pki/cms"
)

type world struct {
	authority *pki.Authority
	signer    cms.Signer
	now       time.Time
}

func newWorld(t testing.TB) world {
	t.Helper()
	key, err := pki.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	return newWorldWith(t, key)
}

func newWorldWith(t testing.TB, key crypto.Signer) world {
	t.Helper()
	now := time.Now()
	a, err := pki.New("示例", now)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := a.IssuePerson(pki.Person{Name: "王五"}, key.Public(), pki.Terms{Now: now, Until: now.AddDate(1, 0, 0)})
	if err != nil {
		t.Fatal(err)
	}
	return world{a, cms.Signer{Key: key, Chain: a.Chain(cert)}, now}
}

func (w world) tsa() cms.TSA { return w.authority.TSA(func() time.Time { return w.now }) }

var statement = []byte("授权操作员使用合同专用章")

func (w world) sign(t testing.TB, tsa cms.TSA) []byte {
	t.Helper()
	signature, err := cms.SignDetached(statement, w.signer, tsa)
	if err != nil {
		t.Fatal(err)
	}
	return signature
}

func TestASignedStatementTellsWhoSignedItAndWhen(t *testing.T) {
	w := newWorld(t)
	cert, at, err := cms.VerifyDetached(statement, w.sign(t, w.tsa()), w.authority.Roots())
	if err != nil || !cert.Equal(w.signer.Chain[0]) || !at.Equal(w.now.Truncate(time.Second)) {
		t.Errorf("%v at %v: %v", cert, at, err)
	}
}

func TestAnRSAKeySignsToo(t *testing.T) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	w := newWorldWith(t, key)
	if _, _, err := cms.VerifyDetached(statement, w.sign(t, w.tsa()), w.authority.Roots()); err != nil {
		t.Error(err)
	}
}

func TestAChangedStatementIsRefused(t *testing.T) {
	w := newWorld(t)
	_, _, err := cms.VerifyDetached([]byte("授权操作员使用财务专用章"), w.sign(t, w.tsa()), w.authority.Roots())
	if !errors.Is(err, cms.ErrContent) {
		t.Error(err)
	}
}

func TestAStatementWithoutTimestampIsRefused(t *testing.T) {
	w := newWorld(t)
	if _, _, err := cms.VerifyDetached(statement, w.sign(t, nil), w.authority.Roots()); !errors.Is(err, cms.ErrNoTimestamp) {
		t.Error(err)
	}
}

func TestATimestampOfAnotherSignatureIsRefused(t *testing.T) {
	w := newWorld(t)
	other := func([]byte) ([]byte, error) {
		digest := sha256.Sum256([]byte("another signature"))
		return w.tsa()(digest[:])
	}
	if _, _, err := cms.VerifyDetached(statement, w.sign(t, other), w.authority.Roots()); !errors.Is(err, cms.ErrToken) {
		t.Error(err)
	}
}

func TestASignatureOfAnotherAuthorityIsRefused(t *testing.T) {
	w, foreign := newWorld(t), newWorld(t)
	_, _, err := cms.VerifyDetached(statement, foreign.sign(t, foreign.tsa()), w.authority.Roots())
	if unknown := (x509.UnknownAuthorityError{}); !errors.As(err, &unknown) {
		t.Error(err)
	}
}

func TestATimestampOfAnotherAuthorityIsRefused(t *testing.T) {
	w, foreign := newWorld(t), newWorld(t)
	_, _, err := cms.VerifyDetached(statement, w.sign(t, foreign.tsa()), w.authority.Roots())
	if unknown := (x509.UnknownAuthorityError{}); !errors.As(err, &unknown) {
		t.Error(err)
	}
}

func TestACertificateOfTheSameKeyCannotStandInForTheSigners(t *testing.T) {
	w := newWorld(t)
	now := w.now
	double, err := w.authority.IssuePerson(pki.Person{Name: "赵六"}, w.signer.Key.Public(), pki.Terms{Now: now, Until: now.AddDate(1, 0, 0)})
	if err != nil {
		t.Fatal(err)
	}
	m, err := cms.Parse(w.sign(t, nil))
	if err != nil {
		t.Fatal(err)
	}
	m.Signer = double
	digest := sha256.Sum256(statement)
	if err := m.Verify(digest[:]); !errors.Is(err, cms.ErrSignature) {
		t.Error(err)
	}
}

func TestEveryFlippedByteOfASignatureIsNoticedOrHarmless(t *testing.T) {
	w := newWorld(t)
	signature := w.sign(t, w.tsa())
	for i := range signature {
		damaged := append([]byte(nil), signature...)
		damaged[i] ^= 0x01
		cert, at, err := cms.VerifyDetached(statement, damaged, w.authority.Roots())
		if err == nil && (!cert.Equal(w.signer.Chain[0]) || !at.Equal(w.now.Truncate(time.Second))) {
			t.Errorf("byte %d: %v at %v", i, cert.Subject, at)
		}
	}
}

func FuzzParse(f *testing.F) {
	w := newWorld(f)
	f.Add(w.sign(f, w.tsa()))
	f.Add(w.sign(f, nil))
	digest := make([]byte, sha256.Size)
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := cms.Parse(b)
		if err != nil {
			return
		}
		if m.Verify(digest) == nil {
			t.Error("a signature over a digest of zeros")
		}
		_, _ = m.Timestamp()
	})
}
