package law

import "laoqi/app"

// LastDay returns the last day of a period of months that begins with start and
// counts it: one year from 1 May 2026 lasts until 30 April 2027, three months from
// 31 January until 30 April. It is the day before the corresponding day, or the
// month's last day where the month has none (民法典 art. 202; that the first day
// counts is what contracts agree, art. 204). Months must be at least 1.
func LastDay(start app.Date, months int) app.Date {
	corresponding := start.AddMonths(months)
	if corresponding.Day < start.Day {
		return corresponding
	}
	return corresponding.AddDays(-1)
}

// lasts reports whether the days from start to end, both counted, make up the months.
func lasts(start, end app.Date, months int) bool {
	return !end.Before(LastDay(start, months))
}

// overlaps reports whether a contract has a day in common with the days from
// start to end; a zero end is open.
func (c Contract) overlaps(start, end app.Date) bool {
	return !(!end.IsZero() && end.Before(c.Start)) && !(!c.End.IsZero() && c.End.Before(start))
}
