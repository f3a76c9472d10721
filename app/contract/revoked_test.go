package contract_test

import (
	"net/http"
	"testing"
	"time"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/apptest/tsa"
	"laoqi/app/cert"
	"laoqi/app/demo"
	"laoqi/app/identity"
)

// anew activates another certificate in another tab, once it is called.
func (w *world) anew(by app.Actor, who demo.Who) func() error {
	w.t.Helper()
	w.Wait(2 * time.Minute)
	a := cert.Activation{Code: w.SMSCode(by, who, identity.ForCertificate), Passphrase: passphrase, Again: passphrase, Agreed: true, Password: demo.Password}
	return func() error { return w.Cert.Activate(w.t.Context(), by, a) }
}

func TestASignatureUnderACertificateThatWasReplacedMeanwhileIsRefused(t *testing.T) {
	a := tsa.Start(t, 30)
	w := &world{World: apptest.Stamped(t, a), t: t}
	w.People()
	w.clerk = w.Actor(demo.Agent)
	w.must(w.Enterprise.Enable(t.Context(), w.clerk))
	worker := w.activated(demo.WorkerA)
	d := w.made(demo.WorkerA)
	form := signing(d, w.sentCode(worker, demo.WorkerA, d))
	activate := w.anew(worker, demo.WorkerA)
	a.Fail(func(rw http.ResponseWriter, _ *http.Request, query []byte, answer func([]byte) []byte) {
		if err := activate(); err != nil {
			t.Error(err)
		}
		rw.Header().Set("Content-Type", "application/timestamp-reply")
		rw.Write(answer(query))
	})
	refused(t, w.Contract.Sign(t.Context(), worker, form), app.Conflict, "数字证书")
	if now := w.document(d.Contract); now.State != app.DocumentUnsigned {
		t.Fatalf("the document is %s", now.State.Label())
	}
	a.Mend()
	w.must(w.Contract.Sign(t.Context(), worker, form)) // the code was not spent
}

func TestAConfirmationUnderACertificateThatWasReplacedMeanwhileIsRefused(t *testing.T) {
	w := open(t)
	w.authorize()
	d, operator := w.signedSupplement(), w.Actor(demo.Operator)
	key, problem, err := w.Cert.Unlock(t.Context(), operator, passphrase)
	if err != nil || problem != "" {
		t.Fatal(problem, err)
	}
	w.must(w.anew(operator, demo.Operator)())
	refused(t, w.Contract.ConfirmBy(t.Context(), operator, d.ID, key), app.Conflict, "数字证书")
	w.must(w.Contract.Confirm(t.Context(), operator, confirming(d)))
	w.wantState(d.ID, app.DocumentSigned)
}
