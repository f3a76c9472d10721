package contract

import (
	"context"

	"laoqi/app"
	"laoqi/app/store"
)

// Shelf is where a worker finds a document in 我的合同.
type Shelf string

const (
	ToSign Shelf = ""       // 待签
	Signed Shelf = "signed" // 已签
	Over   Shelf = "over"   // 已结束
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
	Shelf      Shelf
}

// List returns the person's documents, newest first, for all shelves.
func (s *Service) List(ctx context.Context, person int64) ([]Held, error) {
	today := app.DateOf(s.DB.Now().Time)
	rows, err := s.DB.MyDocuments(ctx, store.MyDocumentsParams{PersonID: app.Ref(person), TodayOn: today})
	list := make([]Held, len(rows))
	for i, r := range rows {
		list[i] = Held{ID: r.ID, Title: r.Title, Enterprise: r.Enterprise, Number: r.Number, Post: r.Post, State: r.State,
			Terms: app.Terms{Kind: r.TermKind, Start: r.StartOn, End: r.EndOn}, EndedOn: r.EndedOn, Shelf: shelf(r, today)}
	}
	return list, err
}

// shelf sorts a document: what nobody signs any more is over, also when the
// term ran out or the employment was ended.
func shelf(r store.MyDocumentsRow, today app.Date) Shelf {
	switch {
	case r.State == app.DocumentUnsigned:
		return ToSign
	case r.State == app.DocumentDeclined, r.State == app.DocumentWithdrawn, r.Ended, !r.EndOn.IsZero() && r.EndOn.Before(today):
		return Over
	}
	return Signed
}
