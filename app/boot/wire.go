package boot

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"laoqi/app/audit"
	"laoqi/app/enterprise"
	"laoqi/app/hub"
	"laoqi/app/identity"
	"laoqi/app/notify"
	"laoqi/app/outbox"
	"laoqi/app/provider"
	"laoqi/app/store"
	"laoqi/app/vault"
	"laoqi/app/web"
)

// site is the wired installation.
type site struct {
	cfg        Config
	log        *slog.Logger
	db         *store.DB
	jobs       *outbox.Runner
	forms      *web.Forms
	identity   *identity.Service
	enterprise *enterprise.Service
	verified   identity.Verified
	screen     *provider.Screen
	setupCode  string
	handler    http.Handler
}

func wire(ctx context.Context, files fs.FS, cfg Config, now func() time.Time, log *slog.Logger) (*site, error) {
	if err := os.MkdirAll(cfg.Data, 0o700); err != nil {
		return nil, err
	}
	schema, err := fs.ReadFile(files, "schema.sql")
	if err != nil {
		return nil, err
	}
	db, err := store.Open(ctx, cfg.Data, string(schema), now)
	if err != nil {
		return nil, err
	}
	s := &site{cfg: cfg, log: log, db: db}
	if err := s.assemble(ctx, files, now); err != nil {
		db.Close()
		return nil, err
	}
	return s, nil
}

func (s *site) assemble(ctx context.Context, files fs.FS, now func() time.Time) error {
	cfg, db := s.cfg, s.db
	keys, err := vault.Open(filepath.Join(cfg.Data, "key"), s.fresh(ctx))
	if err != nil {
		return err
	}
	pictures, err := vault.NewSealedFiles(filepath.Join(cfg.Data, "pictures"), keys)
	if err != nil {
		return err
	}
	events := &hub.Hub{}
	hasher := vault.NewHasher(vault.Dear, runtime.NumCPU()-1)
	trail := audit.New(keys)
	s.jobs = outbox.NewRunner(db, s.log)
	messages := notify.New(db, keys, events, s.jobs, s.sms(now, events))
	s.identity = identity.New(db, keys, hasher, trail, messages, events, pictures)
	s.enterprise = enterprise.New(db, hasher, trail, messages, events, s.identity, pictures, cfg.Demo || cfg.SMSURL != "")
	s.verified = func(context.Context, *store.Tx, int64) error { return nil }
	s.forms = web.NewForms(db, keys)
	if done, err := s.identity.HasDesk(ctx); err != nil {
		return err
	} else if !done && !cfg.Demo {
		s.setupCode = newSetupCode()
	}
	static, err := fs.Sub(files, "static")
	if err != nil {
		return err
	}
	s.handler, err = web.New(web.Parts{
		Config: web.Config{Product: "劳契", HallTitle: cfg.HallTitle, Owner: cfg.Owner, Hotline: cfg.Hotline, QQGroup: cfg.QQGroup, BaseURL: cfg.BaseURL, Proxies: cfg.proxies()},
		Log:    s.log, Now: now, Static: static, Vault: keys, Hub: events, Forms: s.forms, Identity: s.identity, Enterprise: s.enterprise, Notify: messages,
		Screen: s.screen, Verified: s.verified, SetupCode: s.setupCode,
	})
	return err
}

// fresh reports whether nothing was sealed yet: only then a missing key file may
// be made anew.
func (s *site) fresh(ctx context.Context) bool {
	_, err := s.db.LastAudit(ctx)
	return store.IsNone(err)
}

// sms chooses the provider of text messages.
func (s *site) sms(now func() time.Time, events *hub.Hub) provider.SMS {
	switch {
	case s.cfg.Demo:
		s.screen = &provider.Screen{Now: now, Notify: func() { events.Publish(hub.Phone) }}
		return s.screen
	case s.cfg.SMSURL != "":
		return provider.Webhook{URL: s.cfg.SMSURL, Token: s.cfg.SMSToken, Client: http.DefaultClient}
	}
	return noSMS{}
}

// noSMS is an installation without a provider: every message waits in the outbox.
type noSMS struct{}

func (noSMS) Send(context.Context, string, string) error {
	return fmt.Errorf("no SMS provider is configured (-sms-url)")
}
