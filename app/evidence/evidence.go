// Package evidence hands a party the evidence of a concluded document (证据包): a
// .zip that a court, a bank or an auditor checks with openssl and sha256sum alone.
// It proves the order and the time of the steps by an excerpt of the audit chain
// that ends in a timestamp (RFC 3161) over one of its hashes, made about once a day.
package evidence

import (
	"bytes"
	"context"
	"strconv"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/cert"
	"laoqi/app/contract"
	"laoqi/app/outbox"
	"laoqi/app/store"
)

// Service is the domain's entry.
type Service struct {
	db       *store.DB
	log      *audit.Log
	jobs     *outbox.Runner
	cert     *cert.Service
	contract *contract.Service
	baseURL  string
	demo     bool
}

// New makes the service and takes over the job that anchors the audit chain. The
// root certificate is published below baseURL.
func New(db *store.DB, log *audit.Log, jobs *outbox.Runner, c *cert.Service, contracts *contract.Service, baseURL string, demo bool) *Service {
	s := &Service{db, log, jobs, c, contracts, baseURL, demo}
	jobs.Handle(anchorJob, func(ctx context.Context, _ []byte) error { return s.anchor(ctx) })
	return s
}

// Pack is one evidence package.
type Pack struct {
	Name string // nobody's name is in it
	Zip  []byte
}

const notConcluded = "合同双方签署完成后才能下载证据包。"

// Make packs the evidence of a document that the contract service read for the
// actor. What other people's devices were is left out; its hash stays.
func (s *Service) Make(ctx context.Context, by app.Actor, d contract.Document) (Pack, error) {
	row, err := s.db.Evidence(ctx, d.ID)
	if store.IsNone(err) {
		return Pack{}, app.Fail(app.Conflict, notConcluded)
	}
	if err != nil {
		return Pack{}, err
	}
	c, err := s.collect(ctx, by, d, row)
	if err != nil {
		return Pack{}, err
	}
	var b bytes.Buffer
	if err := c.write(&b); err != nil {
		return Pack{}, err
	}
	p := Pack{Name: "证据包-" + d.Title + "-" + d.Number + ".zip", Zip: b.Bytes()}
	return p, s.db.Write(ctx, func(tx *store.Tx) error {
		return s.log.Add(ctx, tx, by, "evidence.downloaded", audit.Subject("document", d.ID), audit.Facts{"hash": d.Hash})
	})
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
