package apptest

import (
	"database/sql"
	"path/filepath"

	"laoqi/app/store"
)

// Raw is the database behind the product's back. Like the product, it waits for its
// turn to write: the outbox of the world is at work meanwhile.
func (w *World) Raw() *sql.DB {
	w.T.Helper()
	db, err := sql.Open("sqlite", filepath.Join(w.Folder, store.File)+"?_pragma=busy_timeout(60000)")
	if err != nil {
		w.T.Fatal(err)
	}
	w.T.Cleanup(func() { db.Close() })
	return db
}

// Alter changes the database behind the product's back.
func (w *World) Alter(statements string, args ...any) {
	w.T.Helper()
	if _, err := w.Raw().ExecContext(w.T.Context(), statements, args...); err != nil {
		w.T.Fatal(err)
	}
}
