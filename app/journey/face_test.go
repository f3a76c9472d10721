package journey

import (
	"testing"

	"laoqi/app"
	"laoqi/app/apptest/head"
	"laoqi/app/demo"
	"laoqi/app/link"

	"github.com/chromedp/chromedp"
)

// faces is the legal rep's phone with a camera.
type faces struct {
	*site
	camera *camera
	phones phones
	boss   *window
}

// TestFaceIsEnrolledAndUsed walks guide 2.2 and 2.5 by face: the legal rep's face is
// taken and compared by the desk, makes and voids a seal, logs in, and is withdrawn.
func TestFaceIsEnrolledAndUsed(t *testing.T) {
	alone(t)
	f := atFace(t)
	f.enrols()
	f.deskCompares()
	f.makesSeal()
	f.voidsSeal()
	f.logsIn()
	f.withdraws()
}

func atFace(t *testing.T) *faces {
	s := demoSite(t)
	f := &faces{site: s, camera: beforeCamera(t)}
	f.phones = s.phones()
	f.boss = s.openIn(f.camera.browser, phone, link.Mobile)
	f.boss.click("单位登录")
	f.boss.logIn(demo.Boss)
	f.boss.sees("您好")
	f.boss.visit(link.MobileFace)
	return f
}

func (f *faces) enrols() {
	w := f.boss
	w.click("登记人脸")
	w.sees("需要您单独同意后才能登记人脸", "请输入登录密码")
	w.tick("我已阅读并单独同意")
	w.fill("登录密码", demo.Password)
	w.click("获取验证码")
	w.fill("短信验证码", f.phones.code(demo.Boss))
	w.shoot("consent")
	w.click("登记人脸")
	w.sees("暂不登记，返回")
	w.click("开始人脸验证")
	f.camera.passes(w, head.Li)
	w.sees("人脸已登记", "请再上传一张本人证件的照片")
	w.shoot("document")
	w.upload("证件照片", "document.jpg", head.Li.JPEG(800, 600, 4))
	w.click("提交证件照片")
	w.sees("待核对")
	w.shoot("waiting")
}

func (f *faces) deskCompares() {
	w := f.open(desktop, link.Desk)
	w.logIn(demo.Reviewer)
	w.click("身份核验")
	w.click("核验孙庆国")
	w.sees("与证件照片一致（自动比对）")
	w.shoot("desk")
	w.click("核验通过")
	w.sees("已处理")
	f.boss.visit(link.MobileFace)
	f.boss.sees("已开通")
	f.boss.shoot("active")
}

func (f *faces) makesSeal() {
	w := f.boss
	w.click("我的")
	w.click("我的印章")
	j := &mainJob{site: f.site, phones: f.phones}
	j.activate(w, demo.Boss, "activate")
	w.sees("电子印章管理")
	w.visit(link.MobileSealAdd)
	w.choose("印章类型", app.SealHR.Label())
	w.sees(demo.EnterpriseName)
	w.click("生成印章")
	w.sees("验证方式")
	w.click("人脸验证")
	w.shoot("ways")
	w.click("确定生成")
	f.otherFaceFails()
	w.click("再试一次")
	f.camera.passes(w, head.Li)
	w.sees("人脸验证已通过")
	w.shoot("passed")
	w.fill("登录密码", demo.Password)
	w.click("确定生成")
	w.sees("印章已生成")
}

// otherFaceFails: neither somebody else nor a still picture makes the seal.
func (f *faces) otherFaceFails() {
	w := f.boss
	w.sees("改用短信验证码")
	f.camera.show(head.Wang, 0)
	w.shoot("capture")
	w.click("开始人脸验证")
	f.camera.fails(w, head.Wang, follows)
	w.sees("没有认出是您本人")
	w.shoot("other-face")
	w.click("再试一次")
	f.camera.fails(w, head.Li, stares)
	w.sees("没有在规定时间内完成动作")
	if w.truth(filming) {
		f.t.Error("the camera films on after a failure")
	}
	w.click("再试一次")
	w.sees("请正对屏幕")
	w.do(w.ctx, chromedp.Evaluate(leaves, nil))
	w.sees("摄像头已关闭")
	if w.truth(filming) {
		f.t.Error("the camera films what nobody looks at")
	}
	w.shoot("hidden")
}

const (
	filming = `!!(document.querySelector('[data-face-video]').srcObject || {}).active`
	leaves  = `Object.defineProperty(document, 'hidden', { value: true, configurable: true }); document.dispatchEvent(new Event('visibilitychange')); delete document.hidden`
)

func (f *faces) voidsSeal() {
	w := f.boss
	w.click("作废")
	w.click("人脸验证")
	w.click("作废")
	w.click("开始人脸验证")
	f.camera.passes(w, head.Li)
	w.sees("人脸验证已通过")
	w.fill("登录密码", demo.Password)
	w.click("作废")
	w.sees("已作废")
}

func (f *faces) logsIn() {
	w := f.boss
	w.visit(link.MobileMe)
	w.click("退出登录")
	w.click("单位登录")
	w.click("人脸验证登录")
	w.fill("统一社会信用代码", demo.EnterpriseUSCC)
	w.click("获取验证码")
	w.fill("短信验证码", f.phones.code(demo.Boss))
	w.shoot("login")
	w.click("人脸验证登录")
	w.click("开始人脸验证")
	f.camera.passes(w, head.Li)
	w.sees("孙庆国，您好")
}

func (f *faces) withdraws() {
	w := f.boss
	w.visit(link.MobileFace)
	w.click("停用人脸验证")
	w.sees("人脸特征立即删除")
	w.shoot("withdraw")
	w.click("停用并删除")
	w.sees("人脸特征已删除", "登记人脸")
}

// TestFaceWithoutACameraLeadsOn: who has no camera chooses the other way on the same page.
func TestFaceWithoutACameraLeadsOn(t *testing.T) {
	s := demoSite(t)
	phones := s.phones()
	w := s.open(phone, link.Mobile)
	w.logIn(demo.WorkerA)
	w.sees("您好")
	w.visit(link.MobileFace)
	w.tick("我已阅读并单独同意")
	w.fill("登录密码", demo.Password)
	w.click("获取验证码")
	w.fill("短信验证码", phones.code(demo.WorkerA))
	w.click("登记人脸")
	w.click("开始人脸验证")
	w.sees("请选择下面的另一种方式")
	w.shoot("no-camera")
	w.click("暂不登记，返回")
	w.sees("未开通")
}
