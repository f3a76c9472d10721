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

func (s *Server) enterpriseForm(q *request) error {
	p, err := s.enterpriseView(q, nil)
	if err != nil {
		return err
	}
	return q.page(mobile.EnterprisePage(p))
}

func (s *Server) enterpriseView(q *request, faults app.Faults) (p mobile.Enterprise, err error) {
	ctx := q.Request().Context()
	person, err := s.Identity.Person(ctx, q.actor.Person)
	if err != nil {
		return p, err
	}
	mine, err := s.Enterprise.Mine(ctx, person.ID)
	if err != nil {
		return p, err
	}
	p = mobile.Enterprise{Shell: q.mobile("企业入驻", link.MobileMe, layout.MineTab), LegalRep: person.Name, Verified: person.Level == app.Verified,
		Identity: link.MobileIdentity, Form: q.typed("name", "uscc", "address", "phone"), Faults: faults}
	for _, e := range mine {
		p.Mine = append(p.Mine, part.Item{Label: e.Name, Value: stateAndReason(e.State.Label(), e.Reason)})
		if e.State != enterprise.Refused && faults == nil && q.QueryParam("add") == "" {
			p.Add = link.With(link.MobileEnterprise, "add", "1")
		}
	}
	return p, nil
}

func (s *Server) enterpriseRegister(q *request) error {
	licence, err := q.file("licence", identity.MaxPicture)
	if err != nil {
		return err
	}
	_, err = s.Enterprise.Register(q.Request().Context(), q.actor, enterprise.Form{Name: q.form("name"), USCC: q.form("uscc"), Address: q.form("address"),
		Phone: q.form("phone"), Password: q.FormValue("password"), Again: q.FormValue("again"), Licence: licence})
	faults := app.FaultsOf(err)
	if faults.Of("uscc") == enterprise.AlreadyAdmitted { // then it is a change of the legal rep
		return s.legalRepView(q, true, nil)
	}
	if faults != nil {
		q.chooseAgain(&faults, "licence")
		p, err := s.enterpriseView(q, faults)
		if err != nil {
			return err
		}
		return q.faulty(mobile.EnterprisePage(p))
	}
	return q.after(err, link.MobileEnterprise, "入驻申请已提交，审核结果会在消息中通知您。")
}
