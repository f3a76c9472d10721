package pdf

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"laoqi/app"
	"laoqi/app/pdf/stamp"
)

// formField is what qpdf reports of a form field.
type formField struct {
	FullName string `json:"fullname"`
	Type     string `json:"fieldtype"`
	Page     int    `json:"pageposfrom1"`
	Value    any    `json:"value"`
}

func fieldsOf(t *testing.T, path string) map[string]formField {
	t.Helper()
	var report struct {
		AcroForm struct {
			Fields []formField `json:"fields"`
		} `json:"acroform"`
	}
	if err := json.Unmarshal([]byte(run(t, "qpdf", "--json", "--json-key=acroform", path)), &report); err != nil {
		t.Fatal(err)
	}
	all := map[string]formField{}
	for _, f := range report.AcroForm.Fields {
		if _, ok := all[f.FullName]; ok {
			t.Errorf("field %s has more than one widget", f.FullName)
		}
		all[f.FullName] = f
	}
	return all
}

func TestAContractHasTheEmptyFieldsOfBothPartiesAndASeamOnEveryPage(t *testing.T) {
	data, err := Contract(sample())
	fields := fieldsOf(t, made(t, data, err))
	want := []string{FieldSeal, SeamField(1), SeamField(2), SeamField(3), SeamField(4), FieldWorker}
	if names := slices.Sorted(maps.Keys(fields)); !slices.Equal(names, want) {
		t.Fatalf("fields %q, want %q", names, want)
	}
	for name, f := range fields {
		kind := "/Sig"
		if strings.HasPrefix(name, "seam") {
			kind = "/Btn"
		}
		if f.Type != kind || f.Value != nil {
			t.Errorf("%s: %+v", name, f)
		}
	}
	for page := 1; page <= 4; page++ {
		if f := fields[SeamField(page)]; f.Page != page {
			t.Errorf("%s is on page %d", f.FullName, f.Page)
		}
	}
	if fields[FieldSeal].Page != 4 || fields[FieldWorker].Page != 4 {
		t.Error("the signatures are not on the last page")
	}
}

func TestAContractForPaperHasLinesToSignOnAndNoFields(t *testing.T) {
	d := sample()
	d.Paper = true
	data, err := Contract(d)
	path := made(t, data, err)
	if fields := fieldsOf(t, path); len(fields) != 0 {
		t.Errorf("fields %v", fields)
	}
	got := text(t, path)
	if !strings.Contains(got, "本合同一式两份") || strings.Count(got, "日期：") != 2 || strings.Contains(got, "电子签名") {
		t.Error("the wording is not that of a paper contract")
	}
}

func TestARenewalNamesTheContractItFollows(t *testing.T) {
	d := sample()
	d.Kind, d.Previous = app.FilingRenewal, "HT-2023-000007"
	data, err := Contract(d)
	got := text(t, made(t, data, err))
	if !strings.Contains(got, "劳动合同（续订）") || !strings.Contains(got, "原劳动合同（编号：HT-2023-000007）期满后") {
		t.Error(got[:600])
	}
}

// TestEveryKindOfContractSettlesWhatTheLawDemands goes through all choices of the form.
func TestEveryKindOfContractSettlesWhatTheLawDemands(t *testing.T) {
	for _, term := range app.TermKinds {
		for _, hours := range app.Hours {
			for _, pay := range app.PayKinds {
				d := sample()
				d.Terms.Kind, d.Terms.Task = app.TermKind(term.Value), "完成平台验收"
				d.Terms.Hours, d.Terms.PayKind = app.HoursSystem(hours.Value), app.PayKind(pay.Value)
				v := contractValues(d)
				whole := ""
				for _, p := range chosen(contractWording(), v) {
					for _, c := range p.clauses {
						for _, s := range spans(c.text, v) {
							if s.field && s.text == "" {
								t.Errorf("%s, %s, %s: no value in %q", term.Label, hours.Label, pay.Label, c.text)
							}
							whole += s.text
						}
					}
				}
				for _, want := range []string{hours.Label, "社会保险", "职业危害", d.Terms.Workplace, "12000元", pay.Label} {
					if !strings.Contains(whole, want) {
						t.Errorf("%s, %s, %s: lacks %s", term.Label, hours.Label, pay.Label, want)
					}
				}
			}
		}
	}
}

func TestEveryConditionAndValueOfTheWordingIsKnown(t *testing.T) {
	check := func(wording []part, v values) {
		for _, p := range wording {
			for _, c := range p.clauses {
				if _, ok := v.facts[c.when]; !ok && c.when != "" {
					t.Errorf("unknown condition %q", c.when)
				}
				for _, s := range spans(c.text, v) {
					if strings.ContainsAny(s.text, "【】[]{}") {
						t.Errorf("unknown value in %q", c.text)
					}
				}
			}
		}
	}
	check(contractWording(), contractValues(ContractDoc{}))
	check(terminationWording(), terminationValues(TerminationDoc{}))
	check(supplementWording(), supplementValues(SupplementDoc{}, 1))
}

func TestATerminationCertificateIsSealedByTheEnterpriseAlone(t *testing.T) {
	d := sampleTermination()
	d.Since = app.Date{Year: 2020, Month: 3, Day: 31}
	data, err := Termination(d)
	path := made(t, data, err)
	fields := fieldsOf(t, path)
	if names := slices.Sorted(maps.Keys(fields)); !slices.Equal(names, []string{FieldSeal}) {
		t.Errorf("fields %q", names)
	}
	if n := pages(t, path); n != "1" {
		t.Errorf("%s pages", n)
	}
	got := text(t, path)
	for _, want := range []string{
		d.Worker.Name, d.Worker.IDNumber, d.Contract, "2020年3月31日", "9年8个月", "终止日期2029年11月30日", "依法终止", d.Terms.Post,
		"自2026年12月1日起至2029年11月30日止", "劳动合同期满（《劳动合同法》第四十四条第一项）", "十五日内", "（自签发）",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the text lacks %q", want)
		}
	}
}

func TestYearsOfServiceCountWholeMonths(t *testing.T) {
	day := func(s string) app.Date {
		d, err := app.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, c := range []struct{ from, to, want string }{
		{"2026-05-01", "2026-05-30", "不满1个月"},
		{"2026-05-01", "2026-05-31", "1个月"},
		{"2026-05-01", "2027-04-30", "1年"},
		{"2020-03-31", "2029-11-29", "9年7个月"},
		{"2020-03-31", "2029-11-30", "9年8个月"},
		{"2026-01-31", "2026-02-27", "不满1个月"},
		{"2024-02-29", "2025-02-28", "1年"},
	} {
		if got := served(day(c.from), day(c.to)); got != c.want {
			t.Errorf("from %s to %s: %s, want %s", c.from, c.to, got, c.want)
		}
	}
}

func TestALongContractNeverSignsAPageWithoutWords(t *testing.T) {
	for lines := 0; lines <= 45; lines += 3 {
		d := sample()
		d.Terms.Clauses = strings.Repeat("双方约定的一项内容。\n", lines)
		data, err := Contract(d)
		path := made(t, data, err)
		last := run(t, "pdftotext", "-f", pages(t, path), path, "-")
		if !strings.Contains(last, "（自签发）") || !strings.Contains(last, "乙方（签名）") {
			t.Errorf("%d lines: the last page reads %q", lines, last)
		}
	}
}

func TestSlicesOnAllPagesMakeUpTheWidthOfASeal(t *testing.T) {
	for n := 2; n <= 9; n++ {
		width := 0.0
		for i := range n {
			f := seamField(i, n)
			width += f.w
			if f.name != fmt.Sprint(i+1) || f.x+f.w != pageWidth {
				t.Errorf("slice %d of %d: %+v", i, n, f)
			}
		}
		if width < stamp.Side-0.01 || width > stamp.Side+0.01 {
			t.Errorf("%d slices are %.2f points wide", n, width)
		}
	}
}

func TestAnOwnClauseReadsOnPagesAsItIsPrinted(t *testing.T) {
	d := ContractDoc{Enterprise: Enterprise{Name: "长春启明精密制造有限公司"}, Worker: app.Worker{Name: "王秀兰", IDNumber: "220102********2042"},
		Terms: app.Terms{Kind: app.TermFixed, Start: app.Date{Year: 2026, Month: 5, Day: 1}, End: app.Date{Year: 2027, Month: 4, Day: 30}, Post: "装配工", Pay: 4500_00, PayDay: 15}}
	for text, want := range map[string]string{
		"【单位名称】与【 姓名 】（【证件号码】）":  "长春启明精密制造有限公司与王秀兰（220102********2042）",
		"每月【发薪日】发【月工资】，试用期【试用期】": "每月15日发4500元，试用期无",
		"【社会保险】":  "【社会保险】",
		"【工作地点】、": "【工作地点】、",
	} {
		if got := FillOwn(text, d); got != want {
			t.Errorf("%s reads %s, want %s", text, got, want)
		}
	}
	if got := FillOwn("【发薪日】【合同期限】【试用期】【月工资】", ContractDoc{}); got != "【发薪日】【合同期限】【试用期】【月工资】" {
		t.Errorf("of an empty draft: %s", got)
	}
}
