package law

import (
	"fmt"

	"laoqi/app"
)

// warn collects what is lawful only under conditions that the form does not know.
func warn(c Case) []app.Warning {
	var warnings []app.Warning
	add := func(field, text string) {
		if text != "" {
			warnings = append(warnings, app.Warning{Field: field, Text: text})
		}
	}
	add(app.FieldBirth, ageUnknown(c.Worker))
	if c.Terms.Start.IsZero() {
		return warnings
	}
	add(app.FieldTermKind, openDue(c))
	add(app.FieldStart, writtenLate(c))
	add(app.FieldStart, renewalGap(c))
	add(app.FieldInsured, uninsured(c.Terms))
	return warnings
}

func ageUnknown(w app.Worker) string {
	if _, birth := w.Told(); w.IDNumber == "" || !birth.IsZero() {
		return ""
	}
	return "证件号码不含出生日期，请按证件填写出生日期，或确认劳动者已满 16 周岁（《劳动法》第十五条）。"
}

// writtenLate warns of the doubled pay that is due when the contract is written
// more than a month after the work began (劳动合同法 arts 10, 82). The month is
// counted from the day after the start (民法典 arts 201, 202).
func writtenLate(c Case) string {
	if !c.Today.After(c.Terms.Start.AddMonths(1)) {
		return ""
	}
	return "起始日期距今已超过一个月：用工之日起超过一个月未订立书面劳动合同的，应当向劳动者每月支付二倍的工资，请确认（《劳动合同法》第十条、第八十二条）。"
}

// openDue warns where the worker may claim a contract without a fixed term:
// after two fixed terms in a row or ten years (劳动合同法 art. 14).
func openDue(c Case) string {
	chain := unbroken(c.History, c.Terms.Start)
	if c.Terms.Kind == app.TermOpen || len(chain) == 0 {
		return ""
	}
	fixed := 0
	for _, past := range chain {
		if past.Kind == app.TermFixed {
			fixed++
		}
	}
	switch {
	case !chain[0].Start.AddYears(10).After(c.Terms.Start):
		return "劳动者已连续工作满十年，除劳动者提出订立固定期限劳动合同外，应当订立无固定期限劳动合同，请确认（《劳动合同法》第十四条第二款第一项）。"
	case fixed >= 2:
		return fmt.Sprintf("双方已连续订立 %d 次固定期限劳动合同，除劳动者提出订立固定期限劳动合同外，应当订立无固定期限劳动合同，请确认（《劳动合同法》第十四条第二款第三项）。", fixed)
	}
	return ""
}

// unbroken returns the contracts that lead to start without a gap of more than
// one month, the time that art. 10 gives to write the next one.
func unbroken(history []Contract, start app.Date) []Contract {
	first := len(history)
	for first > 0 {
		past := history[first-1]
		if !past.End.IsZero() && past.End.AddMonths(1).Before(start) {
			break
		}
		start = past.Start
		first--
	}
	return history[first:]
}

// renewalGap warns when a renewal does not begin the day after the previous
// contract ended: work in between was without a contract (劳动合同法 arts 10, 82).
func renewalGap(c Case) string {
	if c.Kind != app.FilingRenewal || len(c.History) == 0 {
		return ""
	}
	last := c.History[len(c.History)-1]
	if last.End.IsZero() || !c.Terms.Start.After(last.End.AddDays(1)) {
		return ""
	}
	return fmt.Sprintf("前一合同于%s期满，续签合同通常自次日起算，请确认中断期间没有用工（《劳动合同法》第十条、第八十二条）。", last.End.Chinese())
}
