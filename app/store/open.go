// Package store opens the SQLite database and holds what sqlc generates from
// queries/. A domain package calls the queries of its own file only.
package store

//go:generate env CGO_ENABLED=0 go -C ../.. run github.com/sqlc-dev/sqlc/cmd/sqlc@v1.31.1 generate

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"runtime"
	"time"

	"laoqi/app"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// File is the database's name in the data folder.
const File = "laoqi.db"

// DB is the database: one connection that writes, a few that only read.
type DB struct {
	*Queries // reads
	writer   *sql.DB
	reader   *sql.DB
	prepared *Queries
	now      func() time.Time
}

// Tx is one write transaction. It commits as a whole or not at all.
type Tx struct {
	*Queries
	Now   app.Time
	after []func()
}

// AfterCommit runs f once the transaction is committed; f must not write.
func (t *Tx) AfterCommit(f func()) { t.after = append(t.after, f) }

// Open opens or makes the database in the folder. A new one gets the schema;
// one of a newer version is refused.
func Open(ctx context.Context, folder, schema string, now func() time.Time) (*DB, error) {
	path := filepath.Join(folder, File)
	writer, err := sql.Open("sqlite", dsn(path, "_txlock", "immediate", "synchronous(FULL)", "wal_autocheckpoint(8000)", "journal_size_limit(67108864)"))
	if err != nil {
		return nil, err
	}
	writer.SetMaxOpenConns(1)
	reader, err := sql.Open("sqlite", dsn(path, "_txlock", "deferred", "mmap_size(1073741824)", "cache_size(-8192)", "temp_store(MEMORY)", "query_only(1)"))
	if err != nil {
		return nil, errors.Join(err, writer.Close())
	}
	n := max(2, min(4, runtime.NumCPU()))
	reader.SetMaxOpenConns(n)
	reader.SetMaxIdleConns(n)
	db := &DB{writer: writer, reader: reader, now: now}
	if err := db.start(ctx, schema); err != nil {
		return nil, errors.Join(fmt.Errorf("database %s: %w", path, err), db.Close())
	}
	return db, nil
}

func (db *DB) start(ctx context.Context, schema string) (err error) {
	if err := migrate(ctx, db.writer, schema); err != nil {
		return err
	}
	if db.Queries, err = Prepare(ctx, db.reader); err != nil {
		return err
	}
	db.prepared, err = Prepare(ctx, db.writer)
	return err
}

func dsn(path, key, value string, pragmas ...string) string {
	q := url.Values{key: {value}}
	for _, p := range append(pragmas, "busy_timeout(5000)", "journal_mode(WAL)", "foreign_keys(1)") {
		q.Add("_pragma", p)
	}
	return (&url.URL{Scheme: "file", Opaque: url.PathEscape(path), RawQuery: q.Encode()}).String()
}

// Close ends both pools. Transactions under way must have ended.
func (db *DB) Close() error {
	var errs []error
	for _, q := range []*Queries{db.Queries, db.prepared} {
		if q != nil {
			errs = append(errs, q.Close())
		}
	}
	return errors.Join(append(errs, db.reader.Close(), db.writer.Close())...)
}

// Now is the moment, by the clock that the database was opened with.
func (db *DB) Now() app.Time { return app.At(db.now()) }

// Write runs f in a transaction that no other write interleaves. If f returns
// an error nothing is stored; else what f deferred to AfterCommit runs.
func (db *DB) Write(ctx context.Context, f func(*Tx) error) error {
	tx, err := db.writer.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	t := &Tx{Queries: db.prepared.WithTx(tx), Now: db.Now()}
	if err := f(t); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	for _, after := range t.after {
		after()
	}
	return nil
}

// Backup writes a consistent copy of the database to the path, which must not exist.
func (db *DB) Backup(ctx context.Context, path string) error {
	_, err := db.writer.ExecContext(ctx, "VACUUM INTO ?", path)
	return err
}

// Check reads the whole database and tells the first damage it finds.
func (db *DB) Check(ctx context.Context) error {
	var answer string
	if err := db.reader.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&answer); err != nil {
		return err
	}
	if answer != "ok" {
		return errors.New(answer)
	}
	return nil
}

// Found turns "no rows" into app.NotFound with the sentence.
func Found(err error, text string) error {
	if errors.Is(err, sql.ErrNoRows) {
		return app.Fail(app.NotFound, text)
	}
	return err
}

// Changed turns the row count of a guarded update into app.Conflict with the sentence.
func Changed(rows int64, err error, text string) error {
	if err == nil && rows == 0 {
		return app.Fail(app.Conflict, text)
	}
	return err
}

// Taken turns the breach of a UNIQUE rule into app.Conflict with the sentence.
func Taken(err error, text string) error {
	if e, ok := errors.AsType[*sqlite.Error](err); ok && (e.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE || e.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY) {
		return app.Fail(app.Conflict, text)
	}
	return err
}

// IsNone reports whether a query found no row.
func IsNone(err error) bool { return errors.Is(err, sql.ErrNoRows) }
