package web

import (
	"laoqi/app"
	"laoqi/app/enterprise"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/views/layout"
	"laoqi/views/mobile"
	"laoqi/views/part"
)

// legalRepForm is 变更法定代表人, by which the new legal rep of an admitted
// enterprise applies.
func (s *Server) legalRepForm(q *request) error { return s.legalRepView(q, false, nil) }

// legalRepView shows the form; admitted says that the form 企业入驻 led here.
func (s *Server) legalRepView(q *request, admitted bool, faults app.Faults) error {
	ctx := q.Request().Context()
	person, err := s.Identity.Person(ctx, q.actor.Person)
	if err != nil {
		return err
	}
	mine, err := s.Enterprise.MyLegalRepChanges(ctx, person.ID)
	if err != nil {
		return err
	}
	p := mobile.LegalRep{Shell: q.mobile("变更法定代表人", link.MobileEnterprise, layout.MineTab), Name: person.Name, Verified: person.Level == app.Verified,
		Admitted: admitted, USCC: q.form("uscc"), Faults: faults}
	for _, c := range mine {
		p.Mine = append(p.Mine, part.Item{Label: c.Enterprise.Name, Value: stateAndReason(c.State.Label(), c.Reason)})
	}
	if admitted || faults != nil {
		return q.faulty(mobile.LegalRepPage(p))
	}
	return q.page(mobile.LegalRepPage(p))
}

func stateAndReason(state, reason string) string {
	if reason == "" {
		return state
	}
	return state + "：" + reason
}

func (s *Server) legalRepApply(q *request) error {
	licence, err := q.file("licence", identity.MaxPicture)
	if err != nil {
		return err
	}
	name, err := s.Enterprise.ApplyAsLegalRep(q.Request().Context(), q.actor, enterprise.LegalRepForm{USCC: q.form("uscc"), Licence: licence,
		Password: q.FormValue("password"), Again: q.FormValue("again")})
	if faults := app.FaultsOf(err); faults != nil {
		return s.legalRepView(q, false, faults)
	}
	return q.after(err, link.MobileLegalRep, "变更“"+name+"”法定代表人的申请已提交，审核结果会在消息中通知您。")
}
