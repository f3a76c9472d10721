package app

import (
	"database/sql/driver"
	"fmt"
	"time"
)

// Time is a moment, to the millisecond. In the database it is INTEGER Unix
// milliseconds; NULL is the zero Time.
type Time struct{ time.Time }

// At wraps a moment, cut to the millisecond that the database keeps.
func At(t time.Time) Time { return Time{t.Truncate(time.Millisecond)} }

// Local gives 2006-01-02 15:04 in China, "" for the zero Time.
func (t Time) Local() string {
	if t.IsZero() {
		return ""
	}
	return t.In(Zone).Format("2006-01-02 15:04")
}

// Scan implements sql.Scanner; NULL gives the zero Time.
func (t *Time) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*t = Time{}
	case int64:
		*t = Time{time.UnixMilli(v).UTC()}
	default:
		return fmt.Errorf("time: cannot scan %T", src)
	}
	return nil
}

// Value implements driver.Valuer; the zero Time is NULL.
func (t Time) Value() (driver.Value, error) {
	if t.IsZero() {
		return nil, nil
	}
	return t.UnixMilli(), nil
}
