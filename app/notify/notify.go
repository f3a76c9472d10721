// Package notify tells accounts what happened (消息提醒, guide 2.9): an inbox
// with an unread count, and text messages for what cannot wait.
package notify

import (
	"context"

	"laoqi/app"
	"laoqi/app/hub"
	"laoqi/app/outbox"
	"laoqi/app/provider"
	"laoqi/app/store"
	"laoqi/app/vault"
)

// Message is one line of an inbox. Text holds no ID or mobile number.
type Message struct {
	ID   int64
	Kind Kind
	Text string
	Link string
	At   app.Time
	Read bool
}

// Service writes and reads inboxes and queues text messages.
type Service struct {
	db    *store.DB
	vault *vault.Vault
	hub   *hub.Hub
	jobs  *outbox.Runner
	sms   provider.SMS
}

// New makes the service; its text messages leave through the provider.
func New(db *store.DB, v *vault.Vault, h *hub.Hub, jobs *outbox.Runner, sms provider.SMS) *Service {
	s := &Service{db, v, h, jobs, sms}
	jobs.HandleIn(TextLine, textJob, s.sendText)
	jobs.HandleIn(CodeLine, codeJob, s.sendCode)
	return s
}

// TrySMS hands one test message to the provider at once, without the outbox.
func (s *Service) TrySMS(ctx context.Context, mobile string) error {
	return s.sms.Send(ctx, mobile, "【劳契】这是一条测试短信。收到它，说明短信接口正常。")
}

// Tell puts a message into the account's inbox; link is a path of this site.
func (s *Service) Tell(ctx context.Context, tx *store.Tx, account int64, k Kind, text, link string) error {
	return s.insert(ctx, tx, store.InsertMessageParams{AccountID: account, Kind: string(k), Text: text, Link: link, Count: 1})
}

func (s *Service) insert(ctx context.Context, tx *store.Tx, m store.InsertMessageParams) error {
	muted, err := tx.Muted(ctx, store.MutedParams{AccountID: m.AccountID, Kind: m.Kind, Way: byInbox})
	if err != nil {
		return err
	}
	m.MadeAt = tx.Now
	if muted {
		m.ReadAt = tx.Now
	} else {
		tx.AfterCommit(func() { s.hub.Publish(hub.Account(m.AccountID)) })
	}
	return tx.InsertMessage(ctx, m)
}

// PageSize is how many messages one page of the inbox shows.
const PageSize = 20

// Inbox lists the account's messages older than the id `before` (0: the newest),
// one more than a page if there are more.
func (s *Service) Inbox(ctx context.Context, account, before int64) ([]Message, error) {
	if before <= 0 {
		before = 1<<63 - 1
	}
	rows, err := s.db.Messages(ctx, store.MessagesParams{AccountID: account, Before: before, Count: PageSize + 1})
	if err != nil {
		return nil, err
	}
	messages := make([]Message, len(rows))
	for i, m := range rows {
		messages[i] = message(store.MessageRow(m))
	}
	return messages, nil
}

func message(m store.MessageRow) Message {
	return Message{m.ID, Kind(m.Kind), m.Text, m.Link, m.MadeAt, !m.ReadAt.IsZero()}
}

// Get reads one message of the account.
func (s *Service) Get(ctx context.Context, account, id int64) (Message, error) {
	m, err := s.db.Message(ctx, store.MessageParams{ID: id, AccountID: account})
	return message(m), store.Found(err, gone)
}

const gone = "没有这条消息，可能已并入更新的一条。"

// Unread counts what the account has not opened.
func (s *Service) Unread(ctx context.Context, account int64) (int64, error) {
	return s.db.CountUnread(ctx, account)
}

// Open marks a message of the account as read and returns its link.
func (s *Service) Open(ctx context.Context, account, id int64) (link string, err error) {
	err = s.db.Write(ctx, func(tx *store.Tx) (err error) {
		tx.AfterCommit(func() { s.hub.Publish(hub.Account(account)) })
		link, err = tx.ReadMessage(ctx, store.ReadMessageParams{ID: id, AccountID: account, ReadAt: tx.Now})
		return store.Found(err, gone)
	})
	return link, err
}

// OpenAll marks all messages of the account as read.
func (s *Service) OpenAll(ctx context.Context, account int64) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		tx.AfterCommit(func() { s.hub.Publish(hub.Account(account)) })
		return tx.ReadAllMessages(ctx, store.ReadAllMessagesParams{AccountID: account, ReadAt: tx.Now})
	})
}
