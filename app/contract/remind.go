package contract

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strconv"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/hub"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/app/notify"
	"laoqi/app/outbox"
	"laoqi/app/store"
)

const remindJob outbox.Kind = "contract.remind"

// Daily asks, once a day however often it is called, for the clerks to be told of
// the days that come near.
func (s *Service) Daily(ctx context.Context) error {
	return s.DB.Write(ctx, func(tx *store.Tx) error {
		today := app.DateOf(tx.Now.Time)
		day := int64(today.Year*10000 + int(today.Month)*100 + today.Day)
		n, err := tx.NewDay(ctx, day)
		if err != nil || n == 0 {
			return err
		}
		return s.Jobs.Add(ctx, tx, remindJob, strconv.FormatInt(day, 10), []byte{})
	})
}

// remindAll handles remindJob; what was told before is not told again.
func (s *Service) remindAll(ctx context.Context, _ []byte) error {
	enterprises, err := s.DB.AdmittedEnterprises(ctx)
	for _, e := range enterprises {
		err = errors.Join(err, s.remind(ctx, e))
	}
	return err
}

func (s *Service) remind(ctx context.Context, enterprise int64) error {
	d, err := s.dues(ctx, enterprise, math.MaxInt32)
	if err != nil {
		return err
	}
	for _, r := range d.reminders() {
		if err := s.tellOnce(ctx, enterprise, r); err != nil {
			return err
		}
	}
	return nil
}

// reminder is what the clerks are told once of a filing.
type reminder struct {
	Due
	kind, one, many string
}

// week is how many days before a probation or a time limit ends it is told.
const week = 7

func (d Dues) reminders() (list []reminder) {
	for _, x := range d.Ending {
		list = append(list, reminder{x, threshold(x.Left),
			fmt.Sprintf("的劳动合同将于%s到期，还有 %d 天。请协商续订，或办理终止。", x.On.Chinese(), x.Left),
			"份劳动合同将要到期。请协商续订，或办理终止。"})
	}
	for _, x := range d.Probation {
		if x.Left <= week {
			list = append(list, reminder{x, "probation",
				fmt.Sprintf("的试用期将于%s结束，请在结束前完成考核。", x.On.Chinese()),
				"人的试用期将要结束，请在结束前完成考核。"})
		}
	}
	for _, x := range d.Unsigned {
		list = append(list, reminder{x, "unsigned",
			fmt.Sprintf("的劳动合同生成已满 %d 天，劳动者还没有签署，可以催签。", patience),
			fmt.Sprintf("份劳动合同生成已满 %d 天，劳动者还没有签署，可以催签。", patience)})
	}
	for _, x := range d.Filings {
		if x.Left <= week {
			list = append(list, reminder{x, "due",
				fmt.Sprintf("的用工备案还没有提交，应当在用工之日起 %d 日内（%s前）办理。", filingLimit, x.On.Chinese()),
				fmt.Sprintf("份用工备案还没有提交，应当在用工之日起 %d 日内办理。", filingLimit)})
		}
	}
	return list
}

// threshold is the nearest of 60, 30 and 7 days that a contract's end has reached.
func threshold(left int) string {
	switch {
	case left <= 7:
		return "end7"
	case left <= 30:
		return "end30"
	}
	return "end60"
}

func (s *Service) tellOnce(ctx context.Context, enterprise int64, r reminder) error {
	return s.DB.Write(ctx, func(tx *store.Tx) error {
		n, err := tx.InsertReminder(ctx, store.InsertReminderParams{FilingID: r.Filing, Kind: r.kind, MadeAt: tx.Now})
		if err != nil || n == 0 {
			return err
		}
		return s.Enterprise.TellClerksOf(ctx, tx, enterprise, notify.Several{Kind: notify.DateNear, Who: r.Worker, One: r.one,
			Link: link.To(link.HallFiling, r.Filing), Many: r.many, List: link.HallReminders})
	})
}

// Urge asks the worker once more to sign (催签), at most once a day.
func (s *Service) Urge(ctx context.Context, by app.Actor, contract int64) error {
	return s.DB.Write(ctx, func(tx *store.Tx) error {
		id, err := tx.UrgeDocument(ctx, store.UrgeDocumentParams{ContractID: contract, EnterpriseID: by.Enterprise, TodayOn: app.DateOf(tx.Now.Time)})
		if store.IsNone(err) {
			return app.Fail(app.Conflict, "今天已经催签过，或者这份合同已经不需要劳动者签署。")
		}
		if err != nil {
			return err
		}
		d, err := tx.Document(ctx, id)
		if err != nil {
			return err
		}
		tx.AfterCommit(func() { s.Hub.Publish(hub.Enterprise(by.Enterprise)) })
		if err := s.Audit.Add(ctx, tx, by, "document.urged", audit.Subject("document", id), nil); err != nil {
			return err
		}
		return s.urge(ctx, tx, d)
	})
}

func (s *Service) urge(ctx context.Context, tx *store.Tx, d store.DocumentRow) error {
	text := d.Enterprise + "提醒您：您的" + d.Title + "还没有签署，请阅读后签署，办理免费。"
	if d.PersonID != 0 {
		return s.tellWorker(ctx, tx, int64(d.PersonID), notify.ToSign, d.ID, text, d.Enterprise+"提醒您签署劳动合同，办理免费：")
	}
	mobile, err := identity.OpenMobile(s.Vault, d.Mobile)
	if err != nil {
		return err
	}
	return s.Notify.SMS(ctx, tx, mobile, "【劳契】"+d.Enterprise+"提醒您签署劳动合同。请用本人手机号注册并核验身份："+s.Config.BaseURL+link.MobileContracts)
}
