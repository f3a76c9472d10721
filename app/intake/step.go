package intake

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"laoqi/app"
	"laoqi/app/hub"
	"laoqi/app/outbox"
	"laoqi/app/sheet"
	"laoqi/app/store"
)

const importJob outbox.Kind = "intake.step"

// ask queues the next step of an import.
func (s *Service) ask(ctx context.Context, tx *store.Tx, id int64) error {
	key := strconv.FormatInt(id, 10)
	return s.jobs.Add(ctx, tx, importJob, key, []byte(key))
}

// step does the next piece of work of an import and asks for the one after it.
func (s *Service) step(ctx context.Context, payload []byte) error {
	id, err := strconv.ParseInt(string(payload), 10, 64)
	if err != nil {
		return err
	}
	i, err := s.db.OneImport(ctx, store.OneImportParams{ID: id, Anybody: 1})
	if err != nil {
		return err
	}
	switch State(i.State) {
	case Reading:
		return s.read(ctx, i)
	case Checking:
		return s.check(ctx, i)
	case Storing:
		return s.store(ctx, i)
	case Checked:
		return nil
	}
	return s.clean(ctx, i)
}

// shown is the number of steps between two events: pages need not follow each.
const shown = 5

// tell lets the pages that show the import follow it, at every fifth step.
func (s *Service) tell(tx *store.Tx, i store.OneImportRow) {
	if done := i.Filed + i.Total - i.Unchecked; done/batch%shown == 0 {
		s.publish(tx, i.EnterpriseID)
	}
}

func (s *Service) publish(tx *store.Tx, enterprise int64) {
	tx.AfterCommit(func() { s.hub.Publish(hub.Enterprise(enterprise)) })
}

const (
	batch    = 100 // rows checked or stored at a time
	readRows = 500 // rows read at a time
)

// read puts the rows of the workbook into the database.
func (s *Service) read(ctx context.Context, i store.OneImportRow) error {
	content, err := s.content(i.File)
	if err != nil {
		return err
	}
	rows, err := sheet.Read(content, columns())
	if app.KindOf(err) == app.Invalid {
		return s.db.Write(ctx, func(tx *store.Tx) error {
			s.publish(tx, i.EnterpriseID)
			if err := tx.RefuseImport(ctx, store.RefuseImportParams{ID: i.ID, Problem: err.Error(), NowAt: tx.Now}); err != nil {
				return err
			}
			return s.ask(ctx, tx, i.ID)
		})
	}
	if err != nil {
		return err
	}
	for part := range slices.Chunk(rows, readRows) {
		if err := s.insert(ctx, i, part); err != nil {
			return err
		}
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		s.publish(tx, i.EnterpriseID)
		n, err := tx.ImportRead(ctx, store.ImportReadParams{ID: i.ID, Total: int64(len(rows))})
		if err != nil || n == 0 {
			return err // given up meanwhile
		}
		return s.ask(ctx, tx, i.ID)
	})
}

func (s *Service) insert(ctx context.Context, i store.OneImportRow, rows []sheet.Row) error {
	type record struct {
		Row         int
		Cells, Hash string
	}
	today := app.DateOf(s.db.Now().Time)
	var records []record
	for _, r := range rows {
		c := cellsOf(r)
		sealed, err := s.sealCells(c)
		if err != nil {
			return err
		}
		records = append(records, record{r.Number, hex.EncodeToString(sealed), hex.EncodeToString(s.worker(c.form(i.Paper, today), today))})
	}
	text, err := json.Marshal(records)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		return tx.InsertImportRows(ctx, store.InsertImportRowsParams{ImportID: i.ID, Rows: string(text)})
	})
}

// check compares the next rows with the rules; the last step ends the checking.
func (s *Service) check(ctx context.Context, i store.OneImportRow) error {
	rows, err := s.db.ImportRows(ctx, store.ImportRowsParams{ImportID: i.ID, State: rowUnchecked, Count: batch})
	if err != nil {
		return err
	}
	results := make([]store.CheckedRowParams, len(rows))
	for n, r := range rows {
		if results[n], err = s.examine(ctx, i, r); err != nil {
			return err
		}
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		for _, r := range results {
			if err := tx.CheckedRow(ctx, r); err != nil {
				return err
			}
		}
		if len(rows) < batch {
			s.publish(tx, i.EnterpriseID)
			return tx.ImportChecked(ctx, i.ID)
		}
		s.tell(tx, i)
		return s.ask(ctx, tx, i.ID)
	})
}

// States of a row.
const (
	rowUnchecked = "unchecked"
	rowGood      = "good"
	rowFaulty    = "faulty"
)

// examine checks one row as the form would be checked.
func (s *Service) examine(ctx context.Context, i store.OneImportRow, r store.ImportRowsRow) (result store.CheckedRowParams, err error) {
	c, err := s.openCells(r.Cells)
	if err != nil {
		return result, err
	}
	warnings, err := s.filing.Examine(ctx, clerk(i), c.form(i.Paper, app.DateOf(s.db.Now().Time)))
	faults := app.FaultsOf(err)
	if err != nil && faults == nil {
		return result, err
	}
	earlier, err := s.db.EarlierRow(ctx, store.EarlierRowParams{ImportID: i.ID, IDHash: r.IDHash, Row: r.Row})
	if err != nil {
		return result, err
	}
	if earlier > 0 {
		faults = slices.Insert(faults, 0, app.Fault{Field: app.FieldIDNumber, Text: fmt.Sprintf("与第 %d 行的证件号码相同，同一名员工在一份表格中只能有一行。", earlier)})
	}
	result = store.CheckedRowParams{ImportID: i.ID, Row: r.Row, State: rowGood, Faults: "[]", Warnings: textsOf(warnings)}
	if len(faults) > 0 {
		result.State, result.Faults = rowFaulty, jsonOf(faults)
	}
	return result, nil
}

// clerk is the actor for whom the outbox works.
func clerk(i store.OneImportRow) app.Actor {
	return app.Actor{Account: i.AccountID, Kind: app.AccountAgent, Enterprise: i.EnterpriseID}
}

// clean deletes what an import that is over leaves of personal data.
func (s *Service) clean(ctx context.Context, i store.OneImportRow) error {
	if i.File != "" {
		if err := s.files.Remove(i.File); err != nil {
			return err
		}
	}
	return s.db.Write(ctx, func(tx *store.Tx) error {
		if err := tx.ForgetImportRows(ctx, i.ID); err != nil {
			return err
		}
		return tx.FileDeleted(ctx, i.ID)
	})
}
