// Package audit writes the append-only log of every step that counts as
// evidence. Each row's hash covers the row and the hash before it, so that no
// row can be changed, removed or inserted unseen. Personal data (address,
// device) stands in a side table of which the row keeps only a salted hash.
package audit

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"laoqi/app"
	"laoqi/app/store"
	"laoqi/app/vault"
)

// Facts are what an event states: ids, hashes and codes, never personal data.
type Facts map[string]any

// Log appends events within the caller's transaction.
type Log struct{ vault *vault.Vault }

// New makes a log that seals details with the vault.
func New(v *vault.Vault) *Log { return &Log{v} }

const label = "audit.detail"

// Subject names what an event is about, such as contract:12.
func Subject(kind string, id int64) string { return fmt.Sprintf("%s:%d", kind, id) }

// Add appends an event by the actor. An account that was ended since the request
// began does nothing any more: whatever counts is logged in its own transaction, so
// refusing the row refuses the act, however close the two came.
func (l *Log) Add(ctx context.Context, tx *store.Tx, by app.Actor, kind, subject string, facts Facts) error {
	if by.Account != 0 {
		if ended, err := tx.HasEnded(ctx, by.Account); err != nil || ended {
			return cmp.Or(err, app.Fail(app.SignedOut, "您的账号刚刚停用，这次操作没有执行。"))
		}
	}
	detail, err := json.Marshal(by.Device)
	if err != nil {
		return err
	}
	salt := make([]byte, 16)
	rand.Read(salt)
	row, err := chain(ctx, tx, store.Audit{At: tx.Now.UnixMilli(), Kind: kind, Subject: subject, AccountID: by.Account, DetailHash: hashDetail(salt, detail)}, facts)
	if err != nil {
		return err
	}
	return tx.InsertAuditDetail(ctx, store.InsertAuditDetailParams{AuditID: row, Salt: salt, Detail: l.vault.Seal(label, detail)})
}

func chain(ctx context.Context, tx *store.Tx, row store.Audit, facts Facts) (int64, error) {
	text, err := json.Marshal(facts)
	if err != nil {
		return 0, err
	}
	if facts == nil {
		text = []byte("{}")
	}
	row.Facts = string(text)
	prev, err := tx.LastAudit(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		prev, err = Origin, nil
	}
	if err != nil {
		return 0, err
	}
	return tx.InsertAudit(ctx, store.InsertAuditParams{At: row.At, Kind: row.Kind, Subject: row.Subject,
		AccountID: row.AccountID, Facts: row.Facts, DetailHash: row.DetailHash, Hash: Next(prev, Digest(row))})
}

// Text is what a row states, one a line: moment in Unix milliseconds, kind,
// subject, account, facts, hash of the detail in hexadecimal. No value has a line
// break in it, so different rows have different texts.
func Text(row store.Audit) []byte {
	return fmt.Appendf(nil, "%d\n%s\n%s\n%d\n%s\n%x\n", row.At, row.Kind, row.Subject, row.AccountID, row.Facts, row.DetailHash)
}

// Digest is the SHA-256 of the row's Text.
func Digest(row store.Audit) []byte {
	sum := sha256.Sum256(Text(row))
	return sum[:]
}

// Next is the hash of the row with the digest that follows the row with the hash
// prev: SHA-256 of both in hexadecimal, a blank between and a line feed after. Who
// knows the digests can check the order of rows without reading them.
func Next(prev, digest []byte) []byte {
	sum := sha256.Sum256(fmt.Appendf(nil, "%x %x\n", prev, digest))
	return sum[:]
}

// Origin is what the first row follows.
var Origin = make([]byte, sha256.Size)

// DetailText is of what a row keeps the hash in place of personal data: the salt in
// hexadecimal and the device in JSON, one a line.
func DetailText(salt, detail []byte) []byte { return fmt.Appendf(nil, "%x\n%s\n", salt, detail) }

// Open unseals the stored detail of a row.
func (l *Log) Open(sealed []byte) (detail []byte, d app.Device, err error) {
	if detail, err = l.vault.Open(label, sealed); err != nil {
		return nil, d, err
	}
	err = json.Unmarshal(detail, &d)
	return detail, d, err
}

func hashDetail(salt, detail []byte) []byte {
	sum := sha256.Sum256(DetailText(salt, detail))
	return sum[:]
}

// Empty reports whether nothing was ever recorded, as in a new installation.
func Empty(ctx context.Context, db *store.DB) bool {
	_, err := db.LastAudit(ctx)
	return store.IsNone(err)
}

// Newest returns when the newest step was recorded, and its sealed detail; both are
// zero in a new installation.
func Newest(ctx context.Context, db *store.DB) (at time.Time, sealed []byte, err error) {
	row, err := db.NewestAudit(ctx)
	if err != nil {
		if store.IsNone(err) {
			err = nil
		}
		return at, nil, err
	}
	return time.UnixMilli(row.At), row.Detail, nil
}

// Verify walks the whole chain and returns the number of sound rows, or an
// error that names the first broken one.
func Verify(ctx context.Context, db *store.DB) (n int, err error) {
	prev := Origin
	var last int64
	for {
		rows, err := db.AuditFrom(ctx, last)
		if err != nil || len(rows) == 0 {
			return n, err
		}
		for _, row := range rows {
			if !bytes.Equal(Next(prev, Digest(row)), row.Hash) {
				return n, fmt.Errorf("audit row %d does not follow from the rows before it", row.ID)
			}
			prev, last = row.Hash, row.ID
			n++
		}
	}
}
