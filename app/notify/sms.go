package notify

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"laoqi/app"
	"laoqi/app/outbox"
	"laoqi/app/store"
	"laoqi/app/vault"
)

// The lines of the outbox in which text messages leave: the provider may be slow, and
// nobody waits for a code behind the texts to hundreds of workers.
const (
	TextLine = "texts"
	CodeLine = "codes"
)

const (
	textJob outbox.Kind = "sms"
	codeJob outbox.Kind = "sms.code"
)

// textTries is how long a text message is tried.
const textTries = 24 * time.Hour

const smsLabel = "job.sms"

type sms struct {
	Mobile, Text string
	Until        app.Time
}

// SMS queues a text message with the transaction. One that the provider does not take
// for a day is given up.
func (s *Service) SMS(ctx context.Context, tx *store.Tx, mobile, text string) error {
	return s.queue(ctx, tx, textJob, sms{mobile, text, app.At(tx.Now.Add(textTries))})
}

// Code queues a text message that means nothing once its time is over.
func (s *Service) Code(ctx context.Context, tx *store.Tx, mobile, text string, until app.Time) error {
	return s.queue(ctx, tx, codeJob, sms{mobile, text, until})
}

func (s *Service) queue(ctx context.Context, tx *store.Tx, k outbox.Kind, m sms) error {
	payload, err := json.Marshal(m)
	if err != nil {
		return err
	}
	return s.jobs.Add(ctx, tx, k, vault.Token(), s.vault.Seal(smsLabel, payload))
}

func (s *Service) open(payload []byte) (m sms, err error) {
	plain, err := s.vault.Open(smsLabel, payload)
	if err == nil {
		err = json.Unmarshal(plain, &m)
	}
	return m, err
}

// sendText handles textJob: also a late text is tried once.
func (s *Service) sendText(ctx context.Context, payload []byte) error {
	m, err := s.open(payload)
	if err != nil {
		return err
	}
	err = s.sms.Send(ctx, m.Mobile, m.Text)
	if err != nil && s.db.Now().After(m.Until.Time) {
		return fmt.Errorf("%w: %w", outbox.ErrGivenUp, err)
	}
	return err
}

// sendCode handles codeJob: a code that is no longer good is not sent.
func (s *Service) sendCode(ctx context.Context, payload []byte) error {
	m, err := s.open(payload)
	if err != nil || !s.db.Now().Before(m.Until.Time) {
		return err
	}
	return s.sms.Send(ctx, m.Mobile, m.Text)
}

// GivenUp counts the text messages, codes left out, that were given up since then.
func GivenUp(ctx context.Context, db *store.DB, since app.Time) (int64, error) {
	return outbox.GivenUp(ctx, db, textJob, since)
}
