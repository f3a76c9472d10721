package sheet

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

const (
	maxColumns = 100
	maxRow     = 20_000 // number of the last row, blank ones counted
)

const brokenFile = "文件不完整或已损坏，无法读取。请用导入模板重新填写。"

// open opens a workbook that Inspect let pass, all in memory.
func open(content []byte) (*excelize.File, error) {
	f, err := excelize.OpenReader(bytes.NewReader(content), excelize.Options{RawCellValue: true, UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxUnpacked})
	if err != nil {
		return nil, refuse(brokenFile)
	}
	return f, nil
}

// Read gives the filled rows of a workbook, without the example. Cells are trimmed;
// dates are 2006-01-02 where they can be read, else as typed. Every error is a
// sentence for the user.
func Read(content []byte, columns []Column) (rows []Row, err error) {
	defer func() {
		if recover() != nil { // excelize does not expect every broken file
			rows, err = nil, refuse(brokenFile)
		}
	}()
	if err := Inspect(content); err != nil {
		return nil, err
	}
	f, err := open(content)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	lines, err := f.Rows(tableOf(f))
	if err != nil {
		return nil, refuse(brokenFile)
	}
	defer lines.Close()
	var places []int
	for number := 1; lines.Next(); number++ {
		cells, err := lines.Columns()
		switch {
		case err != nil:
			return nil, refuse(brokenFile)
		case number > maxRow:
			return nil, refuse("表格中有太多空行，请删除最后一行之后的空行再上传。")
		case len(cells) > maxColumns:
			return nil, refuse("表格的列太多，请用导入模板重新填写。")
		case number == 1:
			if places, err = findColumns(cells, columns); err != nil {
				return nil, err
			}
		case filled(cells, places):
			rows = append(rows, Row{number, pick(cells, columns, places)})
		}
	}
	return rows, countProblem(len(rows))
}

func countProblem(rows int) error {
	switch {
	case rows == 0:
		return refuse("表格中没有要导入的行。请从第 3 行开始填写；备注以“示例”开头的行不会导入。")
	case rows > MaxRows:
		return refuse(fmt.Sprintf("表格有 %d 行，一次最多导入 %d 行，请拆成几个文件。", rows, MaxRows))
	}
	return nil
}

// tableOf names the sheet with the table: the template's, or the first.
func tableOf(f *excelize.File) string {
	sheets := f.GetSheetList()
	if slices.Contains(sheets, tableSheet) || len(sheets) == 0 {
		return tableSheet
	}
	return sheets[0]
}

// findColumns gives the place of each column in the row of headings, -1 for one
// that may be missing; the place of the note comes first.
func findColumns(headings []string, columns []Column) ([]int, error) {
	place := map[string]int{}
	for i, h := range headings {
		title := titleOf(h)
		if _, twice := place[title]; twice && title != "" {
			return nil, refuse("第 1 行有两个“" + title + "”，请删去一列。")
		}
		place[title] = i
	}
	places, missing := []int{-1}, []string(nil)
	if i, ok := place[noteTitle]; ok {
		places[0] = i
	}
	for _, c := range columns {
		i, ok := place[titleOf(c.Title)]
		if !ok {
			i = -1
			if c.Required {
				missing = append(missing, c.Title)
			}
		}
		places = append(places, i)
	}
	if len(missing) > 0 {
		return nil, refuse("第 1 行缺少这些列：" + strings.Join(missing, "、") + "。请使用导入模板，不要改动第 1 行的标题。")
	}
	return places, nil
}

// filled reports whether a row has something to import and is no example.
func filled(cells []string, places []int) bool {
	if strings.HasPrefix(at(cells, places[0]), exampleMark) {
		return false
	}
	return slices.ContainsFunc(places[reservedColumns:], func(i int) bool { return at(cells, i) != "" })
}

func pick(cells []string, columns []Column, places []int) []string {
	picked := make([]string, len(columns))
	for i, c := range columns {
		picked[i] = c.Kind.read(at(cells, places[reservedColumns+i]))
	}
	return picked
}

func at(cells []string, i int) string {
	if i < 0 || i >= len(cells) {
		return ""
	}
	return strings.TrimSpace(cells[i])
}
