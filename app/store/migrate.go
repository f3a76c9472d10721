package store

import (
	"context"
	"database/sql"
	"fmt"
)

// version counts the schema. Until the first release schema.sql alone is the
// schema; afterwards each version gets a numbered step here.
const version = 1

func migrate(ctx context.Context, db *sql.DB, schema string) error {
	var have int
	if err := db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&have); err != nil {
		return err
	}
	switch {
	case have == version:
		return nil
	case have != 0:
		return fmt.Errorf("schema version %d, this program knows %d", have, version)
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, schema); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", version)); err != nil {
		return err
	}
	return tx.Commit()
}
