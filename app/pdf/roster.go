package pdf

import (
	"strconv"
	"sync"

	"laoqi/app"
)

// RosterDoc is what a list of staff states (职工名册, 劳动合同法实施条例 art. 8). Its
// workers' numbers are shown in full.
type RosterDoc struct {
	Record
	Enterprise string
	USCC       string
	Rows       []RosterRow
}

// RosterRow is one worker of the list.
type RosterRow struct {
	Number int64
	Kind   app.FilingKind
	Worker app.Worker
	Terms  app.Terms
	Since  app.Date // first day of the employment
	Ended  app.Date // its last day, of a termination
}

const rosterTitle = "职工名册"

// Roster sets the list as a table whose heads are repeated on every page.
func Roster(d RosterDoc) ([]byte, error) {
	s := newSheetOf(lying, rosterStock())
	s.title(rosterTitle, d.Record)
	s.table(rosterTable(d))
	s.y += 12
	rows := make([][]cell, len(d.Rows))
	for i, r := range d.Rows {
		rows[i] = rosterCells(r.texts(), false)
	}
	s.grid(gridStyle, rosterCells(rosterHeads, true), rows)
	s.y += 6
	s.paragraph(noteStyle, span{text: rosterNote})
	d.Author = d.Enterprise
	return s.finish(rosterTitle, d.Record)
}

const rosterNote = "本名册按照《中华人民共和国劳动合同法》第七条、《中华人民共和国劳动合同法实施条例》第八条建立，由用人单位保存备查。"

var (
	rosterHeads  = []string{"序号", "姓名", "性别", "证件号码", "户籍地址\n现住地址", "联系方式", "用工形式\n起始时间", "劳动合同期限", "类型"}
	rosterShares = []float64{.045, .08, .045, .15, .33, .1, .1, .105, .045}
)

func rosterCells(texts []string, head bool) []cell {
	cells := make([]cell, len(texts))
	for i, text := range texts {
		cells[i] = cell{text, head, rosterShares[i]}
	}
	return cells
}

func (r RosterRow) texts() []string {
	w := r.Worker
	sex, _ := w.Told()
	return []string{strconv.FormatInt(r.Number, 10), w.Name, sex, w.IDType.Label() + "\n" + w.IDNumber,
		orNone(w.Domicile) + "\n" + orNone(w.Address), w.Mobile,
		app.LabelOf(app.Employments, string(r.Terms.Employment)) + "\n" + r.Since.String(), r.period(), r.Kind.Label()}
}

func (r RosterRow) period() string {
	start := r.Terms.Start.String() + " 起\n"
	switch {
	case r.Kind == app.FilingTermination:
		return start + r.Ended.String() + " 终止"
	case r.Terms.Kind == app.TermFixed:
		return start + r.Terms.End.String() + " 止"
	}
	return start + app.LabelOf(app.TermKinds, string(r.Terms.Kind))
}

func orNone(s string) string {
	if s == "" {
		return emptyInTable
	}
	return s
}

func rosterTable(d RosterDoc) [][]cell {
	return [][]cell{
		pairRow("用人单位", d.Enterprise, "生成日期", d.MadeOn.Chinese()),
		pairRow("统一社会信用代码", d.USCC, "人数", strconv.Itoa(len(d.Rows))),
	}
}

var rosterStock = sync.OnceValue(func() *typecase {
	regular, bold := printed(nil)
	for _, row := range append(rosterTable(RosterDoc{}), rosterCells(rosterHeads, true)) {
		for _, c := range row {
			regular += c.text
		}
	}
	return newStock(regular+rosterNote, bold+rosterTitle)
})
