package contract

import (
	"bytes"
	"cmp"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/cert"
	"laoqi/app/outbox"
	"laoqi/app/pdf/pades"
	"laoqi/app/store"
)

// stampJob adds a timestamp over the whole file of concluded documents: under the
// key owed to those for which the built-in authority stood in; under the key ending
// to those whose newest timestamp ends before the moment that is its payload, in
// milliseconds.
const stampJob outbox.Kind = "document.stamp"

const (
	owedStamps   = "owed"
	endingStamps = "ending"
)

const (
	stampSlice = 2 * time.Second  // after which other jobs have their turn
	stampPause = 10 * time.Minute // before a document that failed is tried again
)

// askStamp queues the timestamp that the authority outside owes to a document.
func (s *Service) askStamp(ctx context.Context, tx *store.Tx, owed bool) error {
	if !owed {
		return nil
	}
	return s.Jobs.Add(ctx, tx, stampJob, owedStamps, []byte{})
}

// AskStamps queues all timestamps that are owed. Called now and then, it also finds
// those from a time when no authority outside was named.
func (s *Service) AskStamps(ctx context.Context) error {
	if !s.Cert.Outside() {
		return nil
	}
	return s.DB.Write(ctx, func(tx *store.Tx) error {
		owed, err := tx.AnyOwedStamp(ctx)
		if err != nil {
			return err
		}
		return s.askStamp(ctx, tx, owed)
	})
}

// StampsOwed is how many documents of the enterprise have a timestamp of the
// built-in authority in place of the intended one.
func (s *Service) StampsOwed(ctx context.Context, enterprise int64) (int64, error) {
	if !s.Cert.Outside() {
		return 0, nil
	}
	return s.DB.CountOwedStamps(ctx, enterprise)
}

// restampAll handles stampJob. A document that cannot be stamped does not stop those
// after it; an authority that is away does.
func (s *Service) restampAll(ctx context.Context, payload []byte) error {
	list, err := s.unstamped(ctx, payload)
	if err != nil || list == nil {
		return err
	}
	began, failed := time.Now(), error(nil)
	for {
		ids, err := list(app.At(s.DB.Now().Add(-stampPause)))
		if err != nil {
			return err
		}
		if len(ids) == 0 {
			return s.stampsFailed(list, failed)
		}
		for _, id := range ids {
			if err := s.restampOne(ctx, id); errors.Is(err, cert.ErrAway) {
				return err
			} else if err != nil {
				failed = cmp.Or(failed, fmt.Errorf("document %d: %w", id, err))
			}
			if time.Since(began) > stampSlice {
				return s.stampOn(ctx, payload)
			}
		}
	}
}

// unstamped returns what lists the documents of a job, without those tried since a
// moment; nil if there can be none.
func (s *Service) unstamped(ctx context.Context, payload []byte) (func(since app.Time) ([]int64, error), error) {
	if len(payload) == 0 {
		if !s.Cert.Outside() {
			return nil, nil
		}
		return func(since app.Time) ([]int64, error) { return s.DB.OwedStamps(ctx, since) }, nil
	}
	before, err := strconv.ParseInt(string(payload), 10, 64)
	if err != nil {
		return nil, err
	}
	until, err := s.Cert.StampsUntil(ctx) // a timestamp that ends no later than the last is of no use
	if err != nil {
		return nil, err
	}
	limit := app.At(time.UnixMilli(min(before, until.UnixMilli())))
	return func(since app.Time) ([]int64, error) {
		return s.DB.EndingStamps(ctx, store.EndingStampsParams{BeforeAt: limit, TriedAt: since})
	}, nil
}

// stampsFailed tells of what is left once all others are done, so that the job is
// repeated for it.
func (s *Service) stampsFailed(list func(app.Time) ([]int64, error), failed error) error {
	left, err := list(app.At(s.DB.Now().Add(time.Millisecond)))
	if err != nil || len(left) == 0 {
		return err
	}
	return cmp.Or(failed, errors.New("documents that were not stamped wait for another try"))
}

// stampOn lets the job go on after those of others.
func (s *Service) stampOn(ctx context.Context, payload []byte) error {
	key := owedStamps
	if len(payload) > 0 {
		key = endingStamps
	}
	return s.DB.Write(ctx, func(tx *store.Tx) error { return s.Jobs.Add(ctx, tx, stampJob, key, payload) })
}

// restampOne stamps a document, or notes that it could not.
func (s *Service) restampOne(ctx context.Context, id int64) error {
	err := s.restamp(ctx, id)
	if err == nil || errors.Is(err, cert.ErrAway) {
		return err
	}
	return errors.Join(err, s.DB.Write(ctx, func(tx *store.Tx) error {
		return tx.NoteStampTry(ctx, store.NoteStampTryParams{ID: id, TriedAt: tx.Now})
	}))
}

// restamp adds a timestamp to the file of a document, as sealing does: the new file
// is written first, then one guarded transaction makes it the document's. The old
// file stays, so that whoever has it can go on checking it.
func (s *Service) restamp(ctx context.Context, id int64) error {
	d, err := s.DB.Document(ctx, id)
	if err != nil {
		return err
	}
	file, err := s.Files.Get(d.FinalHash)
	if err != nil {
		return err
	}
	stamped, until, err := s.stampOver(ctx, file)
	if err != nil {
		return err
	}
	s.reached(stepSigned)
	after, err := s.Files.Put(stamped)
	if err != nil {
		return err
	}
	s.reached(stepWritten)
	err = s.DB.Write(ctx, func(tx *store.Tx) error { return s.commitStamp(ctx, tx, d, after, until) })
	if err != nil {
		return errors.Join(err, s.Files.Remove(after))
	}
	s.reached(stepCommitted)
	return nil
}

// stampOver stamps a file that is still what was signed, and adds to it whether the
// certificates that it needs have been revoked meanwhile.
func (s *Service) stampOver(ctx context.Context, file []byte) (stamped []byte, until time.Time, err error) {
	trust, err := s.Cert.Trust(ctx)
	if err != nil {
		return nil, until, err
	}
	report, err := pades.Check(file, trust)
	if err != nil {
		return nil, until, err
	}
	if report.Verdict < pades.Unvouched {
		return nil, until, fmt.Errorf("the file is not what was signed (verdict %d)", report.Verdict)
	}
	answers, err := s.Cert.Answers(ctx, s.issuedFor(report)...)
	if err != nil {
		return nil, until, err
	}
	list, err := s.Cert.RootCRL()
	if err != nil {
		return nil, until, err
	}
	by := s.Cert.Renewer(ctx)
	stamped, err = pades.AddTimestamp(file, pades.DSS{Certs: [][]byte{s.Cert.Issuing().Raw, s.Cert.Root().Raw}, OCSPs: answers, CRLs: [][]byte{list}}, by.TSA, by.Room)
	return stamped, by.Until, err
}

// issuedFor are the serial numbers of the certificates in a file that this
// installation issued: of who signed and who stamped.
func (s *Service) issuedFor(r pades.Report) (serials []string) {
	var certs []*x509.Certificate
	for _, one := range r.Signatures {
		certs = append(certs, one.Signer)
		if one.Stamp != nil {
			certs = append(certs, one.Stamp.Authority)
		}
	}
	for _, one := range r.Stamps {
		if one.Stamp != nil {
			certs = append(certs, one.Stamp.Authority)
		}
	}
	for _, c := range certs {
		serial := c.SerialNumber.Text(16)
		if bytes.Equal(c.RawIssuer, s.Cert.Issuing().RawSubject) && !slices.Contains(serials, serial) {
			serials = append(serials, serial)
		}
	}
	return serials
}

func (s *Service) commitStamp(ctx context.Context, tx *store.Tx, d store.DocumentRow, after string, until time.Time) error {
	n, err := tx.RestampDocument(ctx, store.RestampDocumentParams{ID: d.ID, BeforeHash: d.FinalHash, FinalHash: after, StampEndsAt: app.At(until)})
	if err := store.Changed(n, err, "这份文件已经加盖时间戳。"); err != nil {
		return err
	}
	if err := tx.InsertRestamp(ctx, store.InsertRestampParams{BeforeHash: d.FinalHash, DocumentID: d.ID, MadeAt: tx.Now}); err != nil {
		return err
	}
	s.changed(tx, d.EnterpriseID, d.PersonID)
	s.reached(stepRecorded)
	return s.Audit.Add(ctx, tx, product, "document.stamped", audit.Subject("document", d.ID),
		audit.Facts{"before": d.FinalHash, "hash": after, "until": until.UnixMilli(), "outside": s.Cert.Outside()})
}
