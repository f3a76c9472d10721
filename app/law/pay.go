package law

import (
	"fmt"

	"laoqi/app"
)

// PayDays says which days of the month may be the pay day.
const PayDays = "每月发薪日请填写 1 至 31（《劳动法》第五十条）。"

// checkPay checks the pay (劳动合同法 art. 17), the minimum wage (劳动法 art. 48),
// the pay day (劳动法 art. 50) and the pay during probation.
func checkPay(f *app.Faults, c Case) {
	t := c.Terms
	f.Require(app.FieldPayKind, app.LabelOf(app.PayKinds, string(t.PayKind)), article17("请选择工资形式", "六"))
	switch {
	case t.Pay <= 0:
		f.Add(app.FieldPay, article17("请填写月工资", "六"))
	case t.Pay < c.Minimum:
		f.Add(app.FieldPay, fmt.Sprintf("月工资不得低于当地最低工资标准 %s 元（《劳动法》第四十八条）。", c.Minimum))
	}
	if t.PayKind == app.PayPiece || t.PayKind == app.PayBonus {
		f.Require(app.FieldPayRule, t.PayRule, article17("请填写计件单价或绩效办法", "六"))
	}
	f.Add(app.FieldProbationPay, probationPayProblem(t, c.Minimum))
	if t.PayDay < 1 || t.PayDay > 31 {
		f.Add(app.FieldPayDay, PayDays)
	}
}

// probationPayProblem holds the pay during probation to 80 % of the agreed pay and
// to the minimum wage (劳动合同法 art. 20). The article's other measure, the lowest
// pay for the same post, is known to the employer only.
func probationPayProblem(t app.Terms, minimum app.Fen) string {
	switch {
	case t.Probation <= 0 && t.ProbationPay != 0:
		return "没有约定试用期，请清空试用期工资（《劳动合同法》第二十条）。"
	case t.Probation <= 0:
		return ""
	case t.ProbationPay <= 0:
		return "请填写试用期月工资（《劳动合同法》第二十条）。"
	case t.ProbationPay*5 < t.Pay*4:
		return fmt.Sprintf("试用期月工资不得低于约定工资的 80%%，即 %s 元（《劳动合同法》第二十条）。", (t.Pay*4+4)/5)
	case t.ProbationPay < minimum:
		return fmt.Sprintf("试用期月工资不得低于当地最低工资标准 %s 元（《劳动合同法》第二十条）。", minimum)
	}
	return ""
}
