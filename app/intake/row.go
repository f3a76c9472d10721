package intake

import (
	"encoding/json"
	"slices"
	"strings"

	"laoqi/app"
	"laoqi/app/filing"
	"laoqi/app/identity"
	"laoqi/app/sheet"
)

// cells are what stands in a row, by the names of the form's fields.
type cells map[string]string

const cellsLabel = "import.row"

func cellsOf(row sheet.Row) cells {
	c := cells{}
	for i, f := range filing.Fields() {
		if row.Cells[i] != "" {
			c[f.Name] = row.Cells[i]
		}
	}
	return c
}

func (s *Service) sealCells(c cells) ([]byte, error) {
	text, err := json.Marshal(c)
	return s.vault.Seal(cellsLabel, text), err
}

func (s *Service) openCells(sealed []byte) (c cells, err error) {
	text, err := s.vault.Open(cellsLabel, sealed)
	if err != nil {
		return nil, err
	}
	err = json.Unmarshal(text, &c)
	return c, err
}

// form fills the form of a new filing from a row. What cannot be read is Unread.
func (c cells) form(paper bool, today app.Date) filing.Form {
	f := filing.Form{Kind: app.FilingNew, Paper: paper}
	typed := map[string]string{}
	for _, x := range filing.Fields() {
		value, problem := parse(x, c[x.Name])
		typed[x.Name] = value
		f.Unread.Add(x.Name, problem)
	}
	if number := c[app.FieldIDNumber]; sheet.Rounded(number) {
		if _, problem := app.CheckIDNumber(app.IDType(typed[app.FieldIDType]), number, today); problem != "" {
			f.Unread.Add(app.FieldIDNumber, "号码被表格软件当成数字，后几位已经丢失。请把单元格设为“文本”格式，再重新输入完整的号码。")
		}
	}
	f.Read(func(name string) string { return typed[name] })
	return f
}

// parse turns a cell into what the form's control would send.
func parse(x filing.Field, cell string) (value, problem string) {
	switch x.Kind {
	case filing.FieldChoice:
		if value = valueOf(x.Options, cell); value == "" && cell != "" {
			problem = "填写的内容不在可选项中，请从下拉列表中选择。"
		}
		return value, problem
	case filing.FieldSet:
		return parseSet(x.Options, cell)
	}
	return cell, ""
}

func parseSet(options []app.Option, cell string) (value, problem string) {
	var values []string
	for _, label := range strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune("、，,；; \t\n", r) }) {
		v := valueOf(options, strings.TrimSuffix(label, "保险"))
		if v == "" {
			return "", "请填写" + strings.Join(labels(options), "、") + "中的一种或几种，用顿号分开。"
		}
		values = append(values, v)
	}
	return strings.Join(values, ","), ""
}

func valueOf(options []app.Option, label string) string {
	if i := slices.IndexFunc(options, func(o app.Option) bool { return o.Label == label }); i >= 0 {
		return options[i].Value
	}
	return ""
}

// worker is the keyed hash of the row's ID number, empty if that cannot be read.
func (s *Service) worker(f filing.Form, today app.Date) []byte {
	number, problem := app.CheckIDNumber(f.Worker.IDType, f.Worker.IDNumber, today)
	if problem != "" {
		return []byte{}
	}
	return identity.NumberHash(s.vault, f.Worker.IDType, number)
}
