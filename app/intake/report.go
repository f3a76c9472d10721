package intake

import (
	"context"
	"encoding/json"
	"io"
	"slices"

	"laoqi/app"
	"laoqi/app/filing"
	"laoqi/app/sheet"
	"laoqi/app/store"
)

// FaultyRow is a row that cannot be imported.
type FaultyRow struct {
	Row    int64  // its number in the workbook
	Name   string // of the worker, "" once the import is over
	Faults []sheet.Fault
}

// ReportSize is how many rows a page of the report shows.
const ReportSize = 50

// Report lists the faulty rows after the row of the number, one more than a page if
// there are more.
func (s *Service) Report(ctx context.Context, by app.Actor, id, after int64) ([]FaultyRow, error) {
	if _, err := s.Get(ctx, by, id); err != nil {
		return nil, err
	}
	return s.faulty(ctx, id, after, ReportSize+1)
}

func (s *Service) faulty(ctx context.Context, id, after, most int64) ([]FaultyRow, error) {
	rows, err := s.db.FaultyRows(ctx, store.FaultyRowsParams{ImportID: id, After: after, Most: most})
	if err != nil {
		return nil, err
	}
	list := make([]FaultyRow, len(rows))
	for n, r := range rows {
		var faults app.Faults
		if err := json.Unmarshal([]byte(r.Faults), &faults); err != nil {
			return nil, err
		}
		list[n] = FaultyRow{Row: r.Row}
		for _, f := range faults {
			list[n].Faults = append(list[n].Faults, sheet.Fault{Title: titleOf(f.Field), Text: f.Text})
		}
		if len(r.Cells) > 0 {
			c, err := s.openCells(r.Cells)
			if err != nil {
				return nil, err
			}
			list[n].Name = c[app.FieldName]
		}
	}
	return list, nil
}

// titleOf is the heading of a field's column.
func titleOf(field string) string {
	fields := filing.Fields()
	if i := slices.IndexFunc(fields, func(f filing.Field) bool { return f.Name == field }); i >= 0 {
		return fields[i].Label
	}
	return ""
}

// Warning is a rule that rows break and that one confirmation covers.
type Warning struct {
	Text string
	Rows int64
}

// Warnings lists what the good rows ask to be confirmed, up to 100 texts.
func (s *Service) Warnings(ctx context.Context, by app.Actor, id int64) ([]Warning, error) {
	if _, err := s.Get(ctx, by, id); err != nil {
		return nil, err
	}
	rows, err := s.db.ImportWarnings(ctx, id)
	list := make([]Warning, len(rows))
	for n, r := range rows {
		list[n] = Warning{r.Warning, r.N}
	}
	return list, err
}

// Corrected gives the uploaded workbook, with the faults beside their rows, to be
// written. It is there until the import is confirmed or given up.
func (s *Service) Corrected(ctx context.Context, by app.Actor, id int64) (write func(io.Writer) error, err error) {
	i, err := s.db.OneImport(ctx, store.OneImportParams{ID: id, EnterpriseID: by.Enterprise})
	if err != nil {
		return nil, store.Found(err, unknownImport)
	}
	if State(i.State) != Checked {
		return nil, app.Fail(app.Conflict, "检查完成后、导入之前才能下载错误说明文件。")
	}
	content, err := s.content(i.File)
	if err != nil {
		return nil, err
	}
	rows, err := s.faulty(ctx, id, 0, sheet.MaxRows)
	if err != nil {
		return nil, err
	}
	faults := map[int][]sheet.Fault{}
	for _, r := range rows {
		faults[int(r.Row)] = r.Faults
	}
	return func(w io.Writer) error { return sheet.Mark(w, content, faults) }, nil
}
