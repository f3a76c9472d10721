package pdf

import (
	"fmt"
	"strings"
	"testing"

	"laoqi/app"
)

func sampleRoster(rows int) RosterDoc {
	c := sample()
	d := RosterDoc{Record: Record{Number: "2026-000012", MadeOn: c.MadeOn, Demo: true}, Enterprise: c.Enterprise.Name, USCC: c.Enterprise.USCC}
	for i := range rows {
		r := RosterRow{Number: int64(i + 1), Kind: app.FilingNew, Worker: c.Worker, Terms: c.Terms, Since: c.Terms.Start}
		r.Worker.Name = fmt.Sprintf("员工%d", i+1)
		d.Rows = append(d.Rows, r)
	}
	return d
}

func TestARosterStatesWhatTheLawAsksOfEachWorker(t *testing.T) {
	d := sampleRoster(3)
	d.Rows[1].Kind, d.Rows[1].Ended = app.FilingTermination, app.Date{Year: 2027, Month: 1, Day: 31}
	d.Rows[2].Terms.Kind, d.Rows[2].Terms.End, d.Rows[2].Worker.Domicile = app.TermOpen, app.Date{}, ""
	data, err := Roster(d)
	path := made(t, data, err)
	got := text(t, path)
	for _, number := range []string{"330106199203154417", "13800138000", "2029-11-30 止"} {
		if whole := run(t, "pdftotext", path, "-"); !strings.Contains(whole, number) {
			t.Errorf("%s is divided between lines", number)
		}
	}
	for _, want := range []string{"职工名册", "2026-000012", d.Enterprise, d.USCC, "员工1", "男", "330106199203154417", "13800138000", "四川省成都市",
		"浙江省杭州市", "全日制用工", "2026-12-01", "2029-11-30", "2027-01-31", "无固定期限", "第八条"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in the roster:\n%s", want, got)
		}
	}
}

func TestTheHeadsOfARosterAreOnEveryPage(t *testing.T) {
	data, err := Roster(sampleRoster(60))
	path := made(t, data, err)
	got := text(t, path)
	if heads := strings.Count(got, "联系方式"); fmt.Sprint(heads) != pages(t, path) || heads < 2 || !strings.Contains(got, "员工60") {
		t.Errorf("%d heads on %s pages:\n%s", heads, pages(t, path), got)
	}
}
