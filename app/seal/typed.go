package seal

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"

	"laoqi/app"
	"laoqi/app/store"
	"laoqi/app/vault"
)

// typedDigits is the length of the short code. Five wrong tries lock an account,
// so nobody guesses one of 100,000,000 while it lives.
const typedDigits = 8

// typedOf derives the short code from the token, which it does not give away.
func typedOf(token string) string {
	sum := sha256.Sum256([]byte("typed|" + token))
	return fmt.Sprintf("%0*d", typedDigits, binary.BigEndian.Uint64(sum[:])%100_000_000)
}

func (s *Service) typedHash(digits string) []byte { return s.vault.Index("ticket.typed", digits) }

// freshToken makes a token whose short code no other open ticket has.
func (s *Service) freshToken(ctx context.Context, tx *store.Tx) (string, error) {
	for {
		token := vault.Token()
		_, err := tx.TypedToken(ctx, store.TypedTokenParams{TypedHash: s.typedHash(typedOf(token)), NowAt: tx.Now})
		if store.IsNone(err) {
			return token, nil
		}
		if err != nil {
			return "", err
		}
	}
}

// Typed returns the token for which the short code beside the hall's QR code
// stands, until somebody scanned or typed it. A wrong one is a fault of the field
// "code" and counted.
func (s *Service) Typed(ctx context.Context, by app.Actor, typed string) (token string, err error) {
	digits := app.FoldDigits(typed)
	if len(digits) != typedDigits {
		return "", app.Faults{{Field: "code", Text: fmt.Sprintf("请输入网厅页面上二维码旁边的 %d 位数字。", typedDigits)}}.Err()
	}
	right, err := s.identity.Try(ctx, by, "ticket.typed", func(tx *store.Tx) (bool, error) {
		sealed, err := tx.TypedToken(ctx, store.TypedTokenParams{TypedHash: s.typedHash(digits), NowAt: tx.Now})
		if store.IsNone(err) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		plain, err := s.vault.Open(tokenLabel, sealed)
		token = string(plain)
		return err == nil, err
	})
	if err == nil && !right {
		err = app.Faults{{Field: "code", Text: "没有这个数字码，可能输错了、已经用过或已过期（5 分钟内有效）。请核对网厅页面上现在的数字。"}}.Err()
	}
	return token, err
}
