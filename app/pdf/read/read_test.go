package read_test

import (
	"strings"
	"testing"

	"laoqi/app"
	"laoqi/app/pdf"
	"laoqi/app/pdf/read"
)

func contract(t *testing.T) []byte {
	t.Helper()
	file, err := pdf.Contract(pdf.ContractDoc{
		Record:     pdf.Record{Number: "HT-2026-000001", CheckURL: "https://laoqi.example/check/X", CheckCode: "ABCD-EFGH", MadeOn: app.Date{Year: 2026, Month: 5, Day: 1}},
		Enterprise: pdf.Enterprise{Name: "长春启明精密制造有限公司", USCC: "91220101MA0Y5N8K3A", Address: "长春市朝阳区前进大街1号", LegalRep: "赵国强", Phone: "0431-81234567"},
		Worker:     app.Worker{Name: "欧阳䶮", IDType: app.IDResident, IDNumber: "220102199001012028", Mobile: "13800002028", Domicile: "长春市", Address: "长春市"},
		Terms: app.Terms{Kind: app.TermFixed, Start: app.Date{Year: 2026, Month: 5, Day: 1}, End: app.Date{Year: 2029, Month: 4, Day: 30},
			Post: "数控操作工", Duties: "操作数控机床", Workplace: "长春市", Hours: app.HoursStandard, PayKind: app.PayMonthly, Pay: 450000, PayDay: 15,
			Insurance: "依法参加社会保险", Protection: "依法提供劳动保护"},
		Kind: app.FilingNew,
	})
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func TestTheTextOfAContractIsReadInTheOrderOfThePage(t *testing.T) {
	pages, err := read.Text(contract(t))
	if err != nil {
		t.Fatal(err)
	}
	all := strings.Join(pages[0], "\n")
	last := -1
	for _, want := range []string{"编号：HT-2026-000001", "长春启明精密制造有限公司", "欧阳䶮", "第一条"} {
		at := strings.Index(all, want)
		if at <= last {
			t.Errorf("%q is at %d, want it after %d in:\n%s", want, at, last, all)
		}
		last = at
	}
	if !strings.Contains(all, "平等自愿、协商一致、诚实信用的原则，订立本合同，共同遵守。") || !strings.Contains(all, "甲乙双方遵循合法、公平") {
		t.Errorf("lines of a paragraph are not joined:\n%s", all)
	}
	if n, err := read.Pages(contract(t)); err != nil || n != len(pages) || n < 2 {
		t.Errorf("%d pages counted, %d read: %v", n, len(pages), err)
	}
}

func TestAFileThatIsNoPDFHasNoPages(t *testing.T) {
	if _, err := read.Pages([]byte("hello")); err == nil {
		t.Error("no error")
	}
}

func FuzzText(f *testing.F) {
	f.Add([]byte("%PDF-1.7\n"))
	f.Fuzz(func(t *testing.T, file []byte) { read.Text(file) })
}
