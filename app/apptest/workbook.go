package apptest

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"laoqi/app"
	"laoqi/app/demo"
	"laoqi/app/filing"
	"laoqi/app/intake"
	"laoqi/app/law"

	"github.com/xuri/excelize/v2"
)

// FirstRow is the number of the first row that Workbook fills.
const FirstRow = 3

// Workbook is the import's template with a row for each form.
func Workbook(t testing.TB, forms ...filing.Form) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := intake.Template(&b); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	for i, form := range forms {
		cells := intake.Row(form)
		if err := f.SetSheetRow(f.GetSheetName(0), fmt.Sprintf("B%d", FirstRow+i), &cells); err != nil {
			t.Fatal(err)
		}
	}
	b.Reset()
	if _, err := f.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Forms are n filings without fault or warning for as many made-up workers, of a
// year from the day on.
func Forms(n int, start app.Date) []filing.Form {
	forms := make([]filing.Form, n)
	for i := range forms {
		f := Form(demo.WorkerA)
		f.Worker.Name, f.Worker.IDNumber, f.Worker.Mobile = "员工"+numeral(i), madeUpNumber(i), fmt.Sprintf("139%08d", i)
		f.Terms.Start, f.Terms.End = start, law.LastDay(start, 12)
		forms[i] = f
	}
	return forms
}

// numeral writes a number in Chinese digits.
func numeral(n int) string {
	return strings.Map(func(r rune) rune { return []rune("零一二三四五六七八九")[r-'0'] }, fmt.Sprintf("%04d", n))
}

// madeUpNumber is an ID number with a sound check character (GB 11643-1999).
func madeUpNumber(n int) string {
	const days = 7000 // of birth, from 1 January 1970
	birth := time.Date(1970, time.January, 1+n%days, 0, 0, 0, 0, time.UTC)
	body := fmt.Sprintf("220102%s%03d", birth.Format("20060102"), 100+n/days)
	sum := 0
	for i, r := range body {
		sum += int(r-'0') * (1 << (17 - i) % 11)
	}
	return body + string("10X98765432"[sum%11])
}
