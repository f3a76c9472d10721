package sheet

import (
	"archive/zip"
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"

	"laoqi/app"

	"github.com/xuri/excelize/v2"
)

var columns = []Column{
	{Title: "姓名", Required: true, Note: "必填"},
	{Title: "民族", Choices: []string{"汉族", "蒙古族"}},
	{Title: "起始日期", Kind: Day, Required: true},
	{Title: "月工资（元）", Kind: Number},
}

// filledIn is the template with rows under its example.
func filledIn(t *testing.T, rows ...[]any) []byte {
	t.Helper()
	return edited(t, blank(t), func(f *excelize.File) {
		for i, row := range rows {
			if err := f.SetSheetRow(tableSheet, cell(2, i+3), &row); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func blank(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Template(&b, columns, []string{"张三", "汉族", "2026-05-01", "4500"}, []string{"第一步"}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func edited(t *testing.T, content []byte, edit func(*excelize.File)) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	edit(f)
	var b bytes.Buffer
	if _, err := f.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func read(t *testing.T, content []byte) []Row {
	t.Helper()
	rows, err := Read(content, columns)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// refused checks that reading fails with a sentence that has the words.
func refused(t *testing.T, content []byte, words string) {
	t.Helper()
	rows, err := Read(content, columns)
	if app.KindOf(err) != app.Invalid || !strings.Contains(err.Error(), words) {
		t.Errorf("%d rows and %v, want a refusal with %q", len(rows), err, words)
	}
}

func TestTheTemplateExplainsItselfAndItsExampleIsNoRow(t *testing.T) {
	content := blank(t)
	refused(t, content, "没有要导入的行")
	f, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	if head, _ := f.GetCellValue(tableSheet, "B1"); head != "*姓名" {
		t.Errorf("heading %q", head)
	}
	if example, _ := f.GetCellValue(tableSheet, "A2"); !strings.HasPrefix(example, exampleMark) {
		t.Errorf("the example row begins with %q", example)
	}
	notes, err := f.GetComments(tableSheet)
	if err != nil || len(notes) != len(columns)+reservedColumns {
		t.Errorf("%d notes, %v", len(notes), err)
	}
	lists, err := f.GetDataValidations(tableSheet)
	if err != nil || len(lists) != 1 || lists[0].Sqref != "C2:C5002" {
		t.Errorf("lists %+v, %v", lists, err)
	}
	if choice, _ := f.GetCellValue(choiceSheet, "A2"); choice != "蒙古族" {
		t.Errorf("the second choice is %q", choice)
	}
}

func TestWhatIsTypedIsReadHoweverTheWorkbookKeepsIt(t *testing.T) {
	rows := read(t, filledIn(t,
		[]any{" 王秀兰 ", "汉族", "2026/5/1", 4500},
		[]any{},
		[]any{13800002041, "", 46143, 4500.4999999999998},
		[]any{"李", "汉族", "2026年5月1日", "4,500 元"}))
	want := []Row{
		{3, []string{"王秀兰", "汉族", "2026-05-01", "4500"}},
		{5, []string{"13800002041", "", "2026-05-01", "4500.5"}},
		{6, []string{"李", "汉族", "2026-05-01", "4500 "}},
	}
	for i, w := range want {
		if got := rows[i]; got.Number != w.Number || !slices.Equal(trimmed(got.Cells), trimmed(w.Cells)) {
			t.Errorf("row %v, want %v", got, w)
		}
	}
}

func trimmed(cells []string) (list []string) {
	for _, c := range cells {
		list = append(list, strings.TrimSpace(c))
	}
	return list
}

func TestAnIDNumberThatTheWorkbookRoundedIsKnown(t *testing.T) {
	rows := read(t, filledIn(t, []any{220102199403072041.0, "", "", ""}))
	if got := rows[0].Cells[0]; !Rounded(got) {
		t.Errorf("read %q as if it were whole", got)
	}
}

func TestColumnsMayStandInAnyOrderAndOptionalOnesMayBeAbsent(t *testing.T) {
	f := excelize.NewFile()
	for at, text := range map[string]string{"A1": "* 起始日期", "B1": "我的编号", "C1": "姓名", "A2": "2026-05-01", "B2": "7", "C2": "王秀兰"} {
		f.SetCellStr("Sheet1", at, text)
	}
	var b bytes.Buffer
	f.WriteTo(&b)
	rows := read(t, b.Bytes())
	if want := []string{"王秀兰", "", "2026-05-01", ""}; len(rows) != 1 || !slices.Equal(rows[0].Cells, want) {
		t.Errorf("rows %v", rows)
	}
}

func TestAMissingColumnIsNamed(t *testing.T) {
	f := excelize.NewFile()
	f.SetCellStr("Sheet1", "A1", "姓名")
	var b bytes.Buffer
	f.WriteTo(&b)
	refused(t, b.Bytes(), "缺少这些列：起始日期")
}

func TestHostileFilesAreRefusedWithASentence(t *testing.T) {
	sound := filledIn(t, []any{"王秀兰", "汉族", "2026-05-01", 4500})
	formula := edited(t, sound, func(f *excelize.File) { f.SetCellFormula(tableSheet, "E3", "1+1") })
	refused(t, formula, "公式")
	refused(t, nil, "请选择")
	refused(t, []byte("姓名,证件号码\n"), "不是 .xlsx 文件")
	refused(t, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 old or locked"), "旧版 .xls")
	refused(t, sound[:len(sound)/2], "损坏")
	refused(t, make([]byte, MaxBytes+1), "10 MB")
	refused(t, with(t, sound, "xl/vbaProject.bin", "macro"), "宏")
	refused(t, with(t, sound, "xl/embeddings/a.bin", "object"), "嵌入")
	refused(t, with(t, sound, "xl/media/bomb", strings.Repeat("0", maxUnpacked+1)), "太大")
	refused(t, with(t, nil, "hello.txt", "no workbook"), "不是 .xlsx 工作簿")
	refused(t, with(t, nil, "xl/workbook.xml", "<broken"), "无法读取")
}

// with adds a part to a workbook.
func with(t *testing.T, content []byte, name, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	if content != nil {
		r, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range r.File {
			if err := w.Copy(part); err != nil {
				t.Fatal(err)
			}
		}
	}
	part, err := w.Create(name)
	if err == nil {
		_, err = io.WriteString(part, text)
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestTooManyRowsAndTooManyBlankOnesAreRefused(t *testing.T) {
	far := edited(t, blank(t), func(f *excelize.File) { f.SetCellStr(tableSheet, cell(2, maxRow+1), "王秀兰") })
	refused(t, far, "太多空行")
	wide := edited(t, blank(t), func(f *excelize.File) { f.SetCellStr(tableSheet, "XFD3", "王秀兰") })
	refused(t, wide, "列太多")
	many := edited(t, blank(t), func(f *excelize.File) {
		for row := 3; row < MaxRows+4; row++ {
			f.SetCellStr(tableSheet, cell(2, row), "王秀兰")
		}
	})
	refused(t, many, "5001 行")
}

func TestTheMarkedWorkbookNamesTheFaultsAndCanBeUploadedAgain(t *testing.T) {
	content := filledIn(t, []any{"王秀兰", "汉族", "2026-05-01", 4500}, []any{"李", "汉族", "明天", 0})
	var b bytes.Buffer
	if err := Mark(&b, content, map[int][]Fault{4: {{"起始日期", "请填写日期。"}, {"", "整行有误。"}}}); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	for at, want := range map[string]string{"F1": faultTitle, "F3": "", "F4": "起始日期：请填写日期。\n整行有误。", "D4": "明天"} {
		if got, _ := f.GetCellValue(tableSheet, at); got != want {
			t.Errorf("%s holds %q, want %q", at, got, want)
		}
	}
	if rows := read(t, b.Bytes()); len(rows) != 2 {
		t.Errorf("%d rows read back", len(rows))
	}
	again := new(bytes.Buffer)
	if err := Mark(again, b.Bytes(), map[int][]Fault{3: {{"", "另一处。"}}}); err != nil {
		t.Fatal(err)
	}
	f, err = excelize.OpenReader(again)
	if err != nil {
		t.Fatal(err)
	}
	for at, want := range map[string]string{"F1": faultTitle, "G1": "", "F3": "另一处。", "F4": ""} {
		if got, _ := f.GetCellValue(tableSheet, at); got != want {
			t.Errorf("marked again, %s holds %q, want %q", at, got, want)
		}
	}
}

func TestAnExportIsAWorkbookOfTexts(t *testing.T) {
	var b bytes.Buffer
	s := NewStream(&b, "名册 <1>", []string{"姓名", "证件号码"})
	s.Add([]string{"=HYPERLINK(\"http://x\")", "220102199403072041"})
	s.Add([]string{"<李> & 王", " "})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.GetRows("名册 <1>")
	want := [][]string{{"姓名", "证件号码"}, {"=HYPERLINK(\"http://x\")", "220102199403072041"}, {"<李> & 王", " "}}
	if err != nil || !slices.EqualFunc(rows, want, slices.Equal) {
		t.Errorf("rows %q, %v", rows, err)
	}
	if formula, _ := f.GetCellFormula("名册 <1>", "A2"); formula != "" {
		t.Errorf("a text became the formula %q", formula)
	}
}
