package law

import (
	"fmt"

	"laoqi/app"
)

// checkEmployment asks for the form of employment (劳动合同法实施条例 art. 8) and, of an
// agency that lends its workers, for a fixed term of two years or more and the
// particulars of the loan (劳动合同法 art. 58).
func checkEmployment(f *app.Faults, t app.Terms) {
	f.Require(app.FieldEmployment, app.LabelOf(app.Employments, string(t.Employment)), "请选择用工形式（《劳动合同法实施条例》第八条）。")
	if t.Employment != app.EmploymentDispatch {
		return
	}
	dated := !t.Start.IsZero() && !t.End.IsZero()
	switch {
	case t.Kind != app.TermFixed && t.Kind != "":
		f.Add(app.FieldTermKind, "劳务派遣应当订立二年以上的固定期限劳动合同（《劳动合同法》第五十八条第二款）。")
	case dated && !lasts(t.Start, t.End, 24):
		f.Add(app.FieldEnd, "劳务派遣的劳动合同期限不得少于二年（《劳动合同法》第五十八条第二款）。")
	}
	f.Require(app.FieldClauses, t.Clauses, "劳务派遣请写明用工单位、派遣期限和工作岗位（《劳动合同法》第五十八条第一款）。")
}

// uninsured warns where one of the five insurances is left out: the employer owes
// them all (社会保险法 arts 10, 23, 33, 44, 53, 58), unless a treaty or another
// insurance of the worker excepts.
func uninsured(t app.Terms) string {
	missing := app.AllInsurances &^ t.Insured
	if missing == 0 {
		return ""
	}
	return fmt.Sprintf("没有勾选%s保险：用人单位应当自用工之日起三十日内为劳动者办理社会保险登记并依法缴费，请确认依法可以不参加（《社会保险法》第五十八条）。", missing.Label())
}
