package web

import (
	"cmp"

	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/views/hall"
	"laoqi/views/layout"
	"laoqi/views/mobile"
	"laoqi/views/plain"
	"laoqi/views/service"
)

// service is 客服中心 of both faces, logged in or not.
func (s *Server) service(q *request) error {
	cfg := s.Config
	p := service.Service{Hotline: cfg.Hotline, QQGroup: cfg.QQGroup, Hours: cfg.Hours, Topics: service.Topics}
	switch {
	case q.face == identity.FaceMobile:
		back := map[bool]string{true: link.MobileMe, false: link.MobileLogin}[q.actor.Account != 0]
		return q.page(mobile.ServicePage(mobile.Service{Shell: q.mobile("客服中心", q.next(back), layout.MineTab), Service: p}))
	case q.actor.Account != 0:
		return q.page(hall.ServicePage(hall.Service{Shell: q.hall("客服中心", link.HallService), Service: p}))
	}
	return q.page(plain.ServicePage(plain.Service{Frame: q.frame("客服中心"), Service: p}))
}

// serviceOf is where a face has its 客服中心.
func serviceOf(face string) string {
	return cmp.Or(map[string]string{identity.FaceHall: link.HallService}[face], link.MobileService)
}
