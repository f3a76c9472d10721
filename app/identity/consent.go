package identity

import (
	"context"
	"crypto/sha256"
	"strings"

	"laoqi/app/store"
)

// Text is a text that people agree to. A changed text gets a new Name, such as
// certificate-terms/2, so that it is always known which words somebody agreed to.
type Text struct {
	Name       string
	Title      string
	Paragraphs []string
}

// Text is title and paragraphs, one a line.
func (t Text) Text() []byte { return []byte(t.Title + "\n" + strings.Join(t.Paragraphs, "\n")) }

// Hash is the SHA-256 of the Text.
func (t Text) Hash() []byte {
	sum := sha256.Sum256(t.Text())
	return sum[:]
}

// Agree notes with the transaction that the account agreed to the text.
func (s *Service) Agree(ctx context.Context, tx *store.Tx, account int64, t Text) error {
	return tx.InsertConsent(ctx, store.InsertConsentParams{AccountID: account, Text: t.Name, TextHash: t.Hash(), GivenAt: tx.Now})
}

// Agreed reports whether the account ever agreed to this version of the text.
func (s *Service) Agreed(ctx context.Context, account int64, t Text) (bool, error) {
	return s.db.HasConsent(ctx, store.HasConsentParams{AccountID: account, Text: t.Name})
}
