package intake

import (
	"context"
	"errors"
	"fmt"
	"time"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/store"
)

// Confirmation is what a clerk says to a checked import.
type Confirmation struct {
	GoodOnly bool // leave the faulty rows out (只导入无误的 N 行)
	Warned   bool // the warnings were read and stand
}

// Confirm turns the good rows of a checked import into filings, in the outbox.
func (s *Service) Confirm(ctx context.Context, by app.Actor, id int64, c Confirmation) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		i, err := tx.OneImport(ctx, store.OneImportParams{ID: id, EnterpriseID: by.Enterprise})
		if err != nil {
			return store.Found(err, unknownImport)
		}
		warnings, err := tx.ImportWarnings(ctx, id)
		if err != nil {
			return err
		}
		switch {
		case State(i.State) != Checked:
			return app.Fail(app.Conflict, fmt.Sprintf("这次导入现在是“%s”，不能再确认。", State(i.State).Label()))
		case i.Faulty > 0 && !c.GoodOnly:
			return app.Fail(app.Conflict, "还有错误的行，不能全部导入。请改正后重新上传，或只导入无误的行。")
		case i.Good == 0:
			return app.Fail(app.Conflict, "没有可以导入的行。请改正后重新上传。")
		case len(warnings) > 0 && !c.Warned:
			return app.Faults{{Field: FieldWarned, Text: "请阅读上面的提醒，并勾选“已核对”后再导入。"}}.Err()
		}
		n, err := tx.ConfirmImport(ctx, store.ConfirmImportParams{ID: id, EnterpriseID: by.Enterprise, AccountID: by.Account})
		if err := store.Changed(n, err, "这次导入刚才已由同事处理，请刷新页面。"); err != nil {
			return err
		}
		s.publish(tx, by.Enterprise)
		if err := s.ask(ctx, tx, id); err != nil {
			return err
		}
		return s.audit.Add(ctx, tx, by, "import.confirmed", audit.Subject("import", id), audit.Facts{"rows": i.Good, "left_out": i.Faulty, "warnings": len(warnings)})
	})
}

// FieldWarned is the box that confirms the warnings.
const FieldWarned = "warned"

// Drop gives an import up and deletes what was uploaded (放弃导入).
func (s *Service) Drop(ctx context.Context, by app.Actor, id int64) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		n, err := tx.DropImport(ctx, store.DropImportParams{ID: id, EnterpriseID: by.Enterprise, NowAt: tx.Now})
		if err := store.Changed(n, err, "这次导入已经开始或已经结束，不能放弃。"); err != nil {
			return err
		}
		s.publish(tx, by.Enterprise)
		if err := s.ask(ctx, tx, id); err != nil {
			return err
		}
		return s.audit.Add(ctx, tx, by, "import.dropped", audit.Subject("import", id), nil)
	})
}

// kept is how long an import may stay open, and its report after its end.
const kept = 48 * time.Hour

// Sweep gives up imports that nobody confirmed within two days, and forgets the
// reports of those that ended.
func (s *Service) Sweep(ctx context.Context) error {
	before := app.At(s.db.Now().Add(-kept))
	old, err := s.db.OldImports(ctx, before)
	if err != nil {
		return err
	}
	for _, id := range old {
		err = errors.Join(err, s.db.Write(ctx, func(tx *store.Tx) error {
			if err := tx.DropOldImport(ctx, store.DropOldImportParams{ID: id, NowAt: tx.Now}); err != nil {
				return err
			}
			return s.ask(ctx, tx, id)
		}))
	}
	return errors.Join(err, s.db.Write(ctx, func(tx *store.Tx) error { return tx.DeleteOldImportRows(ctx, before) }))
}
