package store

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"testing"
	"time"

	"laoqi/app"
)

func openTest(t *testing.T, folder string) *DB {
	t.Helper()
	schema, err := os.ReadFile("../../schema.sql")
	if err != nil {
		t.Fatal(err)
	}
	db, err := Open(t.Context(), folder, string(schema), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// An unknown key in a DSN is ignored without a word, so each is read back.
func TestEveryConnectionHasItsPragmas(t *testing.T) {
	db := openTest(t, t.TempDir())
	both := map[string]any{"busy_timeout": int64(5000), "journal_mode": "wal", "foreign_keys": int64(1)}
	for pool, own := range map[*sql.DB]map[string]any{
		db.writer: {"synchronous": int64(2), "wal_autocheckpoint": int64(8000), "journal_size_limit": int64(64 << 20), "query_only": int64(0)},
		db.reader: {"mmap_size": int64(1 << 30), "cache_size": int64(-8192), "temp_store": int64(2), "query_only": int64(1)},
	} {
		for _, conn := range connections(t, pool) {
			for _, want := range []map[string]any{both, own} {
				check(t, conn, want)
			}
		}
	}
}

// connections takes every connection that the pool may open.
func connections(t *testing.T, pool *sql.DB) (all []*sql.Conn) {
	t.Helper()
	for range pool.Stats().MaxOpenConnections {
		conn, err := pool.Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { conn.Close() })
		all = append(all, conn)
	}
	return all
}

func check(t *testing.T, conn *sql.Conn, want map[string]any) {
	t.Helper()
	for pragma, value := range want {
		var got any
		if err := conn.QueryRowContext(t.Context(), "PRAGMA "+pragma).Scan(&got); err != nil {
			t.Fatal(err)
		}
		if got != value {
			t.Errorf("%s is %v, want %v", pragma, got, value)
		}
	}
}

func TestAReaderCannotWrite(t *testing.T) {
	db := openTest(t, t.TempDir())
	if _, err := db.reader.ExecContext(t.Context(), "INSERT INTO counter (name, value) VALUES ('x', 1)"); err == nil {
		t.Error("a reader wrote")
	}
}

func TestADatabaseOfANewerVersionIsRefused(t *testing.T) {
	folder := t.TempDir()
	db := openTest(t, folder)
	if _, err := db.writer.ExecContext(t.Context(), "PRAGMA user_version = 99"); err != nil {
		t.Fatal(err)
	}
	again, err := Open(t.Context(), folder, "", time.Now)
	if err == nil {
		again.Close()
		t.Error("opened")
	}
}

func TestAFailedTransactionLeavesNothingAndTellsNobody(t *testing.T) {
	db := openTest(t, t.TempDir())
	told := false
	err := db.Write(t.Context(), func(tx *Tx) error {
		tx.AfterCommit(func() { told = true })
		if err := tx.InsertJob(t.Context(), InsertJobParams{Kind: "k", Key: "1", Payload: []byte{}, DueAt: tx.Now}); err != nil {
			return err
		}
		return context.Canceled
	})
	if err != context.Canceled || told {
		t.Errorf("error %v, told %v", err, told)
	}
	if _, err := db.NextDue(t.Context(), `["k"]`); !IsNone(err) {
		t.Errorf("a job remains: %v", err)
	}
}

func TestOnlyTheBreachOfAUniqueRuleIsTaken(t *testing.T) {
	db := openTest(t, t.TempDir())
	for _, query := range []string{"CREATE TABLE rule (id TEXT PRIMARY KEY, name TEXT UNIQUE, kind TEXT CHECK (kind <> 'UNIQUE')) STRICT", "INSERT INTO rule VALUES ('1', 'a', '')"} {
		if _, err := db.writer.ExecContext(t.Context(), query); err != nil {
			t.Fatal(err)
		}
	}
	for values, want := range map[string]bool{"'2', 'a', ''": true, "'1', 'b', ''": true, "'3', 'c', 'UNIQUE'": false} {
		_, err := db.writer.ExecContext(t.Context(), "INSERT INTO rule VALUES ("+values+")")
		if taken := app.KindOf(Taken(err, "taken")) == app.Conflict; err == nil || taken != want {
			t.Errorf("%s: %v, taken %t", values, err, taken)
		}
	}
}

func TestABackupIsAWholeDatabase(t *testing.T) {
	db, folder := openTest(t, t.TempDir()), t.TempDir()
	if err := db.Write(t.Context(), func(tx *Tx) error {
		return tx.InsertJob(t.Context(), InsertJobParams{Kind: "k", Key: "1", Payload: []byte{}, DueAt: tx.Now})
	}); err != nil {
		t.Fatal(err)
	}
	if err := db.Backup(t.Context(), filepath.Join(folder, File)); err != nil {
		t.Fatal(err)
	}
	if _, err := openTest(t, folder).NextDue(t.Context(), `["k"]`); err != nil {
		t.Error(err)
	}
}
