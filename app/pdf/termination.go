package pdf

import (
	"fmt"
	"strings"
	"sync"

	"laoqi/app"
	"laoqi/app/law"
)

// TerminationDoc is what a certificate of the ending of a labour contract states.
type TerminationDoc struct {
	Record
	Enterprise Enterprise
	Worker     app.Worker
	Contract   string    // number of the contract that ends, may be empty
	Terms      app.Terms // of that contract
	Since      app.Date  // first day of work for the enterprise; the contract's start if none is given
	Ending     app.Ending
	Reason     string // the statutory reason in words
	Article    string // its article of 劳动合同法, such as 第三十六条
	Paper      bool   // room for a seal by hand instead of a field
}

const terminationTitle = "解除或终止劳动合同证明书"

// Termination makes the 解除或终止劳动合同证明书 that 劳动合同法 art. 50 demands, with all
// that art. 24 of its 实施条例 asks for. It is the enterprise's act: unless it is for
// paper it has the field FieldSeal, and no FieldWorker.
func Termination(d TerminationDoc) ([]byte, error) {
	s := newSheet(terminationStock())
	s.title(terminationTitle, d.Record)
	v := terminationValues(d)
	s.table(terminationTable(d, v))
	s.y += 12
	s.articles(terminationWording(), v, signatureHeight)
	s.certificateSignature(d.Enterprise.Name, d.Paper)
	d.Author = d.Enterprise.Name
	return s.finish(terminationTitle, d.Record)
}

var terminationStock = sync.OnceValue(func() *typecase {
	regular, bold := printed(terminationWording())
	for _, row := range terminationTable(TerminationDoc{}, values{}) {
		for _, c := range row {
			regular += c.text
		}
	}
	return newStock(regular, bold+terminationTitle+"用人单位")
})

func terminationTable(d TerminationDoc, v values) [][]cell {
	return [][]cell{
		wideRow("用人单位", d.Enterprise.Name),
		wideRow("统一社会信用代码", d.Enterprise.USCC),
		pairRow("劳动者", d.Worker.Name, "工作岗位", d.Terms.Post),
		pairRow("证件类型", d.Worker.IDType.Label(), "证件号码", d.Worker.IDNumber),
		wideRow("劳动合同编号", d.Contract),
		wideRow("劳动合同期限", v.texts["期限"]),
		pairRow("在本单位工作起始", v.texts["起始"], "在本单位工作年限", v.texts["年限"]),
		pairRow(v.texts["解除或终止"]+"日期", v.texts["日期"], "法律依据", d.Article),
	}
}

// terminationValues fills the wording of a certificate in.
func terminationValues(d TerminationDoc) values {
	since := d.Since
	if since.IsZero() {
		since = d.Terms.Start
	}
	act := "解除"
	if strings.HasPrefix(d.Ending.Reason, "44-") { // 劳动合同法 art. 44: the contract expires by itself
		act = "终止"
	}
	detail := oneParagraph(d.Ending.Detail)
	return values{
		texts: map[string]string{
			"姓名": d.Worker.Name, "解除或终止": act, "日期": d.Ending.On.Chinese(), "起始": since.Chinese(),
			"年限": served(since, d.Ending.On), "期限": termOf(d.Terms),
			"事由": d.Reason, "法条": d.Article, "情况说明": detail,
		},
		facts: map[string]bool{"有说明": detail != "", "电子": !d.Paper},
	}
}

// termOf says a contract's term in one line.
func termOf(t app.Terms) string {
	label := app.LabelOf(app.TermKinds, string(t.Kind))
	if t.Kind == app.TermFixed {
		return label + "，自" + t.Start.Chinese() + "起至" + t.End.Chinese() + "止"
	}
	return label + "，自" + t.Start.Chinese() + "起"
}

// served says how long somebody worked, both days counted, in full years and months.
func served(from, to app.Date) string {
	months := 0
	for !law.LastDay(from, months+1).After(to) {
		months++
	}
	switch years, rest := months/12, months%12; {
	case months == 0:
		return "不满1个月"
	case years == 0:
		return fmt.Sprintf("%d个月", rest)
	case rest == 0:
		return fmt.Sprintf("%d年", years)
	default:
		return fmt.Sprintf("%d年%d个月", years, rest)
	}
}
