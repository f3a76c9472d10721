package web

import (
	"crypto/subtle"
	"strings"

	"laoqi/app"
	"laoqi/app/link"
	"laoqi/views/plain"
)

// setupPage is the first-run page; it exists until the first desk account does.
func (s *Server) setupPage(q *request) error {
	if err := s.inSetup(q); err != nil {
		return err
	}
	return q.page(plain.SetupPage(q.setupView(nil)))
}

func (s *Server) inSetup(q *request) error {
	done, err := s.Identity.HasDesk(q.Request().Context())
	if err == nil && (done || s.SetupCode == "") {
		err = app.Fail(app.NotFound, "本系统已完成安装。")
	}
	return err
}

func (q *request) setupView(faults app.Faults) plain.Setup {
	return plain.Setup{Frame: q.frame("首次使用"), Code: q.form("code"), Username: q.form("username"), Faults: faults}
}

func (s *Server) setup(q *request) error {
	if err := s.inSetup(q); err != nil {
		return err
	}
	var faults app.Faults
	if subtle.ConstantTimeCompare([]byte(strings.ToUpper(q.form("code"))), []byte(s.SetupCode)) != 1 {
		faults.Add("code", "安装码不正确，请核对终端窗口里打印的安装码。")
	}
	if q.FormValue("password") != q.FormValue("again") {
		faults.Add("again", "两次输入的密码不一致，请重新输入。")
	}
	err := faults.Err()
	if err == nil {
		err = s.Identity.AddDesk(q.Request().Context(), q.form("username"), q.FormValue("password"))
	}
	if app.KindOf(err) == app.Invalid {
		return q.faulty(plain.SetupPage(q.setupView(app.FaultsOf(err))))
	}
	return q.after(err, link.DeskLogin, "审核账号已创建，请登录。")
}
