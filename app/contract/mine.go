package contract

import (
	"cmp"
	"context"
	"math"

	"laoqi/app"
	"laoqi/app/store"
)

// Shelf is where a worker finds a document in 我的合同.
type Shelf string

const (
	ToSign Shelf = ""       // 待签署
	Signed Shelf = "signed" // 已签署: by the worker, in force or on the way
	Over   Shelf = "over"   // 已终止: run out, ended, declined, withdrawn; proofs of ending
)

// Held is one line of a worker's list.
type Held struct {
	ID         int64
	Title      string
	Enterprise string
	Number     string
	Post       string
	State      app.DocumentState
	Terms      app.Terms // kind and days only
	EndedOn    app.Date
}

// HeldPage is a page of a shelf, newest first. Next continues it, 0 at the end.
type HeldPage struct {
	List []Held
	Next int64
}

// List reads a shelf of the person, from the Next of the page before (0: from the
// newest).
func (s *Service) List(ctx context.Context, person int64, shelf Shelf, from int64) (HeldPage, error) {
	rows, err := s.DB.MyDocuments(ctx, store.MyDocumentsParams{PersonID: app.Ref(person), Before: cmp.Or(from, math.MaxInt64),
		Shelf: string(shelf), TodayOn: app.DateOf(s.DB.Now().Time), Count: PageSize + 1})
	var page HeldPage
	for i, r := range rows {
		if i == PageSize {
			page.Next = page.List[i-1].ID
			break
		}
		page.List = append(page.List, Held{ID: r.ID, Title: r.Title, Enterprise: r.Enterprise, Number: r.Number, Post: r.Post, State: r.State,
			Terms: app.Terms{Kind: r.TermKind, Start: r.StartOn, End: r.EndOn}, EndedOn: r.EndedOn})
	}
	return page, err
}

// Unsigned counts what waits for the person's signature.
func (s *Service) Unsigned(ctx context.Context, person int64) (int64, error) {
	return s.DB.CountUnsigned(ctx, app.Ref(person))
}
