package audit_test

import (
	"strings"
	"testing"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/audit"
	"laoqi/app/store"

	_ "modernc.org/sqlite"
)

// recorded is a world whose log has three rows.
func recorded(t *testing.T) *apptest.World {
	t.Helper()
	w := apptest.New(t)
	by := app.Actor{Account: 7, Device: app.Device{Address: "192.0.2.7", Agent: "phone"}}
	for i := range int64(3) {
		err := w.DB.Write(t.Context(), func(tx *store.Tx) error {
			return w.Audit.Add(t.Context(), tx, by, "signed", audit.Subject("document", i), audit.Facts{"hash": "ab"})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return w
}

// raw opens the world's database beside the program, as an intruder would.
func TestAWholeLogIsSound(t *testing.T) {
	w := recorded(t)
	n, err := audit.Verify(t.Context(), w.DB)
	if err != nil || n < 3 {
		t.Errorf("%d rows, %v", n, err)
	}
}

func TestTheLogCanNeitherBeChangedNorShortened(t *testing.T) {
	db := recorded(t).Raw()
	for _, statement := range []string{"UPDATE audit SET kind = 'other'", "DELETE FROM audit"} {
		if _, err := db.ExecContext(t.Context(), statement); err == nil || !strings.Contains(err.Error(), "append-only") {
			t.Errorf("%s: %v", statement, err)
		}
	}
}

func TestWhoeverGetsPastTheTriggersIsFound(t *testing.T) {
	for _, statement := range []string{
		"UPDATE audit SET facts = '{}' WHERE subject = 'document:1'",
		"UPDATE audit SET at = at + 1 WHERE subject = 'document:1'",
		"UPDATE audit SET account_id = 8 WHERE subject = 'document:1'",
		"DELETE FROM audit_detail; DELETE FROM audit WHERE subject = 'document:1'",
	} {
		w := recorded(t)
		w.Alter("DROP TRIGGER audit_fixed; DROP TRIGGER audit_kept; " + statement)
		if _, err := audit.Verify(t.Context(), w.DB); err == nil {
			t.Errorf("not found: %s", statement)
		}
	}
}

func TestPersonalDataCanBeDeletedAndTheLogStaysWhole(t *testing.T) {
	w := recorded(t)
	var details []byte
	if err := w.Raw().QueryRowContext(t.Context(), "SELECT group_concat(detail) FROM audit_detail").Scan(&details); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(details), "192.0.2.7") {
		t.Error("the address stands in clear")
	}
	w.Alter("DELETE FROM audit_detail")
	if _, err := audit.Verify(t.Context(), w.DB); err != nil {
		t.Error(err)
	}
}
