package web

import (
	"laoqi/app"
	"laoqi/app/contract"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/views/desk"
	"laoqi/views/part"
)

// personFindPage is 人员服务: finds somebody who came to the desk.
func (s *Server) personFindPage(q *request) error {
	return q.page(desk.PersonFindPage(q.personFind(nil)))
}

func (q *request) personFind(faults app.Faults) desk.PersonFind {
	return desk.PersonFind{Shell: q.desk("人员服务", link.DeskPersons), IDType: q.form("id_type"), Number: q.form(app.FieldIDNumber), Faults: faults}
}

func (s *Server) personFind(q *request) error {
	id, err := s.Identity.FindPerson(q.Request().Context(), app.IDType(q.form("id_type")), q.form(app.FieldIDNumber))
	if faults := formFaults(err); faults != nil {
		return q.faulty(desk.PersonFindPage(q.personFind(faults)))
	}
	if err != nil {
		return err
	}
	return q.leave(link.To(link.DeskPerson, id))
}

func (s *Server) personPage(q *request) error {
	id, x, err := s.standing(q)
	if err != nil {
		return err
	}
	strays, err := s.Contract.Strays(q.Request().Context(), id)
	if err != nil {
		return err
	}
	p := desk.Person{Shell: q.personShell(x.Person.Name, id), Items: standingItems(x), Verified: x.Person.Level == app.Verified, Helps: x.Helps, Strays: strays}
	p.MobileURL, p.CorrectURL = link.To(link.DeskMobile, id), link.To(link.DeskCorrect, id)
	if !x.Blocked.IsZero() {
		p.ClearURL = link.To(link.DeskClear, id)
	}
	if x.Face {
		p.FaceURL = link.To(link.DeskFace, id)
	}
	return q.page(desk.PersonPage(p))
}

// standing reads the person that the address names.
func (s *Server) standing(q *request) (id int64, x identity.Standing, err error) {
	if id, err = q.id("id"); err == nil {
		x, err = s.Identity.Stand(q.Request().Context(), q.actor, id)
	}
	return id, x, err
}

func (q *request) personShell(title string, person int64) desk.Shell {
	return q.desk(title, link.DeskPersons, crumb("人员服务", link.DeskPersons, title)...)
}

func standingItems(x identity.Standing) []part.Item {
	blocked := "没有限制"
	if !x.Blocked.IsZero() {
		blocked = x.Blocked.Local() + " 之前不能激活"
	}
	return []part.Item{
		{Label: "姓名", Value: x.Person.Name},
		{Label: "证件类型", Value: x.Person.IDType.Label()},
		{Label: "证件号码", Value: x.Person.IDNumber},
		{Label: "证件有效期", Value: idValidity(x.Person)},
		{Label: "手机号码", Value: app.MaskMobile(x.Person.Mobile)},
		{Label: "身份核验", Value: x.Person.Level.Label()},
		{Label: "数字证书激活", Value: blocked},
	}
}

// personClearPage asks before 提前解除激活限制.
func (s *Server) personClearPage(q *request) error { return s.personClearView(q, nil) }

func (s *Server) personClearView(q *request, faults app.Faults) error {
	id, x, err := s.standing(q)
	if err != nil {
		return err
	}
	p := desk.PersonAct{Shell: q.personShell("提前解除激活限制", id), Reason: q.form("reason"), Faults: faults}
	p.Ask = part.Confirmation{Title: p.Title, Object: personObject(x.Person), Submit: "解除激活限制", URL: link.To(link.DeskClear, id), CancelURL: link.To(link.DeskPerson, id), Token: p.Token,
		Consequence: "解除后，本人马上可以激活数字证书并签署文件。请确认来办理的就是本人，而不是拿到其手机的人。"}
	if faults != nil {
		return q.faulty(desk.PersonActPage(p))
	}
	return q.page(desk.PersonActPage(p))
}

func personObject(p identity.Person) string { return p.Name + " " + app.MaskID(p.IDNumber) }

func (s *Server) personClear(q *request) error {
	id, err := q.id("id")
	if err != nil {
		return err
	}
	err = s.Identity.ClearBlock(q.Request().Context(), q.actor, id, q.form("reason"))
	if faults := formFaults(err); faults != nil {
		return s.personClearView(q, faults)
	}
	return q.after(err, link.To(link.DeskPerson, id), "已解除激活限制，并已通知本人。")
}

// personFacePage asks before 删除人脸特征.
func (s *Server) personFacePage(q *request) error { return s.personFaceView(q, nil) }

func (s *Server) personFaceView(q *request, faults app.Faults) error {
	id, x, err := s.standing(q)
	if err != nil {
		return err
	}
	p := desk.PersonAct{Shell: q.personShell("删除人脸特征", id), Reason: q.form("reason"), Faults: faults}
	p.Ask = part.Confirmation{Title: p.Title, Object: personObject(x.Person) + "的人脸特征", Submit: "删除人脸特征", URL: link.To(link.DeskFace, id), CancelURL: link.To(link.DeskPerson, id), Token: p.Token,
		Consequence: "删除后不能恢复，本人不能再用人脸登录和验证，改用登录密码和短信验证码；需要时由本人重新登记。本人会收到通知。"}
	if faults != nil {
		return q.faulty(desk.PersonActPage(p))
	}
	return q.page(desk.PersonActPage(p))
}

func (s *Server) personFace(q *request) error {
	id, err := q.id("id")
	if err != nil {
		return err
	}
	err = s.Identity.DeleteFace(q.Request().Context(), q.actor, id, q.form("reason"))
	if faults := formFaults(err); faults != nil {
		return s.personFaceView(q, faults)
	}
	return q.after(err, link.To(link.DeskPerson, id), "人脸特征已删除，并已通知本人。")
}

// personMobilePage is 更换手机号码 for somebody whose old mobile is dead.
func (s *Server) personMobilePage(q *request) error { return s.personMobileView(q, 0, nil) }

func (s *Server) personMobileView(q *request, wait int, faults app.Faults) error {
	id, x, err := s.standing(q)
	if err != nil {
		return err
	}
	p := desk.PersonMobile{Shell: q.personShell("更换手机号码", id), Object: personObject(x.Person), Old: app.MaskMobile(x.Person.Mobile),
		Mobile: q.form(app.FieldMobile), Code: q.form("code"), Reason: q.form("reason"), Faults: faults,
		URL: link.To(link.DeskMobile, id), CancelURL: link.To(link.DeskPerson, id), Send: part.Send{URL: link.To(link.DeskMobileSMS, id), Wait: wait}}
	if faults != nil {
		return q.faulty(desk.PersonMobilePage(p))
	}
	return q.page(desk.PersonMobilePage(p))
}

// personMobileCode sends the code to the mobile that was typed.
func (s *Server) personMobileCode(q *request) error {
	id, err := q.id("id")
	if err != nil {
		return err
	}
	wait, faults, err := q.codeSent(s.Identity.SendMobileCode(q.Request().Context(), q.form(app.FieldMobile)))
	if err != nil {
		return err
	}
	if !q.fragmentWanted() {
		return s.personMobileView(q, wait, faults)
	}
	return q.page(part.CodeField(desk.NewMobileCode(q.form("code"), atField("code", faults)), part.Send{URL: link.To(link.DeskMobileSMS, id), Wait: wait}))
}

func (s *Server) personMobile(q *request) error {
	id, err := q.id("id")
	if err != nil {
		return err
	}
	r := identity.Replacement{Mobile: q.form(app.FieldMobile), Code: q.form("code"), Reason: q.form("reason")}
	err = s.Identity.ReplaceMobile(q.Request().Context(), q.actor, id, r, s.Cert.Revoke, s.Verified)
	if faults := formFaults(err); faults != nil {
		return s.personMobileView(q, 0, faults)
	}
	return q.after(err, link.To(link.DeskPerson, id), "手机号码已更换，原有登录已全部退出，数字证书已吊销。")
}

// settlePage is the desk's decision on a contract of 身份信息不一致.
func (s *Server) settlePage(q *request) error { return s.settleView(q, nil) }

func (s *Server) settleView(q *request, faults app.Faults) error {
	id, err := q.id("id")
	if err != nil {
		return err
	}
	stray, err := s.Contract.Stray(q.Request().Context(), id)
	if err != nil {
		return err
	}
	p := desk.Settle{Shell: q.personShell("身份信息不一致", stray.Person), Items: strayItems(stray), SameName: stray.SameName, Answer: q.form("answer"), Reason: q.form("reason"),
		URL: link.To(link.DeskSettle, id), CancelURL: link.To(link.DeskPerson, stray.Person), Faults: faults}
	if faults != nil {
		return q.faulty(desk.SettlePage(p))
	}
	return q.page(desk.SettlePage(p))
}

func strayItems(x contract.Stray) []part.Item {
	return []part.Item{
		{Label: "合同编号", Value: x.Number},
		{Label: "单位", Value: x.Enterprise},
		{Label: "备案类型", Value: x.Kind.Label()},
		{Label: "证件号码", Value: desk.Agrees(true)},
		{Label: "姓名", Value: desk.Agrees(x.SameName)},
		{Label: "手机号码", Value: desk.Agrees(x.SameMobile)},
	}
}

func (s *Server) settle(q *request) error {
	id, err := q.id("id")
	if err != nil {
		return err
	}
	ctx := q.Request().Context()
	stray, err := s.Contract.Stray(ctx, id)
	if err != nil {
		return err
	}
	var faults app.Faults
	answer := q.form("answer")
	if answer != string(identity.SameMan) && answer != string(identity.OtherMan) {
		faults.Add("answer", "请选择核对结果。")
	}
	faults.Add("reason", identity.CheckReason(q.form("reason")))
	if faults != nil {
		return s.settleView(q, faults)
	}
	err = s.Contract.Settle(ctx, q.actor, id, answer == string(identity.SameMan), q.form("reason"))
	return q.after(err, link.To(link.DeskPerson, stray.Person), "已处理，并已通知单位。")
}
