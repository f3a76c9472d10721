package contract

import (
	"cmp"
	"context"
	"math"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/link"
	"laoqi/app/notify"
	"laoqi/app/store"
)

// Paper is a worker's request for a document on paper (申请纸质文本).
type Paper struct {
	ID       int64
	Contract int64
	Worker   string
	Title    string
	Number   string
	AskedAt  app.Time
	GivenOn  app.Date // zero until the clerk handed it over
}

// paperDays is how many days the employer gets to hand a paper over. 电子劳动合同订立指引
// art. 13 asks for one copy free of charge and names no term: this one is ours.
const paperDays = 7

// DueOn is the day by which the employer is asked to hand the paper over.
func (p Paper) DueOn() app.Date { return app.DateOf(p.AskedAt.Time).AddDays(paperDays) }

// PaperPage is a page of requests, newest first. Next continues it, 0 at the end.
type PaperPage struct {
	List []Paper
	Next int64
}

// AskPaper asks the employer for a concluded document on paper.
func (s *Service) AskPaper(ctx context.Context, by app.Actor, document int64) error {
	d, err := s.mine(ctx, by, document)
	if err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *store.Tx) error {
		id, err := tx.InsertPaperRequest(ctx, store.InsertPaperRequestParams{DocumentID: document, AskedAt: tx.Now})
		if store.IsNone(err) {
			return app.Fail(app.Conflict, "已经申请过纸质文本，请等单位提供；签署完成后才能申请。")
		}
		if err != nil {
			return err
		}
		s.changed(tx, d.EnterpriseID, d.PersonID)
		due := Paper{AskedAt: tx.Now}.DueOn()
		err = s.Enterprise.TellClerks(ctx, tx, d.EnterpriseID, notify.Paper, d.Worker+"申请"+d.Title+"的纸质文本，请在 "+due.Chinese()+"前打印盖章、免费提供。", link.To(link.HallPaper, id))
		if err != nil {
			return err
		}
		return s.Audit.Add(ctx, tx, by, "paper.asked", audit.Subject("document", document), audit.Facts{"hash": d.FinalHash})
	})
}

// PapersAsked counts the requests that wait for the enterprise.
func (s *Service) PapersAsked(ctx context.Context, enterprise int64) (int64, error) {
	return s.DB.CountPapersAsked(ctx, enterprise)
}

// LatestPaper reads the newest request of a document, the zero Paper if there is none.
func (s *Service) LatestPaper(ctx context.Context, d Document) (Paper, error) {
	r, err := s.DB.LatestPaperRequest(ctx, d.ID)
	if store.IsNone(err) {
		return Paper{}, nil
	}
	return Paper{ID: r.ID, AskedAt: r.AskedAt, GivenOn: r.GivenOn}, err
}

// Papers lists the requests to an enterprise, from the Next of the page before
// (0: from the newest).
func (s *Service) Papers(ctx context.Context, enterprise, from int64) (page PaperPage, err error) {
	rows, err := s.DB.PaperRequests(ctx, store.PaperRequestsParams{EnterpriseID: enterprise, Before: cmp.Or(from, math.MaxInt64), Count: PageSize + 1})
	for i, r := range rows {
		if i == PageSize {
			page.Next = page.List[i-1].ID
			break
		}
		page.List = append(page.List, Paper{r.ID, r.ContractID, r.Name, r.Title, r.Number, r.AskedAt, r.GivenOn})
	}
	return page, err
}

// Paper reads one request to the actor's enterprise.
func (s *Service) Paper(ctx context.Context, by app.Actor, id int64) (Paper, error) {
	rows, err := s.DB.PaperRequests(ctx, store.PaperRequestsParams{EnterpriseID: by.Enterprise, Before: id + 1, Count: 1})
	if err == nil && (len(rows) == 0 || rows[0].ID != id) {
		err = app.Fail(app.NotFound, "没有这个申请。")
	}
	if err != nil {
		return Paper{}, err
	}
	r := rows[0]
	return Paper{r.ID, r.ContractID, r.Name, r.Title, r.Number, r.AskedAt, r.GivenOn}, nil
}

// FieldGivenOn is the day of GivePaper.
const FieldGivenOn = "given_on"

// GivePaper notes the day on which the clerk handed the paper over (已提供), and
// tells the worker.
func (s *Service) GivePaper(ctx context.Context, by app.Actor, id int64, on app.Date) error {
	r, err := s.Paper(ctx, by, id)
	if err != nil {
		return err
	}
	var faults app.Faults
	switch {
	case on.IsZero():
		faults.Add(FieldGivenOn, "请选择提供纸质文本的日期。")
	case on.Before(app.DateOf(r.AskedAt.Time)):
		faults.Add(FieldGivenOn, "提供日期不能早于申请日期。")
	case on.After(app.DateOf(s.DB.Now().Time)):
		faults.Add(FieldGivenOn, "提供日期不能晚于今天，请在提供之后再登记。")
	}
	if err := faults.Err(); err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *store.Tx) error {
		document, err := tx.GivePaper(ctx, store.GivePaperParams{ID: id, EnterpriseID: by.Enterprise, GivenOn: on, GivenBy: app.Ref(by.Account)})
		if store.IsNone(err) {
			return app.Fail(app.Conflict, "这个申请已经登记为已提供。")
		}
		if err != nil {
			return err
		}
		d, err := tx.Document(ctx, document)
		if err != nil {
			return err
		}
		s.changed(tx, d.EnterpriseID, d.PersonID)
		if err := s.Audit.Add(ctx, tx, by, "paper.given", audit.Subject("document", document), audit.Facts{"on": on.String()}); err != nil {
			return err
		}
		text := d.Enterprise + "已于 " + on.Chinese() + "提供" + d.Title + "的纸质文本。没有收到的，请与单位联系。"
		return s.tellWorker(ctx, tx, int64(d.PersonID), notify.Paper, document, text, d.Enterprise+"已提供纸质文本。您的合同：")
	})
}
