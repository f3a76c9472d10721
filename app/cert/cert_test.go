package cert_test

import (
	"context"
	"crypto/x509"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/apptest/tool"
	"laoqi/app/cert"
	"laoqi/app/demo"
	"laoqi/app/identity"
	"laoqi/app/pki/cms"
)

func TestTheAuthoritySurvivesARestart(t *testing.T) {
	folder := t.TempDir()
	var root []byte
	t.Run("first start", func(t *testing.T) { root = apptest.Open(t, folder).Cert.Root().Raw })
	t.Run("second start", func(t *testing.T) {
		if again := apptest.Open(t, folder).Cert.Root().Raw; string(again) != string(root) {
			t.Fatal("the second start made another root")
		}
	})
}

func TestAnActivatedCertificateSignsAndIsVouchedForByTheRoot(t *testing.T) {
	w := apptest.New(t)
	w.People()
	by := w.Actor(demo.WorkerA)
	w.Activate(by, demo.WorkerA)
	key, problem, err := w.Cert.Unlock(t.Context(), by, apptest.Passphrase)
	if err != nil || problem != "" {
		t.Fatal(problem, err)
	}
	signature, err := cms.SignDetached([]byte("合同"), key.Signer, w.Cert.TSA())
	if err != nil {
		t.Fatal(err)
	}
	signer, at, err := cms.VerifyDetached([]byte("合同"), signature, w.Cert.Roots())
	if err != nil {
		t.Fatal(err)
	}
	if signer.Subject.CommonName != "王秀兰" || !at.Equal(w.Now()) {
		t.Fatalf("signed by %s at %s", signer.Subject.CommonName, at)
	}
}

func activation(code string) cert.Activation {
	return cert.Activation{Code: code, Passphrase: apptest.Passphrase, Again: apptest.Passphrase, Agreed: true, Password: demo.Password}
}

func wantFault(t *testing.T, err error, field, text string) {
	t.Helper()
	if got := app.FaultsOf(err).Of(field); !strings.Contains(got, text) {
		t.Fatalf("fault of %s is %q (error %v), want one with %q", field, got, err, text)
	}
}

func TestAllFaultsOfAnActivationAreToldAtOnce(t *testing.T) {
	w := apptest.New(t)
	w.People()
	by := w.Actor(demo.WorkerA)
	w.Wait(identity.ProofLife + time.Minute)
	err := w.Cert.Activate(t.Context(), by, cert.Activation{Passphrase: "12345678", Again: "1234567"})
	for _, field := range []string{"password", "code", "passphrase", "again", "agreed"} {
		if app.FaultsOf(err).Of(field) == "" {
			t.Errorf("nothing is said about %s", field)
		}
	}
}

func TestTheTermsAreAskedOnceAndThePasswordAfterTenMinutes(t *testing.T) {
	apptest.Bubble(t, asksInTime)
}

func asksInTime(t *testing.T, w *apptest.World) {
	w.People()
	by, proved := w.Actor(demo.WorkerA), w.Now()
	wantAsks := func(want cert.Asks) {
		t.Helper()
		if got, err := w.Cert.Asks(t.Context(), by); err != nil || got != want {
			t.Fatalf("asks %+v, want %+v (%v)", got, want, err)
		}
	}
	wantAsks(cert.Asks{Terms: true})
	w.Activate(by, demo.WorkerA)
	w.WaitUntil(proved.Add(10*time.Minute - time.Second))
	wantAsks(cert.Asks{})
	w.WaitUntil(proved.Add(10 * time.Minute))
	wantAsks(cert.Asks{Password: true})
	wrong := activation(w.SMSCode(by, demo.WorkerA, identity.ForCertificate))
	wrong.Password = "Wrong2026"
	wantFault(t, w.Cert.Activate(t.Context(), by, wrong), "password", "登录密码不正确")
	wrong.Password = demo.Password
	if err := w.Cert.Activate(t.Context(), by, wrong); err != nil {
		t.Fatalf("the code was used up by a wrong password: %v", err)
	}
}

func TestACodeActivatesOnce(t *testing.T) {
	w := apptest.New(t)
	w.People()
	by := w.Actor(demo.WorkerA)
	code := w.SMSCode(by, demo.WorkerA, identity.ForCertificate)
	if err := w.Cert.Activate(t.Context(), by, activation(code)); err != nil {
		t.Fatal(err)
	}
	wantFault(t, w.Cert.Activate(t.Context(), by, activation(code)), "code", "用过")
}

func TestACodeForAnotherPurposeActivatesNothing(t *testing.T) {
	w := apptest.New(t)
	w.People()
	by := w.Actor(demo.WorkerA)
	code := w.SMSCode(by, demo.WorkerA, identity.ForSigning)
	wantFault(t, w.Cert.Activate(t.Context(), by, activation(code)), "code", "请先获取")
}

func TestFiveWrongPassphrasesLockUntilTheNextActivation(t *testing.T) {
	w := apptest.New(t)
	w.People()
	by := w.Actor(demo.WorkerA)
	w.Activate(by, demo.WorkerA)
	for _, want := range []string{"4 次", "3 次", "2 次", "1 次", "已锁定"} {
		if _, problem, err := w.Cert.Unlock(t.Context(), by, "Wrong#2026"); err != nil || !strings.Contains(problem, want) {
			t.Fatalf("problem %q, want one with %q (%v)", problem, want, err)
		}
	}
	if _, problem, _ := w.Cert.Unlock(t.Context(), by, apptest.Passphrase); !strings.Contains(problem, "已锁定") {
		t.Fatalf("the locked certificate answers %q to the right passphrase", problem)
	}
	w.Activate(by, demo.WorkerA)
	if _, problem, err := w.Cert.Unlock(t.Context(), by, apptest.Passphrase); err != nil || problem != "" {
		t.Fatal(problem, err)
	}
}

func TestTriesAtTheSameMomentCannotExceedTheLimit(t *testing.T) {
	w := apptest.New(t)
	w.People()
	by := w.Actor(demo.WorkerA)
	w.Activate(by, demo.WorkerA)
	var counted atomic.Int64
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			_, problem, err := w.Cert.Unlock(context.Background(), by, "Wrong#2026")
			if err != nil {
				t.Error(err)
			}
			if strings.Contains(problem, "还可以输入") {
				counted.Add(1)
			}
		})
	}
	all.Wait()
	if n := counted.Load(); n != 4 {
		t.Errorf("%d tries were answered before the lock, want 4", n)
	}
	if _, problem, _ := w.Cert.Unlock(t.Context(), by, apptest.Passphrase); !strings.Contains(problem, "已锁定") {
		t.Errorf("after 20 tries: %q", problem)
	}
}

func TestTheRightPassphraseForgetsTheWrongOnes(t *testing.T) {
	w := apptest.New(t)
	w.People()
	by := w.Actor(demo.WorkerA)
	w.Activate(by, demo.WorkerA)
	for range 3 {
		for range 4 {
			w.Cert.Unlock(t.Context(), by, "Wrong#2026")
		}
		if _, problem, err := w.Cert.Unlock(t.Context(), by, apptest.Passphrase); err != nil || problem != "" {
			t.Fatal(problem, err)
		}
	}
}

func TestAChangedPassphraseOpensTheSameKey(t *testing.T) {
	w := apptest.New(t)
	w.People()
	by := w.Actor(demo.WorkerA)
	w.Activate(by, demo.WorkerA)
	before, _, err := w.Cert.Unlock(t.Context(), by, apptest.Passphrase)
	if err != nil {
		t.Fatal(err)
	}
	wantFault(t, w.Cert.ChangePassphrase(t.Context(), by, cert.Passphrases{Old: "Wrong#2026", New: "Xinde#2026", Again: "Xinde#2026"}), "old", "4 次")
	if err := w.Cert.ChangePassphrase(t.Context(), by, cert.Passphrases{Old: apptest.Passphrase, New: "Xinde#2026", Again: "Xinde#2026"}); err != nil {
		t.Fatal(err)
	}
	after, problem, err := w.Cert.Unlock(t.Context(), by, "Xinde#2026")
	if err != nil || problem != "" || after.Certificate != before.Certificate {
		t.Fatal(problem, err)
	}
	if _, problem, _ := w.Cert.Unlock(t.Context(), by, apptest.Passphrase); problem == "" {
		t.Fatal("the old passphrase still opens the key")
	}
}

func TestAnAccountThatIsNotClearedCannotActivate(t *testing.T) {
	w := apptest.New(t)
	w.People()
	by := w.Actor(demo.WorkerA)
	clearedAt(t, w, by.Account, w.Now().Add(time.Hour))
	code := w.SMSCode(by, demo.WorkerA, identity.ForCertificate)
	if err := w.Cert.Activate(t.Context(), by, activation(code)); app.KindOf(err) != app.Conflict {
		t.Fatalf("error %v", err)
	}
	w.Wait(time.Hour)
	w.Activate(w.Actor(demo.WorkerA), demo.WorkerA)
}

// clearedAt sets what a change of password or mobile sets.
func clearedAt(t *testing.T, w *apptest.World, account int64, at time.Time) {
	t.Helper()
	w.Alter("UPDATE account SET cleared_at = ? WHERE id = ?", at.UnixMilli(), account)
}

func TestASupersededCertificateIsOnTheRevocationList(t *testing.T) {
	w := apptest.New(t)
	w.People()
	by := w.Actor(demo.WorkerA)
	w.Activate(by, demo.WorkerA)
	first, _, err := w.Cert.Active(t.Context(), by)
	if err != nil {
		t.Fatal(err)
	}
	w.Activate(by, demo.WorkerA)
	second, _, err := w.Cert.Active(t.Context(), by)
	if err != nil {
		t.Fatal(err)
	}
	der, err := w.Cert.CRL(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	list, err := x509.ParseRevocationList(der)
	if err != nil {
		t.Fatal(err)
	}
	if err := list.CheckSignatureFrom(w.Cert.Issuing()); err != nil {
		t.Fatal(err)
	}
	if n := len(list.RevokedCertificateEntries); n != 1 {
		t.Fatalf("%d entries", n)
	}
	entry := list.RevokedCertificateEntries[0]
	if entry.SerialNumber.Text(16) != first.Serial || entry.ReasonCode != 4 || second.Serial == first.Serial {
		t.Fatalf("entry %v reason %d", entry.SerialNumber, entry.ReasonCode)
	}
}

func TestOpenSSLReadsTheRevocationList(t *testing.T) {
	tool.Need(t, "openssl")
	w := apptest.New(t)
	der, err := w.Cert.CRL(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "ca.crl")
	if err := os.WriteFile(path, der, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("openssl", "crl", "-inform", "DER", "-in", path, "-noout", "-text").CombinedOutput()
	if err != nil || !strings.Contains(string(out), "No Revoked Certificates") {
		t.Fatalf("%v\n%s", err, out)
	}
}
