package notify

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"laoqi/app"
	"laoqi/app/store"
)

// Several is a message of which many may come at once. Those that an account has
// not read and that come within an hour of each other become one line with a
// count, such as 王秀兰、李建国等 200 份合同已签订，可以下载。
type Several struct {
	Kind Kind
	Who  string // whom it is about: how the sentence begins
	One  string // how it goes on for one: 的劳动合同已签订，可以下载。
	Link string // for one
	Many string // how it goes on after the count: 份合同已签订，可以下载。
	List string // link for many
}

const (
	together  = time.Hour
	namesLong = 3 // how many names a line for many begins with
)

// TellOf puts the message into the account's inbox, joined with those before it.
func (s *Service) TellOf(ctx context.Context, tx *store.Tx, account int64, m Several) error {
	before, err := tx.TakeMessageOfMany(ctx, store.TakeMessageOfManyParams{AccountID: account, Kind: string(m.Kind), Many: m.Many, SinceAt: app.At(tx.Now.Add(-together))})
	if err != nil && !store.IsNone(err) {
		return err
	}
	who, count := m.Who, before.Count+1
	if names := strings.Split(before.Who, "、"); before.Count > 0 {
		who = before.Who
		if len(names) < namesLong && !slices.Contains(names, m.Who) {
			who += "、" + m.Who
		}
	}
	row := store.InsertMessageParams{AccountID: account, Kind: string(m.Kind), Text: who + m.One, Link: m.Link, Who: who, Many: m.Many, Count: count}
	if count > 1 {
		row.Text, row.Link = fmt.Sprintf("%s等 %d %s", who, count, m.Many), m.List
	}
	return s.insert(ctx, tx, row)
}
