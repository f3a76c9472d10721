package web

import (
	"laoqi/app"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/views/desk"
	"laoqi/views/part"
)

func (s *Server) identityQueue(q *request) error {
	claims, err := s.Identity.WaitingClaims(q.Request().Context(), q.pageAfter())
	if err != nil {
		return err
	}
	p := desk.Identities{Shell: q.desk("身份核验", link.DeskIdentities)}
	p.Claims, p.More = pageOf(claims, link.DeskIdentities, func(c identity.WaitingClaim) int64 { return c.ID })
	return q.page(desk.IdentitiesPage(p))
}

func (s *Server) identityPage(q *request) error {
	p, err := s.claimView(q, nil)
	if err != nil {
		return err
	}
	return q.page(desk.IdentityPage(p))
}

func (s *Server) claimView(q *request, faults app.Faults) (p desk.Identity, err error) {
	id, err := q.id("id")
	if err != nil {
		return p, err
	}
	c, err := s.Identity.ReadClaim(q.Request().Context(), q.actor, id)
	if err != nil {
		return p, err
	}
	p = desk.Identity{Shell: q.desk("核验"+c.Person.Name+"的身份", link.DeskIdentities, crumb("身份核验", link.DeskIdentities, c.Person.Name)...), Faults: faults, Items: []part.Item{
		{Label: "姓名", Value: c.Person.Name},
		{Label: "证件类型", Value: c.Person.IDType.Label()},
		{Label: "证件号码", Value: c.Person.IDNumber},
		{Label: "证件有效期", Value: idValidity(c.Person)},
		{Label: "手机号码", Value: app.MaskMobile(c.Person.Mobile)},
		{Label: "提交时间", Value: c.At.Local()},
	}}
	if c.State != "waiting" {
		return p, nil
	}
	p.Picture = link.To(link.DeskPicture, id)
	match, err := s.Identity.MatchDocument(q.Request().Context(), c.Person.ID)
	if text := faceMatches[match]; text != "" {
		p.Items = append(p.Items, part.Item{Label: "登记的人脸", Value: text})
	}
	p.AskSeen = match != identity.NoFaceTaken && match != identity.FaceMatches
	return p, err
}

var faceMatches = map[identity.DocumentMatch]string{
	identity.FaceMatches: "与证件照片一致（自动比对）",
	identity.FaceDiffers: "与证件照片不一致（自动比对）",
	identity.NoFaceShown: "没有在证件照片上识别到人脸",
	identity.NotCompared: "还没有与证件照片比对，人脸识别正忙或暂时不可用，请稍后刷新",
}

// idValidity is from when to when the person's document is valid.
func idValidity(p identity.Person) string {
	if p.IDUntil.IsZero() {
		return p.IDFrom.String() + " 至 长期有效"
	}
	return p.IDFrom.String() + " 至 " + p.IDUntil.String()
}

func (s *Server) identityPicture(q *request) error {
	id, err := q.id("id")
	if err != nil {
		return err
	}
	return q.picture(s.Identity.ClaimPicture(q.Request().Context(), q.actor, id))
}

func (s *Server) identityDecide(q *request) error {
	id, err := q.id("id")
	if err != nil {
		return err
	}
	reason, faults := q.decision()
	if faults != nil {
		p, err := s.claimView(q, faults)
		if err != nil {
			return err
		}
		return q.faulty(desk.IdentityPage(p))
	}
	err = s.Identity.DecideClaim(q.Request().Context(), q.actor, id, reason, q.checked("seen"), s.Verified)
	return q.after(err, link.DeskIdentities, "已处理，并已通知本人。")
}
