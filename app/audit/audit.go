// Package audit writes the append-only log of every step that counts as
// evidence. Each row's hash covers the row and the hash before it, so that no
// row can be changed, removed or inserted unseen. Personal data (address,
// device) stands in a side table of which the row keeps only a salted hash.
package audit

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash"

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

// Add appends an event by the actor.
func (l *Log) Add(ctx context.Context, tx *store.Tx, by app.Actor, kind, subject string, facts Facts) error {
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
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, err
	}
	return tx.InsertAudit(ctx, store.InsertAuditParams{At: row.At, Kind: row.Kind, Subject: row.Subject,
		AccountID: row.AccountID, Facts: row.Facts, DetailHash: row.DetailHash, Hash: Hash(prev, row)})
}

// Hash is SHA-256 over the previous row's hash and this row: each text preceded
// by its length as 8 bytes big-endian, each number as 8 bytes.
func Hash(prev []byte, row store.Audit) []byte {
	h := sha256.New()
	write(h, prev)
	binary.Write(h, binary.BigEndian, row.At)
	write(h, []byte(row.Kind))
	write(h, []byte(row.Subject))
	binary.Write(h, binary.BigEndian, row.AccountID)
	write(h, []byte(row.Facts))
	write(h, row.DetailHash)
	return h.Sum(nil)
}

func write(h hash.Hash, b []byte) {
	binary.Write(h, binary.BigEndian, uint64(len(b)))
	h.Write(b)
}

func hashDetail(salt, detail []byte) []byte {
	sum := sha256.Sum256(append(bytes.Clone(salt), detail...))
	return sum[:]
}

// Empty reports whether nothing was ever recorded, as in a new installation.
func Empty(ctx context.Context, db *store.DB) bool {
	_, err := db.LastAudit(ctx)
	return store.IsNone(err)
}

// Verify walks the whole chain and returns the number of sound rows, or an
// error that names the first broken one.
func Verify(ctx context.Context, db *store.DB) (n int, err error) {
	var prev []byte
	var last int64
	for {
		rows, err := db.AuditFrom(ctx, last)
		if err != nil || len(rows) == 0 {
			return n, err
		}
		for _, row := range rows {
			if !bytes.Equal(Hash(prev, row), row.Hash) {
				return n, fmt.Errorf("audit row %d does not follow from the rows before it", row.ID)
			}
			prev, last = row.Hash, row.ID
			n++
		}
	}
}
