package notify

import (
	"context"

	"laoqi/app"
	"laoqi/app/store"
)

// Choice is whether an account is alerted of one kind of message (消息设置). A
// message of a kind switched off still comes, but read already and in silence.
type Choice struct {
	Kind         Kind
	Label, About string
	Fixed        bool // security: always on
	On           bool
	Texted       bool // a text message may come beside it
	SMS          bool
}

const (
	byInbox = "inbox"
	bySMS   = "sms"
)

// Choices lists the kinds that the actor's account gets.
func (s *Service) Choices(ctx context.Context, by app.Actor) ([]Choice, error) {
	rows, err := s.db.Mutes(ctx, by.Account)
	if err != nil {
		return nil, err
	}
	off := map[store.MutesRow]bool{}
	for _, r := range rows {
		off[r] = true
	}
	return choices(by.Kind, func(k Kind, way string) bool { return !off[store.MutesRow{Kind: string(k), Way: way}] }), nil
}

func choices(of app.AccountKind, on func(Kind, string) bool) (list []Choice) {
	for _, x := range sorts {
		if x.gets(of) {
			texted := x.texts(of)
			list = append(list, Choice{x.kind, x.label, x.about, x.always, x.always || on(x.kind, byInbox), texted, texted && on(x.kind, bySMS)})
		}
	}
	return list
}

// Choose keeps for which kinds the actor's account wants to be alerted, in the
// inbox and by text message. What cannot be switched off stays on.
func (s *Service) Choose(ctx context.Context, by app.Actor, inbox, sms map[Kind]bool) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		err := tx.DeleteMutes(ctx, by.Account)
		for _, c := range choices(by.Kind, func(Kind, string) bool { return true }) {
			if err == nil && !c.Fixed && !inbox[c.Kind] {
				err = tx.InsertMute(ctx, store.InsertMuteParams{AccountID: by.Account, Kind: string(c.Kind), Way: byInbox})
			}
			if err == nil && c.Texted && !sms[c.Kind] {
				err = tx.InsertMute(ctx, store.InsertMuteParams{AccountID: by.Account, Kind: string(c.Kind), Way: bySMS})
			}
		}
		return err
	})
}

// Texts reports whether the account wants text messages of the kind.
func (s *Service) Texts(ctx context.Context, tx *store.Tx, account int64, k Kind) (bool, error) {
	muted, err := tx.Muted(ctx, store.MutedParams{AccountID: account, Kind: string(k), Way: bySMS})
	return !muted, err
}
