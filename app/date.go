package app

import (
	"database/sql/driver"
	"fmt"
	"time"
)

// Zone is the civil time of the contracts: China has one, without summer time.
var Zone = time.FixedZone("CST", 8*60*60)

// Date is a day of the civil calendar. The zero Date means "none".
// In the database it is TEXT as 2006-01-02, NULL or "" if none.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf returns the civil day of a moment in China.
func DateOf(t time.Time) Date {
	y, m, d := t.In(Zone).Date()
	return Date{y, m, d}
}

// ParseDate reads 2006-01-02; "" gives the zero Date.
func ParseDate(s string) (Date, error) {
	if s == "" {
		return Date{}, nil
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, fmt.Errorf("date %q: want YYYY-MM-DD", s)
	}
	return DateOf(t), nil
}

func (d Date) IsZero() bool { return d == Date{} }

// In returns the first moment of the day in China.
func (d Date) In() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, Zone) }

// Before reports whether d is an earlier day than o.
func (d Date) Before(o Date) bool { return d.In().Before(o.In()) }

// After reports whether d is a later day than o.
func (d Date) After(o Date) bool { return o.Before(d) }

// AddDays returns the day n days later.
func (d Date) AddDays(n int) Date { return DateOf(d.In().AddDate(0, 0, n)) }

// AddMonths returns the same day n months later, or that month's last day if it has none.
func (d Date) AddMonths(n int) Date {
	first := time.Date(d.Year, d.Month+time.Month(n), 1, 0, 0, 0, 0, Zone)
	last := first.AddDate(0, 1, -1).Day()
	return Date{first.Year(), first.Month(), min(d.Day, last)}
}

// AddYears returns the same day n years later; 29 February becomes the 28th.
func (d Date) AddYears(n int) Date { return d.AddMonths(12 * n) }

// String gives 2006-01-02, "" for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// Chinese gives 2006年1月2日, "" for the zero Date.
func (d Date) Chinese() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%d年%d月%d日", d.Year, d.Month, d.Day)
}

// Scan implements sql.Scanner; NULL gives the zero Date.
func (d *Date) Scan(src any) (err error) {
	switch v := src.(type) {
	case nil:
		*d = Date{}
	case string:
		*d, err = ParseDate(v)
	default:
		err = fmt.Errorf("date: cannot scan %T", src)
	}
	return err
}

// Value implements driver.Valuer; the zero Date is NULL.
func (d Date) Value() (driver.Value, error) {
	if d.IsZero() {
		return nil, nil
	}
	return d.String(), nil
}
