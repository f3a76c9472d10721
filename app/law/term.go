package law

import (
	"fmt"

	"laoqi/app"
)

// checkTerm checks the kind of the term and its dates (劳动合同法 arts 12-15, 17).
func checkTerm(f *app.Faults, c Case) {
	t := c.Terms
	f.Require(app.FieldTermKind, app.LabelOf(app.TermKinds, string(t.Kind)), "请选择合同期限类型（《劳动合同法》第十二条）。")
	if t.Start.IsZero() {
		f.Add(app.FieldStart, article17("请填写合同起始日期", "三"))
	} else {
		f.Add(app.FieldStart, overlap(c))
	}
	f.Add(app.FieldEnd, endProblem(t))
	switch {
	case t.Kind == app.TermTask:
		f.Require(app.FieldTask, t.Task, "请写明以完成哪项工作任务为期限（《劳动合同法》第十五条）。")
	case t.Task != "":
		f.Add(app.FieldTask, "只有以完成一定工作任务为期限的合同才填写工作任务，请清空（《劳动合同法》第十五条）。")
	}
}

func endProblem(t app.Terms) string {
	switch {
	case t.Kind == app.TermFixed && t.End.IsZero():
		return "固定期限劳动合同请填写终止日期（《劳动合同法》第十三条）。"
	case t.Kind == app.TermFixed && t.End.Before(t.Start):
		return "终止日期不能早于起始日期（《劳动合同法》第十三条）。"
	case t.Kind == app.TermOpen && !t.End.IsZero():
		return "无固定期限劳动合同不约定终止日期，请清空（《劳动合同法》第十四条）。"
	case t.Kind == app.TermTask && !t.End.IsZero():
		return "以完成一定工作任务为期限的劳动合同不约定终止日期，请清空（《劳动合同法》第十五条）。"
	}
	return ""
}

// overlap returns what to do about an earlier contract in the same days: it is
// changed by agreement (劳动合同法 art. 35), not concluded a second time.
func overlap(c Case) string {
	for _, past := range c.History {
		if !past.overlaps(c.Terms.Start, c.Terms.End) {
			continue
		}
		if past.End.IsZero() {
			return fmt.Sprintf("与 %s起的劳动合同时间重叠，该合同尚未终止；变更约定请双方协商（《劳动合同法》第三十五条）。", past.Start.Chinese())
		}
		return fmt.Sprintf("与 %s至%s的劳动合同时间重叠，请改为该合同期满之后；变更约定请双方协商（《劳动合同法》第三十五条）。",
			past.Start.Chinese(), past.End.Chinese())
	}
	return ""
}
