package law

import (
	"fmt"

	"laoqi/app"
)

// MaxProbation returns the longest probation in months that a term allows
// (劳动合同法 art. 19), 0 for none:
//
//	under 3 months, or for a task   none
//	3 months to under 1 year        1
//	1 year to under 3 years         2
//	3 years and more, or open       6
//
// It is also 0 while the dates of a fixed term are not known. A probation within
// this limit always lies within its term.
func MaxProbation(t app.Terms) int {
	switch {
	case t.Kind == app.TermOpen:
		return 6
	case t.Kind != app.TermFixed || t.Start.IsZero() || t.End.IsZero():
		return 0
	case lasts(t.Start, t.End, 36):
		return 6
	case lasts(t.Start, t.End, 12):
		return 2
	case lasts(t.Start, t.End, 3):
		return 1
	}
	return 0
}

// checkProbation limits the length of the probation and allows it once per worker
// and employer (劳动合同法 art. 19).
func checkProbation(f *app.Faults, c Case) {
	switch p := c.Terms.Probation; {
	case p < 0:
		f.Add(app.FieldProbation, "试用期请填写月数，没有试用期填 0（《劳动合同法》第十九条）。")
	case p == 0:
	case probationBefore(c.History):
		f.Add(app.FieldProbation, "同一用人单位与同一劳动者只能约定一次试用期，请改为 0（《劳动合同法》第十九条第二款）。")
	case p > MaxProbation(c.Terms):
		f.Add(app.FieldProbation, probationLimit(c.Terms))
	}
}

func probationBefore(history []Contract) bool {
	for _, past := range history {
		if past.Probation > 0 {
			return true
		}
	}
	return false
}

// probationLimit says which limit was passed, "" while the term's own faults
// leave it open.
func probationLimit(t app.Terms) string {
	limit := MaxProbation(t)
	switch {
	case t.Kind == app.TermTask:
		return "以完成一定工作任务为期限的劳动合同不得约定试用期，请改为 0（《劳动合同法》第十九条第三款）。"
	case t.Kind == app.TermOpen:
		return "无固定期限劳动合同的试用期不得超过 6 个月（《劳动合同法》第十九条第一款）。"
	case t.Kind != app.TermFixed || t.Start.IsZero() || t.End.Before(t.Start):
		return ""
	case limit == 0:
		return "合同期限不满三个月，不得约定试用期，请改为 0（《劳动合同法》第十九条第三款）。"
	}
	spans := map[int]string{1: "满三个月、不满一年", 2: "满一年、不满三年", 6: "满三年"}
	return fmt.Sprintf("合同期限%s，试用期不得超过 %d 个月（《劳动合同法》第十九条第一款）。", spans[limit], limit)
}
