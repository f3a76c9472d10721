package boot

import (
	"context"
	"io/fs"
	"log/slog"
	"net/http"
	"runtime"
	"time"

	"laoqi/app/face"
	"laoqi/app/hub"
	"laoqi/app/identity"
	"laoqi/app/office"
	"laoqi/app/provider"
	"laoqi/app/vault"
	"laoqi/app/web"
)

// site is an office and the web in front of it.
type site struct {
	*office.Office
	cfg        Config
	log        *slog.Logger
	forms      *web.Forms
	screen     *provider.Screen // the demo's phones
	setupCode  string
	connection connection
}

func wire(ctx context.Context, files fs.FS, cfg Config, now func() time.Time, log *slog.Logger) (*site, error) {
	schema, err := fs.ReadFile(files, "schema.sql")
	if err != nil {
		return nil, err
	}
	s := &site{cfg: cfg, log: log}
	events := &hub.Hub{}
	s.Office, err = office.Open(ctx, office.Options{
		Data: cfg.Data, Schema: string(schema), Now: now, Log: log, Hub: events, SMS: s.sms(now, events), TSA: cfg.tsa(now), Issuers: provider.NewIssuers(),
		Hasher: vault.NewHasher(vault.Dear, runtime.NumCPU()-1), BaseURL: cfg.BaseURL, PlainURL: cfg.PlainURL, Owner: cfg.Owner, Minimum: cfg.Minimum, Demo: cfg.Demo, AutoReview: cfg.Review == reviewAuto, Faces: s.faces(),
	})
	if err != nil {
		return nil, err
	}
	if err := s.face(ctx, files, now); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// faces is the built-in model, a service outside, or nothing where they are
// switched off.
func (s *site) faces() identity.Faces {
	f := identity.Faces{Threshold: s.cfg.FaceLimit}
	switch {
	case s.cfg.Face == faceOff:
	case s.cfg.FaceURL != "":
		f.Reader, f.Provider = faceService(s.cfg), s.cfg.FaceProvider
	default:
		f.Reader = &face.Model{}
	}
	return f
}

func faceService(cfg Config) provider.FaceService {
	return provider.FaceService{URL: cfg.FaceURL, Secret: cfg.FaceSecret, Client: provider.FaceClient(), Now: time.Now}
}

// face puts the web in front of the office.
func (s *site) face(ctx context.Context, files fs.FS, now func() time.Time) error {
	static, err := fs.Sub(files, "static")
	if err != nil {
		return err
	}
	done, err := s.Identity.HasDesk(ctx)
	if err != nil {
		return err
	}
	if !done && !s.cfg.Demo {
		s.setupCode = newSetupCode()
	}
	cfg := s.cfg
	s.forms = web.NewForms(s.DB, s.Vault)
	n := &s.connection
	if err := n.certify(cfg, s.Vault, s.log); err != nil {
		return err
	}
	n.site, err = web.New(web.Parts{
		Office: s.Office, Forms: s.forms, Log: s.log, Now: now, Static: static, Screen: s.screen, SetupCode: s.setupCode, Examine: s.examine,
		Config: web.Config{Product: "劳契", HallTitle: cfg.HallTitle, Owner: cfg.Owner, Hotline: cfg.Hotline, QQGroup: cfg.QQGroup, Hours: cfg.Hours, BaseURL: cfg.BaseURL, Proxies: cfg.proxies(),
			PlainURL: cfg.PlainURL, Authority: n.lan, HSTS: cfg.TLS == tlsACME},
	})
	n.plain = n.site
	if n.secure != nil {
		n.plain = n.answerACME(web.Plain(n.site, cfg.BaseURL))
	}
	return err
}

// sms chooses the provider of text messages, nil for none.
func (s *site) sms(now func() time.Time, events *hub.Hub) provider.SMS {
	switch {
	case s.cfg.Demo:
		s.screen = &provider.Screen{Now: now, Notify: func() { events.Publish(hub.Phone) }}
		return s.screen
	case s.cfg.SMSURL != "":
		return provider.Webhook{URL: s.cfg.SMSURL, Token: s.cfg.SMSToken, Client: http.DefaultClient}
	}
	return nil
}
