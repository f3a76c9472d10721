package law

import (
	"testing"

	"laoqi/app"
)

func TestAWorkerLentOutHasTwoYearsAndKnowsWhereTo(t *testing.T) {
	lent := func(end string) func(*Case) {
		return func(c *Case) {
			c.Terms.Employment, c.Terms.Clauses = app.EmploymentDispatch, "用工单位：甲公司；派遣期限二年；岗位：装配工。"
			c.Terms.End = date(t, end)
		}
	}
	checkFaults(t, []fault{
		{"two years", lent("2028-04-30"), "", ""},
		{"a day less", lent("2028-04-29"), app.FieldEnd, "不得少于二年"},
		{"no end", func(c *Case) { lent("2028-04-30")(c); c.Terms.Kind, c.Terms.End = app.TermOpen, app.Date{} }, app.FieldTermKind, "第五十八条第二款"},
		{"nobody named who uses the work", func(c *Case) { lent("2028-04-30")(c); c.Terms.Clauses = "" }, app.FieldClauses, "第五十八条第一款"},
	})
}
