package web_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"laoqi/app"
	"laoqi/app/apptest"
	"laoqi/app/demo"
	"laoqi/app/link"

	"github.com/xuri/excelize/v2"
)

// table reads the workbook that a page sends.
func (p page) table(t *testing.T) [][]string {
	t.Helper()
	f, err := excelize.OpenReader(strings.NewReader(p.Body))
	if err != nil {
		t.Fatalf("%s sends no workbook: %v", p.Path, err)
	}
	rows, err := f.GetRows(f.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// under gives the cells under a heading.
func under(t *testing.T, table [][]string, heading string) (cells []string) {
	t.Helper()
	i := slices.Index(table[0], heading)
	if i < 0 {
		t.Fatalf("no column %s in %q", heading, table[0])
	}
	for _, row := range table[1:] {
		cells = append(cells, append(row, make([]string, i+1)...)[i])
	}
	return cells
}

func TestAnExportHasTheFilteredFilingsWithTheirNumbersMasked(t *testing.T) {
	s := open(t)
	forms := apptest.Forms(201, app.DateOf(s.Now()))
	for _, f := range forms {
		s.Submit(s.clerk, 0, f)
	}
	_, err := s.Filing.Save(t.Context(), s.clerk, 0, apptest.Form(demo.WorkerB))
	s.must(err)
	b := s.as(demo.Agent)
	list := link.To(link.HallFilings, app.FilingNew)
	b.get(list+"?state=submitted").shows(t, 200, list+"/export?state=submitted")
	table := b.get(list + "/export?state=submitted").table(t)
	names := under(t, table, "姓名")
	if len(names) != 201 || names[0] != forms[200].Worker.Name || names[200] != forms[0].Worker.Name {
		t.Errorf("%d names, the first %s", len(names), names[0])
	}
	for heading, want := range map[string]string{"证件号码": app.MaskID(forms[200].Worker.IDNumber), "联系电话": app.MaskMobile(forms[200].Worker.Mobile),
		"性别": app.Sex(app.IDResident, forms[200].Worker.IDNumber), "合同期限类型": "固定期限", "月工资（元）": "4500", "参加险种": "养老、医疗、失业、工伤、生育", "备案审核": "待审核"} {
		if got := under(t, table, heading)[0]; got != want {
			t.Errorf("%s is %q, want %q", heading, got, want)
		}
	}
	if all := b.get(list + "/export").table(t); len(all) != 203 {
		t.Errorf("%d rows without a filter", len(all))
	}
	if mine := s.as(demo.WorkerA).get(list + "/export"); strings.HasPrefix(mine.Body, "PK") {
		t.Error("a worker downloads the list")
	}
}

func TestARosterIsExportedInFullToItsClerksAndMaskedToTheDesk(t *testing.T) {
	s := open(t)
	form := apptest.Form(demo.WorkerA)
	_, roster := s.Roster(s.clerk, s.Actor(demo.Reviewer), form)
	b := s.as(demo.Agent)
	path := link.To(link.HallRosterExport, roster)
	b.get(link.To(link.HallRoster, roster)).shows(t, 200, "导出名册", path)
	table := b.get(path).table(t)
	if got := under(t, table, "证件号码"); len(got) != 1 || got[0] != form.Worker.IDNumber {
		t.Errorf("the clerk's copy has %q", got)
	}
	if got := under(t, table, "联系方式")[0]; got != form.Worker.Mobile {
		t.Errorf("the clerk's copy has %q", got)
	}
	desk := s.as(demo.Reviewer).get(link.To(link.DeskRosterExport, roster)).table(t)
	if got := under(t, desk, "证件号码")[0]; got != app.MaskID(form.Worker.IDNumber) {
		t.Errorf("the desk's copy has %q", got)
	}
	logged, err := s.DB.AuditFrom(t.Context(), 0)
	s.must(err)
	var facts []string
	for _, row := range logged {
		if row.Kind == "roster.exported" {
			facts = append(facts, fmt.Sprint(row.Subject, row.Facts))
		}
	}
	subject := fmt.Sprintf("roster:%d", roster)
	if want := []string{subject + `{"full":true}`, subject + `{"full":false}`}; !slices.Equal(facts, want) {
		t.Errorf("logged %q, want %q", facts, want)
	}
	b.get(link.To(link.HallRosterExport, roster+1)).shows(t, 404, "没有")
}
