package intake

import (
	"context"
	"encoding/json"

	"laoqi/app"
	"laoqi/app/audit"
	"laoqi/app/store"
)

// store hands the next rows to the desk, each once: a row's filing and its mark are
// one transaction.
func (s *Service) store(ctx context.Context, i store.OneImportRow) error {
	return s.db.Write(ctx, func(tx *store.Tx) error {
		rows, err := tx.ImportRows(ctx, store.ImportRowsParams{ImportID: i.ID, State: rowGood, Count: batch})
		if err != nil {
			return err
		}
		for _, r := range rows {
			if err := s.file(ctx, tx, i, r); err != nil {
				return err
			}
		}
		if err := s.ask(ctx, tx, i.ID); err != nil { // the next rows, or the cleaning
			return err
		}
		s.tell(tx, i)
		return s.finish(ctx, tx, i)
	})
}

// finish ends the import with its last row.
func (s *Service) finish(ctx context.Context, tx *store.Tx, i store.OneImportRow) error {
	n, err := tx.ImportStored(ctx, store.ImportStoredParams{ID: i.ID, NowAt: tx.Now})
	if err != nil || n == 0 {
		return err
	}
	s.publish(tx, i.EnterpriseID)
	return s.audit.Add(ctx, tx, clerk(i), "import.stored", audit.Subject("import", i.ID), nil)
}

// file makes the filing of a row. A row that others made impossible since it was
// checked becomes faulty and does not stop the rest.
func (s *Service) file(ctx context.Context, tx *store.Tx, i store.OneImportRow, r store.ImportRowsRow) error {
	c, err := s.openCells(r.Cells)
	if err != nil {
		return err
	}
	f := c.form(i.Paper, app.DateOf(tx.Now.Time))
	if err := json.Unmarshal([]byte(r.Warnings), &f.Confirmed); err != nil {
		return err
	}
	_, open, err := s.filing.File(ctx, tx, clerk(i), f)
	faults := app.FaultsOf(err)
	if err != nil && faults == nil {
		return err
	}
	for _, w := range open {
		faults.Add(w.Field, w.Text+"（检查之后出现，请在新签页面单独办理）")
	}
	if len(faults) > 0 {
		n, err := tx.UnstorableRow(ctx, store.UnstorableRowParams{ImportID: i.ID, Row: r.Row, Faults: jsonOf(faults)})
		return store.Changed(n, err, "这一行已经处理过。")
	}
	n, err := tx.StoredRow(ctx, store.StoredRowParams{ImportID: i.ID, Row: r.Row})
	return store.Changed(n, err, "这一行已经导入过。")
}

// textsOf keeps the texts of warnings, which are what a clerk confirms.
func textsOf(warnings []app.Warning) string {
	texts := []string{}
	for _, w := range warnings {
		texts = append(texts, w.Text)
	}
	return jsonOf(texts)
}

// jsonOf writes faults or texts, of which JSON knows every value.
func jsonOf(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(text)
}
