package law

import "laoqi/app"

// CheckEnding compares a termination with the contract that it ends (劳动合同法
// arts 36-45). A warning asks whoever files it to confirm.
func CheckEnding(e app.Ending, c Contract) (app.Faults, []app.Warning) {
	var f app.Faults
	reason, known := ReasonOf(e.Reason)
	switch {
	case !known:
		f.Add(app.FieldReason, "请选择解除或终止的法定事由（《劳动合同法》第三十六条至第四十一条、第四十四条）。")
	case e.Reason == Expired && c.Kind == app.TermOpen:
		f.Add(app.FieldReason, "无固定期限劳动合同不会期满，请选择其他事由（《劳动合同法》第十四条、第四十四条）。")
	}
	f.Add(app.FieldEndedOn, endedOnProblem(e, c))
	return f, warnEnding(e, c, reason)
}

func endedOnProblem(e app.Ending, c Contract) string {
	switch {
	case e.On.IsZero():
		return "请填写劳动合同解除或终止的日期（《劳动合同法》第五十条）。"
	case e.On.Before(c.Start):
		return "解除或终止日期不能早于合同起始日期（《劳动合同法》第五十条）。"
	case e.Reason == Expired && c.Kind == app.TermFixed && e.On != c.End:
		return "合同于" + c.End.Chinese() + "期满，请填写该日或选择其他事由（《劳动合同法》第四十四条第一项）。"
	}
	return ""
}

// warnEnding warns of workers who may not be dismissed, whose term goes on, or who
// worked beyond it.
func warnEnding(e app.Ending, c Contract, reason Reason) []app.Warning {
	var warnings []app.Warning
	const cases = "如医疗期、孕期、产期、哺乳期、职业病、工伤"
	switch {
	case reason.Notice:
		warnings = append(warnings, app.Warning{Field: app.FieldReason,
			Text: "请确认劳动者没有不得解除的情形，" + cases + "（《劳动合同法》第四十二条）。"})
	case reason.Code == Expired:
		warnings = append(warnings, app.Warning{Field: app.FieldReason,
			Text: "请确认劳动者没有应当续延合同的情形，" + cases + "（《劳动合同法》第四十五条）。"})
	}
	if !c.End.IsZero() && e.On.After(c.End) {
		warnings = append(warnings, app.Warning{Field: app.FieldEndedOn,
			Text: "合同已于" + c.End.Chinese() + "期满，请确认期满后继续用工至所填日期（《劳动合同法》第四十四条第一项）。"})
	}
	return warnings
}
