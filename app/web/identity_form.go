package web

import (
	"io"

	"laoqi/app"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/views/layout"
	"laoqi/views/mobile"
	"laoqi/views/part"
)

func (s *Server) identityForm(q *request) error {
	p, err := s.identityView(q, nil)
	if err != nil {
		return err
	}
	return q.page(mobile.IdentityPage(p))
}

func (s *Server) identityView(q *request, faults app.Faults) (p mobile.Identity, err error) {
	ctx := q.Request().Context()
	person, err := s.Identity.Person(ctx, q.actor.Person)
	if err != nil {
		return p, err
	}
	claim, err := s.Identity.MyClaim(ctx, person.ID)
	if err != nil {
		return p, err
	}
	p = mobile.Identity{Shell: q.mobile("身份核验", link.MobileMe, layout.MineTab), Person: personItems(person), Level: person.Level,
		Waiting: claim.State == "waiting", Faults: faults}
	if claim.State == "refused" {
		p.Refused = claim.Reason
	}
	return p, nil
}

// personItems lists a person with the numbers masked.
func personItems(p identity.Person) []part.Item {
	return []part.Item{
		{Label: "姓名", Value: p.Name},
		{Label: "证件类型", Value: p.IDType.Label()},
		{Label: "证件号码", Value: app.MaskID(p.IDNumber)},
		{Label: "证件有效期", Value: idValidity(p)},
		{Label: "手机号码", Value: app.MaskMobile(p.Mobile)},
		{Label: "身份状态", Value: p.Level.Label()},
	}
}

func (s *Server) identityClaim(q *request) error {
	picture, err := q.file("picture", identity.MaxPicture)
	if err != nil {
		return err
	}
	var faults app.Faults
	faults.Add("picture", identity.CheckPicture(picture))
	if !q.checked("agree") {
		faults.Add("agree", "需要您同意后才能核验身份；不同意的，可以带证件到现场由审核人员核对。")
	}
	if faults == nil {
		err := s.Identity.Claim(q.Request().Context(), q.actor, picture)
		return q.after(err, link.MobileIdentity, "证件照片已提交，核验结果会在消息中通知您。")
	}
	q.chooseAgain(&faults, "picture")
	p, err := s.identityView(q, faults)
	if err != nil {
		return err
	}
	return q.faulty(mobile.IdentityPage(p))
}

// chooseAgain asks for a file once more that came with a form which goes back: a
// browser keeps no file.
func (q *request) chooseAgain(faults *app.Faults, name string) {
	if _, err := q.FormFile(name); err == nil {
		faults.Add(name, "请再选一次照片：页面退回后，浏览器不保留选过的文件。")
	}
}

// file reads an uploaded file of at most limit+1 bytes, nil if none was chosen.
func (q *request) file(name string, limit int64) ([]byte, error) {
	header, err := q.FormFile(name)
	if err != nil {
		return nil, nil
	}
	f, err := header.Open()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, limit+1))
}
