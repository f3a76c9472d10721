package intake_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/demo"
	"laoqi/app/filing"
	"laoqi/app/intake"

	"github.com/xuri/excelize/v2"
)

// world is one whose enterprise uses electronic contracts.
type world struct {
	*apptest.World
	clerk app.Actor
}

func open(t *testing.T) *world {
	w := apptest.New(t)
	w.People()
	o := &world{w, w.Actor(demo.Agent)}
	o.must(w.Enterprise.Enable(t.Context(), o.clerk))
	return o
}

func (w *world) must(err error) {
	w.T.Helper()
	if err != nil {
		w.T.Fatal(err)
	}
}

var firstOfMay = app.Date{Year: 2026, Month: time.May, Day: 1}

// upload starts an import of the forms and waits until the outbox is done.
func (w *world) upload(forms ...filing.Form) intake.Import {
	w.T.Helper()
	id, err := w.Intake.Start(w.T.Context(), w.clerk, false, apptest.Workbook(w.T, forms...))
	w.must(err)
	return w.rest(id)
}

// rest waits until the outbox has nothing to do for the import.
func (w *world) rest(id int64) (i intake.Import) {
	w.T.Helper()
	w.Until("the import to rest", func() bool {
		var err error
		i, err = w.Intake.Get(w.T.Context(), w.clerk, id)
		w.must(err)
		return !i.State.Busy()
	})
	return i
}

func (w *world) filings(state app.FilingState) int64 {
	w.T.Helper()
	n, err := w.Filing.Count(w.T.Context(), w.clerk, app.FilingNew, state)
	w.must(err)
	return n
}

// workbooks are the files that the installation keeps of imports.
func (w *world) workbooks() []string {
	w.T.Helper()
	list, err := filepath.Glob(filepath.Join(w.Folder, "workbooks", "*", "*"))
	w.must(err)
	return list
}

func (w *world) report(id int64) []intake.FaultyRow {
	w.T.Helper()
	rows, err := w.Intake.Report(w.T.Context(), w.clerk, id, 0)
	w.must(err)
	return rows
}

func TestNothingIsFiledUntilTheClerkConfirmsAndThenAllOfIt(t *testing.T) {
	w := open(t)
	forms := apptest.Forms(150, firstOfMay)
	i := w.upload(forms...)
	if i.State != intake.Checked || i.Total != 150 || i.Good != 150 || w.filings("") != 0 {
		t.Fatalf("checked: %+v, %d filings, %+v", i, w.filings(""), w.report(i.ID))
	}
	w.must(w.Intake.Confirm(t.Context(), w.clerk, i.ID, intake.Confirmation{}))
	if i = w.rest(i.ID); i.State != intake.Stored || i.Filed != 150 || w.filings(app.FilingSubmitted) != 150 {
		t.Fatalf("stored: %+v, %d filings", i, w.filings(app.FilingSubmitted))
	}
	rows, err := w.Filing.List(t.Context(), w.clerk, app.FilingNew, "", 0)
	w.must(err)
	got, want := w.ReadFiling(w.clerk, rows[0].ID), forms[149]
	if got.Worker != want.Worker || got.Terms != want.Terms {
		t.Errorf("filed %+v %+v, want %+v %+v", got.Worker, got.Terms, want.Worker, want.Terms)
	}
	w.Until("the workbook to be deleted", func() bool { return len(w.workbooks()) == 0 })
	if err := w.Intake.Confirm(t.Context(), w.clerk, i.ID, intake.Confirmation{}); app.KindOf(err) != app.Conflict {
		t.Errorf("confirmed twice: %v", err)
	}
}

func TestEachFaultIsNamedByRowAndColumnAndTheRestCanBeImported(t *testing.T) {
	w := open(t)
	forms := apptest.Forms(5, firstOfMay)
	w.Submit(w.clerk, 0, forms[0])
	forms[1].Terms.Probation = 4
	forms[3].Worker.IDNumber = forms[2].Worker.IDNumber
	i := w.upload(forms...)
	if i.State != intake.Checked || i.Good != 2 || i.Faulty != 3 {
		t.Fatalf("checked: %+v", i)
	}
	rows := w.report(i.ID)
	for n, want := range []struct {
		row           int64
		column, words string
	}{{3, "起始日期", "时间重叠"}, {4, "试用期（月）", "第十九条"}, {6, "证件号码", "与第 5 行的证件号码相同"}} {
		f := rows[n].Faults[0]
		if rows[n].Row != want.row || f.Title != want.column || !strings.Contains(f.Text, want.words) || rows[n].Name != forms[want.row-3].Worker.Name {
			t.Errorf("fault %+v, want %+v", rows[n], want)
		}
	}
	if err := w.Intake.Confirm(t.Context(), w.clerk, i.ID, intake.Confirmation{}); app.KindOf(err) != app.Conflict {
		t.Errorf("all confirmed in spite of faults: %v", err)
	}
	w.must(w.Intake.Confirm(t.Context(), w.clerk, i.ID, intake.Confirmation{GoodOnly: true}))
	if i = w.rest(i.ID); i.Filed != 2 || i.Faulty != 3 || w.filings(app.FilingSubmitted) != 3 {
		t.Errorf("stored: %+v", i)
	}
	w.Until("names to be forgotten", func() bool { return w.report(i.ID)[0].Name == "" })
}

func TestTheCorrectedWorkbookShowsWhatIsWrongAndImportsOnceMended(t *testing.T) {
	w := open(t)
	forms := apptest.Forms(2, firstOfMay)
	forms[1].Terms.Post = ""
	i := w.upload(forms...)
	write, err := w.Intake.Corrected(t.Context(), w.clerk, i.ID)
	w.must(err)
	var b bytes.Buffer
	w.must(write(&b))
	f, err := excelize.OpenReader(&b)
	w.must(err)
	rows, err := f.GetRows(f.GetSheetName(0))
	w.must(err)
	last := len(rows[0]) - 1
	if rows[0][last] != "错误说明" || len(rows[2]) > last && rows[2][last] != "" || !strings.HasPrefix(rows[3][last], "岗位（工种）：") {
		t.Errorf("rows %q", rows)
	}
	post := 0
	for n, h := range rows[0] {
		if strings.Contains(h, "岗位") {
			post = n + 1
		}
	}
	at, err := excelize.CoordinatesToCellName(post, 4)
	w.must(err)
	w.must(f.SetCellStr(f.GetSheetName(0), at, "装配工"))
	b.Reset()
	w.must(f.Write(&b))
	id, err := w.Intake.Start(t.Context(), w.clerk, false, b.Bytes())
	w.must(err)
	if i := w.rest(id); i.Good != 2 || i.Faulty != 0 {
		t.Errorf("mended: %+v, %+v", i, w.report(id))
	}
}

func TestWarningsAreConfirmedOnceForAllRows(t *testing.T) {
	w := open(t)
	forms := apptest.Forms(3, firstOfMay)
	for n := range forms {
		forms[n].Terms.Insured = app.AllInsurances &^ app.InsuranceMaternity
	}
	i := w.upload(forms...)
	warnings, err := w.Intake.Warnings(t.Context(), w.clerk, i.ID)
	if err != nil || len(warnings) != 1 || warnings[0].Rows != 3 || !strings.Contains(warnings[0].Text, "生育") {
		t.Fatalf("warnings %+v, %v", warnings, err)
	}
	if err := w.Intake.Confirm(t.Context(), w.clerk, i.ID, intake.Confirmation{}); app.FaultsOf(err).Of(intake.FieldWarned) == "" {
		t.Errorf("confirmed without the warnings: %v", err)
	}
	w.must(w.Intake.Confirm(t.Context(), w.clerk, i.ID, intake.Confirmation{Warned: true}))
	if i = w.rest(i.ID); i.Filed != 3 {
		t.Errorf("stored: %+v", i)
	}
}

func TestARowThatAColleagueFiledMeanwhileIsLeftOutAndNamed(t *testing.T) {
	w := open(t)
	forms := apptest.Forms(2, firstOfMay)
	i := w.upload(forms...)
	w.Submit(w.clerk, 0, forms[1])
	w.must(w.Intake.Confirm(t.Context(), w.clerk, i.ID, intake.Confirmation{}))
	if i = w.rest(i.ID); i.State != intake.Stored || i.Filed != 1 || i.Faulty != 1 || w.filings(app.FilingSubmitted) != 2 {
		t.Errorf("stored: %+v, %d filings", i, w.filings(app.FilingSubmitted))
	}
	if rows := w.report(i.ID); rows[0].Row != 4 || !strings.Contains(rows[0].Faults[0].Text, "重叠") {
		t.Errorf("report %+v", rows)
	}
}

func TestAnImportThatIsGivenUpLeavesNothing(t *testing.T) {
	w := open(t)
	i := w.upload(apptest.Forms(2, firstOfMay)...)
	if len(w.workbooks()) != 1 {
		t.Fatalf("files %q", w.workbooks())
	}
	w.must(w.Intake.Drop(t.Context(), w.clerk, i.ID))
	w.Until("the workbook to be deleted", func() bool { return len(w.workbooks()) == 0 })
	if err := w.Intake.Confirm(t.Context(), w.clerk, i.ID, intake.Confirmation{}); app.KindOf(err) != app.Conflict || w.filings("") != 0 {
		t.Errorf("a dropped import is confirmed: %v", err)
	}
}

func TestAnImportThatNobodyConfirmsIsDeletedAfterTwoDays(t *testing.T) {
	w := open(t)
	i := w.upload(apptest.Forms(2, firstOfMay)...)
	w.must(w.Intake.Sweep(t.Context()))
	if i = w.rest(i.ID); i.State != intake.Checked {
		t.Fatalf("swept at once: %+v", i)
	}
	w.Wait(49 * time.Hour)
	w.must(w.Intake.Sweep(t.Context()))
	w.Until("the workbook to be deleted", func() bool { return len(w.workbooks()) == 0 })
	if i = w.rest(i.ID); i.State != intake.Dropped {
		t.Errorf("after two days: %+v", i)
	}
}

func TestTheSameWorkbookTwiceIsTwoFiles(t *testing.T) {
	w := open(t)
	forms := apptest.Forms(1, firstOfMay)
	first, second := w.upload(forms...), w.upload(forms...)
	w.must(w.Intake.Drop(t.Context(), w.clerk, first.ID))
	w.Until("one workbook to be deleted", func() bool { return len(w.workbooks()) == 1 })
	if _, err := w.Intake.Corrected(t.Context(), w.clerk, second.ID); err != nil {
		t.Error(err)
	}
}

func TestTheWorkbookAndItsRowsAreStoredSealed(t *testing.T) {
	w := open(t)
	forms := apptest.Forms(1, firstOfMay)
	w.upload(forms...)
	content, err := os.ReadFile(w.workbooks()[0])
	w.must(err)
	if bytes.HasPrefix(content, []byte("PK")) || bytes.Contains(content, []byte("xl/worksheets")) {
		t.Error("the workbook lies open on the disk")
	}
	for _, name := range []string{"laoqi.db", "laoqi.db-wal"} {
		content, err := os.ReadFile(filepath.Join(w.Folder, name))
		w.must(err)
		if bytes.Contains(content, []byte(forms[0].Worker.IDNumber)) || bytes.Contains(content, []byte(forms[0].Worker.Mobile)) {
			t.Errorf("%s holds a number in the open", name)
		}
	}
}

func TestAnUnreadableTableIsRefusedWithTheReason(t *testing.T) {
	w := open(t)
	f := excelize.NewFile()
	f.SetCellStr("Sheet1", "A1", "姓名")
	var b bytes.Buffer
	w.must(f.Write(&b))
	id, err := w.Intake.Start(t.Context(), w.clerk, false, b.Bytes())
	w.must(err)
	if i := w.rest(id); i.State != intake.Refused || !strings.Contains(i.Problem, "证件号码") {
		t.Errorf("import %+v", i)
	}
	w.Until("the workbook to be deleted", func() bool { return len(w.workbooks()) == 0 })
}

func TestAnImportIsNobodyElsesAndNeedsAnEnterpriseThatMayFile(t *testing.T) {
	w := open(t)
	i := w.upload(apptest.Forms(1, firstOfMay)...)
	stranger := w.clerk
	stranger.Enterprise++
	if _, err := w.Intake.Get(t.Context(), stranger, i.ID); app.KindOf(err) != app.NotFound {
		t.Errorf("a stranger reads the import: %v", err)
	}
	if _, err := w.Intake.Report(t.Context(), stranger, i.ID, 0); app.KindOf(err) != app.NotFound {
		t.Errorf("a stranger reads the report: %v", err)
	}
	if _, err := w.Intake.Corrected(t.Context(), stranger, i.ID); app.KindOf(err) != app.NotFound {
		t.Errorf("a stranger downloads: %v", err)
	}
	for _, act := range []error{w.Intake.Drop(t.Context(), stranger, i.ID), w.Intake.Confirm(t.Context(), stranger, i.ID, intake.Confirmation{})} {
		if act == nil {
			t.Error("a stranger acts on the import")
		}
	}
	off := apptest.New(t)
	off.People()
	_, err := off.Intake.Start(t.Context(), off.Actor(demo.Agent), false, apptest.Workbook(t, apptest.Forms(1, firstOfMay)...))
	if !strings.Contains(app.FaultsOf(err).Of(""), "启用") {
		t.Errorf("imported without the answer of 1.1: %v", err)
	}
}
