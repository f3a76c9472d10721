package web

import (
	"laoqi/app"
	"laoqi/app/identity"
	"laoqi/app/link"
	"laoqi/views/desk"
)

// deskPasswordPage is 修改密码 of the reviewer's own account.
func (s *Server) deskPasswordPage(q *request) error {
	return q.page(desk.PasswordPage(q.deskPasswordView(nil)))
}

func (q *request) deskPasswordView(faults app.Faults) desk.Password {
	return desk.Password{Shell: q.desk("修改密码", link.DeskPassword), Faults: faults}
}

func (s *Server) deskPassword(q *request) error {
	c := identity.DeskPassword{Password: q.FormValue("password"), New: q.FormValue("new"), Again: q.FormValue("again")}
	err := s.Identity.ChangeDesk(q.Request().Context(), q.actor, c)
	if faults := formFaults(err); faults != nil {
		return q.faulty(desk.PasswordPage(q.deskPasswordView(faults)))
	}
	return q.after(err, link.Desk, "登录密码已修改，其他设备已退出登录。")
}
