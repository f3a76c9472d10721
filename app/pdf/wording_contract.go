package pdf

import (
	"strconv"

	"laoqi/app"
)

// contractTitle is the title of a new contract or of a renewal.
func contractTitle(d ContractDoc) string {
	if d.Kind == app.FilingRenewal {
		return "劳动合同（续订）"
	}
	return "劳动合同"
}

// contractValues fills the wording of a contract in.
func contractValues(d ContractDoc) values {
	return values{texts: contractTexts(d), facts: contractFacts(d), own: d.Own}
}

func contractTexts(d ContractDoc) map[string]string {
	t := d.Terms
	return map[string]string{
		"单位名称": d.Enterprise.Name, "姓名": d.Worker.Name, "证件号码": d.Worker.IDNumber,
		"原合同编号":  d.Previous,
		"合同起始日期": t.Start.Chinese(), "合同终止日期": t.End.Chinese(), "合同期限": termOf(t), "工作任务": oneParagraph(t.Task),
		"试用期": months(t.Probation), "试用期终止日期": d.ProbationEnd.Chinese(),
		"岗位": oneParagraph(t.Post), "工作内容": oneParagraph(t.Duties), "工作地点": oneParagraph(t.Workplace),
		"工时制度": app.LabelOf(app.Hours, string(t.Hours)),
		"工资形式": app.LabelOf(app.PayKinds, string(t.PayKind)), "月工资": yuan(t.Pay), "工资办法": oneParagraph(t.PayRule),
		"试用期月工资": yuan(t.ProbationPay), "发薪日": strconv.Itoa(t.PayDay) + "日",
		"参加险种": t.Insured.Label(), "社会保险": oneParagraph(t.Insurance), "劳动保护": oneParagraph(t.Protection),
		"双方约定": "\n" + ownParagraphs(t.Clauses),
	}
}

func contractFacts(d ContractDoc) map[string]bool {
	t := d.Terms
	clauses, renewal := ownParagraphs(t.Clauses) != "", d.Kind == app.FilingRenewal
	return map[string]bool{
		"新签": !renewal, "续签编号": renewal && d.Previous != "", "续签": renewal && d.Previous == "",
		"全日制": t.Employment != app.EmploymentDispatch, "劳务派遣": t.Employment == app.EmploymentDispatch,
		"固定期限": t.Kind == app.TermFixed, "无固定期限": t.Kind == app.TermOpen, "任务期限": t.Kind == app.TermTask,
		"试用期起止": t.Probation > 0 && !d.ProbationEnd.IsZero(), "试用期月数": t.Probation > 0 && d.ProbationEnd.IsZero(),
		"有试用期": t.Probation > 0, "无试用期": t.Probation == 0,
		"标准工时": t.Hours == app.HoursStandard, "综合工时": t.Hours == app.HoursComprehensive, "不定时": t.Hours == app.HoursFlexible,
		"月薪": t.PayKind == app.PayMonthly, "计件": t.PayKind == app.PayPiece, "绩效": t.PayKind == app.PayBonus,
		"月薪办法": t.PayKind == app.PayMonthly && t.PayRule != "",
		"有险种":  t.Insured != 0, "无险种": t.Insured == 0,
		"有约定": clauses, "无约定": !clauses && len(d.Own) == 0,
		"纸质": d.Paper, "电子": !d.Paper,
	}
}

func months(n int) string {
	if n == 0 {
		return "无"
	}
	return strconv.Itoa(n) + "个月"
}

func yuan(f app.Fen) string {
	if f == 0 {
		return ""
	}
	return f.String() + "元"
}
