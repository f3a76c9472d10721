package apptest

import (
	"time"

	"laoqi/app"
	"laoqi/app/apptest/tool"
	"laoqi/app/cert"
	"laoqi/app/demo"
	"laoqi/app/identity"
	"laoqi/app/seal"
	"laoqi/app/vault"
)

// Passphrase is that of every certificate which Activate makes.
const Passphrase = "Qianming#26"

// SMSCode sends the actor a code and reads it from the sample person's phone.
func (w *World) SMSCode(by app.Actor, who demo.Who, p identity.Purpose) string {
	w.T.Helper()
	w.Screen.Clear()
	if err := w.Identity.SendCode(w.T.Context(), by, p); err != nil {
		w.T.Fatal(err)
	}
	return w.Code(who)
}

// Activate gives the actor's account a certificate under Passphrase.
func (w *World) Activate(by app.Actor, who demo.Who) {
	w.T.Helper()
	err := w.Cert.Activate(w.T.Context(), by, cert.Activation{Code: w.SMSCode(by, who, identity.ForCertificate),
		Passphrase: Passphrase, Again: Passphrase, Agreed: true, Password: demo.Password})
	if err != nil {
		w.T.Fatal(err)
	}
}

// MakeSeal makes a seal of the sample enterprise by its legal rep.
func (w *World) MakeSeal(boss app.Actor, k app.SealKind) int64 {
	w.T.Helper()
	id, err := w.Seal.Make(w.T.Context(), boss, seal.Form{Kind: k, Name: seal.ComposeName(demo.EnterpriseName, k)}, w.Proof(boss, demo.Boss))
	if err != nil {
		w.T.Fatal(err)
	}
	return id
}

// Certified is MakeSeal with the holder's certificate from another authority. Without
// a subject it is the sample enterprise's. It returns that authority's root in PEM, too.
func (w *World) Certified(boss app.Actor, k app.SealKind, h tool.Holder) (id int64, root []byte) {
	w.T.Helper()
	if h.Subject == "" {
		h.Subject = "/C=CN/O=" + demo.EnterpriseName + "/CN=051@" + demo.EnterpriseName + "@N" + demo.EnterpriseUSCC + "@1"
	}
	id = w.MakeSeal(boss, k)
	file, root := tool.PKCS12(w.T, h)
	w.Wait(2 * time.Minute)
	err := w.Seal.Replace(w.T.Context(), boss, id, seal.Replacement{Source: seal.SourceImport, File: file, Password: tool.PKCS12Password}, w.Proof(boss, demo.Boss))
	if err != nil {
		w.T.Fatal(err)
	}
	return id, root
}

// Proof is the actor's password and a fresh code, as making or voiding a seal asks.
func (w *World) Proof(by app.Actor, who demo.Who) seal.Proof {
	w.T.Helper()
	return seal.Proof{Password: demo.Password, Code: w.SMSCode(by, who, identity.ForSeal)}
}

// Known is a sample person as the others would state him.
func Known(who demo.Who) identity.Known {
	sample, _ := demo.Find(who)
	return identity.Known{Name: sample.Name, IDType: app.IDResident, IDNumber: sample.Number, Mobile: sample.Mobile}
}

// Grant lets a sample person use the seal from today for two years.
func (w *World) Grant(boss app.Actor, id int64, who demo.Who) int64 {
	w.T.Helper()
	today := app.DateOf(w.Now())
	grant, err := w.Seal.AddGrant(w.T.Context(), boss, id, Known(who), seal.Period{From: today, Until: today.AddYears(2)})
	if err != nil {
		w.T.Fatal(err)
	}
	return grant
}

// Ticket shows a new QR code to the clerk and returns its token.
func (w *World) Ticket(clerk app.Actor) string {
	w.T.Helper()
	if err := w.Seal.ShowTicket(w.T.Context(), clerk); err != nil {
		w.T.Fatal(err)
	}
	ticket, err := w.Seal.LatestTicket(w.T.Context(), clerk)
	if err != nil {
		w.T.Fatal(err)
	}
	return ticket.Token
}

// Authorize lets the operator scan a new code of the clerk and authorize; the
// operator has a certificate under Passphrase.
func (w *World) Authorize(clerk, operator app.Actor) {
	w.T.Helper()
	token := w.Ticket(clerk)
	err := w.Seal.Scan(w.T.Context(), operator, token)
	if err == nil {
		err = w.Seal.Authorize(w.T.Context(), operator, token, seal.Answer{Enterprise: clerk.Enterprise, Passphrase: Passphrase})
	}
	if err != nil {
		w.T.Fatal(err)
	}
}

// SameDevice logs the sample people in with one browser.
func (w *World) SameDevice(who ...demo.Who) {
	w.T.Helper()
	device := app.Device{Address: "192.0.2.7", Agent: "test", Mark: vault.Token()}
	for _, x := range who {
		sample, _ := demo.Find(x)
		if _, err := w.Identity.LogIn(w.T.Context(), sample.Face, sample.Credentials(), device); err != nil {
			w.T.Fatal(err)
		}
	}
}
