package contract

import (
	"context"
	"math"
	"time"

	"laoqi/app"
	"laoqi/app/law"
	"laoqi/app/store"
)

// How many days ahead the reminders look, and how long a worker may take to sign.
const (
	endsWithin   = 60
	probationEnd = 30
	patience     = 3
	filingLimit  = 30 // 用人单位应当自用工之日起 30 日内办理用工备案
)

// Due is a worker with whom something is to be done by a day.
type Due struct {
	Filing   int64
	Contract int64 // of one who has not signed
	Worker   string
	On       app.Date // last day of the contract, of the probation, of the time limit; day on which a contract was made
	Left     int      // days until then, negative once it is over
	Urged    bool     // today
}

// Dues are the days that the clerks should know of, the nearest first.
type Dues struct {
	Ending    []Due // contracts that end within 60 days
	Probation []Due // probations that end within 30 days
	Unsigned  []Due // contracts that a worker has left unsigned for 3 days
	Filings   []Due // filings not handed in although the work has begun
}

// DueSize is how many of each Dues shows; one more tells that there are more.
const DueSize = 100

// Dues reads the enterprise's days to know of.
func (s *Service) Dues(ctx context.Context, enterprise int64) (Dues, error) {
	return s.dues(ctx, enterprise, DueSize+1)
}

func (s *Service) dues(ctx context.Context, enterprise, count int64) (d Dues, err error) {
	now := s.DB.Now()
	today := app.DateOf(now.Time)
	if d.Ending, err = s.ending(ctx, enterprise, today, count); err != nil {
		return d, err
	}
	if d.Probation, err = s.probations(ctx, enterprise, today, count); err != nil {
		return d, err
	}
	if d.Unsigned, err = s.unsigned(ctx, enterprise, now, count); err != nil {
		return d, err
	}
	d.Filings, err = s.dueFilings(ctx, enterprise, today, count)
	return d, err
}

func (s *Service) ending(ctx context.Context, enterprise int64, today app.Date, count int64) (list []Due, err error) {
	rows, err := s.DB.EndingContracts(ctx, store.EndingContractsParams{EnterpriseID: enterprise, FromOn: today, UntilOn: today.AddDays(endsWithin), Count: count})
	for _, r := range rows {
		list = append(list, Due{Filing: r.ID, Worker: r.Name, On: r.EndOn, Left: days(today, r.EndOn)})
	}
	return list, err
}

// longestProbation is what 劳动合同法 art. 19 allows, in months.
const longestProbation = 6

// probations lets the database search with a few days to spare, since it reckons
// the ends of months otherwise.
func (s *Service) probations(ctx context.Context, enterprise int64, today app.Date, count int64) (list []Due, err error) {
	rows, err := s.DB.EndingProbations(ctx, store.EndingProbationsParams{EnterpriseID: enterprise, FromOn: today.AddMonths(-longestProbation - 1), TodayOn: today,
		Low: today.AddDays(-4).String(), High: today.AddDays(probationEnd + 4).String(), Count: count})
	for _, r := range rows {
		last := law.LastDay(r.StartOn, int(r.Probation))
		if left := days(today, last); left >= 0 && left <= probationEnd {
			list = append(list, Due{Filing: r.ID, Worker: r.Name, On: last, Left: left})
		}
	}
	return list, err
}

func (s *Service) unsigned(ctx context.Context, enterprise int64, now app.Time, count int64) (list []Due, err error) {
	today := app.DateOf(now.Time)
	rows, err := s.DB.LongUnsigned(ctx, store.LongUnsignedParams{EnterpriseID: enterprise, BeforeAt: app.At(now.AddDate(0, 0, -patience)), Count: count})
	for _, r := range rows {
		made := app.DateOf(r.MadeAt.Time)
		list = append(list, Due{Filing: r.ID, Contract: r.ContractID, Worker: r.Name, On: made, Left: days(today, made), Urged: r.UrgedOn == today})
	}
	return list, err
}

func (s *Service) dueFilings(ctx context.Context, enterprise int64, today app.Date, count int64) (list []Due, err error) {
	rows, err := s.DB.DueFilings(ctx, store.DueFilingsParams{EnterpriseID: enterprise, TodayOn: today, Count: count})
	for _, r := range rows {
		last := r.StartOn.AddDays(filingLimit - 1)
		list = append(list, Due{Filing: r.ID, Worker: r.Name, On: last, Left: days(today, last)})
	}
	return list, err
}

// days counts from one day to another.
func days(from, to app.Date) int {
	return int(math.Round(to.In().Sub(from.In()).Hours() / (24 * time.Hour.Hours())))
}
