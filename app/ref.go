package app

import (
	"database/sql/driver"
	"fmt"
)

// Ref is a number that may be absent, mostly the id of another row. In the
// database it is INTEGER; 0 is NULL.
type Ref int64

// Scan implements sql.Scanner; NULL gives 0.
func (r *Ref) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*r = 0
	case int64:
		*r = Ref(v)
	default:
		return fmt.Errorf("ref: cannot scan %T", src)
	}
	return nil
}

// Value implements driver.Valuer; 0 is NULL.
func (r Ref) Value() (driver.Value, error) {
	if r == 0 {
		return nil, nil
	}
	return int64(r), nil
}
