// Package contract makes the documents of approved filings (电子劳动合同生成), lets
// the worker sign them, has them sealed while an authorization lives, and answers
// who signed what (guide 1.6).
//
// A document is a row and up to three files named by their SHA-256: as made, with
// the worker's signature, with the seal. Only a hash in the row counts: a file
// that was written before a crash is an orphan, which Sweep sets aside.
package contract

import (
	"runtime"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/cert"
	"laoqi/app/enterprise"
	"laoqi/app/hub"
	"laoqi/app/identity"
	"laoqi/app/notify"
	"laoqi/app/outbox"
	"laoqi/app/pdf/raster"
	"laoqi/app/seal"
	"laoqi/app/store"
	"laoqi/app/vault"
)

// Config is what the documents say of the installation.
type Config struct {
	BaseURL string // what the QR code of a document begins with, such as https://laoqi.example
	Demo    bool   // every page says 演示
}

// Parts are what the service is made of. Documents go to Files.
type Parts struct {
	Config     Config
	DB         *store.DB
	Vault      *vault.Vault
	Files      *vault.Files
	Audit      *audit.Log
	Notify     *notify.Service
	Hub        *hub.Hub
	Jobs       *outbox.Runner
	Identity   *identity.Service
	Enterprise *enterprise.Service
	Cert       *cert.Service
	Seal       *seal.Service
	Pictures   *raster.Cache
}

// Service is the domain's entry.
type Service struct {
	Parts
	reached func(step)    // of sealing; tests stop here
	checks  chan struct{} // files from outside that are being checked
}

// New makes the service and takes over the jobs that seal documents and remind.
func New(p Parts) *Service {
	s := &Service{p, func(step) {}, make(chan struct{}, max(1, runtime.NumCPU()-1))}
	p.Jobs.Handle(seal.SealJob, s.sealAll)
	p.Jobs.Handle(remindJob, s.remindAll)
	p.Jobs.Handle(stampJob, s.restampAll)
	return s
}

// changed lets the open pages that show a document know: those of the enterprise
// and, once bound, of the worker.
func (s *Service) changed(tx *store.Tx, enterprise int64, person app.Ref) {
	tx.AfterCommit(func() {
		s.Hub.Publish(hub.Enterprise(enterprise))
		if person != 0 {
			s.Hub.Publish(hub.Person(int64(person)))
		}
	})
}

// product is the actor of what the product does by itself.
var product = app.Actor{}
