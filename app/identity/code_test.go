package identity_test

import (
	"testing"
	"time"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/demo"
	"laoqi/app/identity"
	"laoqi/app/store"
)

// Whoever knows a mobile or a USCC has codes sent without logging in, and whoever
// registered has them sent to any mobile; each of these ways has its own few a day.
func TestAStrangersCodesDoNotUseUpTheHoldersOwn(t *testing.T) {
	w := apptest.New(t)
	w.People()
	w.Wait(24 * time.Hour) // the sample people registered
	ctx, by := t.Context(), w.Actor(demo.Boss)
	sample, _ := demo.Find(demo.Boss)
	ways := map[string]func() error{
		"注册":     func() error { return w.Identity.SendRegistrationCode(ctx, sample.Mobile) },
		"忘记密码":   func() error { return w.Identity.SendResetCode(ctx, forgotten(demo.Boss)) },
		"人脸验证登录": func() error { return w.Identity.SendFaceCode(ctx, sample.Credentials()) },
		"修改手机号码": func() error { return w.Identity.SendMobileCode(ctx, sample.Mobile) },
	}
	for range 5 {
		for name, send := range ways {
			if err := send(); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
		w.Wait(identity.CodePause)
	}
	for name, send := range ways {
		if err := send(); app.KindOf(err) != app.TooMany {
			t.Errorf("%s, a sixth code: %v", name, err)
		}
	}
	if err := w.Identity.SendCode(ctx, by, identity.ForCertificate); err != nil {
		t.Errorf("a code for the certificate: %v", err)
	}
}

// A stranger's code of the same minute neither delays the holder's own nor takes its place.
func TestAStrangersCodeDoesNotDisturbTheHoldersOwn(t *testing.T) {
	w := apptest.New(t)
	w.People()
	ctx, by := t.Context(), w.Actor(demo.Boss)
	sample, _ := demo.Find(demo.Boss)
	if err := w.Identity.SendRegistrationCode(ctx, sample.Mobile); err != nil {
		t.Fatal(err)
	}
	w.Idle() // so that its message is not read for the holder's
	code := w.SMSCode(by, demo.Boss, identity.ForCertificate)
	if err := w.Identity.SendFaceCode(ctx, sample.Credentials()); err != nil {
		t.Fatal(err)
	}
	problem := ""
	err := w.DB.Write(ctx, func(tx *store.Tx) (err error) {
		problem, err = w.Identity.UseCode(ctx, tx, by, identity.ForCertificate, code)
		return err
	})
	if err != nil || problem != "" {
		t.Errorf("the holder's code: %q %v", problem, err)
	}
}
