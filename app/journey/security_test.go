package journey

import (
	"testing"

	"laoqi/app/demo"
	"laoqi/app/link"
)

func TestOtherDevicesAreLoggedOutWhileTheirPagesAreOpen(t *testing.T) {
	s := demoSite(t)
	here, there := s.open(phone, link.Mobile), s.open(phone, link.Mobile)
	for _, w := range []*window{there, here} {
		w.logIn(demo.WorkerA)
		w.click("我的")
		w.click("账号与安全")
	}
	here.sees("登录设备", "本机")
	here.shoot("security")
	here.click("退出其他设备")
	here.sees("其他设备已退出登录")
	there.sees("用户登录") // by itself
	here.click("修改手机号码")
	here.sees("原手机号码", "新手机号码")
	here.fill("登录密码", demo.Password)
	here.click("确定")
	here.sees("请输入原手机收到的验证码")
	here.shoot("number")
}
