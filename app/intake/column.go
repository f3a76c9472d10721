package intake

import (
	"fmt"
	"io"
	"strings"
	"time"

	"laoqi/app"
	"laoqi/app/filing"
	"laoqi/app/sheet"
)

// columns are the workbook's, one for each field of the form.
func columns() []sheet.Column {
	var list []sheet.Column
	for _, f := range filing.Fields() {
		c := sheet.Column{Title: f.Label, Required: f.Required, Note: note(f), Width: width(f)}
		switch f.Kind {
		case filing.FieldDay:
			c.Kind = sheet.Day
		case filing.FieldNumber:
			c.Kind = sheet.Number
		case filing.FieldChoice:
			c.Choices = labels(f.Options)
		case filing.FieldSet:
			c.Choices, c.Loose = []string{strings.Join(labels(f.Options), "、")}, true
		}
		list = append(list, c)
	}
	return list
}

// conditions say when a column that is not always required must be filled in.
var conditions = map[string]string{
	app.FieldSex:          "证件号码不含性别时（如护照）必填。",
	app.FieldBirth:        "证件号码不含出生日期时（如护照）填写。",
	app.FieldEnd:          "固定期限合同必填，其他期限不填。",
	app.FieldTask:         "以完成一定工作任务为期限的合同必填。",
	app.FieldProbation:    "没有试用期填 0 或不填。",
	app.FieldProbationPay: "有试用期时必填，不低于约定工资的 80%。",
	app.FieldPayRule:      "计件工资制、基本工资加绩效必填。",
	app.FieldClauses:      "劳务派遣必填：用工单位、派遣期限和工作岗位。",
}

// note is what stands at a column's heading.
func note(f filing.Field) string {
	text := "选填。"
	if f.Required {
		text = "必填。"
	}
	if c, ok := conditions[f.Name]; ok {
		text = c
	}
	switch f.Kind {
	case filing.FieldChoice:
		return text + "点单元格右边的箭头，从列表中选择。"
	case filing.FieldSet:
		return text + "参加几种写几种，用顿号分开。"
	case filing.FieldDay:
		return text + "按“年-月-日”填写，例如 2026-05-01。"
	case filing.FieldNumber:
		return text + "只填数字。"
	}
	return text + fmt.Sprintf("最多 %d 个字。", f.Max)
}

// width is a column's, in characters: wide for long texts.
func width(f filing.Field) float64 {
	switch {
	case f.Max >= filing.MaxLine:
		return 32
	case f.Name == app.FieldIDNumber, f.Kind == filing.FieldSet:
		return 24
	}
	return 16
}

func labels(options []app.Option) []string {
	list := make([]string, len(options))
	for i, o := range options {
		list[i] = o.Label
	}
	return list
}

// example is the worker of the template's example row; its ID number is nobody's.
func example() filing.Form {
	day := func(year int, month time.Month, day int) app.Date {
		return app.Date{Year: year, Month: month, Day: day}
	}
	return filing.Form{
		Worker: app.Worker{Name: "张三", IDType: app.IDResident, IDNumber: "110101199003070000", Mobile: "13800000000", Address: "吉林省长春市南关区人民大街 1 号",
			Domicile: "吉林省吉林市", Household: "urban", Ethnicity: "01", Education: "bachelor"},
		Terms: app.Terms{Kind: app.TermFixed, Start: day(2026, time.May, 1), End: day(2029, time.April, 30), Probation: 3, Employment: app.EmploymentFull,
			Post: "质检员", Duties: "零件尺寸和外观检验", Workplace: "吉林省长春市", Hours: app.HoursStandard, PayKind: app.PayMonthly, Pay: 5200_00, ProbationPay: 4500_00, PayDay: 15,
			Insured: app.AllInsurances, Insurance: filing.UsualInsurance, Protection: filing.UsualProtection},
	}
}

// Row writes a form as the cells of a row, in the order of the columns.
func Row(f filing.Form) []string {
	values := f.Values()
	var cells []string
	for _, x := range filing.Fields() {
		cells = append(cells, x.Print(values[x.Name]))
	}
	return cells
}

var guide = []string{
	"填写说明",
	"1. 在“备案”工作表从第 3 行开始填写，每名员工一行，最多 5000 行。备注以“示例”开头的行不会导入；第 2 行的示例不用删除。",
	"2. 标题前带 * 的列必须填写；把鼠标移到标题上可以看到这一列的填写要求。",
	"3. 请不要改动第 1 行的标题；列的顺序可以调整，不需要的选填列可以删除。",
	"4. 证件号码和联系电话所在的列是文本格式，请不要改成数字，否则后几位会丢失。",
	"5. 不要使用公式、宏和密码。从其他表格复制时，请“选择性粘贴”为数值。",
	"6. 填好后保存，回到网厅“导入新签备案”上传。检查后可以先看结果，确认之前不会产生任何备案。",
}

// Template writes the workbook that clerks fill in.
func Template(w io.Writer) error {
	return sheet.Template(w, columns(), Row(example()), guide)
}
