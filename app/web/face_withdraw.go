package web

import (
	"laoqi/app/link"
	"laoqi/views/layout"
	"laoqi/views/mobile"
	"laoqi/views/part"
)

// faceWithdrawPage is 停用人脸验证.
func (s *Server) faceWithdrawPage(q *request) error {
	p := mobile.FaceWithdraw{Shell: q.mobile("停用人脸验证", link.MobileFace, layout.MineTab)}
	p.Confirm = part.Confirmation{Title: "停用人脸验证", Object: q.actor.Name + "的人脸特征", URL: link.MobileFaceWithdraw, Token: p.Token, Submit: "停用并删除", CancelURL: link.MobileFace,
		Consequence: "您的人脸特征立即删除，同意随之撤回。之后用登录密码和短信验证码办理；需要时可以重新登记。"}
	return q.page(mobile.FaceWithdrawPage(p))
}

func (s *Server) faceWithdraw(q *request) error {
	return q.after(s.Identity.WithdrawFace(q.Request().Context(), q.actor), link.MobileFace, "人脸验证已停用，人脸特征已删除。")
}
